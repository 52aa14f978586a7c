"""Cut text into words, numbers and marks, with their offsets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GAP = "\0"
_KEPT_WORDS = 50_000

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[  , ]\d{3}(?!\d))*(?:[.,]\d+)?)"
    r"|(?P<possessive>['’ʼ]s?(?![^\W\d_]))"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ`](?!s(?![^\W\d_]))[^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w]|_)"
)
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "ё": "е"})


class Token(NamedTuple):
    """One word, number or mark; `key` is what vocabulary is compared with."""

    start: int
    end: int
    text: str
    key: str
    kind: str


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in order; white space is dropped."""
    return tuple(_tokens(text, 0, len(text)))


def tokenise_near(text: str, hits: Iterable[tuple[int, int]], reach: int) -> tuple[Token, ...]:
    """Return the tokens within `reach` characters of some spans, in order.

    A mark that belongs to no word stands where text was passed over, so that nothing is
    read across the gap.
    """
    tokens: list[Token] = []
    begin = end = 0
    for start, stop in (*hits, (len(text) + 2 * reach, 0)):
        if start - reach > end:
            tokens.extend(_tokens(text, begin, end))
            tokens.append(Token(end, end, _GAP, _GAP, "gap"))
            begin = start - reach
        end = min(len(text), stop + reach)
    return tuple(tokens)


def _tokens(text: str, begin: int, end: int) -> Iterator[Token]:
    begin, end = _whole_words(text, begin, end)
    for hit in _TOKEN.finditer(text, begin, end):
        word = hit[0]
        yield Token(*hit.span(), word, fold_word(word), hit.lastgroup or "")


def _whole_words(text: str, begin: int, end: int) -> tuple[int, int]:
    while 0 < begin < len(text) and not text[begin - 1].isspace():
        begin -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return begin, end


@lru_cache(maxsize=_KEPT_WORDS)
def fold_word(word: str) -> str:
    """Return the form under which a vocabulary word is compared."""
    return word.casefold().translate(_APOSTROPHES)
