"""What the help of the list of cards says."""

from __future__ import annotations

from quizapp.browse.query import KINDS, STATES
from quizapp.tui.widgets.signs import FLAG, LEECH

RULES = (
    "Every card of the deck. Due: when it comes again. Memory: for how long it is remembered; nine of ten "
    "such cards would still be known then. Forgotten: how often it was, after it had been learnt."
)
FILTERS = (
    ("pay law", "Cards with both words, in any of their texts"),
    ('"pay law"', "With these words one after the other"),
    ("tag:verb", "With this in a tag; so, too, aspect: and answer:"),
    ("kind:", f"{', '.join(KINDS[:-1])} or {KINDS[-1]}"),
    ("is:", f"{', '.join(STATES[:-1])} or {STATES[-1]}"),
    ("-is:new", "A minus: only the others"),
)
SIGNS = (
    (FLAG, "Flagged"),
    (LEECH, "Forgotten again and again (is:leech)"),
)
