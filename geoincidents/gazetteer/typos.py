"""Keys one typo away from a key: one letter wrong, missing, too many, or two swapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєў"


def one_typo_away(key: str, known: Callable[[str], bool]) -> list[str]:
    """Known keys that one typo turns into `key`."""
    letters = _LATIN if key.isascii() else _CYRILLIC
    found = dict.fromkeys(each for each in _variants(key, letters) if known(each))
    found.pop(key, None)
    return list(found)


def _variants(key: str, letters: str) -> Iterator[str]:
    for i in range(len(key)):
        before, after = key[:i], key[i + 1 :]
        yield before + after
        if after:
            yield before + after[0] + key[i] + after[1:]
        for letter in letters:
            yield before + letter + after
    for i in range(len(key) + 1):
        before, after = key[:i], key[i:]
        for letter in letters:
            yield before + letter + after
