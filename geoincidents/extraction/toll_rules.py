"""The lexicon's words of counting as regular expressions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geoincidents.extraction.patterns import alternation, table

#: Measures of people, in the order in which they are tried.
PEOPLE = ("killed", "injured", "missing", "abducted", "displaced")
WEAPONS = ("intercepted", "launched")


@dataclass(frozen=True, slots=True)
class TollRules:
    """What must stand before or after a number for it to count something."""

    before: dict[str, re.Pattern[str]]
    after: dict[str, re.Pattern[str]]
    noun: dict[str, re.Pattern[str]]
    part_before: re.Pattern[str]
    part_after: re.Pattern[str]
    increment: re.Pattern[str]
    increment_after: re.Pattern[str]
    conjunction: re.Pattern[str]


@cache
def toll_rules(language: str) -> TollRules:
    """Compile the counting words of a language."""
    words = table(language, "tolls")
    auxiliary = alternation(words.get("words", {}).get("auxiliary", ()))
    stop = alternation(words.get("words", {}).get("stop", ()))
    aside = r"(?:\s*(?:,|\(|[-–—])\s?[^,;.()–—]{1,90}(?:,|\)|[-–—])\s+)"
    filler = rf"(?:\s+(?!{stop}(?!\w))(?!\d)[\w'’.&-]+){{0,6}}?"
    measures = (*PEOPLE, *WEAPONS, "damaged")
    before = {
        m: re.compile(
            rf"(?<!\w){alternation(words.get(m, {}).get('before', ()))}[\s:]*$", re.IGNORECASE
        )
        for m in measures
    }
    after = {
        m: re.compile(
            rf"{filler}{aside}?(?:\s*{auxiliary}(?!\w))*\s*"
            rf"(?<!\w)(?P<verb>{alternation(words.get(m, {}).get('after', ()))})(?!\w)",
            re.IGNORECASE,
        )
        for m in measures
    }
    noun = {
        key: re.compile(
            rf"(?P<between>(?:\s+(?!{stop}(?!\w))[\w'’-]+){{0,4}}?)\s+(?P<noun>"
            rf"{alternation(words.get(key, {}).get('nouns', ()))})(?!\w)",
            re.IGNORECASE,
        )
        for key in ("people", "things", "weapons")
    }
    parts = words.get("parts", {})
    step = alternation(words.get("people", {}).get("increments", ()))
    return TollRules(
        before,
        after,
        noun,
        re.compile(rf"(?<!\w){alternation(parts.get('before', ()))}[\s:]*$", re.IGNORECASE),
        re.compile(rf"\s*{alternation(parts.get('after', ()))}(?!\w)", re.IGNORECASE),
        re.compile(rf"(?<!\w){step}\s+$", re.IGNORECASE),
        re.compile(rf"(?:\s+[\w'’-]+){{0,2}}?\s+{step}(?!\w)", re.IGNORECASE),
        re.compile(
            rf"\s*,?\s*{alternation(words.get('words', {}).get('coordination', ['and']))}\s+$",
            re.IGNORECASE,
        ),
    )
