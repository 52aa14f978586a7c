"""Which vocabularies to read a text with."""

from __future__ import annotations

import re

from geoincidents.lexicon import LANGUAGES

_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z]")
_UKRAINIAN_LETTERS = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN_LETTERS = re.compile("[ыэъёЫЭЪЁ]")
_SAMPLE = 2000


def languages_of(text: str, language: str | None = None) -> tuple[str, ...]:
    """Return languages to try, likeliest first: the one given, else by the letters.

    >>> languages_of("north of Kharkiv"), languages_of("на півночі")
    (('en',), ('uk', 'ru'))
    """
    if language in LANGUAGES:
        return (str(language),)
    sample = text[:_SAMPLE]
    if not _CYRILLIC.search(sample) or len(_LATIN.findall(sample)) >= len(
        _CYRILLIC.findall(sample)
    ):
        return ("en",)
    ukrainian, russian = _UKRAINIAN_LETTERS.findall(sample), _RUSSIAN_LETTERS.findall(sample)
    return ("uk", "ru") if len(ukrainian) > len(russian) else ("ru", "uk")
