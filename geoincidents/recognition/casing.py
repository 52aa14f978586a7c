"""Headlines in capitals or Title Case, rewritten as a sentence would have them.

Only the words the tagger sees change; offsets and the text do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.recognition.lexica import word_set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geoincidents.recognition.tokens import Tokens

_FEWEST_WORDS = 4
_FEWEST_CAPITALS = 2
_LONGEST_TITLE = 25
#: Share of a headline's longer words that are capitalised.
_TITLE_SHARE = 0.8


def sentence_case(tokens: Tokens, habits: Mapping[str, str]) -> None:
    """Lower the words of headlines that are mostly written small; in place."""
    small = word_set("en", "common_words", "function")
    begin = 0
    for i in [b for b in tokens.breaks if "\n" in tokens.gaps[b]] + [len(tokens)]:
        if i > begin:
            _recase(tokens, begin, i, habits, small)
        begin = i


def _recase(
    tokens: Tokens, begin: int, end: int, habits: Mapping[str, str], small: frozenset[str]
) -> None:
    words = tokens.words
    capitals = tokens.text[tokens.starts[begin] : tokens.ends[end - 1]].isupper()
    if not capitals and end - begin > _LONGEST_TITLE:
        return
    line = [w for w in words[begin:end] if w[0].isalpha()]
    if not (len(line) >= _FEWEST_CAPITALS if capitals else _is_title(line)):
        return
    for i in range(begin, end):
        word, low = words[i], tokens.low[i]
        if len(low) != len(word) or "." in word:
            continue
        habit = habits.get(low)
        if low in small or habit == "l" or (capitals and habit == "m"):
            words[i] = low if i > begin else low.capitalize()
        elif capitals and len(word) > 3:
            words[i] = low.capitalize()


def _is_title(line: list[str]) -> bool:
    if len(line) < _FEWEST_WORDS:
        return False
    longer = [word for word in line if len(word) > 3]
    capital = sum(1 for word in longer if word[0].isupper())
    return len(longer) >= 3 and capital >= _TITLE_SHARE * len(longer)
