"""The language of a text, and of each passage where scripts or languages mix.

Scripts tell Cyrillic from Latin; letters of their own tell Ukrainian from
Russian; small words tell the Latin-script languages apart.
"""

from __future__ import annotations

import re
from functools import cache

from geoincidents.recognition.lexica import word_set

#: Latin-script languages with a list of small words; English wins ties.
LATIN = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "tr", "ro")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_LETTERS = re.compile(r"[^\W\d_]+")
_SMALL_LETTERS = re.compile("[a-z]+")
_LATIN_WORD = re.compile("[A-Za-z]{4}")
_UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
_RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
#: Enough of a text to tell by; keeps detection cheap on long texts.
_SAMPLE = 6_000
#: One small English word in so many tells that a text is English.
_TELLING = 5
#: Fewer small words than this do not speak against English ("Rio de Janeiro").
_FEWEST = 3
_LINE = re.compile(r"[^\n]*\n?")


def detect_language(text: str) -> str:
    """ISO 639-1 code of the language most of a text is in; "und" when nothing tells.

    >>> detect_language("В Харькове прозвучали взрывы"), detect_language("Shelling of the town")
    ('ru', 'en')
    """
    sample = text[:_SAMPLE]
    cyrillic = 0 if sample.isascii() else len(_CYRILLIC.findall(sample))
    if cyrillic:
        letters = sum(map(len, _LETTERS.findall(sample)))
        if cyrillic * 2 > letters:
            return _slavic(sample)
    return _latin(sample)


def _slavic(text: str) -> str:
    ukrainian, russian = len(_UKRAINIAN.findall(text)), len(_RUSSIAN.findall(text))
    if ukrainian != russian:
        return "uk" if ukrainian > russian else "ru"
    words = {word.lower() for word in _LETTERS.findall(text)}
    small_uk, small_ru = _small_words("uk"), _small_words("ru")
    return "uk" if len(words & small_uk) > len(words & small_ru) else "ru"


@cache
def _small_words(language: str) -> frozenset[str]:
    return word_set(language, "common_words", "function")


def _latin(text: str) -> str:
    words = (_SMALL_LETTERS if text.isascii() else _LETTERS).findall(text.lower())
    best, most = "und", 0
    for language in LATIN:
        if most * _TELLING > len(words):
            break
        small = _small_words(language)
        count = sum(map(small.__contains__, words))
        if count > most and (language == "en" or count >= _FEWEST):
            best, most = language, count
    return best


def passages(text: str, language: str | None = None) -> list[tuple[int, int, str]]:
    """Stretches ``(start, end, language)`` that cover the text, whole lines each.

    A text of one script is one passage; lines of another script stand alone.
    """
    whole = language or detect_language(text)
    if whole == "und":
        whole = "en"
    mixed = not text.isascii() and _CYRILLIC.search(text)
    if not mixed or (whole in {"ru", "uk"} and not _has_latin_line(text)):
        return [(0, len(text), whole)]
    out: list[tuple[int, int, str]] = []
    for m in _LINE.finditer(text):
        if m.start() == m.end():
            continue
        tongue = _of_line(m[0], whole)
        if out and (out[-1][2] == tongue or not tongue):
            out[-1] = (out[-1][0], m.end(), out[-1][2])
        else:
            out.append((m.start(), m.end(), tongue or whole))
    return out


def _has_latin_line(text: str) -> bool:
    lines = text.split("\n")
    return any(_LATIN_WORD.search(line) and not _CYRILLIC.search(line) for line in lines)


def _of_line(line: str, whole: str) -> str:
    """Language of one line; "" where it bears too little to tell."""
    letters = sum(map(len, _LETTERS.findall(line)))
    cyrillic = len(_CYRILLIC.findall(line))
    if letters < 8:
        return ""
    if cyrillic * 2 > letters:
        return whole if whole in {"ru", "uk"} and not _UKRAINIAN.search(line) else _slavic(line)
    return whole if whole not in {"ru", "uk"} else "en"
