"""Cut text into words, numbers and marks, with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TOKEN = re.compile(
    r"(?P<number>\d+(?:[  , ]\d{3}(?!\d))*(?:[.,]\d+)?)"
    r"|(?P<possessive>['’ʼ]s?(?![^\W\d_]))"
    r"|(?P<word>[^\W\d_]+(?:['’ʼ`](?!s(?![^\W\d_]))[^\W\d_]+)*)"
    r"|(?P<mark>[^\s\w]|_)"
)
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "`": "'", "ё": "е"})


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number or mark; `key` is what vocabulary is compared with."""

    start: int
    end: int
    text: str
    key: str
    kind: str


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text in order; white space is dropped."""
    return tuple(
        Token(hit.start(), hit.end(), hit[0], fold_word(hit[0]), str(hit.lastgroup))
        for hit in _TOKEN.finditer(text)
    )


def fold_word(word: str) -> str:
    """Return the form under which a vocabulary word is compared."""
    return word.casefold().translate(_APOSTROPHES)
