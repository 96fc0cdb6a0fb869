"""Study and quiz as plain lines, one question after another: for screen readers and dumb terminals.

Nothing here moves a cursor, colours a word or writes an escape sequence. The sessions are those of the app.
"""
