"""What the tagger sees of a word: features as strings, in blocks with a key each.

A block is a list of feature strings that depend on one small key (a word and
its place, a gap, a gazetteer match), so that the tagger sums the weights of a
block once and remembers the sum under its key. That makes an item cost a dozen
look-ups rather than a hundred.
"""

from __future__ import annotations

from collections.abc import Hashable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from geoincidents.recognition.lexica import tags, word_set
from geoincidents.recognition.names import CLASS_NAMES, UNKNOWN, NameClasses
from geoincidents.recognition.tokens import Tokens, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Words before and after an item that are looked at.
WINDOW = 2
_LONGEST = 5
_PLACE_BEFORE = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "outside",
        "around",
        "across",
        "toward",
        "towards",
        "into",
        "throughout",
    ]
)
_EDGE = "¤"
#: Bits of the document flags: a title or first name stands before it; it also occurs in
#: small letters.
PERSON, SMALL = 1, 32

#: Places of the five words looked at, in the order of their families.
_OFFSETS = (0, -1, 1, -2, 2)
#: How many families of blocks there are: five words, the match with its gaps, the flags.
FAMILIES = len(_OFFSETS) + 2
#: Names of the pairs of words, in the order of `pair_keys`.
PAIRS = ("b-", "b+", "b--", "b++")

Key = Hashable


def shape(word: str) -> str:
    """X for capitals, x for small letters, 9 for digits; runs shortened.

    >>> shape("McDonald"), shape("U.S."), shape("1984")
    ('XxXx', 'X.X.', '9')
    """
    if word.islower():
        return "x"
    if word[1:].islower():
        return "Xx"
    out = ""
    for c in word[:12]:
        kind = "X" if c.isupper() else "x" if c.islower() else "9" if c.isdigit() else c
        if (kind in "X.9" and kind == ".") or not out.endswith(kind):
            out += kind
    return out


@lru_cache(maxsize=4096)
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


def word_block(word: str, offset: int, classes: NameClasses, seen: dict[str, str]) -> list[str]:
    """Features of a word that stands `offset` words from the item."""
    low = word.lower()
    at = f"{offset}:"
    out = [f"{at}w={low}", f"{at}s={shape(word)}"]
    out += [f"{at}t={tag}" for tag in tags().get(low, ())]
    if word[0].isupper() or offset == 0:
        kind = CLASS_NAMES[classes[word]]
        out.append(f"{at}c={kind}")
        if abs(offset) < 2:
            ratio = seen.get(low, "new")
            out += [f"{at}l={ratio}", f"{at}cl={kind}/{ratio}"]
    if offset == 0:
        out += [f"3={low[-3:]}", f"4={low[-4:]}", f"p3={low[:3]}", f"n={min(len(low), 6)}"]
    elif abs(offset) == 1:
        out.append(f"{at}3={low[-3:]}")
    return out


def match_block(match: tuple[int, int, int], before: str, after: str) -> list[str]:
    """Features of the longest gazetteer name over the item: its class, words, and place in it."""
    kind, length, place = match
    sig = f"{CLASS_NAMES[kind]}/{min(length, 3)}/{min(place, 2)}"
    last = "e" if place == length - 1 else "m"
    out = [f"m={sig}{last}", f"m+={sig}{last}{after}", f"m-={sig}{before}"]
    return [*out, f"m±={sig}{last}{before}{after}"]


def gap_block(before: str, after: str, left: str, right: str) -> list[str]:
    """Features of the gaps beside the item and of the shapes beyond them."""
    return [
        f"g-={before}{left}",
        f"g+={after}{right}",
        f"g±={before}{left}{after}{right}",
    ]


def pair_keys(low: list[str], i: int) -> tuple[tuple[str, str], ...]:
    """Pairs of words about item i, in the order of `PAIRS`."""
    n = len(low)
    a = low[i - 2] if i > 1 else _EDGE
    b = low[i - 1] if i else _EDGE
    w = low[i]
    c = low[i + 1] if i + 1 < n else _EDGE
    d = low[i + 2] if i + 2 < n else _EDGE
    return ((b, w), (c, w), (a, b), (d, c))


def document_flags(tokens: Tokens, chained: list[list[int]]) -> dict[str, int]:
    """What the rest of the document shows of each capitalised word, as bits.

    1 a title or first name stands before it somewhere · 2 it speaks somewhere ·
    4 "in", "near" … stands before it · 8 a comma and a capital follow it ·
    16 it stands after a comma and a capital · 32 it also occurs in small letters.
    """
    words, flags = tokens.words, dict[str, int]()
    for chain in chained:
        for i in chain:
            flags[words[i]] = (
                flags.get(words[i], 0) | _before_bits(tokens, i) | _after_bits(tokens, i)
            )
    plain = set(words)
    for word in flags:
        if word[0].isupper() and word.lower() in plain:
            flags[word] |= 32
    return flags


def _before_bits(tokens: Tokens, i: int) -> int:
    if not i:
        return 0
    if tokens.gaps[i] == " ":
        before = tokens.low[i - 1]
        if before in _PLACE_BEFORE:
            return 4
        return 1 if before in _name_openers() else 0
    return 16 if tokens.gaps[i] == ", " and tokens.words[i - 1][0].isupper() else 0


def _after_bits(tokens: Tokens, i: int) -> int:
    if i + 1 >= len(tokens.words):
        return 0
    after = tokens.words[i + 1]
    if tokens.gaps[i + 1] == ", " and after[0].isupper():
        return 8
    return 2 if after in word_set("en", "persons", "after") else 0


@cache
def _name_openers() -> frozenset[str]:
    return word_set("en", "persons", "titles") | word_set("en", "persons", "first_names")


def flag_block(flags: int, kind: int) -> list[str]:
    """Features of a word's document flags with the class of its match."""
    name = CLASS_NAMES[kind]
    out = [f"f{bit}" for bit in (1, 2, 4, 8, 16, 32) if flags & bit]
    out += [f"f{bit}{name}" for bit in (1, 2, 4, 8, 16, 32) if flags & bit]
    return [*out, f"f={flags}", f"f={flags & 7}{name}"]


def matches(tokens: Tokens, chain: list[int], classes: NameClasses) -> list[tuple[int, int, int]]:
    """For each item: class, length and place in the longest gazetteer name over it."""
    out = [(UNKNOWN, 1, 0)] * len(chain)
    at = 0
    while at < len(chain):
        length, kind = _longest(tokens, chain, at, classes)
        for place in range(length):
            out[at + place] = (kind, length, place)
        at += length
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


def blocks(
    tokens: Tokens,
    chain: list[int],
    classes: NameClasses,
    flags: dict[str, int],
) -> Iterator[tuple[tuple[Key, ...], tuple[tuple[str, str], ...]]]:
    """For each item its block keys, in the order of `FAMILIES`, and its pairs."""
    words, low, gaps = tokens.words, tokens.low, tokens.gaps
    n = len(words)
    for i, match in zip(chain, matches(tokens, chain, classes), strict=True):
        left = words[i - 1] if i else _EDGE
        right = words[i + 1] if i + 1 < n else _EDGE
        l_cap, r_cap = left[0].isupper(), right[0].isupper()
        keys: tuple[Key, ...] = (
            words[i],
            left,
            right,
            words[i - 2] if i > 1 else _EDGE,
            words[i + 2] if i + 2 < n else _EDGE,
            (match, gap_kind(gaps[i]), gap_kind(gaps[i + 1]), l_cap, r_cap),
            (flags.get(words[i], 0), match[0]),
        )
        yield keys, pair_keys(low, i)


def expand(family: int, key: Any, classes: NameClasses, seen: dict[str, str]) -> list[str]:
    """The feature strings of a block key of a family."""
    if family < len(_OFFSETS):
        return word_block(key, _OFFSETS[family], classes, seen)
    if family == len(_OFFSETS):
        match, before, after, l_cap, r_cap = key
        left, right = "X" if l_cap else "x", "X" if r_cap else "x"
        return match_block(match, before, after) + gap_block(before, after, left, right)
    return flag_block(*key)


def expand_pairs(pairs: tuple[tuple[str, str], ...]) -> list[str]:
    """The feature strings of an item's pairs."""
    return [f"{name}{a}|{b}" for name, (a, b) in zip(PAIRS, pairs, strict=True)]
