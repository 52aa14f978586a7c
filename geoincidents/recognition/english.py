"""English text → drafts: the tagger's spans, trimmed and typed by rules."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.lexicon import vocabulary
from geoincidents.recognition.additions import with_added
from geoincidents.recognition.chains import chains
from geoincidents.recognition.drafts import Draft, left_words
from geoincidents.recognition.lexica import tags, word_set, words_of
from geoincidents.recognition.names import (
    ADMIN1,
    ADMIN2,
    DEMONYM,
    SITE,
    UNKNOWN,
)
from geoincidents.recognition.outlets import outlet_words
from geoincidents.recognition.page import span_name
from geoincidents.recognition.tagger import Tagged, tag

if TYPE_CHECKING:
    from geoincidents.model import Precision
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.scores import Scorer
    from geoincidents.recognition.tokens import Tokens

#: How many lower-case words may close the name of a site: "nuclear power plant".
_FACILITY_WORDS = 3


@dataclass(frozen=True, slots=True)
class TypeWords:
    """Type words of places: what each asks for, and where it may stand."""

    after: dict[str, Precision]
    before: dict[str, Precision]
    plural: dict[str, str]
    #: Lower-case words that become part of the span they follow.
    joins: frozenset[str]


@cache
def type_words(language: str = "en") -> TypeWords:
    """The type words of a language."""
    table = vocabulary(language, "admin_types")

    def by_word(group: str) -> dict[str, Precision]:
        return {word: kind for kind, words in table.get(group, {}).items() for word in words}

    joins = frozenset(words_of(table.get("joins", {}).get("words", ())))
    return TypeWords(by_word("after"), by_word("before"), dict(table.get("plural", {})), joins)


def english_drafts(tokens: Tokens, scorer: Scorer) -> list[Draft]:
    """Drafts of the places of an English passage, in order."""
    classes, chained = scorer.classes, chains(tokens)
    banned = outlet_words(tokens, chained, classes)
    tagged = _without_bearers(tokens, tag(tokens, chained, scorer))
    spans = with_added(tokens, chained, tagged, classes)
    drafts = [
        _draft(tokens, span, classes)
        for span in spans
        if banned.isdisjoint(range(span[0], span[1] + 1))
    ]
    return _without_overlap([d for d in drafts if d is not None])


def _without_bearers(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """Drop speakers ("Paris Hilton said") and what bears a place's name ("the cruiser Moskva")."""
    speaks = word_set("en", "persons", "after")
    vessels = word_set("en", "organisations", "vessels")
    starts = {first for first, _, _ in tagged}
    return [
        (first, last, score)
        for first, last, score in tagged
        if (last + 1 in starts or not _names_speaker(tokens, last, speaks))
        and not (first and tokens.low[first - 1] in vessels and tokens.gaps[first] == " ")
    ]


def _names_speaker(tokens: Tokens, last: int, speaks: frozenset[str]) -> bool:
    if last + 2 >= len(tokens) or tokens.gaps[last + 1] != " ":
        return False
    surname, verb = tokens.words[last + 1], tokens.words[last + 2]
    if not surname[0].isupper() or "body" in tags().get(surname.lower(), ()):
        return False
    return verb in speaks and tokens.gaps[last + 2] == " "


def _draft(tokens: Tokens, span: Tagged, classes: NameClasses) -> Draft | None:
    first, last, score = span
    name = span_name(tokens, first, last)
    draft = Draft(first, last, tokens.starts[first], tokens.ends[last], score=score)
    draft.known_as = classes[name]
    draft.town = draft.known_as == ADMIN1 and classes.has_town(name)
    if _take_facility(tokens, draft, classes):
        return draft
    if draft.known_as == DEMONYM:
        draft.kind = "demonym"
    else:
        _take_possessive_name(tokens, draft, classes)
        take_type(tokens, draft)
        _take_unit(tokens, draft, classes)
        if draft.known_as == UNKNOWN and draft.type_hint:
            draft.known_as = {"admin1": ADMIN1, "admin2": ADMIN2}.get(draft.type_hint, UNKNOWN)
    if not draft.names:
        draft.names = (span_name(tokens, draft.first, draft.last),)
    return draft


def _take_facility(tokens: Tokens, draft: Draft, classes: NameClasses) -> bool:
    """As in "Engels air base": the whole name of a site, where the gazetteer has it."""
    closing = word_set("en", "facilities", "closing")
    for last in range(min(draft.last + _FACILITY_WORDS, len(tokens) - 1), draft.last, -1):
        if tokens.words[last] not in closing:
            continue
        if any(tokens.gaps[k] != " " for k in range(draft.last + 1, last + 1)):
            continue
        name = span_name(tokens, draft.first, last)
        if classes[name] == SITE:
            draft.last, draft.end, draft.known_as = last, tokens.ends[last], SITE
            draft.names, draft.type_hint = (name,), "site"
            draft.evidence.append("the whole name of a site")
            return True
    return False


def _take_possessive_name(tokens: Tokens, draft: Draft, classes: NameClasses) -> None:
    """As in "St. John's": the 's belongs to the name where the gazetteer says so."""
    after = draft.last + 1
    if after < len(tokens) and tokens.words[after] == "s" and tokens.gaps[after] in {"'", "’"}:
        longer = classes[span_name(tokens, draft.first, after)]
        if longer and not draft.known_as:
            draft.last, draft.end, draft.known_as = after, tokens.ends[after], longer


def take_type(tokens: Tokens, draft: Draft) -> None:
    """Read the type word inside, after or before the name."""
    types = type_words()
    own = tokens.words[draft.last].lower()
    name = span_name(tokens, draft.first, draft.last)
    if draft.last > draft.first and own in types.after and tokens.words[draft.last] != own:
        draft.type_hint = types.after[own]
        draft.names = _typed_names(span_name(tokens, draft.first, draft.last - 1), own, name)
        return
    length, phrase = _type_after(tokens, draft.last, types)
    if length:
        draft.type_hint = types.after[phrase]
        draft.names = _typed_names(name, phrase, f"{name} {phrase}")
        if phrase.split()[0] in types.joins:
            draft.last += length
            draft.end = tokens.ends[draft.last]
        return
    hint = _type_before(tokens, draft.first, types)
    if hint:
        draft.type_hint = hint
        draft.names = (name,)


def _take_unit(tokens: Tokens, draft: Draft, classes: NameClasses) -> None:
    """As in "the Kursk regional prosecutor", "Kursk borders": the province, where there is one."""
    after = draft.last + 1
    if draft.type_hint or after >= len(tokens) or tokens.gaps[after] != " ":
        return
    if tokens.words[after] not in word_set("en", "admin_types", "unit_beside", "words"):
        return
    name = span_name(tokens, draft.first, draft.last)
    names = _typed_names(name, "oblast", f"{name} Oblast")
    if any(classes[full] == ADMIN1 for full in names[:-1]):
        draft.type_hint, draft.names = "admin1", names


def _type_after(tokens: Tokens, last: int, types: TypeWords) -> tuple[int, str]:
    words, gaps = tokens.words, tokens.gaps
    for length in (2, 1):
        stop = last + length
        if stop < len(words) and all(gaps[k] == " " for k in range(last + 1, stop + 1)):
            phrase = " ".join(words[last + 1 : stop + 1])
            if phrase in types.after and phrase not in types.plural:
                return length, phrase
    return 0, ""


def _type_before(tokens: Tokens, first: int, types: TypeWords) -> Precision | None:
    left = left_words(tokens, first, 3)
    if left[:1] == ["the"]:
        left = left[1:]
    if len(left) > 1 and f"{left[1]} {left[0]}" in types.before:
        return types.before[f"{left[1]} {left[0]}"]
    if left and left[0] in types.before and left[0] != "river":
        return types.before[left[0]]
    return None


def _typed_names(base: str, word: str, full: str) -> tuple[str, ...]:
    """Forms to look up for "Kharkov region": as written, the usual type words, the bare name."""
    kind = type_words().after.get(word)
    usual = {"admin1": ("Oblast", "Province", "Region"), "admin2": ("District", "Raion", "County")}
    others = [f"{base} {t}" for t in usual.get(kind or "", ())]
    if word.startswith("count"):
        others = [f"{base} County"]
    return tuple(dict.fromkeys([full, *others, base]))


def _without_overlap(drafts: list[Draft]) -> list[Draft]:
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda d: (d.start, -d.end)):
        if not kept or draft.start >= kept[-1].end:
            kept.append(draft)
    return kept
