"""Names of outlets in English text: listed ones, and those that end in what outlets are called."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.recognition.lexica import outlet_names, word_set
from geoincidents.recognition.page import span_name

if TYPE_CHECKING:
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.tokens import Tokens

#: Most words of an outlet's name before the last: "The Salt Lake Tribune".
_LONGEST = 4
_JOINTS = frozenset({" ", "-"})


def outlet_words(tokens: Tokens, chained: list[list[int]], classes: NameClasses) -> set[int]:
    """Words that belong to the name of an outlet or platform."""
    found, openers = set[int](), _outlets_by_opener()
    heads = word_set("en", "outlets", "heads")
    for chain in chained:
        for i in chain:
            low = tokens.low[i]
            for name in openers.get(low, ()):
                found.update(_words_of_outlet(tokens, i, name))
            if low in heads and len(chain) > 1:
                found.update(_words_before_head(tokens, i, classes))
    return found


def _words_of_outlet(tokens: Tokens, i: int, name: str) -> range:
    start = tokens.starts[i]
    end = start + len(name)
    if tokens.text[start:end].lower() != name or tokens.text[end : end + 1].isalnum():
        return range(0)
    return range(i, bisect_left(tokens.starts, end))


@cache
def _outlets_by_opener() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in sorted(outlet_names()):
        opener = name.replace("-", " ").split()[0]
        found[opener] = (*found.get(opener, ()), name)
    return found


def _words_before_head(tokens: Tokens, head: int, classes: NameClasses) -> range:
    """As in "The Columbus Dispatch", unless it is a place like "Lone Star"."""
    words, gaps = tokens.words, tokens.gaps
    if not words[head][0].isupper() or _goes_on(tokens, head):
        return range(0)
    first = head
    while (
        first
        and head - first < _LONGEST
        and gaps[first] in _JOINTS
        and words[first - 1][0].isupper()
        and tokens.low[first] != "the"
    ):
        first -= 1
    known = any(classes[span_name(tokens, k, head)] for k in range(first, head))
    return range(0) if known else range(first, head + 1)


def _goes_on(tokens: Tokens, i: int) -> bool:
    if i + 1 >= len(tokens) or tokens.gaps[i + 1] not in _JOINTS:
        return False
    return tokens.words[i + 1][0].isupper()
