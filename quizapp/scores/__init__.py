"""What happened, kept for good. The only package that knows SQLite."""
