"""Schema 11, which every Anki opens: its tables, and the JSON that its `col` holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quizapp.deck.exchange.anki_notes import AnkiDeck, NoteType

TABLES = """
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null,
  due integer not null, ivl integer not null, factor integer not null, reps integer not null,
  lapses integer not null, left integer not null, odue integer not null, odid integer not null,
  flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
  time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn ON notes (usn);
CREATE INDEX ix_cards_usn ON cards (usn);
CREATE INDEX ix_revlog_usn ON revlog (usn);
CREATE INDEX ix_cards_nid ON cards (nid);
CREATE INDEX ix_cards_sched ON cards (did, queue, due);
CREATE INDEX ix_revlog_cid ON revlog (cid);
CREATE INDEX ix_notes_csum ON notes (csum);
"""

_CSS = (
    ".card { font-family: arial; font-size: 20px; text-align: center; color: black; background: white; }\n"
    "ul { display: inline-block; text-align: left; }\n"
    ".cloze { font-weight: bold; color: blue; }\n"
)
_LATEX = (
    "\\documentclass[12pt]{article}\n\\special{papersize=3in,5in}\n\\usepackage[utf8]{inputenc}\n"
    "\\usepackage{amssymb,amsmath}\n\\pagestyle{empty}\n\\setlength{\\parindent}{0in}\n\\begin{document}\n"
)


def conf(deck: int) -> dict[str, Any]:
    """The collection's settings. schedVer 2: since then due dates and states are as they are today."""
    return {"curDeck": deck, "activeDecks": [deck], "schedVer": 2, "sched2021": True, "creationOffset": 0}


def model(id_: int, type_: NoteType, deck: int, now: int) -> dict[str, Any]:
    """A note type. now: seconds."""
    font = {"font": "Arial", "size": 20, "sticky": False, "rtl": False, "media": []}
    return {
        "id": id_,
        "name": type_.name,
        "type": int(type_.cloze),
        "mod": now,
        "usn": -1,
        "sortf": 0,
        "did": deck,
        "tmpls": [
            {
                "name": f"Card {template.ord + 1}",
                "ord": template.ord,
                "qfmt": template.front,
                "afmt": template.back,
                "bqfmt": "",
                "bafmt": "",
                "did": None,
            }
            for template in type_.templates
        ],
        "flds": [{"name": name, "ord": ord_, **font} for ord_, name in enumerate(type_.fields)],
        "css": _CSS,
        "latexPre": _LATEX,
        "latexPost": "\\end{document}",
        "req": [[template.ord, "any", [template.ord]] for template in type_.templates],
        "tags": [],
        "vers": [],
    }


def decks(named: Mapping[int, AnkiDeck], now: int) -> dict[str, Any]:
    """The decks, with the one that every collection has. now: seconds."""
    today = {key: [0, 0] for key in ("lrnToday", "revToday", "newToday", "timeToday")}
    rest: dict[str, Any] = {
        "mod": now,
        "usn": -1,
        "dyn": 0,
        "conf": 1,
        "extendNew": 0,
        "extendRev": 0,
        "collapsed": False,
    }
    rest |= today
    all_ = {1: AnkiDeck("Default"), **named}
    return {
        str(id_): {"id": id_, "name": deck.name, "desc": deck.about, **rest} for id_, deck in all_.items()
    }


def deck_config() -> dict[str, Any]:
    """The one set of options, as Anki has it from the start."""
    new = {
        "delays": [1.0, 10.0],
        "ints": [1, 4, 0],
        "initialFactor": 2500,
        "order": 1,
        "perDay": 20,
        "bury": False,
    }
    rev = {"perDay": 200, "ease4": 1.3, "ivlFct": 1.0, "maxIvl": 36500, "bury": False, "hardFactor": 1.2}
    lapse = {"delays": [10.0], "mult": 0.0, "minInt": 1, "leechFails": 8, "leechAction": 1}
    whole = {"id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "timer": 0, "autoplay": True}
    return {"1": {**whole, "replayq": True, "dyn": False, "new": new, "rev": rev, "lapse": lapse}}
