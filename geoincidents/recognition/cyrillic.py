"""Russian and Ukrainian text → drafts, by names, inflection and what stands beside.

There is no text with marked places to learn from, so the rules are few and say
why: a known name counts when it is big, or follows a preposition of place, or
bears a type word; a person's name, a quoted body and words that villages share
with everyday speech do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.recognition.drafts import Draft
from geoincidents.recognition.names import (
    ADMIN1,
    ADMIN2,
    CITY,
    COUNTRY,
    REGION,
    SITE,
)
from geoincidents.recognition.slavic_evidence import WELL_KNOWN, is_person, why_place
from geoincidents.recognition.slavic_words import words_for
from geoincidents.recognition.tokens import ends_sentence, visible

if TYPE_CHECKING:
    from geoincidents.model import Precision
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.slavic_words import Words
    from geoincidents.recognition.tokens import Tokens

_LONGEST = 3
_MASCULINE = frozenset({"район", "край", "округ"})


def cyrillic_drafts(tokens: Tokens, classes: NameClasses, language: str) -> list[Draft]:
    """Drafts of the places of a Russian or Ukrainian passage, in order."""
    words = words_for(language)
    drafts: list[Draft] = []
    i = 0
    while i < len(tokens):
        draft = None
        word = tokens.words[i]
        if word[0].isupper() and (outlet := _outlet(tokens, i, words)):
            i += outlet
            continue
        if word[0].isupper():
            draft = (
                _typed(tokens, i, words, classes)
                or _demonym(tokens, i, words, classes)
                or _region_name(tokens, i, words, classes)
                or _adjective(tokens, i, words, classes)
                or _named(tokens, i, words, classes, drafts)
                or _unknown(tokens, i, words)
            )
        elif len(word) > 5:
            draft = _demonym(tokens, i, words, classes)
        if draft is None:
            i += 1
        else:
            draft.language = language
            drafts.append(draft)
            i = draft.last + 1
    return drafts


def _outlet(tokens: Tokens, i: int, words: Words) -> int:
    """How many words from i name an outlet or a body called like a place; 0 for none."""
    for stems in words.outlets:
        if tokens.low[i].startswith(stems[0]) and all(
            i + k < len(tokens) and tokens.low[i + k].startswith(stem) and _spaced(tokens, i + k)
            for k, stem in enumerate(stems[1:], 1)
        ):
            return len(stems)
    return 0


def _span(tokens: Tokens, first: int, last: int) -> Draft:
    return Draft(first, last, tokens.starts[first], tokens.ends[last])


def _name(tokens: Tokens, first: int, last: int) -> str:
    return visible(" ".join(tokens.text[tokens.starts[first] : tokens.ends[last]].split()))


def _spaced(tokens: Tokens, i: int) -> bool:
    return i < len(tokens) and tokens.gaps[i] == " "


def _typed(tokens: Tokens, i: int, words: Words, classes: NameClasses) -> Draft | None:
    """As in "Харьковской области", "Брянской, Орловской и Курской областями"."""
    last = i
    while last + 1 < len(tokens) and tokens.gaps[last + 1] == "-":
        last += 1
    word = _name(tokens, i, last)
    if not word.lower().endswith(words.adjective):
        return None
    at = _shared_type(tokens, last, words)
    if at < 0:
        return None
    type_word = tokens.words[at].lower()
    draft = _span(tokens, i, at if at == last + 1 else last)
    draft.type_hint = words.after[type_word]
    full = _nominative(visible(word), type_word, words)
    draft.names = tuple(dict.fromkeys((full, _name(tokens, draft.first, draft.last))))
    draft.known_as = classes[full] or (ADMIN1 if draft.type_hint == "admin1" else ADMIN2)
    draft.evidence.append(f"names a {draft.type_hint} by its type word")
    return draft


def _shared_type(tokens: Tokens, i: int, words: Words) -> int:
    """Index of the type word an adjective goes with, across a list of adjectives; -1 for none."""
    k = i + 1
    for _ in range(12):
        if k >= len(tokens) or ends_sentence(tokens.gaps[k]):
            return -1
        word = tokens.words[k]
        if word.lower() in words.after:
            return k if k == i + 1 or tokens.words[k - 1].lower().endswith(words.adjective) else -1
        if word.lower() not in words.and_words and not (
            word[0].isupper() and word.lower().endswith(words.adjective)
        ):
            return -1
        k += 1
    return -1


def _nominative(adjective: str, type_word: str, words: Words) -> str:
    """As in "Брянской" + "областями" → "Брянская область"."""
    base = next((full for stem, full in words.nominative if type_word.startswith(stem)), type_word)
    low = adjective.lower()
    ending = next(e for e in words.adjective if low.endswith(e))
    stem = adjective[: len(adjective) - len(ending)]
    root = "ц" if ending[0] == "ц" else "с"
    if words.language == "uk":
        tail = "ький" if base in _MASCULINE else "ька"
    else:
        tail = "кий" if base in _MASCULINE else "кая"
    return f"{stem}{root}{tail} {base}"


def _region_name(tokens: Tokens, i: int, words: Words, classes: NameClasses) -> Draft | None:
    """As in "Харківщина", "Белгородчина": the province by its everyday name."""
    word = visible(tokens.words[i])
    ending = next((case for case in words.region_cases if word.endswith("н" + case)), "")
    base = word.removesuffix(ending)
    for tail, adjective in words.region_names:
        if ending and base.endswith(tail):
            feminine = "а" if words.language == "uk" else "ая"
            full = f"{base.removesuffix(tail)}{adjective}{feminine} область"
            if classes.inflected(full)[0]:
                draft = _span(tokens, i, i)
                draft.known_as, draft.type_hint, draft.names = ADMIN1, "admin1", (full, word)
                draft.evidence.append("the everyday name of a province")
                return draft
    return None


def _adjective(tokens: Tokens, i: int, words: Words, classes: NameClasses) -> Draft | None:
    """As in "на Донецком направлении", "Кременчугский завод": the town the adjective is made of."""
    word = visible(tokens.words[i])
    after = i + 1
    if not word.endswith(words.adjective) or len(word) < 8 or not _spaced(tokens, after):
        return None
    if tokens.words[after] in words.closing and classes.inflected(_name(tokens, i, after))[0]:
        return None
    bare = _span(tokens, i, i)
    if tokens.words[after].istitle() or is_person(tokens, bare, words):
        return None
    ending = next(e for e in words.adjective if word.endswith(e))
    stem = word.removesuffix(ending)
    for tail in words.town_endings:
        if classes[stem + tail] in WELL_KNOWN | {CITY}:
            bare.known_as, bare.names = classes[stem + tail], (stem + tail, word)
            bare.evidence.append("an adjective made of a town's name")
            return bare
    return None


def _unknown(tokens: Tokens, i: int, words: Words) -> Draft | None:
    """As in "возле Дубово-Василевки": unlisted, after a preposition that only places take."""
    if not i or tokens.words[i - 1].lower() not in words.beside or tokens.gaps[i] != " ":
        return None
    last = i
    while last + 1 < len(tokens) and tokens.gaps[last + 1] in {"-", "’", "'", "ʼ"}:
        last += 1
    word = tokens.words[i]
    draft = _span(tokens, i, last)
    if word.isupper() or len(word) < 4 or word.lower() in words.never:
        return None
    if is_person(tokens, draft, words) or (
        _spaced(tokens, last + 1) and tokens.words[last + 1][0].isupper()
    ):
        return None
    draft.score, draft.names = 0.5, (_name(tokens, i, last),)
    draft.evidence.append("stands after a preposition that places take")
    return draft


def _named(
    tokens: Tokens, i: int, words: Words, classes: NameClasses, before: list[Draft]
) -> Draft | None:
    """A name the gazetteer knows, or any name after "село", "місто" …."""
    hint = _type_before(tokens, i, words)
    for length in range(_LONGEST, 0, -1):
        last = i + length - 1
        if last >= len(tokens):
            continue
        whole = _is_site_phrase(tokens, i, last, words)
        if not whole and not _runs_on(tokens, i, last):
            continue
        name = _name(tokens, i, last)
        if name.isupper() and length == 1 and not classes[name]:
            continue
        kind, nominative = classes.inflected(name)
        if not kind and not (hint and length == 1 and hint == "settlement"):
            continue
        if whole and kind not in {SITE, REGION}:
            continue
        draft = _span(tokens, i, last)
        draft.known_as = kind
        draft.type_hint = hint if hint != "site" or kind == SITE else None
        draft.names = tuple(dict.fromkeys((nominative or name, name)))
        _take_type_after(tokens, draft, words)
        why = "a whole name with its class word" if whole else ""
        why = why or why_place(tokens, draft, words, before, classes)
        if why:
            draft.evidence.append(why)
            return draft
        return None
    return None


def _runs_on(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the words first…last may be one name: joined, capitals at both ends."""
    if any(tokens.gaps[k] not in {" ", "-", "’", "'", "ʼ"} for k in range(first + 1, last + 1)):
        return False
    return tokens.words[last][0].isupper() or tokens.gaps[last] in {"-", "’", "'", "ʼ"}


def _is_site_phrase(tokens: Tokens, first: int, last: int, words: Words) -> bool:
    """As in "Красная площадь", "Каспийского моря": small words that close a whole name."""
    between = range(first + 1, last + 1)
    return (
        last > first
        and tokens.words[last] in words.closing
        and all(tokens.gaps[k] in {" ", "-"} for k in between)
    )


def _take_type_after(tokens: Tokens, draft: Draft, words: Words) -> None:
    after = draft.last + 1
    if _spaced(tokens, after) and draft.type_hint is None:
        kind = words.after.get(tokens.words[after].lower())
        if kind and tokens.words[draft.last].lower().endswith(words.adjective):
            draft.type_hint = kind


def _type_before(tokens: Tokens, i: int, words: Words) -> Precision | None:
    if i and tokens.gaps[i] in {" ", "", ". ", " «"}:
        return words.before.get(tokens.words[i - 1].lower())
    return None


def _demonym(tokens: Tokens, i: int, words: Words, classes: NameClasses) -> Draft | None:
    low = tokens.words[i].lower()
    if not low.startswith(words.demonym_stems):
        return None
    for stem, country in words.demonyms:
        if low.startswith(stem):
            if tokens.words[i] != low and classes.inflected(tokens.words[i])[0] == COUNTRY:
                return None
            draft = _span(tokens, i, i)
            draft.kind, draft.known_as, draft.names = "demonym", COUNTRY, (country,)
            draft.role = "actor"
            return draft
    return None
