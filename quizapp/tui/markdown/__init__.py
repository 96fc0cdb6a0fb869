"""Markdown on a card, drawn as lines. Imported only for cards whose author wants it: markdown-it takes 25 to
60 ms, and pygments 10 to 30 more where there is code in a known language.

Links lead nowhere, raw HTML and entities show as they are written, and no text is ever markup of Textual.
"""
