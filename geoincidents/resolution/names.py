"""A name as a report writes it, and the forms to look it up under."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from geoincidents.lexicon import LANGUAGES, vocabulary

if TYPE_CHECKING:
    from geoincidents.model import Precision

_INVISIBLE = r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+"
_EDGES = " \t\n\"'“”‘’«»„()[]{}<>,;:!?*_–—-"
_POSSESSIVE = r"['’]s?$"
_CYRILLIC = r"[\u0400-\u04ff]"
#: Compiled when a name first needs it: most do not, and compiling delays every start.
_pattern = cache(re.compile)
#: Letters that look alike, for words that mix both scripts.
_LOOK_LATIN = "aceopxyiijshkmtbABCEHIKMOPTXYJS"
_LOOK_CYRILLIC = "асеорхуїіјѕһкмтвАВСЕНІКМОРТХУЈЅ"
_TO_LATIN = str.maketrans(_LOOK_CYRILLIC, _LOOK_LATIN)
_TO_CYRILLIC = str.maketrans(_LOOK_LATIN, _LOOK_CYRILLIC)
#: Letters of the longest abbreviation of any language: no longer word is looked up as one.
LONGEST_SHORT = 5
#: Longer spans are no names; cutting keeps the work bounded on hostile input.
_MAX_WORDS = 12


class Reading(NamedTuple):
    """The forms of one written name.

    `full` say the same as the text; `bare` lack its type word or its word for a
    part ("southern"); `pieces` are shorter names inside it, longest first.
    """

    full: tuple[str, ...]
    bare: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    type_hint: Precision | None = None
    is_part: bool = False


def _words_of(language: str) -> dict[str, Any]:
    return vocabulary(language if language in LANGUAGES else "en", "resolution")


@lru_cache(maxsize=8)
def _type_words(language: str, where: str, edge: int) -> dict[str, tuple[tuple[str, str], ...]]:
    """Type words with their precisions, the longest first, by their first or last word."""
    table = _words_of(language).get(where, {})
    pairs = [(word, kind) for kind, words in table.items() for word in words]
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for word, kind in sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])):
        at = word.split(" ")[edge]
        found[at] = (*found.get(at, ()), (word, kind))
    return found


@lru_cache(maxsize=8)
def _word_set(language: str, topic: str) -> frozenset[str]:
    return frozenset(_words_of(language).get(topic, {}).get("words", ()))


def language_of(text: str, language: str) -> str:
    """The language whose vocabulary reads `text`: Latin script is read as English."""
    if text.isascii() or not _pattern(_CYRILLIC).search(text):
        return "en"
    return language if language in {"ru", "uk"} else "ru"


def _in_one_script(word: str) -> str:
    """A word that mixes Latin and Cyrillic letters, all in the script that most are of."""
    cyrillic = len(_pattern(_CYRILLIC).findall(word))
    latin = sum("a" <= letter.lower() <= "z" for letter in word)
    if not cyrillic or not latin:
        return word
    return word.translate(_TO_LATIN if latin >= cyrillic else _TO_CYRILLIC)


@lru_cache(maxsize=32)
def home_countries(language: str) -> frozenset[str]:
    """Codes of the countries whose places a report in this language names first."""
    return frozenset(_words_of(language).get("home", {}).get("countries", ()))


def tidy(text: str) -> str:
    """`text` in single blanks, without quotes about it, an article or a possessive."""
    is_ascii = text.isascii()
    seen = text if is_ascii else _pattern(_INVISIBLE).sub("", text)
    plain = " ".join(seen.split()).strip(_EDGES)
    if not is_ascii and _pattern(_CYRILLIC).search(plain):
        plain = " ".join(map(_in_one_script, plain.split(" ")))
    if plain[:4].lower() == "the ":
        plain = plain[4:]
    if "'" in plain or "’" in plain:
        plain = _pattern(_POSSESSIVE).sub("", plain).strip(_EDGES)
    return plain


def expand(name: str, language: str) -> tuple[str, ...]:
    """What `name` is short for: ``expand("Ft. Worth", "en") == ("fort Worth",)``."""
    if " " not in name and "." not in name and len(name) > LONGEST_SHORT:
        return ()
    table = _words_of(language)
    whole = table.get("name", {}).get(name.replace(".", "").replace(" ", "").casefold())
    words = name.split(" ")
    short = table.get("word", {})
    longer = " ".join(short.get(word.casefold(), word) for word in words)
    undotted = name.replace(".", "")
    found = (whole, longer, undotted)
    return tuple(dict.fromkeys(form for form in found if form and form != name))


def _without_type(name: str, language: str) -> tuple[str, Precision] | None:
    folded = name.casefold()
    if " " not in folded or len(folded) != len(name):
        return None
    last, first = folded.rpartition(" ")[2], folded.partition(" ")[0]
    for word, kind in _type_words(language, "type_after", -1).get(last, ()):
        if folded.endswith(" " + word):
            return name[: -len(word)].strip(_EDGES), cast("Precision", kind)
    for word, kind in _type_words(language, "type_before", 0).get(first, ()):
        if folded.startswith(word + " "):
            return tidy(name[len(word) :]), cast("Precision", kind)
    return None


def _without_part(name: str, language: str) -> str | None:
    first, _, rest = name.partition(" ")
    if rest and first.casefold().strip(".") in _word_set(language, "part"):
        return rest
    return None


def _pieces(name: str, language: str) -> tuple[str, ...]:
    words = name.split(" ")[:_MAX_WORDS]
    hollow = _word_set(language, "hollow")
    runs = [
        words[i : i + size]
        for size in range(min(len(words) - 1, 4), 0, -1)
        for i in range(len(words) - size + 1)
    ]
    solid = [run for run in runs if not all(w.casefold().strip(".,") in hollow for w in run)]
    cut = (" ".join(run).strip(_EDGES) for run in solid if run[0][:1].isupper())
    return tuple(dict.fromkeys(_pattern(_POSSESSIVE).sub("", piece) for piece in cut if piece))


@lru_cache(maxsize=16384)
def has_type(name: str) -> bool:
    """Whether an English name says what it names: "Brest Region".

    Federal states do not count: people leave "State" out as often as not.
    """
    words = name.rpartition(" ")
    return bool(words[0]) and words[2] != "State" and _without_type(name, "en") is not None


def _synonyms(bare: str, language: str) -> tuple[str, ...]:
    words = _words_of(language).get("unit", {}).get("words", ())
    return tuple(f"{bare} {word}" for word in words)


def _split(name: str, language: str) -> tuple[list[str], Precision | None, bool]:
    """Shorter and shorter forms without type and part words, and what those said."""
    bare: list[str] = []
    hint: Precision | None = None
    is_part = False
    for _ in range(3):
        cut = _without_type(name, language)
        if cut and cut[0]:
            hint = hint or cut[1]
            name = cut[0]
        else:
            rest = _without_part(name, language)
            if not rest:
                break
            is_part, name = True, rest
        bare.append(name)
    return bare, hint, is_part


@lru_cache(maxsize=16384)
def read_name(text: str, language: str = "en", type_hint: Precision | None = None) -> Reading:
    """The forms to look `text` up under.

    >>> read_name("the Gomel region").bare
    ('Gomel', 'Gomel Oblast', 'Gomel Region', 'Gomel Province', 'Gomel Governorate')
    >>> read_name("Gomel village").type_hint
    'settlement'
    """
    name = tidy(text[:200])
    tongue = language_of(name, language)
    bare, hint, is_part = _split(name, tongue)
    hint = type_hint or hint
    if hint == "admin1":
        bare += _synonyms(bare[0] if bare else name, tongue)
    bare += [form for short in bare[:1] for form in expand(short, tongue)]
    return Reading(
        full=tuple(dict.fromkeys(form for form in (name, *expand(name, tongue)) if form)),
        bare=tuple(dict.fromkeys(bare)),
        pieces=_pieces(name, tongue) if " " in name else (),
        type_hint=hint,
        is_part=is_part,
    )
