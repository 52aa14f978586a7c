"""Clauses: a sentence cut where it passes from one event to another.

"… came under fire on Saturday, a day after Moscow launched an assault" tells
of two events a day apart; "two died after a rocket hit their house" of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

from geoincidents.extraction.patterns import alternation, expand, table
from geoincidents.extraction.time_words import TimeWords, find_times
from geoincidents.extraction.tolls import Toll, find_tolls
from geoincidents.extraction.triggers import Trigger, Weapon, find_weapons

if TYPE_CHECKING:
    from geoincidents.extraction.sentences import Sentence
    from geoincidents.model import Mention

Order = Literal["main", "earlier", "later"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence that tells of one event at most."""

    sentence: Sentence
    start: int
    end: int
    #: Whether its event lies before or after that of the main clause.
    order: Order = "main"
    #: How long before or after, when the words say so.
    apart: timedelta | None = None
    #: "shortly after", "in response to": close, without a number.
    close: bool = False
    #: The main clause behind a subordinate one ("After X, Y"): told of X, speaks of Y.
    inverted: bool = False
    triggers: tuple[Trigger, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    tolls: tuple[Toll, ...] = ()
    times: tuple[TimeWords, ...] = ()
    mentions: tuple[Mention, ...] = field(default=(), compare=False)

    @property
    def text(self) -> str:
        """The words of the clause."""
        begin = self.sentence.start
        return self.sentence.text[self.start - begin : self.end - begin]


@cache
def _connectives(language: str) -> re.Pattern[str]:
    relations = table(language, "times", "relations")
    numbers = alternation(table(language, "times", "numbers"))

    def group(key: str) -> str:
        forms = [expand(f).replace("NUMBER", numbers) for f in relations.get(key, ())]
        forms = [re.sub(r"\?P<(\w+)>", lambda m: f"?P<{m.group(1)}_{key}{{i}}>", f) for f in forms]
        forms = [f.replace("{i}", str(i)) for i, f in enumerate(forms)]
        forms.sort(key=len, reverse=True)
        return "|".join(forms) or "(?!)"

    aside = "|".join(expand(f) for f in relations.get("aside", ())) or "(?!)"
    return re.compile(
        rf"(?<!\w)(?:(?P<later>{group('after')})|(?P<earlier>{group('before')})"
        rf"|(?P<aside>{aside}))(?!\w)",
        re.IGNORECASE,
    )


@dataclass(frozen=True, slots=True)
class _Cut:
    start: int
    end: int
    order: Order
    apart: timedelta | None
    close: bool


def split_clauses(sentence: Sentence, triggers: list[Trigger]) -> list[Clause]:
    """Cut a sentence into clauses, the main clause first.

    A subordinate clause becomes one of its own only when both it and the rest
    tell of an attack; a clause that tells what an attack did stays with it.
    """
    acts = [t for t in triggers if t.kind != "effect"]
    spans = [Clause(sentence, sentence.start, sentence.end)]
    for cut in _cuts(sentence):
        a, b = cut.start + sentence.start, cut.end + sentence.start
        inside = any(a <= t.start < b for t in acts)
        outside = any(not a <= t.start < b for t in acts)
        if inside and (outside or cut.apart or cut.close):
            spans = _cut_at(sentence, a, b, cut)
            break
    weapons, tolls = find_weapons(sentence), find_tolls(sentence)
    return [_filled(c, triggers, weapons, tolls) for c in spans if c.start < c.end]


def _cut_at(sentence: Sentence, a: int, b: int, cut: _Cut) -> list[Clause]:
    if cut.start > 0:
        main = Clause(sentence, sentence.start, a)
        return [main, Clause(sentence, a, b, cut.order, cut.apart, cut.close)]
    reverse: dict[Order, Order] = {"earlier": "later", "later": "earlier", "main": "main"}
    rest = Clause(
        sentence, b, sentence.end, reverse[cut.order], cut.apart, cut.close, inverted=True
    )
    return [Clause(sentence, a, b), rest]


def _cuts(sentence: Sentence) -> list[_Cut]:
    cuts = []
    text = sentence.text
    quotes = sentence.quotes()
    times = [(w.start, w.end) for w in find_times(text, sentence.language)]
    for match in _connectives(sentence.language).finditer(text):
        at = sentence.start + match.start()
        if any(a < at < b for a, b in quotes):
            continue
        if any(a < match.end() and match.start() < b for a, b in times):
            continue
        start, end = match.start(), len(text)
        if not text[:start].strip(" \"'“«-–—"):
            comma = re.compile(r",\s").search(text, match.end() + 4)
            if comma is None:
                continue
            start, end = 0, comma.end()
        cuts.append(_cut(match, start, end, sentence.language))
    return cuts


def _cut(match: re.Match[str], start: int, end: int, language: str) -> _Cut:
    groups = {k.split("_")[0]: v for k, v in match.groupdict().items() if v}
    words = match.group().lower()
    if match.group("aside"):
        return _Cut(start, end, "main", None, close=True)
    # "X after Y": Y is the earlier one
    order: Order = "earlier" if match.group("later") else "later"
    relations = table(language, "times", "relations")
    close = any(re.search(expand(w), words) for w in relations.get("vague", ()))
    apart = None
    unit = groups.get("unit", "")
    day = any(re.search(expand(w), words) for w in relations.get("day", ()))
    if unit or day:
        apart = _apart(unit, groups.get("n", ""), language, day=day)
    return _Cut(start, end, order, apart, close)


def _apart(unit: str, count: str, language: str, *, day: bool) -> timedelta:
    words = table(language, "times")
    name = "day" if day else "hour"
    for form, meaning in words.get("units", {}).items():
        if unit and re.match(expand(form), unit, re.IGNORECASE):
            name = meaning
    number = 1
    for form, value in words.get("numbers", {}).items():
        if count and re.fullmatch(expand(form), count, re.IGNORECASE):
            number = value
    if count.isdigit():
        number = min(int(count), 1000)
    hours = {"minute": 0, "hour": 1, "day": 24, "week": 168, "month": 720, "year": 8760}
    return timedelta(hours=hours.get(name, 24) * number)


def _filled(
    clause: Clause, triggers: list[Trigger], weapons: list[Weapon], tolls: list[Toll]
) -> Clause:
    sentence, a, b = clause.sentence, clause.start, clause.end
    offset = clause.start
    times = tuple(
        TimeWords(w.start + offset, w.end + offset, w.text, w.kind, w.parts, w.options)
        for w in find_times(clause.text, sentence.language)
    )
    return Clause(
        sentence,
        a,
        b,
        clause.order,
        clause.apart,
        clause.close,
        clause.inverted,
        tuple(t for t in triggers if a <= t.start < b),
        tuple(w for w in weapons if a <= w.start < b),
        tuple(t for t in tolls if a <= t.start < b),
        times,
        tuple(m for m in sentence.mentions if a <= m.start < b),
    )
