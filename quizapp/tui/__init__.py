"""The Textual app: its screens, widgets, themes and stylesheet."""
