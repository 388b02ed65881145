"""The web pages of a centre: books, performance, publication, cases. Thin: parse, call one service, show."""
