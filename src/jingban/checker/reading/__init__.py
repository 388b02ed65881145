"""The reader of sentences: every number of a document becomes a quantity with roles, lists and topics it belongs to."""
