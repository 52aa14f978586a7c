"""The words that say something happened, and whether they do say so.

A strong word tells of violence by itself; a weak one ("hit", "strike") only
beside a weapon, a count of people or an army, or in a report that elsewhere
tells of violence in strong words, and never beside words of sport, markets,
weather or accidents.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from geoincidents.extraction.openings import Family
from geoincidents.extraction.patterns import (
    NEVER,
    all_matches,
    first_match,
    phrases,
    table,
    whole,
)

if TYPE_CHECKING:
    from geoincidents.extraction.sentences import Sentence

#: Kinds from the most to the least telling, for a clause with several.
KIND_ORDER = (
    "chemical",
    "suicide",
    "grenade",
    "sexual",
    "excess",
    "abduction",
    "bomb",
    "air",
    "missile",
    "interception",
    "overtakes",
    "gains",
    "clash",
    "attack",
    "riot",
    "property",
    "protest",
    "strike",
)
_WEAKENING = ("sports", "markets", "weather", "accidents", "figures")
_WHOLE_CLAUSE = ("background", "modal", "exercise", "anniversary", "court")
#: A word of threat or denial rules the deed this many characters behind it.
_REACH = 25
_BY_SPAN = ("hypothetical", "denial")
#: What each reason reads as in the list of what was not read.
REASONS = {
    "background": "background: a habit or a long time, no single event",
    "hypothetical": "a threat, a plan or a possibility, not an event",
    "modal": "a threat, a plan or a possibility, not an event",
    "denial": "said not to have happened",
    "exercise": "an exercise or a test",
    "anniversary": "history or remembrance",
    "court": "a matter of courts about an earlier event",
    "future": "dated after the report",
    "satire": "the report calls itself satire",
    "historical": "long before the report",
    "general": "spoken of in general: no day, no count, no verb that tells it",
    "place": "no place could be told",
}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word of violence: its span in the report, its kind, and how it is used."""

    start: int
    end: int
    text: str
    #: A kind of the lexicon, or "effect" for what an attack does.
    kind: str
    strong: bool
    #: "the attack", "Friday's strikes": spoken of before.
    definite: bool = False


@dataclass(frozen=True, slots=True)
class Weapon:
    """A weapon named in a clause; `kind` is the kind of event it makes."""

    start: int
    end: int
    name: str
    kind: str


def kinds(language: str) -> dict[str, dict[str, Any]]:
    """All kinds of event of a language's lexicon, English where it has none."""
    return dict(table(language, "events", "kind") or table("en", "events", "kind"))


def mode_of(kind: str) -> str:
    """Tell the mode of a kind: remote, bomb, gun, intercept, unrest … or any."""
    return str(kinds("en").get(kind, {}).get("mode", "any"))


@cache
def _weapons(language: str) -> tuple[tuple[str, str, re.Pattern[str], Any, Any], ...]:
    rows = []
    for row in table(language, "weapons", "weapon") or ():
        before = row.get("not_after")
        after = row.get("not_before")
        rows.append(
            (
                row["name"],
                row["kind"],
                whole(row["forms"]),
                re.compile(whole(before).pattern + r"\W*$", re.IGNORECASE) if before else None,
                re.compile(r"\s+" + whole(after).pattern, re.IGNORECASE) if after else None,
            )
        )
    return tuple(rows)


@cache
def _armoury(language: str) -> Family:
    return Family([row[2] for row in _weapons(language)])


@cache
def _deeds(language: str) -> tuple[list[tuple[str, bool, re.Pattern[str]]], Family]:
    """The words of every kind of event, the strong and the weak ones, and of effects."""
    rows = [
        (kind, key == "strong", phrases(language, "events", "kind", kind, key))
        for kind in kinds(language)
        for key in ("strong", "weak")
    ]
    rows.append(("effect", False, phrases(language, "events", "effects", "words")))
    rows = [row for row in rows if row[2] is not NEVER]
    return rows, Family([row[2] for row in rows])


def find_weapons(sentence: Sentence) -> list[Weapon]:
    """Weapons named in a sentence, the longest where names overlap."""
    found: list[Weapon] = []
    text, start = sentence.text, sentence.start
    rows = _weapons(sentence.language)
    for number in _armoury(sentence.language).candidates(text):
        name, kind, pattern, before, after = rows[number]
        for match in pattern.finditer(text):
            if before is not None and before.search(text, 0, match.start()):
                continue
            if after is not None and after.match(text, match.end()):
                continue
            found.append(Weapon(start + match.start(), start + match.end(), name, kind))
    found.sort(key=lambda w: (w.start - w.end, w.start))
    kept: list[Weapon] = []
    for weapon in found:
        if all(weapon.end <= k.start or weapon.start >= k.end for k in kept):
            kept.append(weapon)
    return sorted(kept, key=lambda w: w.start)


def find_triggers(sentence: Sentence) -> list[Trigger]:
    """All words of violence of a sentence, in order, the longest where they overlap."""
    found: list[Trigger] = []
    text = sentence.text
    rows, family = _deeds(sentence.language)
    for number in family.candidates(text):
        kind, strong, pattern = rows[number]
        found += [_trigger(sentence, m, kind, strong=strong) for m in pattern.finditer(text)]
    rank = {kind: number for number, kind in enumerate((*KIND_ORDER, "effect"))}
    found.sort(key=lambda t: (not t.strong, t.start - t.end, rank.get(t.kind, 99), t.start))
    kept: list[Trigger] = []
    for trigger in found:
        if all(trigger.end <= k.start or trigger.start >= k.end for k in kept):
            kept.append(trigger)
    return sorted(kept, key=lambda t: t.start)


@cache
def _determined(language: str) -> re.Pattern[str]:
    """A determiner up to three words before; no verb of time between ("the army had hit")."""
    words = phrases(language, "events", "definite", "words").pattern
    verbs = phrases(language, "events", "definite", "not_between").pattern
    return re.compile(rf"{words}[\s“\"«'‘]+(?:(?!{verbs})[\w'’.-]+\s+){{0,3}}$", re.IGNORECASE)


def _trigger(sentence: Sentence, match: re.Match[str], kind: str, *, strong: bool) -> Trigger:
    before = sentence.text[: match.start()]
    definite = _determined(sentence.language).search(before[-60:]) and kind != "interception"
    start = sentence.start + match.start()
    return Trigger(start, start + len(match.group()), match.group(), kind, strong, bool(definite))


def sober(
    sentence: Sentence, triggers: list[Trigger], *, armed: bool, violent_report: bool
) -> list[Trigger]:
    """Drop weak words that tell of no violence here.

    Parameters
    ----------
    sentence
        The sentence.
    triggers
        What `find_triggers` found in it.
    armed
        The sentence names a weapon, an army, or a count of people hurt.
    violent_report
        The report elsewhere tells of violence in strong words.
    """
    figures = _matches(sentence, "figures")
    kept = [t for t in triggers if not any(a < t.end and t.start < b for a, b in figures)]
    if _matches(sentence, "fiction") and not armed:
        return []
    weakened = [key for key in _WEAKENING[:-1] if _matches(sentence, key)]
    strong = any(t.strong for t in kept)
    if len(_matches(sentence, "sports")) >= 2 and not armed:
        return []
    if weakened and not armed and not (strong and violent_report):
        kept = [t for t in kept if t.strong and t.kind != "strike"]
    if any(key in {"weather", "accidents"} for key in weakened) and not strong:
        return []
    if "weather" in weakened and not find_weapons(sentence):
        return []
    if not (violent_report or armed or strong):
        return []
    return kept


def is_weakened(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of sport, markets, weather, accidents or in figures."""
    return any(_matches(sentence, key) for key in (*_WEAKENING, "fiction"))


def _matches(sentence: Sentence, key: str) -> list[tuple[int, int]]:
    at = sentence.start
    return [(at + a, at + b) for a, b in _spans(sentence.text, sentence.language, key)]


@lru_cache(maxsize=2048)
def _spans(text: str, language: str, key: str) -> tuple[tuple[int, int], ...]:
    return tuple(m.span() for m in all_matches(text, language, "events", "weakening", key))


def status_of(
    text: str, start: int, language: str, triggers: list[Trigger], *, dated: bool
) -> tuple[str | None, list[Trigger]]:
    """Tell why a clause is no event, if so, and which of its triggers stand.

    Parameters
    ----------
    text, start
        The clause and its offset in the report.
    language
        Language of the clause.
    triggers
        Its triggers.
    dated
        It names a day: "repeatedly struck on Friday" is an event, "repeatedly
        struck" is not.
    """
    standing = list(triggers)
    reason: str | None = None
    for key in _BY_SPAN:
        for match in all_matches(text, language, "events", "status", key):
            a, b = start + match.start(), start + match.end()
            covered = [
                t
                for t in standing
                if a < t.end
                and t.start < b + _REACH
                and _unbroken(text, b - start, t.start - start)
            ]
            if covered:
                reason = key
                standing = [t for t in standing if t not in covered]
    if any(t.kind != "effect" for t in standing):
        reason = None
    elif reason:
        return reason, []
    for key in _WHOLE_CLAUSE:
        if key == "background" and dated:
            continue
        if first_match(text, language, "events", "status", key) and not (
            key == "background" and _superlative(text, language)
        ):
            return key, []
    return reason, standing


def _unbroken(text: str, end: int, start: int) -> bool:
    """No comma or stop stands between a word of threat or denial and the deed."""
    return not set(",;.:") & set(text[end : max(end, start)])


def _superlative(text: str, language: str) -> bool:
    return first_match(text, language, "events", "status", "superlative") is not None


def is_satire(text: str, language: str) -> bool:
    """Tell whether a report's opening or close calls itself satire."""
    ends = text[:300] + " " + text[-300:]
    return first_match(ends, language, "events", "status", "satire") is not None


def is_novel(text: str, language: str) -> bool:
    """Tell whether a clause opens something new ("another", "elsewhere")."""
    return first_match(text, language, "events", "definite", "novel") is not None


def is_linking(text: str, language: str) -> bool:
    """Tell whether a clause only links ("The attack came …")."""
    return first_match(text, language, "events", "definite", "linking") is not None


def demoted(trigger: Trigger) -> Trigger:
    """The same word taken as what an attack does, not as an attack."""
    return replace(trigger, kind="effect", strong=False)
