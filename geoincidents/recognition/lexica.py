"""What the vocabulary says of a word: title, first name, body, facility, type word…."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geoincidents.lexicon import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable

#: topic, table within it, tag
_SOURCES = (
    ("persons", "titles", "title"),
    ("persons", "after", "speaks"),
    ("persons", "first_names", "first"),
    ("persons", "surnames", "surname"),
    ("persons", "particles", "particle"),
    ("organisations", "heads", "body"),
    ("organisations", "beside", "bodyish"),
    ("facilities", "after", "site"),
    ("facilities", "before", "presite"),
    ("common_words", "calendar", "calendar"),
    ("common_words", "function", "function"),
    ("common_words", "ambiguous", "ambiguous"),
)


def words_of(table: object) -> Iterable[str]:
    """The words of a lexicon entry: a list, or a text with spaces between."""
    if isinstance(table, str):
        return table.split()
    return [str(word) for word in table] if isinstance(table, list) else ()


@cache
def tags(language: str = "en") -> dict[str, tuple[str, ...]]:
    """Lower-case word → its tags, sorted."""
    found: dict[str, set[str]] = {}
    for topic, table, tag in _SOURCES:
        for word in words_of(vocabulary(language, topic).get(table, ())):
            found.setdefault(word.lower(), set()).add(tag)
    for group, tag in (("after", "type"), ("before", "pretype")):
        for words in vocabulary(language, "admin_types").get(group, {}).values():
            for word in words:
                found.setdefault(str(word).split()[0].lower(), set()).add(tag)
    return {word: tuple(sorted(kinds)) for word, kinds in found.items()}


@cache
def word_set(language: str, topic: str, *path: str) -> frozenset[str]:
    """One entry of a topic as a set of lower-case words or phrases.

    >>> "said" in word_set("en", "persons", "after")
    True
    """
    entry: object = vocabulary(language, topic)
    for step in path:
        entry = entry.get(step, ()) if isinstance(entry, dict) else ()
    return frozenset(word.lower() for word in words_of(entry))


@cache
def outlet_names() -> frozenset[str]:
    """Names of outlets and platforms, and of people who are called like places, lower case."""
    return word_set("en", "outlets", "names") | word_set("en", "persons", "people")
