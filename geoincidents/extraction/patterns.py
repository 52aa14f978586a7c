"""Lexicon phrases as regular expressions.

A phrase in the lexicon is a regular expression with three conveniences: a
space stands for any white space, ``*`` for any ending of a word, and ``'`` for
any apostrophe. A phrase never begins or ends inside a word.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from geoincidents.extraction.openings import openings, openings_of
from geoincidents.lexicon import LANGUAGES, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A pattern that matches nowhere.
NEVER = re.compile(r"(?!)")


def expand(phrase: str) -> str:
    """Turn one phrase of the lexicon into a regular expression."""
    starred = re.sub(r"(?<=\w)(?<!\\w)(?<!\\S)\*", r"\\w*", phrase)
    starred = starred.replace(" ?", r"\s*")
    return starred.replace(" ", r"\s+").replace("'", "['’ʼ`]")


def alternation(phrases: Iterable[str]) -> str:
    """Join phrases into one group, longest first, so that the longest wins."""
    parts = sorted((expand(p) for p in phrases), key=len, reverse=True)
    return "(?:" + "|".join(parts) + ")" if parts else "(?!)"


def whole(phrases: Iterable[str]) -> re.Pattern[str]:
    """Compile phrases so that they match whole words in any case."""
    listed = list(phrases)
    if not listed:
        return NEVER
    return re.compile(rf"(?<!\w){alternation(listed)}(?!\w)", re.IGNORECASE)


def table(language: str, topic: str, *keys: str) -> Any:
    """Look up a nested table of the lexicon; an empty mapping when absent."""
    value: Any = vocabulary(language if language in LANGUAGES else "en", topic)
    for key in keys:
        value = value.get(key, {}) if isinstance(value, dict) else {}
    return value


@cache
def phrases(language: str, topic: str, *keys: str) -> re.Pattern[str]:
    """Compile one list of phrases of the lexicon; matches nowhere when absent."""
    return whole(table(language, topic, *keys) or ())


@cache
def _begun(language: str, topic: str, *keys: str) -> tuple[re.Pattern[str], frozenset[str] | None]:
    """One list of phrases, and all beginnings of what it matches (None: it may be anything)."""
    pattern = phrases(language, topic, *keys)
    return pattern, frozenset() if pattern is NEVER else openings(pattern.pattern)


def all_matches(text: str, language: str, topic: str, *keys: str) -> Sequence[re.Match[str]]:
    """All matches of one list of phrases in a text, left to right."""
    pattern, begun = _begun(language, topic, *keys)
    if begun is not None and begun.isdisjoint(openings_of(text)):
        return ()
    return list(pattern.finditer(text))


def first_match(text: str, language: str, topic: str, *keys: str) -> re.Match[str] | None:
    """The first match of one list of phrases in a text."""
    pattern, begun = _begun(language, topic, *keys)
    if begun is not None and begun.isdisjoint(openings_of(text)):
        return None
    return pattern.search(text)
