"""Decks for these tests, small enough to know by heart."""

from __future__ import annotations

# Cards without an aspect are asked in the order in which they stand here.
MIX = """\
title = "A bit of everything"
choices = ["Rhine", "Thames"]

[[card]]
statement = "London lies on it."
answer = "Thames"
why = "The Thames is a river in England."

[[card]]
statement = "Cologne lies on it."
answer = "Rhine"

[[card]]
front = "Capital of France?"
back = "Paris"

[[card]]
question = "Capital of Italy?"
answer = "Rome"

[[card]]
question = "Which one is in Africa?"
answer = "The Nile"
wrong = ["The Rhine", "The Tiber"]
"""

TOWNS = {
    "London": "Thames",
    "Oxford": "Thames",
    "Reading": "Thames",
    "Windsor": "Thames",
    "Basel": "Rhine",
    "Bonn": "Rhine",
    "Cologne": "Rhine",
    "Mainz": "Rhine",
}
"""The town of each statement in RIVERS, and its river; its quiz leaves out the third choice."""

RIVERS = "\n".join(
    [
        'title = "Rivers"',
        'choices = ["Rhine", "Thames", "Danube"]',
        "[quiz]",
        'choices = ["Rhine", "Thames"]',
        *(
            f'[[card]]\nstatement = "{town} lies on it."\nanswer = "{river}"\nwhy = "See a map of {town}."'
            for town, river in TOWNS.items()
        ),
        '[[card]]\nstatement = "Vienna lies on it."\nanswer = "Danube"',
    ]
)

ONE = """\
title = "Just one"

[[card]]
front = "Is this all?"
back = "Yes."
"""
