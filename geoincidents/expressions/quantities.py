"""Read stated distances: digits, words, ranges, qualifiers and units."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from geoincidents.expressions.refusals import UnreadableError
from geoincidents.expressions.tree import Quantity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoincidents.expressions.tokens import Token
    from geoincidents.expressions.vocabulary import Found

_THOUSANDS = re.compile(r"(?<=\d)[,  ](?=\d{3}(?:\D|$))")
#: Low, high and half of the last significant unit.
Number = tuple[float, float, float]


class QuantityReader:
    """Reads numbers and distances at a position of a row of tokens."""

    def __init__(self, tokens: Sequence[Token], found: Found) -> None:
        self._tokens = tokens
        self._found = found

    def distance(self, at: int) -> tuple[int, Quantity] | None:
        """Return the position after the distance at `at`, and the distance."""
        start, qualifier = at, "exact"
        for end, name in self._at("qualifier", at)[:1]:
            at, qualifier = end, name
        negative = self._at("number_negative", at)
        if negative and (at == 0 or self._spaced(at)):
            read = self._measure(negative[0][0])
            return (read[0], _invalid("a distance cannot be negative")) if read else None
        read = self._measure(at)
        if read is None:
            return None
        end, (low, high, rounding) = read
        end = self._past_conversion(end)
        for later_end, name in self._at("qualifier", end):
            # "20 km or so"
            if later_end - end > 1:
                end, qualifier = later_end, name
                break
        text = " ".join(token.text for token in self._tokens[start:end])
        return end, Quantity((low + high) / 2, (high - low) / 2 + rounding, qualifier, text)

    def _past_conversion(self, at: int) -> int:
        """Pass over the same distance in another unit: "20 km (12 miles)"."""
        if at < len(self._tokens) and self._tokens[at].text == "(":
            read = self._measure(at + 1)
            if read and read[0] < len(self._tokens) and self._tokens[read[0]].text == ")":
                return read[0] + 1
        return at

    def number(self, at: int) -> tuple[int, Number] | None:
        """Return the position after the number at `at`, and its low, high and rounding."""
        token = self._tokens[at] if at < len(self._tokens) else None
        if token is None:
            return None
        if token.kind == "number":
            value, rounding = digits(token.text)
            scale = self._at("number_scales", at + 1)
            if scale:
                end, factor = scale[0]
                return end, (value * factor, value * factor, rounding * factor)
            return at + 1, (value, value, rounding)
        for end, (low, high) in self._at("number_vague", at):
            return end, (low, high, 0.0)
        return self._words(at)

    def _measure(self, at: int) -> tuple[int, Number] | None:
        """Read a number or a range, and its unit."""
        first = self.number(at)
        if first is None:
            return self._bare_unit(at)
        end, (low, high, rounding) = first
        unit = self._unit(end)
        middle = unit[0] if unit else end
        for joint, _ in self._at("number_range", middle):
            second = self.number(joint)
            last = self._unit(second[0]) if second else None
            if second and last:
                _, (_, high, rounding) = second
                first_factor = unit[1] if unit else last[1]
                ends = sorted((low * first_factor, high * last[1]))
                return last[0], (ends[0], ends[1], min(first[1][2], rounding) * last[1])
        if unit is None:
            return None
        return unit[0], (low * unit[1], high * unit[1], rounding * unit[1])

    def _bare_unit(self, at: int) -> tuple[int, Number] | None:
        """Read "a kilometre" as one."""
        for article, _ in self._at("one", at):
            unit = self._unit(article)
            if unit:
                return unit[0], (unit[1], unit[1], unit[1] / 2)
        return None

    def _unit(self, at: int) -> tuple[int, float] | None:
        if at < len(self._tokens) and self._tokens[at].text in {"-", "‑"}:
            at += 1
        hits = self._at("unit", at)
        return hits[0] if hits else None

    def _words(self, at: int) -> tuple[int, Number] | None:
        """Read number words: "twenty", "one hundred and fifty", "двадцать пять"."""
        total, group, seen, end = 0.0, 0.0, False, at
        while end < len(self._tokens):
            scale = self._at("number_scales", end)
            cardinal = self._at("number_cardinals", end)
            if scale:
                end, factor = scale[0]
                group = (group or 1.0) * factor
                if factor >= 1000:
                    total, group = total + group, 0.0
            elif cardinal:
                end, value = cardinal[0]
                group += value
            else:
                joiner = self._at("number_joiners", end) if seen else []
                if not joiner or not self._at("number_cardinals", joiner[0][0]):
                    break
                end = joiner[0][0]
                continue
            seen = True
        value = total + group
        return (end, (value, value, half_unit(value))) if seen else None

    def _at(self, name: str, at: int) -> list[tuple[int, Any]]:
        return self._found.get(name, {}).get(at, [])

    def _spaced(self, at: int) -> bool:
        """Tell a sign before a number from a hyphen inside a word."""
        return self._tokens[at].start > self._tokens[at - 1].end


def digits(text: str) -> tuple[float, float]:
    """Return the value of a written number and half of its last significant unit.

    >>> digits("40"), digits("38.5"), digits("400,000")
    ((40.0, 5.0), (38.5, 0.05), (400000.0, 50000.0))
    """
    plain = _THOUSANDS.sub("", text).replace(",", ".")
    value = float(plain)
    if "." in plain:
        return value, 0.5 * 10.0 ** -len(plain.split(".")[1])
    return value, half_unit(value)


def half_unit(value: float) -> float:
    """Return half of the last significant unit of a whole number: 40 → 5, 15 → 0.5."""
    unit = 1.0
    while value and value % (unit * 10) == 0:
        unit *= 10
    return 0.5 * unit


def _invalid(reason: str) -> Quantity:
    raise UnreadableError(reason)
