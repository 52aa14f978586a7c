"""The words of spatial language, read from the lexicon and found in tokens."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from geoincidents.expressions.telling import Telltales
from geoincidents.expressions.tokens import Token, tokenise
from geoincidents.expressions.tree import Compass
from geoincidents.lexicon import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

WINDS = (
    *("N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE"),
    *("S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"),
)
#: Classes of words that are everywhere: looked for only where a form asks for them.
ASKED_FOR = frozenset({"apposition", "filler"})
_KEPT_WORDS = 50_000
#: ``found[class][position]`` are the (end, value) of the class's phrases there.
Found = dict[str, dict[int, list[tuple[int, Any]]]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row that belong to a class and stand for a value."""

    keys: tuple[str, ...]
    name: str
    value: Any
    exact: bool = False

    def begins_with(self, token: Token) -> bool:
        """Tell whether a token is the first word."""
        return self._is(token, self.keys[0])

    def ends_at(self, tokens: Sequence[Token], at: int) -> int | None:
        """Return the position after the phrase when it stands at `at`, its first word given."""
        end = at + len(self.keys)
        if end > len(tokens):
            return None
        for step in range(1, len(self.keys)):
            if not self._is(tokens[at + step], self.keys[step]):
                return None
        return end

    def _is(self, token: Token, key: str) -> bool:
        word = token.text if self.exact else token.key
        return word.startswith(key[:-1]) if key[-1] == "*" else word == key


class Opened(NamedTuple):
    """The phrases that begin with one word, by their second words as far as these are whole."""

    alone: tuple[Phrase, ...]
    by_second: Mapping[str, Sequence[Phrase]]
    others: tuple[Phrase, ...]

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> Opened:
        """File phrases of one first word."""
        alone, others = [], []
        by_second: dict[str, list[Phrase]] = {}
        for phrase in phrases:
            if len(phrase.keys) == 1:
                alone.append(phrase)
            elif phrase.exact or phrase.keys[1][-1] == "*":
                others.append(phrase)
            else:
                by_second.setdefault(phrase.keys[1], []).append(phrase)
        return cls(tuple(alone), by_second, tuple(others))


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
        self._asked: dict[str, list[Phrase]] = {}
        self._by_word: dict[str, Opened | None] = {}
        for phrase in (
            *_spatial_phrases(spatial),
            *_number_phrases(vocabulary(language, "numbers")),
        ):
            if phrase.name in ASKED_FOR:
                self._asked.setdefault(phrase.name, []).append(phrase)
            else:
                self._index.setdefault(_head(phrase), []).append(phrase)

    def asked(self, name: str, tokens: Sequence[Token], at: int) -> list[tuple[int, Any]]:
        """Return the (end, value) of an `ASKED_FOR` class's phrases at a position."""
        if at >= len(tokens):
            return []
        ends = [
            phrase.ends_at(tokens, at)
            for phrase in self._asked.get(name, ())
            if phrase.begins_with(tokens[at])
        ]
        return [(end, None) for end in sorted(filter(None, ends), reverse=True)]

    @cached_property
    def telltales(self) -> Telltales:
        """The words that make an expression likely."""
        return Telltales(phrase for filed in self._index.values() for phrase in filed)

    def scan(self, tokens: Sequence[Token]) -> Found:
        """Find every phrase of every class in a row of tokens."""
        found: Found = {}
        by_word = self._by_word
        for at, token in enumerate(tokens):
            if token.kind == "possessive":
                _file(found, "poss", at, (at + 1, None))
            opened = by_word[token.text] if token.text in by_word else self._opened(token)
            if opened is None:
                continue
            for phrase in opened.alone:
                _file(found, phrase.name, at, (at + 1, phrase.value))
            longer = opened.others
            if opened.by_second and at + 1 < len(tokens):
                longer = (*longer, *opened.by_second.get(tokens[at + 1].key, ()))
            for phrase in longer:
                end = phrase.ends_at(tokens, at)
                if end is not None:
                    _file(found, phrase.name, at, (end, phrase.value))
        return found

    def _opened(self, token: Token) -> Opened | None:
        """Return the phrases whose first word a token is; kept for the next time."""
        phrases = [
            phrase
            for head in {token.key[:2], token.key[:1], token.text[:2], token.text[:1]}
            for phrase in self._index.get(head, ())
            if phrase.begins_with(token)
        ]
        if len(self._by_word) >= _KEPT_WORDS:
            self._by_word.clear()
        opened = self._by_word[token.text] = Opened.of(phrases) if phrases else None
        return opened


def _file(found: Found, name: str, at: int, hit: tuple[int, Any]) -> None:
    """Put a phrase's hit where it belongs, longer ones first."""
    hits = found.setdefault(name, {}).setdefault(at, [])
    hits.append(hit)
    if len(hits) > 1:
        hits.sort(key=lambda each: -each[0])


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


def _phrases(
    name: str, words: Iterable[str], value: Any, *, exact: bool = False
) -> Iterator[Phrase]:
    for word in words:
        # "*" is cut off as a mark of its own: put it back on its word
        keys: list[str] = []
        for token in tokenise(word):
            if token.text == "*" and keys:
                keys[-1] += "*"
            else:
                keys.append(token.text if exact else token.key)
        yield Phrase(tuple(keys), name, value, exact)
