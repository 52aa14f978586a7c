"""Headlines in capitals or Title Case, rewritten as a sentence would have them.

Only the words the tagger sees change; offsets and the text do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.recognition.lexica import word_set
from geoincidents.recognition.tokens import Tokens

if TYPE_CHECKING:
    from collections.abc import Mapping

_FEWEST_WORDS = 4
_FEWEST_CAPITALS = 2
#: Share of a headline's longer words that are capitalised.
_TITLE_SHARE = 0.8


def sentence_case(tokens: Tokens, habits: Mapping[str, str]) -> None:
    """Lower the words of headlines that are mostly written small; in place."""
    small = word_set("en", "common_words", "function")
    begin = 0
    for i in range(1, len(tokens) + 1):
        if i < len(tokens) and "\n" not in tokens.gaps[i]:
            continue
        _recase(tokens, begin, i, habits, small)
        begin = i


def _recase(
    tokens: Tokens, begin: int, end: int, habits: Mapping[str, str], small: frozenset[str]
) -> None:
    words = tokens.words
    line = [w for w in words[begin:end] if w[0].isalpha()]
    capitals = "".join(line).isupper() and len(line) >= _FEWEST_CAPITALS
    if not capitals and not _is_title(line):
        return
    for i in range(begin, end):
        word = words[i]
        low = word.lower()
        if len(low) != len(word) or "." in word:
            continue
        if low in small or habits.get(low) == "l":
            words[i] = low if i > begin else low.capitalize()
        elif capitals and len(word) > 3:
            words[i] = low.capitalize()


def _is_title(line: list[str]) -> bool:
    if len(line) < _FEWEST_WORDS or len(line) > 25:
        return False
    longer = [word for word in line if len(word) > 3]
    capital = sum(1 for word in longer if word[0].isupper())
    return len(longer) >= 3 and capital >= _TITLE_SHARE * len(longer)
