"""Phrases that point back: "the city", "the regional capital of the same name", "there"."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.lexicon import vocabulary
from geoincidents.recognition.drafts import Draft, breadth
from geoincidents.recognition.lexica import word_set
from geoincidents.recognition.tokens import ends_sentence

if TYPE_CHECKING:
    from geoincidents.model import Precision
    from geoincidents.recognition.tokens import Tokens

_LEVELS: tuple[Precision, ...] = ("settlement", "admin1", "admin2", "country")
#: Most words from the determiner to the noun's first: "the besieged front-line town".
_LONGEST_PHRASE = 5
_NOT_BEFORE_THERE = frozenset({"out", "up", "over", "is", "that", "hi"})


@cache
def _pattern() -> re.Pattern[str]:
    table = vocabulary("en", "deictics")
    nouns = {n for level, group in table.items() if level != "words" for n in group["nouns"]}
    words = table["words"]

    def choice(items: list[str] | set[str]) -> str:
        return "|".join(re.escape(i).replace(r"\ ", " ") for i in sorted(items, key=len)[::-1])

    return re.compile(
        rf"\b(?:{choice(words['determiners'])}) (?:(?:{choice(words['adjectives'])}) ){{0,2}}"
        rf"(?P<noun>{choice(nouns)})\b(?P<same> (?:{choice(words['same_name'])}))?(?! of [A-Z]|-)",
        re.IGNORECASE,
    )


@cache
def _level_of() -> dict[str, str]:
    table = vocabulary("en", "deictics")
    return {n: level for level, group in table.items() if level != "words" for n in group["nouns"]}


def find_deictics(tokens: Tokens, drafts: list[Draft]) -> list[Draft]:
    """Deictics of a passage, tied to their antecedents; in order."""
    if not len(tokens):
        return []
    taken = {draft.start for draft in drafts}
    found = []
    history = _History(tokens, [d for d in drafts if d.kind == "toponym"])
    spots = _noun_spots(tokens) + _there_spots(tokens)
    for start, stop, level, same_name in sorted(spots):
        if start in taken:
            continue
        draft = _tie(Draft(0, 0, start, stop, kind="deictic"), level, same_name, history)
        found.append(draft)
    return found


def _noun_spots(tokens: Tokens) -> list[tuple[int, int, str, bool]]:
    """As in "the border town": looked for where a noun of places stands, and nowhere else."""
    out, pattern, last = [], _pattern(), 0
    nouns, determiners, low = _noun_words(), _determiners(), tokens.low
    for i in [i for i, word in enumerate(low) if word in nouns]:
        for k in range(max(0, i - _LONGEST_PHRASE), i):
            start = tokens.starts[k]
            if low[k] in determiners and start >= last:
                m = pattern.match(tokens.text, start)
                if m:
                    last = m.end()
                    level = _level_of()[m["noun"].lower()]
                    out.append((m.start("noun"), last, level, m["same"] is not None))
    return out


@cache
def _noun_words() -> frozenset[str]:
    return frozenset(noun.split()[0] for noun in _level_of())


@cache
def _determiners() -> frozenset[str]:
    return frozenset(vocabulary("en", "deictics")["words"]["determiners"])


def _there_spots(tokens: Tokens) -> list[tuple[int, int, str, bool]]:
    """The adverb "there", not the one of "there is"."""
    never = word_set("en", "deictics", "words", "there_not_before")
    low, out = tokens.low, []
    for i in [i for i, word in enumerate(tokens.words) if word == "there" and i]:
        after = low[i + 1] if i + 1 < len(low) else ""
        ended = ends_sentence(tokens.gaps[i + 1])
        if (ended or after not in never) and low[i - 1] not in _NOT_BEFORE_THERE:
            out.append((tokens.starts[i], tokens.ends[i], "there", False))
    return out


class _History:
    """What was named before an offset, for choosing an antecedent in constant time."""

    def __init__(self, tokens: Tokens, drafts: list[Draft]) -> None:
        self._drafts = drafts
        self._tokens = tokens
        self._next = 0
        self._last: dict[str, Draft] = {}
        self._counts: dict[str, Counter[str]] = {level: Counter() for level in (*_LEVELS, "any")}
        self._latest: dict[str, dict[str, Draft]] = {level: {} for level in (*_LEVELS, "any")}
        self._leader: dict[str, str] = {}

    def advance(self, offset: int) -> None:
        """Take in what stands before an offset; offsets must not fall."""
        while self._next < len(self._drafts) and self._drafts[self._next].start < offset:
            draft = self._drafts[self._next]
            self._next += 1
            for level in _levels(draft):
                self._last[level] = draft
                name = draft.names[-1] if draft.names else ""
                weight = 1 if draft.role == "actor" else 3
                self._counts[level][name] += weight
                self._latest[level][name] = draft
                counts = self._counts[level]
                if counts[name] > counts.get(self._leader.get(level, ""), 0):
                    self._leader[level] = name

    def pick(self, level: str, offset: int) -> Draft | None:
        """The antecedent: named in this or the last sentence, else the most named, else ahead."""
        self.advance(offset)
        last = self._last.get(level)
        if last is not None and self._sentences_between(last.end, offset) <= 1:
            return last
        if level in self._leader:
            return self._latest[level][self._leader[level]]
        ahead = self._drafts[self._next : self._next + 5]
        return next((draft for draft in ahead if level in _levels(draft)), None)

    def _sentences_between(self, left: int, right: int) -> int:
        if right - left > 400:
            return 9
        return len(re.findall(r"[.!?]\s|\n", self._tokens.text[left:right]))


def _levels(draft: Draft) -> tuple[str, ...]:
    if draft.is_settlement():
        return ("settlement", "any")
    level = {1: "admin2", 2: "admin1", 3: "country"}.get(breadth(draft))
    return (level, "any") if level else ("any",)


def _tie(draft: Draft, level: str, same_name: bool, history: _History) -> Draft:
    draft.role = "event"
    wanted = {"there": "any", "capital": "country", "border": "any"}.get(level, level)
    found = history.pick("admin1" if same_name else wanted, draft.start)
    if found is None and level in {"settlement", "admin2", "admin1"}:
        found = history.pick("any", draft.start)
    if level == "capital":
        draft.relation, draft.type_hint = "capital_of", "settlement"
    elif level in _LEVELS:
        draft.type_hint = level
    if found is None:
        return draft
    draft.antecedent, draft.role = found.start, found.role if found.role != "actor" else "reference"
    draft.evidence.append(f"points to {found.names[0] if found.names else 'a place'}")
    if same_name:
        draft.names, draft.relation = found.names[-1:], "capital_of"
    return draft
