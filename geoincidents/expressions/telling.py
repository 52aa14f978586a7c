"""Words that tell, at a glance at a text, where it is worth reading for expressions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from geoincidents.expressions.tokens import fold_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geoincidents.expressions.vocabulary import Phrase

#: Classes without one of which no text of a report is an expression.
TELLING = frozenset(
    {
        *("compass_noun", "compass_adjective", "compass_beside", "unit", "near", "outside"),
        *("approach", "centre", "city_centre", "downtown", "main_square", "outskirts"),
        *("suburbs", "border", "border_adj", "road", "midway", "banks", "coast", "off_coast"),
        *("capital", "refused", "between", "along", "types_plural"),
    }
)
#: Classes that speak of the place in view when they name none.
_TELLING_ALONE = frozenset(
    {"city_centre", "outskirts", "suburbs", "border", "border_adj", "refused", "main_square"}
)
#: Classes whose words tell nothing, in whatever phrase they stand.
_PLAIN = ("the", "of", "and", "lead")
_ALONE = 2
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ`][^\W\d_]+)?")
_LETTER = re.compile(r"[^\W\d_]")
#: Letters that `fold_word` makes one.
_LIKE = {"'": "['’ʼ`]", "е": "[её]"}
#: The rest of a phrase lies within this many characters of the word that tells of it.
_AROUND = 60
_KEPT_WORDS = 50_000


class _Teller(NamedTuple):
    """The word of a phrase that tells of it, and a pattern of the phrase if it has more words."""

    word: str
    degree: int
    whole: str

    def is_for(self, key: str) -> bool:
        """Tell whether a folded word is this one."""
        return key.startswith(self.word[:-1]) if self.word[-1] == "*" else key == self.word


class _Told(NamedTuple):
    """What a word tells by itself, and in a phrase that is one of some."""

    degree: int
    phrases: tuple[tuple[re.Pattern[str], int], ...]

    def at(self, text: str, start: int, end: int) -> int:
        """Return 0 for nothing, 1 for a word that tells, 2 for one that tells alone."""
        around = max(0, start - _AROUND), end + _AROUND
        found = [degree for phrase, degree in self.phrases if phrase.search(text, *around)]
        return max(found, default=self.degree)


class Telltales:
    """The words of one language that make an expression likely."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        phrases = list(phrases)
        plain = {key for phrase in phrases if phrase.name in _PLAIN for key in phrase.keys}
        self._by_head: dict[str, list[_Teller]] = {}
        self._known: dict[str, _Told] = {}
        self._silent: set[str] = set()
        for phrase in phrases:
            if phrase.name in TELLING:
                teller = _teller(phrase, plain)
                self._by_head.setdefault(teller.word.rstrip("*")[:2], []).append(teller)

    def spans(self, text: str) -> list[tuple[int, int, bool]]:
        """Return the spans of words that make an expression likely, and whether alone.

        A word that tells alone ("outskirts") needs no place named beside it. One that
        tells in a phrase ("area", of "in the area of") has the phrase about it.
        """
        found = []
        for word in set(_WORD.findall(text)) - self._silent:
            told = self._known.get(word) or self._told(word)
            if told is None:
                continue
            for start in _places_of(word, text):
                end = start + len(word)
                if degree := told.at(text, start, end):
                    found.append((start, end, degree == _ALONE))
        return sorted(found)

    def _told(self, word: str) -> _Told | None:
        """Return what a word tells, if anything; kept for the next time."""
        key = fold_word(word)
        tellers = [
            teller
            for head in {key[:2], key[:1]}
            for teller in self._by_head.get(head, ())
            if teller.is_for(key)
        ]
        if len(self._silent) + len(self._known) >= _KEPT_WORDS:
            self._silent.clear()
            self._known.clear()
        if tellers:
            return self._known.setdefault(word, _together(tellers))
        self._silent.add(word)
        return None


def _together(tellers: Sequence[_Teller]) -> _Told:
    """Join what the phrases of one word tell."""
    by_itself = max((teller.degree for teller in tellers if not teller.whole), default=0)
    wholes: dict[int, list[str]] = {}
    for teller in tellers:
        if teller.whole and teller.degree > by_itself:
            wholes.setdefault(teller.degree, []).append(teller.whole)
    phrases = (
        (re.compile("|".join(found), re.IGNORECASE), degree) for degree, found in wholes.items()
    )
    return _Told(by_itself, tuple(phrases))


def _places_of(word: str, text: str) -> Iterator[int]:
    """Yield where a word stands by itself: neither in a longer one nor in an abbreviation."""
    start = text.find(word)
    while start >= 0:
        whole = _WORD.match(text, start)
        before = text[start - 1 : start]
        is_whole = whole and whole[0] == word and not _LETTER.match(before)
        if is_whole and (before != "." or len(word) > 1):  # not the end of "p.m."
            yield start
        start = text.find(word, start + len(word))


def _teller(phrase: Phrase, plain: set[str]) -> _Teller:
    word = max(phrase.keys[::-1], key=lambda key: (key not in plain, len(key)))
    degree = _ALONE if phrase.name in _TELLING_ALONE else 1
    whole = r"\s*".join(map(_like, phrase.keys)) if len(phrase.keys) > 1 else ""
    return _Teller(word, degree, whole)


def _like(key: str) -> str:
    """Return a pattern of what is folded to a word of the vocabulary."""
    letters = "".join(_LIKE.get(letter) or re.escape(letter) for letter in key.rstrip("*"))
    return letters + (r"\w*" if key[-1] == "*" else "")
