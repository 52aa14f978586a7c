"""How a pattern can begin, so that most patterns need not be tried on a sentence.

A sentence holds few of the thousands of phrases of a lexicon. Each pattern
knows the first letters of all it can match, read from its own syntax tree; a
sentence knows the first letters of its words. Where the two have nothing in
common the pattern cannot match, and is not run.
"""

from __future__ import annotations

import re
from functools import lru_cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: So many letters of a word tell it from most others.
_LENGTH = 6
#: A pattern with more beginnings than this is tried always.
_MOST = 10_000
_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")
_DIGIT = re.compile(r"\d")
_ZERO_WIDTH = frozenset({op.AT, op.ASSERT, op.ASSERT_NOT})


@lru_cache(maxsize=256)
def openings_of(text: str) -> frozenset[str]:
    """The first one to six characters at every word of a text: small letters, digits as 0."""
    plain = _DIGIT.sub("0", _SPACE.sub(" ", text)).lower()
    found: set[str] = set()
    for word in _WORD.finditer(plain):
        at = word.start()
        found.update(plain[at : at + n] for n in range(1, _LENGTH + 1))
    return frozenset(found)


def openings(pattern: str) -> frozenset[str] | None:
    """All beginnings of what a pattern matches; None when they cannot be told.

    >>> sorted(openings("kill(ed|s)?"))
    ['kill', 'killed', 'kills']
    """
    try:
        found = _starts(list(_parser.parse(pattern, re.IGNORECASE)))
    except _UntoldError:
        return None
    # a match may open with the space before a word, never with half a word
    told = {start.rstrip("\0")[:_LENGTH].lstrip(" ") for start in found}
    if any(not start or not (start[0].isalnum() or start[0] == "_") for start in told):
        return None
    return frozenset(told)


class Family:
    """Patterns of one sort, of which a text is asked only for those that may match."""

    def __init__(self, patterns: Sequence[re.Pattern[str]]) -> None:
        self._always: list[int] = []
        self._by_opening: dict[str, list[int]] = {}
        for number, pattern in enumerate(patterns):
            starts = openings(pattern.pattern)
            if starts is None:
                self._always.append(number)
            for start in starts or ():
                self._by_opening.setdefault(start, []).append(number)

    def candidates(self, text: str) -> list[int]:
        """Numbers of the patterns that may match in a text, in order."""
        found = set(self._always)
        for start in self._by_opening.keys() & openings_of(text):
            found.update(self._by_opening[start])
        return sorted(found)


class _UntoldError(Exception):
    """The beginnings of a pattern are too many to list."""


def _starts(items: list[Any]) -> set[str]:
    """Beginnings of a sequence; one that ends in NUL goes on in an unknown way."""
    found = {""}
    for kind, value in items:
        if all(_is_done(start) for start in found):
            break
        if kind in _ZERO_WIDTH:
            continue
        found = _joined(found, _one(kind, value))
    return found


def _is_done(start: str) -> bool:
    return len(start) >= _LENGTH or start.endswith("\0")


def _joined(found: set[str], following: set[str]) -> set[str]:
    made = {
        start if _is_done(start) else (start + tail)[: _LENGTH + 1]
        for start in found
        for tail in following
    }
    if len(made) > _MOST:
        raise _UntoldError
    return made


def _one(kind: Any, value: Any) -> set[str]:
    """Beginnings of one element of a pattern."""
    if kind is op.LITERAL:
        return {_plain(value)}
    if kind is op.IN:
        return _of_class(value)
    if kind is op.BRANCH:
        return set().union(*(_starts(list(branch)) for branch in value[1]))
    if kind is op.SUBPATTERN:
        return _starts(list(value[3]))
    if kind in {op.MAX_REPEAT, op.MIN_REPEAT}:
        return _repeated(*value)
    return {"\0"}


def _repeated(least: int, most: Any, items: Iterable[Any]) -> set[str]:
    once = _starts(list(items))
    found = {""}
    for _ in range(least):
        found = _joined(found, once)
    grown = found
    for _ in range(min(int(most) - least, _LENGTH)):
        if all(_is_done(start) for start in grown):
            break
        grown = _joined(grown, once)
        found = found | grown
    return found


def _plain(code: int) -> str:
    letter = chr(code).lower()
    return "0" if letter.isdecimal() else letter


def _of_class(members: list[Any]) -> set[str]:
    found: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            found.add(_plain(value))
        elif kind is op.RANGE and value[1] - value[0] < 40:
            found.update(_plain(c) for c in range(value[0], value[1] + 1))
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            found.add(" ")
        elif kind is op.CATEGORY and value is op.CATEGORY_DIGIT:
            found.add("0")
        else:
            return {"\0"}
    return found
