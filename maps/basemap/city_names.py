"""Names of cities in Ukrainian and Russian, from the gazetteer and the CLDR.

A gazetteer mostly holds Cyrillic names without their language, and many languages
write in Cyrillic. A name is taken for Ukrainian or Russian when it is marked as the
main one of that language, when the CLDR names a time zone by it, or, in countries
where either is read daily, when its letters are that language's and its
romanization is among the place's Latin names. All else keeps its Latin name:
a wrong name is worse than a foreign one.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.gazetteer import Gazetteer, NameHit

LANGUAGES = ("uk", "ru")
#: Countries in which a name may be told by its romanization.
READ_IN = frozenset({"UA", "RU"})
#: Least likeness of a romanization to the place's main name; others are former names.
ALIKE = 0.6
LETTERS = {
    "uk": frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя' ʼ’-"),
    "ru": frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя -"),
}
#: What the language never writes, though its letters would allow it.
_FOREIGN = {
    "uk": re.compile(r"[рчшжщ]ь|тс|шч"),
    "ru": re.compile(r"ьо|йо|тс|шч|[жш]ы|[сцз]ьк|ньск|ъ\b"),
}
#: Signs that other languages' spellings of the same name lack.
_SOFT = {"uk": re.compile(r"[сцз]ьк|ь\b"), "ru": re.compile(r"ь\b")}
_NATIVE = {"UA": "uk", "RU": "ru"}
_COMMON = dict(zip("абвджзклмнопрстуфх", [*"abvd", "zh", *"zklmnoprstuf", "kh"], strict=True))
_COMMON |= dict(zip("цчшщ", ("ts", "ch", "sh", "shch"), strict=True)) | {" ": " ", "-": "-"}
#: Resolution 55 of the Cabinet of Ministers of Ukraine (2010), letters within a word.
_UK = _COMMON | dict(
    zip("гґеєиіїйюя", ("h", "g", "e", "ie", "y", "i", "i", "i", "iu", "ia"), strict=True)
)
#: BGN/PCGN 1947 for Russian, simplified as on maps.
_RU = _COMMON | dict(zip("геёийыэюя", ("g", "e", "e", "i", "y", "y", "e", "yu", "ya"), strict=True))
_FIRST = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}


def romanized(name: str, language: str) -> str:
    """A Cyrillic name in Latin letters, lower case, soft signs and apostrophes dropped.

    >>> romanized("Запоріжжя", "uk"), romanized("Кривой Рог", "ru")
    ('zaporizhzhia', 'krivoy rog')
    """
    table = _UK if language == "uk" else _RU
    text = name.lower()
    told = []
    for before, letter in zip(" " + text, text, strict=False):
        starts = language == "uk" and before in " -"
        told.append(_FIRST[letter] if starts and letter in _FIRST else table.get(letter, ""))
    return "".join(told)


def _plain(name: str) -> str:
    """Latin letters alone, lower case, to compare by."""
    folded = unicodedata.normalize("NFKD", name.lower())
    return "".join(c for c in folded if c.isascii() and (c.isalpha() or c in " -"))


@cache
def exemplars() -> dict[str, dict[str, str]]:
    """The CLDR's cities of time zones: English name → language → name."""
    from babel import Locale

    locales = {language: Locale(language).time_zones for language in ("en", *LANGUAGES)}
    found = {}
    for zone in locales["uk"]:
        english = locales["en"].get(zone, {}).get("city") or zone.rsplit("/", 1)[-1].replace(
            "_", " "
        )
        names = {lang: locales[lang].get(zone, {}).get("city") for lang in LANGUAGES}
        if all(names.values()):
            found[english] = names
    return found


def names_of(gazetteer: Gazetteer, feature_id: str, english: str) -> list[str]:
    """``[English]``, or ``[English, Ukrainian, Russian]`` with empty text for what is not known."""
    try:
        hits = gazetteer.names(gazetteer.feature(feature_id))
    except KeyError:
        return [english]
    names = [hits[0].name, *(_in_language(hits, language, english) for language in LANGUAGES)]
    return names if any(names[1:]) else names[:1]


def _in_language(hits: tuple[NameHit, ...], language: str, english: str) -> str:
    main = [h.name for h in hits[1:] if h.form == "main" and h.language == language]
    main = [name for name in main if _is_cyrillic(name)]
    if main:
        return max(main, key=lambda name: _likeness(name, language, hits[0].name))
    told = exemplars().get(hits[0].name) or exemplars().get(english)
    if told:
        return told[language]
    return _by_sound(hits, language) if hits[0].feature.country in READ_IN else ""


def _by_sound(hits: Iterable[NameHit], language: str) -> str:
    """Of the names in the language's letters that read like a Latin one, the likeliest."""
    listed = [hit for hit in hits if hit.form not in {"adjective", "demonym"}]
    latin = {_plain(hit.name) for hit in listed if not _is_cyrillic(hit.name)} - {""}
    fitting = {}
    for hit in listed:
        name = hit.name
        if set(name.lower()) <= LETTERS[language] and not _FOREIGN[language].search(name.lower()):
            alike = _likeness(name, language, listed[0].name)
            if _plain(romanized(name, language)) in latin and alike >= ALIKE:
                signs = len(_SOFT[language].findall(name.lower()))
                # The main name is the native one in Latin letters; the other language's differs.
                native = alike if _NATIVE[hit.feature.country] == language else 0.0
                fitting[name] = (native, signs, hit.language == language, alike, -len(name))
    return max(fitting, key=fitting.__getitem__, default="")


def _likeness(name: str, language: str, main: str) -> float:
    return SequenceMatcher(None, _plain(romanized(name, language)), _plain(main)).ratio()


def _is_cyrillic(name: str) -> bool:
    return any("CYRILLIC" in unicodedata.name(letter, "") for letter in name)
