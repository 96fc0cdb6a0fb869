"""What can go wrong with a file of another program, in words for people."""

from __future__ import annotations


class ExchangeError(Exception):
    """A file can't be taken over or written. Its text says why, what is kept and what to do."""


class Cancelled(Exception):  # noqa: N818 - it is what happened; nothing is wrong
    """The person called it off; nothing was changed."""
