"""Quantities in words and figures: "at least 39", "dozens", "двадцать четыре"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from geoincidents.extraction.patterns import alternation, table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.model import Qualifier

#: More people than a report can mean: such a figure is read as no figure.
LARGEST = 10_000_000

_DIGITS = r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?"
_NOT_BEFORE = re.compile(
    r"(?:\d[.,:/]|(?:[$€£№#^]|\bno\.?|[^\W\d]-|\bage[sd]?(?: \d+,?)*(?: and)?)\s?)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something: offsets into the text it was found in."""

    start: int
    end: int
    min: int | None
    max: int | None
    qualifier: Qualifier
    #: Written in figures or number words, not by an article ("a woman").
    explicit: bool = True


@dataclass(frozen=True, slots=True)
class _Grammar:
    number: re.Pattern[str]
    words: dict[str, int]
    scales: frozenset[str]
    vague: dict[str, int]
    qualifiers: dict[str, re.Pattern[str]]
    after: dict[str, re.Pattern[str]]
    units_after: re.Pattern[str]
    not_after: re.Pattern[str]
    opening: re.Pattern[str]
    joiner: re.Pattern[str]


@cache
def _grammar(language: str) -> _Grammar:
    numbers = table(language, "tolls", "numbers")
    words: dict[str, int] = dict(numbers.get("words", {}))
    vague: dict[str, int] = dict(numbers.get("vague", {}))
    scales: dict[str, int] = dict(numbers.get("scales", {}))
    word = alternation(sorted([*words, *scales], key=len, reverse=True))
    link = numbers.get("link", "(?!)")
    run = rf"(?:an? )?{word}(?:(?:[-\s]+|\s+{link}\s+){word})*"
    scale = alternation(scales)
    figure = rf"(?:{_DIGITS})(?:\s*{scale}(?!\w))?"
    vague_word = alternation(vague)
    number = rf"(?<![\w])(?:(?P<figure>{figure})|(?P<vague>{vague_word})|(?P<words>{run}))(?!\w)"
    return _Grammar(
        re.compile(number, re.IGNORECASE),
        words | scales,
        frozenset(scales),
        vague,
        _affixes(language, "qualifiers", r"(?<!\w){}\s+$"),
        _affixes(language, "qualifiers_after", r"\s+{}(?!\w)"),
        re.compile(
            rf"[\s-]?{alternation(numbers.get('not_before', ()))}(?!\w)|\s?[%°^]", re.IGNORECASE
        ),
        re.compile(rf"(?<!\w){alternation(numbers.get('not_after', ()))}\s+$", re.IGNORECASE),
        re.compile(rf"(?<!\w){alternation(numbers.get('range_open', ()))}\s+$", re.IGNORECASE),
        re.compile(
            rf"\s*(?:[-–—]|\s{alternation(numbers.get('range_join', ()))}\s)\s*", re.IGNORECASE
        ),
    )


def _affixes(language: str, key: str, frame: str) -> dict[str, re.Pattern[str]]:
    listed = table(language, "tolls", key)
    return {
        name: re.compile(frame.format(alternation(forms)), re.IGNORECASE)
        for name, forms in listed.items()
    }


def value_of(text: str, language: str) -> int | None:
    """Read one number in figures or words; None when it is none.

    >>> value_of("twenty-four", "en")
    24
    """
    grammar = _grammar(language)
    figure = re.match(_DIGITS, text)
    if figure:
        return _figure(figure.group(), text[figure.end() :].strip().lower(), grammar)
    total = part = 0
    for raw in re.split(r"[-\s]+", text.lower()):
        worth = grammar.words.get(raw)
        if worth is None:
            continue
        if worth >= 1000:
            total += (part or 1) * worth
            part = 0
        elif raw in grammar.scales and worth < 1000 and part and part < 100:
            part *= worth
        else:
            part += worth
    return total + part or (0 if text.lower() in grammar.words else None)


def _figure(digits: str, scale: str, grammar: _Grammar) -> int | None:
    if re.fullmatch(r"\d{1,3}(?:[,\u00a0\u202f ]\d{3})+", digits):
        number = float(re.sub(r"\D", "", digits))
    else:
        number = float(digits.replace(",", "."))
    number *= grammar.words.get(scale, 1)
    return int(number) if number == int(number) and number <= LARGEST else None


def find_quantities(text: str, language: str) -> list[Quantity]:
    """All quantities of a text, left to right, ranges joined, qualifiers taken in.

    Dates, years after a month, ages, times of day, designations ("S-300"),
    distances and percentages are left out: the units that mark them stand in
    the lexicon.
    """
    grammar = _grammar(language)
    return list(_joined(text, list(_single(text, language, grammar)), grammar))


def _single(text: str, language: str, grammar: _Grammar) -> Iterator[Quantity]:
    for found in grammar.number.finditer(text):
        if found.group("figure") and _NOT_BEFORE.search(text, 0, found.start()):
            continue
        if _is_age(text, found):
            continue
        if grammar.units_after.match(text, found.end()):
            continue
        if found.group("vague"):
            least = _vague(found.group("vague"), grammar)
            yield Quantity(found.start(), found.end(), least, None, "vague")
            continue
        value = value_of(found.group(), language)
        if value == 1 and grammar.not_after.search(text, 0, found.start()):
            continue  # "no one", "this one"
        if value is not None:
            yield Quantity(found.start(), found.end(), value, value, "exact")


def _is_age(text: str, found: re.Match[str]) -> bool:
    """Tell an age: "Ivan Petrenko, 21, was killed": a number between commas after a name."""
    aside = text[found.end() : found.end() + 1] in {",", ")"} and len(found.group()) <= 2
    return aside and bool(re.search(r"[A-ZА-ЯІЇЄҐ][\w'’.-]+,\s$", text[: found.start()]))


def _vague(word: str, grammar: _Grammar) -> int | None:
    known = re.sub(r"\s+", " ", word.lower())
    for form, least in grammar.vague.items():
        if re.fullmatch(alternation([form]), known):
            return least or None
    return None


def _joined(text: str, singles: list[Quantity], grammar: _Grammar) -> Iterator[Quantity]:
    at = 0
    while at < len(singles):
        one = singles[at]
        two = singles[at + 1] if at + 1 < len(singles) else None
        if two and _is_range(text, one, two, grammar):
            start = one.start
            opening = grammar.opening.search(text, 0, start)
            start = opening.start() if opening else start
            yield Quantity(start, two.end, one.min, two.max, "about")
            at += 2
            continue
        yield _qualified(text, one, grammar)
        at += 1


def _is_range(text: str, one: Quantity, two: Quantity, grammar: _Grammar) -> bool:
    if "vague" in {one.qualifier, two.qualifier} or (one.min or 0) >= (two.min or 0):
        return False
    between = text[one.end : two.start]
    if re.fullmatch(r"\s*[-–—]\s*", between):
        return True
    joined = grammar.joiner.fullmatch(between) is not None
    return joined and (
        grammar.opening.search(text, 0, one.start) is not None
        or re.fullmatch(r"\s(?:or|или|або|чи)\s", between) is not None
    )


def _qualified(text: str, one: Quantity, grammar: _Grammar) -> Quantity:
    if one.qualifier == "vague":
        return one
    for name, before in grammar.qualifiers.items():
        found = before.search(text, max(0, one.start - 40), one.start)
        if found:
            return _with(one, found.start(), one.end, cast("Qualifier", name))
    for name, after in grammar.after.items():
        found = after.match(text, one.end)
        if found:
            return _with(one, one.start, found.end(), cast("Qualifier", name))
    return one


def _with(one: Quantity, start: int, end: int, qualifier: Qualifier) -> Quantity:
    low = None if qualifier == "up_to" else one.min
    high = None if qualifier in {"at_least", "over"} else one.max
    return Quantity(start, end, low, high, qualifier)
