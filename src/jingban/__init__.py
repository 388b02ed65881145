"""Jingban (经办): runs a social-insurance agency and checks any agency's published report."""

__version__ = "0.1.0"
