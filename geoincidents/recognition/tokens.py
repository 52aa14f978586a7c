"""Text → words with offsets, in one pass of one regular expression.

A word is a run of letters or of digits; dotted abbreviations ("U.S.", "W.",
and the listed ones such as "Ky.") keep their dots. Hyphens, apostrophes and
everything else stand between words, so that spans may end at any of them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, compress
from operator import ne

from geoincidents.lexicon import LANGUAGES, vocabulary

#: Characters that nobody sees inside a word: zero-width, soft hyphen, marks of direction.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
_STRIP = {ord(c): None for c in INVISIBLE}

#: Cyrillic and Greek letters that look like Latin ones, for words that mix scripts.
_LOOKALIKE_LATIN = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухѕһԁӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧοꓧ",
    "ABESIJKMHOPCTYXaeijopcyxshdlABEZHIKMNOPTYXoH",
)
_LOOKALIKE_CYRILLIC = str.maketrans("ABEKMHOPCTYXaeopcyxi", "АВЕКМНОРСТУХаеорсухі")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_ALL_CYRILLIC = re.compile(r"[\u0400-\u0481\u048a-\u052f]+")


_SENTENCE_ENDS = frozenset(".!?\n…")
_PLAIN = frozenset({" ", ", ", "", "-"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text, as a reader sees them; `gaps[i]` is what stands before word i.

    There is one gap more than words. `breaks` are the words that open a
    sentence or a line, ascending, with 0 first and the number of words last.
    """

    text: str
    words: list[str]
    low: list[str]
    gaps: list[str]
    starts: list[int]
    ends: list[int]
    breaks: list[int]

    def __len__(self) -> int:
        return len(self.words)

    def sentence(self, i: int) -> tuple[int, int]:
        """First word of the sentence of word i, and the first of the next."""
        at = bisect_right(self.breaks, i)
        return self.breaks[at - 1], self.breaks[at]

    def capitals(self) -> list[int]:
        """Indices of the capitalised words."""
        words = self.words
        if not self.text.isascii():  # "𝐊" is a capital without a small letter
            return [i for i, word in enumerate(words) if word[0].isupper()]
        written = compress(range(len(words)), map(ne, words, self.low))
        return [i for i in written if words[i][0].isupper()]


def tokenise(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Words, the gaps before them, and their offsets; linear in the text.

    With `start` and `end` only that stretch is read; offsets are the text's own.

    >>> tokenise("Russia's U.S.-led talks").words
    ['Russia', 's', 'U.S.', 'led', 'talks']
    """
    parts = _pattern().split(text[start:end] if start or end is not None else text)
    offsets = list(accumulate(map(len, parts), initial=start))
    words, gaps = parts[1::2], parts[0::2]
    if not text.isascii():
        words = [word if word.isascii() else visible(word) or "?" for word in words]
    breaks = [i for i, gap in enumerate(gaps) if gap not in _PLAIN and ends_sentence(gap)]
    if breaks[:1] != [0]:
        breaks.insert(0, 0)
    if breaks[-1] < len(words):
        breaks.append(len(words))
    low = list(map(str.lower, words))
    return Tokens(text, words, low, gaps, offsets[1 : len(parts) : 2], offsets[2::2], breaks)


def ends_sentence(gap: str) -> bool:
    """Whether a gap between two words ends a sentence or a line."""
    return not _SENTENCE_ENDS.isdisjoint(gap)


@cache
def _pattern() -> re.Pattern[str]:
    """One capturing group, so that `split` yields gap, word, gap, word, …."""
    letter = r"[^\W\d_]"
    hidden = f"[{INVISIBLE}\u0300-\u036f]"
    listed = "|".join(sorted(map(re.escape, abbreviations()), key=len, reverse=True))
    longest = max(map(len, abbreviations()), default=1)
    return re.compile(
        # plain lower-case words first, since they are most: possessive, so never read twice
        rf"([a-z]++(?!{letter}|{hidden})"
        # the list is long, so it is asked only where a dot follows
        rf"|(?={letter}{{1,{longest}}}\.)(?:(?:{listed or 'Mr'})\."
        rf"|{letter}\.(?:{letter}\.)*(?!{letter}{{2}}))"
        rf"|{letter}++(?:{hidden}++{letter}*+)*+|\d++)"
    )


@cache
def abbreviations() -> tuple[str, ...]:
    """Listed abbreviations of all languages, without their dot."""
    found = [
        word
        for language in LANGUAGES
        for words in vocabulary(language, "abbreviations").values()
        for word in words
    ]
    return tuple(dict.fromkeys(found))


def visible(word: str) -> str:
    """The word as a reader sees it: hidden characters dropped, one script.

    A Latin word with a Cyrillic letter in it ("Kһarkiv") is read as Latin and
    the other way round, by the script of most of its letters.
    """
    if word.isascii() or _ALL_CYRILLIC.fullmatch(word):
        return word
    word = word.translate(_STRIP)
    latin, cyrillic = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word))
    if latin and latin >= cyrillic:
        return word.translate(_LOOKALIKE_LATIN)
    if cyrillic and latin:
        return word.translate(_LOOKALIKE_CYRILLIC)
    return word
