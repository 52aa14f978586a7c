"""The vocabulary of Russian and Ukrainian, as sets."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.lexicon import vocabulary
from geoincidents.recognition.lexica import word_set, words_of

if TYPE_CHECKING:
    from geoincidents.model import Precision


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of one language, as sets."""

    language: str
    after: dict[str, Precision]
    before: dict[str, Precision]
    nominative: tuple[tuple[str, str], ...]
    prepositions: frozenset[str]
    #: Prepositions that take places alone: "near".
    beside: frozenset[str]
    titles: frozenset[str]
    first_names: frozenset[str]
    name_endings: tuple[str, ...]
    never: frozenset[str]
    demonyms: tuple[tuple[str, str], ...]
    demonym_stems: tuple[str, ...]
    #: Endings of adjectives, longest first.
    adjective: tuple[str, ...]
    #: "щин" of "Харківщина" → "ськ" of "Харківська область".
    region_names: tuple[tuple[str, str], ...]
    region_cases: tuple[str, ...]
    #: What is put after an adjective's stem to find its town.
    town_endings: tuple[str, ...]
    and_words: frozenset[str]
    #: Places that are also everyday words, so that a capital at the start says nothing.
    homographs: frozenset[str]
    #: Endings of adjectives in the nominative.
    any_adjective: tuple[str, ...]
    #: Stems of what governments do, of what is done to places, of what bears their names.
    acts: tuple[str, ...]
    undergone: tuple[str, ...]
    vessels: tuple[str, ...]
    #: Outlets and bodies, each as the stems of its words.
    outlets: tuple[tuple[str, ...], ...]
    #: Lower-case words that close a whole name: "площадь", "моря".
    closing: frozenset[str]
    #: Countries that the language's news are mostly about.
    home: frozenset[str]


@cache
def words_for(language: str) -> Words:
    """The vocabulary of "ru" or "uk"."""
    types, persons = vocabulary(language, "admin_types"), vocabulary(language, "persons")

    def by_word(group: str) -> dict[str, Precision]:
        return {w: kind for kind, text in types.get(group, {}).items() for w in words_of(text)}

    forms = types.get("forms", {})
    demonyms: dict[str, str] = vocabulary(language, "demonyms").get("stems", {})
    prepositions = word_set(language, "roles", "prepositions", "in")
    return Words(
        language=language,
        after=by_word("after"),
        before=by_word("before"),
        nominative=tuple(types.get("nominative", {}).items()),
        beside=word_set(language, "roles", "prepositions", "beside"),
        prepositions=prepositions | word_set(language, "roles", "prepositions", "other"),
        titles=word_set(language, "persons", "titles"),
        first_names=word_set(language, "persons", "first_names"),
        name_endings=(*persons.get("patronymic_endings", ()),),
        never=word_set(language, "common_words", "never"),
        adjective=tuple(sorted(words_of(forms["adjective"]), key=len, reverse=True)),
        region_names=tuple(forms["region_names"].items()),
        region_cases=tuple(words_of(forms["region_cases"])),
        town_endings=tuple(forms["town_endings"]),
        and_words=frozenset(words_of(forms["and"])),
        homographs=word_set(language, "common_words", "homographs"),
        any_adjective=tuple(words_of(forms["any_adjective"])),
        acts=tuple(word_set(language, "roles", "actor", "verbs")),
        undergone=tuple(word_set(language, "roles", "prepositions", "undergone")),
        vessels=tuple(word_set(language, "organisations", "vessels")),
        outlets=tuple(tuple(name.split()) for name in vocabulary(language, "outlets")["names"]),
        closing=word_set(language, "facilities", "closing"),
        home=frozenset(vocabulary(language, "resolution")["home"]["countries"]),
        demonyms=tuple(demonyms.items()),
        demonym_stems=tuple(demonyms),
    )
