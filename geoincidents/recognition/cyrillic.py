"""Russian and Ukrainian text → drafts, by names, inflection and what stands beside.

There is no text with marked places to learn from, so the rules are few and say
why: a known name counts when it is big, or follows a preposition of place, or
bears a type word; a person's name, a quoted body and words that villages share
with everyday speech do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.lexicon import vocabulary
from geoincidents.recognition.drafts import Draft
from geoincidents.recognition.lexica import word_set, words_of
from geoincidents.recognition.names import (
    ADMIN1,
    ADMIN2,
    BIG_CITY,
    CITY,
    COUNTRY,
    METROPOLIS,
    REGION,
    SITE,
)
from geoincidents.recognition.tokens import ends_sentence, visible

if TYPE_CHECKING:
    from geoincidents.model import Precision
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.tokens import Tokens

_LONGEST = 3
_QUOTES = frozenset('«“"„')
_WELL_KNOWN = frozenset({BIG_CITY, METROPOLIS, ADMIN1, COUNTRY, REGION})
_MASCULINE = frozenset({"район", "край", "округ"})


@dataclass(frozen=True, slots=True)
class Words:
    """The vocabulary of one language, as sets."""

    language: str
    after: dict[str, Precision]
    before: dict[str, Precision]
    nominative: tuple[tuple[str, str], ...]
    prepositions: frozenset[str]
    #: Prepositions that take places alone: "near".
    beside: frozenset[str]
    titles: frozenset[str]
    first_names: frozenset[str]
    name_endings: tuple[str, ...]
    never: frozenset[str]
    demonyms: tuple[tuple[str, str], ...]
    #: Endings of adjectives, longest first.
    adjective: tuple[str, ...]
    #: "щин" of "Харківщина" → "ськ" of "Харківська область".
    region_names: tuple[tuple[str, str], ...]
    region_cases: tuple[str, ...]
    #: What is put after an adjective's stem to find its town.
    town_endings: tuple[str, ...]
    and_words: frozenset[str]


@cache
def words_for(language: str) -> Words:
    """The vocabulary of "ru" or "uk"."""
    types, persons = vocabulary(language, "admin_types"), vocabulary(language, "persons")

    def by_word(group: str) -> dict[str, Precision]:
        return {w: kind for kind, text in types.get(group, {}).items() for w in words_of(text)}

    forms = types.get("forms", {})
    prepositions = word_set(language, "roles", "prepositions", "in")
    return Words(
        language=language,
        after=by_word("after"),
        before=by_word("before"),
        nominative=tuple(types.get("nominative", {}).items()),
        beside=word_set(language, "roles", "prepositions", "beside"),
        prepositions=prepositions | word_set(language, "roles", "prepositions", "other"),
        titles=word_set(language, "persons", "titles"),
        first_names=word_set(language, "persons", "first_names"),
        name_endings=(*persons.get("patronymic_endings", ()),),
        never=word_set(language, "common_words", "never"),
        adjective=tuple(sorted(words_of(forms["adjective"]), key=len, reverse=True)),
        region_names=tuple(forms["region_names"].items()),
        region_cases=tuple(words_of(forms["region_cases"])),
        town_endings=tuple(forms["town_endings"]),
        and_words=frozenset(words_of(forms["and"])),
        demonyms=tuple(vocabulary(language, "demonyms").get("stems", {}).items()),
    )


def cyrillic_drafts(tokens: Tokens, classes: NameClasses, language: str) -> list[Draft]:
    """Drafts of the places of a Russian or Ukrainian passage, in order."""
    words = words_for(language)
    drafts: list[Draft] = []
    i = 0
    while i < len(tokens):
        draft = None
        word = tokens.words[i]
        if word[0].isupper():
            draft = (
                _typed(tokens, i, words, classes)
                or _demonym(tokens, i, words)
                or _region_name(tokens, i, words, classes)
                or _adjective(tokens, i, words, classes)
                or _named(tokens, i, words, classes, drafts)
                or _unknown(tokens, i, words)
            )
        elif len(word) > 5:
            draft = _demonym(tokens, i, words)
        if draft is None:
            i += 1
        else:
            draft.language = language
            drafts.append(draft)
            i = draft.last + 1
    return drafts


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
    bare = _span(tokens, i, i)
    if tokens.words[after].istitle() or _is_person(tokens, bare, words):
        return None
    ending = next(e for e in words.adjective if word.endswith(e))
    stem = word.removesuffix(ending)
    for tail in words.town_endings:
        if classes[stem + tail] in _WELL_KNOWN | {CITY}:
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
    if _is_person(tokens, draft, words) or (
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
        if last >= len(tokens) or not _runs_on(tokens, i, last):
            continue
        name = _name(tokens, i, last)
        if name.isupper() and length == 1 and not classes[name]:
            continue
        kind, nominative = classes.inflected(name)
        if not kind and not (hint and length == 1 and hint == "settlement"):
            continue
        draft = _span(tokens, i, last)
        draft.known_as = kind
        draft.type_hint = hint if hint != "site" or kind == SITE else None
        draft.names = tuple(dict.fromkeys((nominative or name, name)))
        _take_type_after(tokens, draft, words)
        why = _why(tokens, draft, words, before)
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


def _why(tokens: Tokens, draft: Draft, words: Words, before: list[Draft]) -> str:
    """The reason to take a known name for a place; "" for none."""
    if draft.type_hint or _type_before(tokens, draft.first, words):
        return "a type word stands before it"
    if _is_no_place(tokens, draft, words):
        return ""
    if draft.known_as in _WELL_KNOWN:
        return "a well-known name"
    if draft.known_as != CITY and _runs_into_capital(tokens, draft):
        return ""
    if draft.first and tokens.low[draft.first - 1] in words.prepositions:
        return "a preposition of place stands before it"
    return _why_small(tokens, draft, before)


def _is_no_place(tokens: Tokens, draft: Draft, words: Words) -> bool:
    first = tokens.low[draft.first]
    if draft.first == draft.last and (first in words.never or len(first) < 3):
        return True
    exact = draft.names[:1] == (_name(tokens, draft.first, draft.last),)
    if _opens(tokens, draft) and not exact and draft.known_as not in _WELL_KNOWN:
        return True
    return _is_person(tokens, draft, words) or _is_quoted_body(tokens, draft)


def _why_small(tokens: Tokens, draft: Draft, before: list[Draft]) -> str:
    """Reasons for a town or village without a preposition."""
    opens = _opens(tokens, draft)
    if draft.known_as == CITY or (not opens and draft.last > draft.first):
        return "the name of a town"
    beside = before[-1] if before else None
    if beside and beside.last + 2 >= draft.first and beside.kind == "toponym":
        return "stands in a list of places"
    after = tokens.text[draft.end : draft.end + 1]
    return "a place by itself" if opens and after in {":", ","} else ""


def _opens(tokens: Tokens, draft: Draft) -> bool:
    return draft.first == 0 or ends_sentence(tokens.gaps[draft.first])


def _runs_into_capital(tokens: Tokens, draft: Draft) -> bool:
    after = draft.last + 1
    return _spaced(tokens, after) and tokens.words[after][0].isupper()


def _is_person(tokens: Tokens, draft: Draft, words: Words) -> bool:
    low = tokens.words[draft.first].lower()
    if low in words.first_names and draft.known_as not in {COUNTRY, METROPOLIS}:
        return True
    if draft.first and tokens.gaps[draft.first] == " ":
        previous = tokens.words[draft.first - 1]
        low = previous.lower()
        if low in words.first_names or low.endswith(words.name_endings):
            return previous[0].isupper()
        if len(previous) == 2 and previous.endswith(".") and previous[0].isupper():
            return True
        if low in words.titles and draft.known_as not in {COUNTRY, ADMIN1, METROPOLIS, BIG_CITY}:
            return True
    after = draft.last + 1
    if _spaced(tokens, after):
        following = tokens.words[after]
        return following[0].isupper() and following.lower().endswith(words.name_endings)
    return False


def _is_quoted_body(tokens: Tokens, draft: Draft) -> bool:
    """«Харьков» in quotes is a club, a ship or a battalion."""
    gap = tokens.gaps[draft.first]
    closes = tokens.text[draft.end : draft.end + 1] in {"»", "”", '"', "“"}
    return bool(gap) and gap[-1] in _QUOTES and closes


def _demonym(tokens: Tokens, i: int, words: Words) -> Draft | None:
    low = tokens.words[i].lower()
    for stem, country in words.demonyms:
        if low.startswith(stem):
            draft = _span(tokens, i, i)
            draft.kind, draft.known_as, draft.names = "demonym", COUNTRY, (country,)
            draft.role = "actor"
            return draft
    return None
