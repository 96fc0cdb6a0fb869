"""What an author writes: decks, cards and their problems. Pure: no screen, no database."""
