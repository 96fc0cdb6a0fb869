"""Anki's packages, `.apkg` and `.colpkg`, both ways.

Beside quizapp.scores the only package that knows SQLite: what such a package holds is an SQLite file. Whoever
made it is not known, so it is never trusted.
"""
