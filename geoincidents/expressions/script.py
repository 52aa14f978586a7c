"""Which vocabularies to read a text with."""

from __future__ import annotations

from geoincidents.lexicon import LANGUAGES

_CYRILLIC = range(0x400, 0x530)
_UKRAINIAN_LETTERS = frozenset("іїєґІЇЄҐ")
_RUSSIAN_LETTERS = frozenset("ыэъёЫЭЪЁ")


def languages_of(text: str, language: str | None = None) -> tuple[str, ...]:
    """Return languages to try, likeliest first: the one given, else by the letters.

    >>> languages_of("north of Kharkiv"), languages_of("на півночі")
    (('en',), ('uk', 'ru'))
    """
    if language in LANGUAGES:
        return (str(language),)
    sample = text[:4000]
    cyrillic = sum(ord(letter) in _CYRILLIC for letter in sample)
    latin = sum(letter.isalpha() for letter in sample) - cyrillic
    if latin >= cyrillic:
        return ("en",)
    ukrainian = sum(letter in _UKRAINIAN_LETTERS for letter in sample)
    russian = sum(letter in _RUSSIAN_LETTERS for letter in sample)
    return ("uk", "ru") if ukrainian > russian else ("ru", "uk")
