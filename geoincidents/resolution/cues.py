"""What the words beside a name say of where it lies: "Orsha, Belarus", "Cork in Ireland"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from geoincidents.resolution.shelf import Shelf

#: How far beyond a name its container may stand.
_REACH = 60
_WORD = r"[^\W\d_a-zа-яёіїєґ][\w’'ʼ-]*\.?(?:[A-Z]\.)*"
_NAME = rf"{_WORD}(?:[ \u00a0](?:of[ ]|and[ ]|the[ ])?{_WORD}){{0,3}}"
_LINKS = {",": "comma", "(": "brackets"}


@cache
def _after() -> re.Pattern[str]:
    return re.compile(
        rf"(?:['’]s)?[\"”»)]?\s?(?P<link>,[\"”]?\s|\s?\(|\s(?:in|of|в|у|во)\s(?:the\s)?)"
        rf"(?P<name>{_NAME})(?P<rest>\s?(?:,\s|and\s|or\s|и\s|та\s|і\s))?"
    )


@cache
def _before_it() -> re.Pattern[str]:
    return re.compile(rf"(?P<name>{_NAME})(?P<link>,\s|['’]s\s|\s\(|\s)$")


class Cue(NamedTuple):
    """Units named beside a mention.

    `holders` are the keys of the unit said to hold it and `link` how it is said
    ("comma", "list", "brackets", "in", "before"); `held` are keys of the units
    that the name before it, "X, " may lie in.
    """

    holders: frozenset[str] = frozenset()
    link: str = ""
    held: frozenset[str] = frozenset()
    upper: frozenset[str] = frozenset()


NO_CUE = Cue()


def _prefixes(name: str) -> list[str]:
    """The name and its shorter beginnings, longest first."""
    words = name.split()
    return [" ".join(words[:size]) for size in range(len(words), 0, -1)]


def _suffixes(name: str) -> list[str]:
    words = name.split()
    return [" ".join(words[at:]) for at in range(len(words))]


def _first_container(forms: list[str], language: str, shelf: Shelf) -> tuple[str, frozenset[str]]:
    for form in forms:
        keys = shelf.container(form, language)
        if keys:
            return form, keys
    return "", frozenset()


def _link_of(match: re.Match[str], form: str) -> str:
    link = _LINKS.get(match["link"].strip()[:1], "in")
    is_whole = form == " ".join(match["name"].split())
    if link == "comma" and is_whole and match["rest"] and match["rest"].strip() != ",":
        return "list"
    return link


def read_cue(text: str, start: int, end: int, language: str, shelf: Shelf) -> Cue:
    """The cue for the name at ``text[start:end]``."""
    if start == 0 and end >= len(text):
        return NO_CUE
    held = _held(text, start, language, shelf)
    match = _after().match(text, end, min(len(text), end + _REACH))
    if match is None:
        return _before(text, start, language, shelf, held)
    form, holders = _first_container(_prefixes(match["name"]), language, shelf)
    if not holders:
        return _before(text, start, language, shelf, held)
    past = match.start("name") + len(form)
    onward = _after().match(text, past, min(len(text), past + _REACH))
    upper: frozenset[str] = frozenset()
    if onward is not None and onward["link"].startswith(","):
        _, upper = _first_container(_prefixes(onward["name"]), language, shelf)
    return Cue(holders, _link_of(match, form), held, upper)


def _follows_name(text: str, start: int) -> bool:
    """Whether the word before `start` may be a name's: a cheap look before a search."""
    words = text[max(0, start - _REACH) : start].rstrip(" \u00a0\n\t(,").split()
    return bool(words) and not words[-1][:1].islower()


def _before(text: str, start: int, language: str, shelf: Shelf, held: frozenset[str]) -> Cue:
    """A holder that stands before the name: "Ireland's Cork"."""
    if not _follows_name(text, start):
        return Cue(held=held) if held else NO_CUE
    match = _before_it().search(text, max(0, start - _REACH), start)
    if match is None or match["link"].startswith(","):
        return Cue(held=held) if held else NO_CUE
    for form in _suffixes(match["name"]):
        keys = shelf.container(form, language)
        if keys:
            return Cue(keys, "before", held)
    return Cue(held=held) if held else NO_CUE


def _held(text: str, start: int, language: str, shelf: Shelf) -> frozenset[str]:
    """Where the name before a comma may lie: it makes a unit of what follows the comma."""
    if not text[max(0, start - 2) : start].strip().endswith((",", "(")):
        return frozenset()
    match = _before_it().search(text, max(0, start - _REACH), start)
    if match is None:
        return frozenset()
    for form in _suffixes(match["name"]):
        keys = shelf.within(form, language)
        if keys:
            return keys
    return frozenset()
