"""Latin-script languages without a tagger of their own: the gazetteer's exact names.

A capitalised name counts when its best-known bearer is no village and the
language's small words do not hold it; at the head of a sentence only that of a
big place does, since any word may stand there in capitals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.recognition.chains import chains
from geoincidents.recognition.drafts import Draft
from geoincidents.recognition.lexica import word_set
from geoincidents.recognition.names import (
    ADMIN1,
    BIG_CITY,
    CITY,
    COUNTRY,
    METROPOLIS,
    REGION,
)
from geoincidents.recognition.page import matches, span_name

if TYPE_CHECKING:
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.tokens import Tokens

_BIG = frozenset({BIG_CITY, METROPOLIS, ADMIN1, COUNTRY, REGION})
_SHORTEST = 4
_SCORE = 0.6


def latin_drafts(tokens: Tokens, classes: NameClasses, language: str) -> list[Draft]:
    """Drafts of the places of a passage in a language known only by its small words."""
    small = word_set(language, "common_words", "function")
    drafts = []
    for chain in chains(tokens):
        found = matches(tokens, chain, classes)
        for at, (kind, length, place) in enumerate(found):
            first, last = chain[at], chain[min(at + length, len(chain)) - 1]
            if place or tokens.low[first] in small:
                continue
            name = span_name(tokens, first, last)
            if _counts(tokens, first, kind, name):
                drafts.append(_draft(tokens, (first, last), kind, name))
    return drafts


def _counts(tokens: Tokens, first: int, kind: int, name: str) -> bool:
    if len(name) < _SHORTEST and not name.isupper():
        return False
    opens = tokens.sentence(first)[0] == first
    return kind in _BIG or (kind == CITY and not opens)


def _draft(tokens: Tokens, span: tuple[int, int], kind: int, name: str) -> Draft:
    first, last = span
    draft = Draft(first, last, tokens.starts[first], tokens.ends[last], score=_SCORE)
    draft.known_as, draft.names = kind, (name,)
    return draft
