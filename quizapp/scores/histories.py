"""Reading the scores file for histories: which cards have one, under which text, and on which file."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from quizapp.record import CardText, EventType, Ref
from quizapp.scores.cards import CardLog, all_of
from quizapp.scores.rows import EVENT_NOT_UNDONE, NOT_UNDONE


class History(Struct, frozen=True):
    """What was logged of a card, whatever it is called now. answers: those that were not undone. last_day:
    the study day of the last one, "" without any."""

    answers: int
    last_day: str


class HistoryLog(CardLog):
    """What the scores file says of histories."""

    def known(self) -> dict[str, set[str]]:
        """The keys of the cards that have a history, by deck: those that were answered or marked, and those
        that one was carried over to, if it did not leave them again. Of some all was undone."""
        found: dict[str, set[str]] = {}
        for deck, card in self._rows("SELECT deck, card FROM card_text"):
            found.setdefault(deck, set()).add(card)
        moves = self.moves()
        undone = [new for one in moves.rekeys if one.undone for _, new in one.pairs]
        if emptied := {*(ref for ref in moves.cards.left if len(moves.cards.pieces(ref)) == 1), *undone}:
            for ref in emptied.difference(self.with_history(emptied)):
                found.get(ref.deck, set()).discard(ref.card)
        return found

    def history_of(self, ref: Ref) -> History:
        """What was logged of a card."""
        where, params = all_of(self.moves(), ref)
        rows = self._rows(
            f"SELECT count(*), max(a.id) FROM answer a WHERE {where} AND {NOT_UNDONE}",
            params,
        )
        count, last = rows[0]
        days = self._rows("SELECT day FROM answer WHERE id = ?", (last,)) if last is not None else []
        return History(count, days[0][0] if days else "")

    def with_history(self, refs: Iterable[Ref]) -> list[Ref]:
        """Those of these cards that have an answer that was not undone, or a mark."""
        cards, found = self.moves().cards, []
        marked = {Ref(*row) for row in self._rows("SELECT deck, card FROM mark")}
        last: dict[str, str] = {}
        for ref in refs:
            exits = cards.exits(ref)
            if exits and len(cards.pieces(ref)) == 1:
                # All that it had was carried over: whether its deck had answers since, is one look a deck.
                if ref.deck not in last:
                    rows = self._rows("SELECT max(id) FROM answer WHERE deck = ?", (ref.deck,))
                    last[ref.deck] = rows[0][0] or ""
                if last[ref.deck] < exits[-1] and ref not in marked:
                    continue
            if ref in marked or self._is_answered(ref):
                found.append(ref)
        return found

    def _is_answered(self, ref: Ref) -> bool:
        where, params = all_of(self.moves(), ref)
        return bool(self._rows(f"SELECT 1 FROM answer a WHERE {where} AND {NOT_UNDONE} LIMIT 1", params))

    def is_bare(self, ref: Ref) -> bool:
        """Whether nothing was ever logged of a card, not even what was undone."""
        where, params = all_of(self.moves(), ref)
        answered = self._rows(f"SELECT 1 FROM answer a WHERE {where} LIMIT 1", params)
        return not answered and not self.mark_events(ref)

    def texts(self, refs: Iterable[Ref]) -> dict[Ref, CardText]:
        """How cards read when they were first answered, or when a history was carried over to them."""
        found: dict[Ref, CardText] = {}
        for ref in refs:
            rows = self._rows("SELECT kind, prompt, answer FROM card_text WHERE deck = ? AND card = ?", ref)
            if rows:
                found[ref] = CardText(*ref, *rows[0])
        return found

    def apart(self) -> set[tuple[Ref, Ref]]:
        """The pairs of cards that are not the same: somebody said so, or took back what was carried over by
        itself. What a person asked for and took back is as it was before."""
        undone = [one for one in self.moves().rekeys if one.undone and not one.by_person]
        found = {pair for one in undone for pair in one.pairs}
        rows = self._rows(
            f"SELECT e.body FROM event e WHERE e.type = ? AND {EVENT_NOT_UNDONE}", (str(EventType.APART),)
        )
        for (body,) in rows:
            said = msgspec.json.decode(body)
            found |= {
                (Ref(said["deck"], old), Ref(said["to_deck"], new)) for old, new in said["cards"].items()
            }
        return found

    def files_of(self, refs: Iterable[Ref]) -> dict[Ref, str]:
        """In which deck file this device last knew cards: where they were answered, or where their history
        was carried over to. A card that it never knew is absent."""
        carried = {
            new: (one.id, one.file)
            for one in self.moves().rekeys
            if one.device == self.device and one.file
            for _, new in one.pairs
        }
        started: dict[str, dict[str, str]] = {}
        found: dict[Ref, str] = {}
        for ref in refs:
            known = [carried[ref]] if ref in carried else []
            for id_, session in self._rows(
                "SELECT a.id, a.session FROM answer a WHERE a.deck = ? AND a.card = ? AND a.device = ? "
                "ORDER BY a.id DESC LIMIT 1",
                (*ref, self.device),
            ):
                if session not in started:
                    started[session] = self._files_at_start(session)
                known.append((id_, started[session].get(ref.deck, "")))
            if known and (file := max(known)[1]):
                found[ref] = file
        return found

    def _files_at_start(self, session: str) -> dict[str, str]:
        rows = self._rows("SELECT body FROM event WHERE subject = ? AND type = 'start' LIMIT 1", (session,))
        files: dict[str, str] = msgspec.json.decode(rows[0][0]).get("files", {}) if rows else {}
        return files
