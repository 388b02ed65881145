"""What tests share: a real PostgreSQL, databases made from a migrated template."""
