"""`jingban case figures, consult, archive`: what the office did, and where the files lie."""
