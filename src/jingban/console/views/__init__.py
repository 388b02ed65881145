"""One module a part of the menu."""
