"""The cards of a deck as a list to look through: rows, what is typed to filter them, their orders. Pure."""
