"""What a person can set, and where a person's files lie."""
