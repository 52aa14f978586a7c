"""Undo Russian and Ukrainian inflection: nominatives that a form may be of.

The endings stand in ``gazetteer/lexicon/<language>/inflection.toml``. What comes
out are candidates; the gazetteer says which of them are names.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from geoincidents.lexicon import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

_UKRAINIAN = frozenset("іїєґ")
_RUSSIAN = frozenset("ыэёъ")
_MOST = 64


def languages_of(name: str) -> tuple[str, ...]:
    """Languages whose letters a Cyrillic name is written in."""
    letters = frozenset(name.casefold())
    if not any("а" <= letter <= "ґ" for letter in letters):
        return ()
    if letters & _UKRAINIAN:
        return ("uk",)
    if letters & _RUSSIAN:
        return ("ru",)
    return ("ru", "uk")


def nominatives(name: str, language: str | None = None) -> list[str]:
    """Nominatives that `name` may be an inflected form of, itself left out.

    Parameters
    ----------
    name
        One word or several, "Брянской области".
    language
        "ru" or "uk"; None: by the letters.
    """
    found: dict[str, None] = {}
    languages = (language,) if language in ("ru", "uk") else languages_of(name)
    for each in languages:
        for candidate in _phrases(name, each):
            found.setdefault(candidate)
            if len(found) > _MOST:
                break
    found.pop(name.casefold(), None)
    return list(found)


def _phrases(name: str, language: str) -> Iterator[str]:
    """Candidates for a phrase: its words agree, so that they share a rule's class."""
    words, gaps = _split(name.casefold())
    if len(words) == 1:
        yield from (each for each, _ in _words(words[0], language))
        return
    choices = [[(words[i], ""), *_words(words[i], language)] for i in range(len(words))]
    yield from _combined(choices, gaps)


def _combined(choices: list[list[tuple[str, str]]], gaps: list[str]) -> Iterator[str]:
    partial: list[tuple[str, frozenset[str]]] = [("", frozenset())]
    for i, words in enumerate(choices):
        gap = gaps[i - 1] if i else ""
        partial = [
            (head + gap + word, classes | {case} if case else classes)
            for head, classes in partial
            for word, case in words
        ][: _MOST * 4]
    yield from (text for text, classes in partial if len(classes) <= 1)


def _split(name: str) -> tuple[list[str], list[str]]:
    words, gaps, word = [], [], ""
    for letter in name:
        if letter in " -‐‑–":
            words.append(word)
            gaps.append(letter)
            word = ""
        else:
            word += letter
    return [*words, word], gaps


def _words(word: str, language: str) -> Iterator[tuple[str, str]]:
    """Candidate nominatives of one word, with the case that each undoes."""
    table = _endings(language)
    for length in range(min(len(word) - 1, table["longest"]), -1, -1):
        stem, ending = (word[:-length], word[-length:]) if length else (word, "")
        if len(stem) < 2:
            continue
        for nominative, case in table["endings"].get(ending, ()):
            for each in _stems(stem, nominative, table):
                yield each + nominative, case


def _stems(stem: str, nominative: str, table: dict[str, Any]) -> Iterator[str]:
    """The stem, and the stem with a fleeting vowel or an alternation put back."""
    yield stem
    if nominative in table["bare"]:
        for old, new in table["fleeting"]:
            if stem.endswith(old):
                yield stem[: -len(old)] + new
    else:
        for old, new in table["alternations"]:
            if stem.endswith(old):
                yield stem[: -len(old)] + new


@cache
def _endings(language: str) -> dict[str, Any]:
    rules = vocabulary(language, "inflection")
    endings: dict[str, list[tuple[str, str]]] = {}
    for paradigm in rules["paradigm"]:
        for case, forms in paradigm["cases"].items():
            for form in forms:
                endings.setdefault(form, []).append((paradigm["nominative"], case))
    return {
        "endings": endings,
        "longest": max(map(len, endings)),
        "bare": frozenset(rules["bare"]),
        "fleeting": [tuple(pair) for pair in rules["fleeting"]],
        "alternations": [tuple(pair) for pair in rules["alternations"]],
    }
