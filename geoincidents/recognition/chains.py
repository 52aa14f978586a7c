"""Which words of a text the tagger looks at: chains of capitalised words.

A chain is a run of neighbouring capitalised words with the small words that
names hold ("Isle of Man", "Rio de Janeiro", "St. John's") and the lower-case
type words that follow them ("Belgorod region"). All other words are context.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from geoincidents.recognition.lexica import word_set

if TYPE_CHECKING:
    from geoincidents.recognition.tokens import Tokens

#: At most this many small words in a row: "Isle of the", "San Juan de los".
_MAX_CONNECTORS = 2
_ENDS = frozenset('.!?;:\n\t"“”()[]')


def chains(tokens: Tokens, language: str = "en") -> list[list[int]]:
    """Indices of the words to tag, chain by chain, in order; linear in the text."""
    words, gaps = tokens.words, tokens.gaps
    small = word_set(language, "common_words", "connectors")
    types = word_set(language, "admin_types", "belongs", "words")
    found: list[list[int]] = []
    chain: list[int] = []
    last = -10
    for i in tokens.capitals():
        if i <= last:
            continue
        if last < i <= last + _MAX_CONNECTORS + 1 and _joined(words, gaps, last, i, small):
            chain.extend(range(last + 1, i + 1))
        else:
            chain = [i]
            found.append(chain)
        last = i
        while last + 1 < len(words) and gaps[last + 1] == " " and words[last + 1] in types:
            last += 1
            chain.append(last)
    idle = _idle_words(language)
    return [c for c in found if len(c) > 1 or tokens.low[c[0]] not in idle]


@cache
def _idle_words(language: str) -> frozenset[str]:
    """Words that are no place when they stand alone: "The", "Monday"."""
    function = word_set(language, "common_words", "function")
    return function | word_set(language, "common_words", "calendar")


def _joined(words: list[str], gaps: list[str], last: int, i: int, small: frozenset[str]) -> bool:
    for k in range(last + 1, i + 1):
        if len(gaps[k]) > 3 or not _ENDS.isdisjoint(gaps[k]):
            return False
        if k < i and words[k] not in small:
            return False
    return True
