"""What is owed, as portable SQL steps (``steps/*.sql``), read by :mod:`jingban.rules.loader`."""
