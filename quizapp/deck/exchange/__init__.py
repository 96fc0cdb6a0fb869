"""Decks in the formats of other programs, both ways. One module a format; all go by way of a draft."""
