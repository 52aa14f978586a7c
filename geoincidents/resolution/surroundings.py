"""Place names that a report bears outside its mentions: "Clay County Sheriff", "Ohio State".

They are no places of the report, but they tell where it is at home. Each may
vote a little; a name that is also a person's or a common word votes in vain,
since its votes scatter.
"""

from __future__ import annotations

import re
from functools import cache
from math import log1p
from typing import TYPE_CHECKING

from geoincidents.lexicon import LANGUAGES, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geoincidents.model import Mention
    from geoincidents.resolution.options import Option
    from geoincidents.resolution.shelf import Row, Shelf

_RUN = r"[^\W\d_a-zа-яёіїєґ][\w’'.-]*(?: (?:of |the )?[^\W\d_a-zа-яёіїєґ][\w’'.-]*)+"
_WORD = r"(?<=[a-zа-яёіїєґ,] )[^\W\d_a-zа-яёіїєґ][\w’'.-]{3,}"
_TOKEN = re.compile(r"£|[\w-]+(?:['’][a-z]+)?")
_LONGEST = 2
_LONGEST_PUBLISHER = 100
#: Reading on tells little new: what is at home where shows early.
_READ_CHARACTERS = 8_000
_MOST_NAMES = 60


def _names_in(run: str, shelf: Shelf) -> Iterator[str]:
    words = run.split(" ")
    at = 0
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            name = " ".join(words[at : at + size]).strip(".,'’")
            if len(name) > 3 and shelf.has_name(name):
                yield name
                at += size - 1
                break
        at += 1


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return re.compile(_RUN), re.compile(_WORD)


def unmarked_names(text: str, mentions: Sequence[Mention], shelf: Shelf) -> list[str]:
    """Names of the gazetteer in the text that no mention covers, in order, each once."""
    spans = [(mention.start, mention.end) for mention in mentions]
    part = _blanked(text[:_READ_CHARACTERS], spans)
    found: dict[str, None] = {}
    for pattern in _patterns() if part.strip() else ():
        for match in pattern.finditer(part):
            for name in _names_in(match[0], shelf):
                found[name] = None
    return list(found)[:_MOST_NAMES]


def publisher_names(publisher: str | None, shelf: Shelf) -> list[str]:
    """Names in what a publisher calls itself: "The Minsk Herald" is at home in Minsk."""
    return (
        list(dict.fromkeys(_names_in(publisher[:_LONGEST_PUBLISHER], shelf))) if publisher else []
    )


@cache
def _country_words(
    languages: tuple[str, ...],
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[tuple[str, tuple[str, ...]], ...]]]:
    """Single words that tell a country with the countries of each; phrases by their first word."""
    countries: dict[str, list[str]] = {}
    for language in languages:
        for code, words in vocabulary(language, "countries").get("words_of", {}).items():
            for word in words:
                countries.setdefault(word, []).append(code)
    single: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for word, codes in countries.items():
        if " " in word:
            first = _TOKEN.findall(word)[0]
            phrases[first] = (*phrases.get(first, ()), (word, tuple(codes)))
        else:
            single[word] = tuple(codes)
    return single, phrases


def countries_by_words(text: str) -> dict[str, float]:
    """How strongly the words of a text tell each country, each word counted once."""
    # No word of a Cyrillic vocabulary can stand in a Latin text.
    single, phrases = _country_words(LANGUAGES[:1] if text.isascii() else LANGUAGES)
    lower = text[:_READ_CHARACTERS].lower()
    words = set(_TOKEN.findall(lower))
    found = [single[word] for word in words & single.keys()]
    found += [
        codes
        for first in words & phrases.keys()
        for phrase, codes in phrases[first]
        if phrase in lower
    ]
    told: dict[str, float] = {}
    for codes in sorted(found):
        for code in codes:
            told[code] = told.get(code, 0.0) + 1.0 / len(codes)
    total = sum(told.values())
    return {code: log1p(weight) * weight / (total + 0.5) for code, weight in told.items()}


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with the spans overwritten, so that offsets hold and runs end there."""
    pieces, at = [], 0
    for start, end in sorted(spans):
        if start >= at:
            pieces += [text[at:start], "\n" * (min(end, len(text)) - start)]
            at = max(at, end)
    return "".join([*pieces, text[at:]])


def home_ballots(rows: tuple[Row, ...], shares: list[float]) -> list[tuple[Option, float]]:
    """The likeliest options of an unmarked name with the weights of their votes."""
    pairs = sorted(zip(shares, range(len(rows)), strict=True), key=lambda pair: (-pair[0], pair[1]))
    return [(rows[at].option, share) for share, at in pairs[:3] if share >= 0.1]
