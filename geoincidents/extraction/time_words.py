"""The words of a text that tell when, found and taken apart but not yet resolved."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from geoincidents.extraction.openings import Family
from geoincidents.extraction.patterns import alternation, table


@dataclass(frozen=True, slots=True)
class TimeWords:
    """One time expression of a text, not yet resolved: its kind and its parts."""

    start: int
    end: int
    text: str
    kind: str
    parts: dict[str, str]
    options: dict[str, Any]


@cache
def _patterns(language: str) -> tuple[tuple[str, re.Pattern[str], dict[str, Any]], ...]:
    words = table(language, "times")
    slots = {
        name: alternation(words.get(key, {}))
        for name, key in (
            ("MONTH", "months"),
            ("WEEKDAY", "weekdays"),
            ("PART", "parts"),
            ("NUMBER", "numbers"),
            ("HOLIDAY", "holidays"),
        )
    }
    compiled = []
    for entry in words.get("pattern", ()):
        for form in entry["forms"]:
            filled = re.sub("|".join(slots), lambda m: slots[m.group()], _spaced(form))
            pattern = re.compile(rf"(?<![\w-]){filled}(?!\w)", re.IGNORECASE)
            compiled.append((entry["kind"], pattern, entry))
    return tuple(compiled)


@cache
def _family(language: str) -> Family:
    return Family([pattern for _, pattern, _ in _patterns(language)])


def _spaced(form: str) -> str:
    return form.replace(" ", r"\s+").replace("\\s+?", r"\s*").replace("'", "['’ʼ]")


def find_times(text: str, language: str) -> list[TimeWords]:
    """All time expressions of a text, the longest where they overlap, in order."""
    return list(_found(text, language))


@lru_cache(maxsize=256)
def _found(text: str, language: str) -> tuple[TimeWords, ...]:
    """Find them once: tolls, clauses and frames all ask about the same sentence."""
    found: list[TimeWords] = []
    rows = _patterns(language)
    for number in _family(language).candidates(text):
        kind, pattern, options = rows[number]
        for match in pattern.finditer(text):
            lead = len(match.group()) - len(match.group().lstrip())
            parts = {
                k.rstrip("2") if k == "part2" else k: v for k, v in match.groupdict().items() if v
            }
            start = match.start() + lead
            if start < match.end():
                said = text[start : match.end()]
                found.append(TimeWords(start, match.end(), said, kind, parts, options))
    found.sort(key=lambda w: (w.start - w.end, w.start))
    kept: list[TimeWords] = []
    for words in found:
        if all(words.end <= k.start or words.start >= k.end for k in kept):
            kept.append(words)
    return tuple(sorted(kept, key=lambda w: w.start))
