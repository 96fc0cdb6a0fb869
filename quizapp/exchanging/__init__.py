"""Decks in and out: what the command line and the app do alike between another program's file and a deck."""
