"""The words of spatial language, read from the lexicon and found in tokens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from geoincidents.expressions.tokens import Token, tokenise
from geoincidents.expressions.tree import Compass
from geoincidents.lexicon import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WINDS = (
    *("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE"),
    *("S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"),
)
#: ``found[class][position]`` are the (end, value) of the class's phrases there.
Found = dict[str, dict[int, list[tuple[int, Any]]]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row that belong to a class and stand for a value."""

    keys: tuple[str, ...]
    name: str
    value: Any
    exact: bool = False

    def ends_at(self, tokens: Sequence[Token], at: int) -> int | None:
        """Return the position after the phrase when it stands at `at`."""
        if at + len(self.keys) > len(tokens):
            return None
        for offset, key in enumerate(self.keys):
            token = tokens[at + offset]
            word = token.text if self.exact else token.key
            if not (word.startswith(key[:-1]) if key[-1] == "*" else word == key):
                return None
        return at + len(self.keys)


class Vocabulary:
    """The phrases of one language's spatial lexicon, by their first letters."""

    def __init__(self, language: str) -> None:
        self.language = language
        spatial = vocabulary(language, "spatial")
        self.rules: Mapping[str, Sequence[str]] = spatial.get("rules", {})
        self.endings: Mapping[str, Sequence[str]] = spatial.get("compound", {})
        #: Classes that have words in this language: some have no articles.
        self.classes = frozenset(spatial.get("classes", {}))
        self._index: dict[str, list[Phrase]] = {}
        for phrase in (*_spatial_phrases(spatial), *_number_phrases(vocabulary(language, "numbers"))):
            self._index.setdefault(_head(phrase), []).append(phrase)

    def scan(self, tokens: Sequence[Token]) -> Found:
        """Find every phrase of every class in a row of tokens."""
        found: Found = {}
        for at, token in enumerate(tokens):
            if token.kind == "possessive":
                found.setdefault("poss", {}).setdefault(at, []).append((at + 1, None))
            for phrase in self._phrases_at(token):
                end = phrase.ends_at(tokens, at)
                if end is not None:
                    found.setdefault(phrase.name, {}).setdefault(at, []).append((end, phrase.value))
        for places in found.values():
            for hits in places.values():
                hits.sort(key=lambda hit: -hit[0])
        return found

    def _phrases_at(self, token: Token) -> Iterator[Phrase]:
        for head in {token.key[:2], token.key[:1], token.text[:2], token.text[:1]}:
            yield from self._index.get(head, ())


@cache
def spatial_vocabulary(language: str) -> Vocabulary:
    """Return a language's vocabulary, read once."""
    return Vocabulary(language)


def _head(phrase: Phrase) -> str:
    """Return the letters a phrase is filed under: two, or one when it has no more."""
    return phrase.keys[0].rstrip("*")[:2]


def _spatial_phrases(spatial: Mapping[str, Any]) -> Iterator[Phrase]:
    compass = spatial.get("compass", {})
    for kind, table in compass.items():
        for wind, words in table.items():
            value = Compass(WINDS.index(wind) * 22.5, wind)
            if kind == "abbreviation":
                yield from _phrases("compass_noun", words, value, exact=True)
            else:
                yield from _phrases(f"compass_{kind}", words, value)
    for metres, words in spatial.get("units", {}).items():
        yield from _phrases("unit", words, float(metres))
    for name, words in spatial.get("qualifiers", {}).items():
        yield from _phrases("qualifier", words, name)
    for table in ("deictic", "types"):
        for precision, words in spatial.get(table, {}).items():
            yield from _phrases(table, words, precision)
            yield from _phrases(f"{table}_{precision}", words, precision)
    for name, words in spatial.get("classes", {}).items():
        yield from _phrases(name, words, None)


def _number_phrases(numbers: Mapping[str, Any]) -> Iterator[Phrase]:
    for table in ("cardinals", "scales"):
        for value, words in numbers.get(table, {}).items():
            yield from _phrases(f"number_{table}", words, float(value))
    for limits, words in numbers.get("vague", {}).items():
        low, high = limits.split("-")
        yield from _phrases("number_vague", words, (float(low), float(high)))
    for name in ("joiners", "range", "negative"):
        yield from _phrases(f"number_{name}", numbers.get(name, {}).get("words", ()), None)


def _phrases(name: str, words: Iterable[str], value: Any, *, exact: bool = False) -> Iterator[Phrase]:
    for word in words:
        # "*" is cut off as a mark of its own: put it back on its word
        keys: list[str] = []
        for token in tokenise(word):
            if token.text == "*" and keys:
                keys[-1] += "*"
            else:
                keys.append(token.text if exact else token.key)
        yield Phrase(tuple(keys), name, value, exact)
