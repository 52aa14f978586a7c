"""What the tagger sees of a word: features as strings, in blocks that depend on one key.

A block is a list of feature strings that depend on one small key (a word and
its place, what stands beside it, its flags), so that the tagger sums the weights
of a block once and remembers the sum under its key. That makes an item cost a
dozen look-ups rather than a hundred.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geoincidents.recognition.lexica import tags
from geoincidents.recognition.names import CLASS_NAMES, NameClasses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.recognition.page import Page, Place

#: Places of the five words looked at, from the item.
OFFSETS = (0, -1, 1, -2, 2)
#: Names of the pairs of words, and where their first and second stand from the item.
PAIRS = {"b-": (-1, 0), "b+": (1, 0), "b--": (-2, -1), "b++": (2, 1)}
_FLAGS = (1, 2, 4, 8, 16, 32)


class Traits(NamedTuple):
    """What of a word many others share."""

    shape: str
    #: Tags of the vocabulary.
    tags: tuple[str, ...]
    #: Name of its class; "" for a word in small letters, unless it is the item itself.
    kind: str
    #: How it is mostly written: c(apital), m(ixed), l(ower), or new.
    habit: str


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


def traits_of(word: str, classes: NameClasses, seen: dict[str, str]) -> Traits:
    """Traits of a word beside an item."""
    low = word.lower()
    kind = CLASS_NAMES[classes[word]] if word[0].isupper() else ""
    return Traits(shape(word), tags().get(low, ()), kind, seen.get(low, "new"))


def as_item(traits: Traits, word: str, classes: NameClasses) -> Traits:
    """Traits of a word that is the item itself, which has a class in small letters too."""
    return traits if traits.kind else traits._replace(kind=CLASS_NAMES[classes[word]])


def own_features(low: str, offset: int) -> list[str]:
    """Features of the letters of a word that stands `offset` words from the item."""
    out = [f"{offset}:w={low}"]
    if offset == 0:
        out += [f"3={low[-3:]}", f"4={low[-4:]}", f"p3={low[:3]}", f"n={min(len(low), 6)}"]
    elif abs(offset) == 1:
        out.append(f"{offset}:3={low[-3:]}")
    return out


def trait_features(traits: Traits, offset: int) -> list[str]:
    """Features of the traits of a word that stands `offset` words from the item."""
    form, told, kind, habit = traits
    at = f"{offset}:"
    out = [f"{at}s={form}", *(f"{at}t={tag}" for tag in told)]
    if kind:
        out.append(f"{at}c={kind}")
        if abs(offset) < 2:
            out += [f"{at}l={habit}", f"{at}cl={kind}/{habit}"]
    return out


def place_features(place: Place) -> list[str]:
    """Features of the longest gazetteer name over the item, and of what stands beside it."""
    (kind, length, inside), before, after, capital_before, capital_after = place
    left, right = "X" if capital_before else "x", "X" if capital_after else "x"
    name = f"{CLASS_NAMES[kind]}/{min(length, 3)}/{min(inside, 2)}"
    last = "e" if inside == length - 1 else "m"
    return [
        f"m={name}{last}",
        f"m+={name}{last}{after}",
        f"m-={name}{before}",
        f"m±={name}{last}{before}{after}",
        f"g-={before}{left}",
        f"g+={after}{right}",
        f"g±={before}{left}{after}{right}",
    ]


def flag_features(flags: int, kind: int) -> list[str]:
    """Features of a word's document flags with the class of its match."""
    name = CLASS_NAMES[kind]
    out = [f"f{bit}" for bit in _FLAGS if flags & bit]
    out += [f"f{bit}{name}" for bit in _FLAGS if flags & bit]
    return [*out, f"f={flags}", f"f={flags & 7}{name}"]


def features_of(page: Page, classes: NameClasses, seen: dict[str, str]) -> Iterator[list[str]]:
    """All feature strings of each item, as training needs them."""
    words, low = page.words, page.low
    for i, place in zip(page.items, page.places(), strict=True):
        out = place_features(place) + flag_features(page.flags[words[i]], place[0][0])
        for offset in OFFSETS:
            word = words[i + offset]
            out += own_features(word.lower(), offset)
            traits = traits_of(word, classes, seen)
            out += trait_features(traits if offset else as_item(traits, word, classes), offset)
        for name, (first, second) in PAIRS.items():
            out.append(f"{name}{low[i + first]}|{low[i + second]}")
        yield out
