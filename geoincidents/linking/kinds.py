"""How far two kinds of event, and two sets of weapons, may be of one event."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geoincidents.lexicon import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[\w-]+")


@cache
def _families() -> dict[str, str]:
    table = vocabulary("en", "linking")["families"]
    return {kind: family for family, kinds in table.items() for kind in kinds}


@cache
def _related() -> frozenset[frozenset[str]]:
    pairs = vocabulary("en", "linking")["related"]["pairs"]
    return frozenset(frozenset(pair) for pair in pairs)


@cache
def _weapon_classes() -> dict[str, str]:
    table = vocabulary("en", "linking")["weapons"]
    return {word: name for name, words in table.items() for word in words}


@lru_cache(maxsize=4096)
def compare(ours: tuple[str, str], theirs: tuple[str, str]) -> tuple[float, str] | None:
    """Agreement of two (event type, sub-event type) pairs, or None where they differ."""
    if ours == theirs:
        return 1.5, f"the same kind ({ours[1]})"
    families = _families()
    home, other = families.get(ours[1]), families.get(theirs[1])
    if home is not None and home == other:
        return 1.0, f"kinds that reports take for one another ({ours[1]}; {theirs[1]})"
    if frozenset((home, other)) in _related():
        return 0.5, f"related kinds ({ours[1]}; {theirs[1]})"
    return None


@lru_cache(maxsize=8192)
def weapon_classes(weapons: tuple[str, ...]) -> frozenset[str]:
    """Classes of weapon that the words name; unknown words name none."""
    known = _weapon_classes()
    words: Iterable[str] = _WORD.findall(" ".join(weapons).casefold())
    return frozenset(known[word] for word in words if word in known)
