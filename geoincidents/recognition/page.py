"""A passage as the tagger reads it: its capitalised words and what stands about them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from geoincidents.recognition.lexica import word_set
from geoincidents.recognition.names import UNKNOWN, NameClasses
from geoincidents.recognition.tokens import Tokens, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 5
_PLACE_BEFORE = frozenset(
    "in at near from to outside around across toward towards into throughout".split()  # noqa: SIM905
)
_EDGE = "¤"
#: Bits of the document flags: a title or first name stands before it; it also occurs in
#: small letters.
PERSON, SMALL = 1, 32

#: Class of the longest name over an item, its words, and which of them the item is.
Match = tuple[int, int, int]
#: A match, the signs before and after the item, and whether capitals stand beside it.
Place = tuple[Match, str, str, int, int]


class Page:
    """A passage as the tagger reads it: its words with an edge on either side, and its items.

    An index of −1 or −2, or one past the last word, meets the edge.
    """

    def __init__(self, tokens: Tokens, chained: list[list[int]], classes: NameClasses) -> None:
        self.words = [*tokens.words, _EDGE, _EDGE]
        self.low = [*tokens.low, _EDGE, _EDGE]
        self.gaps = tokens.gaps
        self.signs = [*map(_SIGNS.__getitem__, tokens.gaps)]
        self.capital = bytearray(len(self.words))
        for i in tokens.capitals():
            self.capital[i] = 1
        self.flags = document_flags(tokens, chained)
        self.items = [*chain.from_iterable(chained)]
        self.matches = [m for words in chained for m in matches(tokens, words, classes)]

    def places(self) -> Iterator[Place]:
        """Each item's match and the gaps and letters beside it, which make one block."""
        signs, capital = self.signs, self.capital
        for i, match in zip(self.items, self.matches, strict=True):
            yield match, signs[i], signs[i + 1], capital[i - 1], capital[i + 1]


def gap_kind(gap: str) -> str:
    """What stands between two words, as one of a dozen signs."""
    if gap in {" ", "", "-", ", ", "'"}:
        return gap
    if "\n" in gap:
        return "¶"
    for sign in ".!?":
        if sign in gap:
            return "."
    for sign in ("“", '"', "(", ")", ",", "’", "'", "/", ":", ";", "–", "—", "-", "[", "&"):
        if sign in gap:
            return '"' if sign == "“" else "'" if sign == "’" else sign
    return "?"


class _Signs(dict[str, str]):
    """What stands between two words → one of a dozen signs."""

    limit = 4096

    def __missing__(self, gap: str) -> str:
        if len(self) >= self.limit:
            self.clear()
        sign = self[gap] = gap_kind(gap)
        return sign


_SIGNS = _Signs()


def document_flags(tokens: Tokens, chained: list[list[int]]) -> dict[str, int]:
    """What the rest of the document shows of each capitalised word, as bits.

    1 a title or first name stands before it somewhere · 2 it speaks somewhere ·
    4 "in", "near" … stands before it · 8 a comma and a capital follow it ·
    16 it stands after a comma and a capital · 32 it also occurs in small letters.
    """
    words, low, gaps = tokens.words, tokens.low, tokens.gaps
    openers, speaks = _name_openers(), word_set("en", "persons", "after")
    flags = defaultdict[str, int](int)
    for i in chain.from_iterable(chained):
        bits, gap = 0, gaps[i]
        if i and gap == " ":
            before = low[i - 1]
            bits = 4 if before in _PLACE_BEFORE else 1 if before in openers else 0
        elif i and gap == ", " and words[i - 1][0].isupper():
            bits = 16
        if i + 1 < len(words):
            after = words[i + 1]
            if gaps[i + 1] == ", " and after[0].isupper():
                bits |= 8
            elif after in speaks:
                bits |= 2
        flags[words[i]] |= bits
    plain = set(words)
    for word in flags:
        if word[0].isupper() and word.lower() in plain:
            flags[word] |= SMALL
    return flags


@cache
def _name_openers() -> frozenset[str]:
    return word_set("en", "persons", "titles") | word_set("en", "persons", "first_names")


def matches(tokens: Tokens, chain: list[int], classes: NameClasses) -> list[Match]:
    """For each item: class, length and place in the longest gazetteer name over it."""
    if len(chain) == 1:
        word = tokens.words[chain[0]]
        return [(classes[word] if word[0].isupper() else UNKNOWN, 1, 0)]
    out: list[Match] = []
    while len(out) < len(chain):
        length, kind = _longest(tokens, chain, len(out), classes)
        out += [(kind, length, place) for place in range(length)]
    return out


def _longest(tokens: Tokens, chain: list[int], at: int, classes: NameClasses) -> tuple[int, int]:
    words, first = tokens.words, chain[at]
    if not words[first][0].isupper():
        return 1, UNKNOWN
    for length in range(min(_LONGEST, len(chain) - at), 1, -1):
        last = chain[at + length - 1]
        if words[last][0].isupper() or length == 2:
            kind = _known(tokens, first, last, classes)
            if kind:
                return length, kind
    return 1, classes[words[first]]


def _known(tokens: Tokens, first: int, last: int, classes: NameClasses) -> int:
    """Class of the words as a name, with the 's that may belong to it ("St. John's")."""
    kind = classes[span_name(tokens, first, last)]
    after = last + 1
    if not kind and after < len(tokens.words) and tokens.words[after] == "s":
        return classes[span_name(tokens, first, after)]
    return kind


def span_name(tokens: Tokens, first: int, last: int) -> str:
    """The words from first to last as one name, spaces made plain."""
    if first == last:
        return tokens.words[first]
    name = tokens.text[tokens.starts[first] : tokens.ends[last]]
    if not name.isascii():
        name = visible(name)
    return " ".join(name.split()) if "\n" in name or "  " in name else name
