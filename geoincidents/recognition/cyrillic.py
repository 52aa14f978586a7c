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
from geoincidents.model import Precision
from geoincidents.recognition.drafts import Draft
from geoincidents.recognition.lexica import word_set, words_of
from geoincidents.recognition.names import ADMIN1, ADMIN2, BIG_CITY, CITY, COUNTRY, METROPOLIS, REGION
from geoincidents.recognition.tokens import ends_sentence, visible

if TYPE_CHECKING:
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.tokens import Tokens

_LONGEST = 3
_QUOTES = frozenset("«“\"„")
_WELL_KNOWN = frozenset({BIG_CITY, METROPOLIS, ADMIN1, COUNTRY, REGION})
_ADJECTIVE = tuple(
    "ский ского скому ским ском ская ской скую ские ских скими цкий цкого цкому цким цком цкая цкой цкую "
    "ський ського ському ським ськім ська ської ській ську ською ські ських ськими "
    "цький цького цькому цьким цькім цька цької цькій цьку цькою цькі цьких цькими".split()
)
#: "Харьковщина" → "Харьковская область": ending of the region's name, ending of the adjective
_REGION_NAMES = (
    ("ччин", "цьк"), ("щин", "ськ"), ("чин", "ськ"),
    ("ччин", "цк"), ("щин", "ск"), ("чин", "ск"),
)  # fmt: skip
_REGION_CASES = ("а", "и", "і", "у", "ы", "е", "ою", "ой", "і")
#: What is put after the stem of "Херсонский", "Донецкому" to find its town.
_TOWN_ENDINGS = ("", "ск", "ськ", "ецк", "ецьк", "к", "ка", "ы", "и", "ов", "ів", "цк", "цьк")
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


@cache
def words_for(language: str) -> Words:
    """The vocabulary of "ru" or "uk"."""
    types, persons = vocabulary(language, "admin_types"), vocabulary(language, "persons")

    def by_word(group: str) -> dict[str, Precision]:
        return {w: kind for kind, text in types.get(group, {}).items() for w in words_of(text)}

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
                or _named(tokens, i, words, classes, drafts)
                or _adjective(tokens, i, words, classes)
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
    """ "Харьковской области", "Брянской, Орловской и Курской областями"."""
    word = tokens.words[i]
    if not word.lower().endswith(_ADJECTIVE):
        return None
    at = _shared_type(tokens, i, words)
    if at < 0:
        return None
    type_word = tokens.words[at].lower()
    draft = _span(tokens, i, at if at == i + 1 else i)
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
            return k if k == i + 1 or tokens.words[k - 1].lower().endswith(_ADJECTIVE) else -1
        if word.lower() not in {"и", "і", "й", "та", "или", "або"} and not (
            word[0].isupper() and word.lower().endswith(_ADJECTIVE)
        ):
            return -1
        k += 1
    return -1


def _nominative(adjective: str, type_word: str, words: Words) -> str:
    """ "Брянской" + "областями" → "Брянская область"."""
    base = next((full for stem, full in words.nominative if type_word.startswith(stem)), type_word)
    low = adjective.lower()
    ending = next(e for e in sorted(_ADJECTIVE, key=len, reverse=True) if low.endswith(e))
    stem = adjective[: len(adjective) - len(ending)]
    root = "ц" if ending[0] == "ц" else "с"
    if words.language == "uk":
        tail = "ький" if base in _MASCULINE else "ька"
    else:
        tail = "кий" if base in _MASCULINE else "кая"
    return f"{stem}{root}{tail} {base}"


def _region_name(tokens: Tokens, i: int, words: Words, classes: NameClasses) -> Draft | None:
    """ "Харківщина", "Белгородчина": the province by its everyday name."""
    word = visible(tokens.words[i])
    ending = next((case for case in _REGION_CASES if word.endswith("н" + case)), "")
    base = word.removesuffix(ending)
    for tail, adjective in _REGION_NAMES:
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
    """ "на Донецком направлении", "Кременчугский завод": the town the adjective is made of."""
    word = visible(tokens.words[i])
    after = i + 1
    if not word.endswith(_ADJECTIVE) or len(word) < 8 or not _spaced(tokens, after):
        return None
    bare = _span(tokens, i, i)
    if tokens.words[after].istitle() or _is_person(tokens, bare, words):
        return None
    ending = next(e for e in sorted(_ADJECTIVE, key=len, reverse=True) if word.endswith(e))
    stem = word.removesuffix(ending)
    for tail in _TOWN_ENDINGS:
        if classes[stem + tail] in _WELL_KNOWN | {CITY}:
            bare.known_as, bare.names = classes[stem + tail], (stem + tail, word)
            bare.evidence.append("an adjective made of a town's name")
            return bare
    return None


def _unknown(tokens: Tokens, i: int, words: Words) -> Draft | None:
    """ "возле Дубово-Василевки": a name nobody lists after a preposition that only places take."""
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
    """A name the gazetteer knows, or any name after "село", "місто" …"""
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
        draft.known_as, draft.type_hint = kind, hint
        draft.names = tuple(dict.fromkeys((nominative or name, name)))
        _take_type_after(tokens, draft, words)
        why = _why(tokens, draft, words, before)
        if why:
            draft.evidence.append(why)
            return draft
        return None
    return None


def _runs_on(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the words first…last may be one name: spaces or hyphens between, capitals at both ends."""
    if any(tokens.gaps[k] not in {" ", "-", "’", "'", "ʼ"} for k in range(first + 1, last + 1)):
        return False
    return tokens.words[last][0].isupper() or tokens.gaps[last] in {"-", "’", "'", "ʼ"}


def _take_type_after(tokens: Tokens, draft: Draft, words: Words) -> None:
    after = draft.last + 1
    if _spaced(tokens, after) and draft.type_hint is None:
        kind = words.after.get(tokens.words[after].lower())
        if kind and tokens.words[draft.last].lower().endswith(_ADJECTIVE):
            draft.type_hint = kind


def _type_before(tokens: Tokens, i: int, words: Words) -> Precision | None:
    if i and tokens.gaps[i] in {" ", "", ". ", " «"}:
        return words.before.get(tokens.words[i - 1].lower())
    return None


def _why(tokens: Tokens, draft: Draft, words: Words, before: list[Draft]) -> str:
    """The reason to take a known name for a place; "" for none."""
    first = tokens.words[draft.first].lower()
    if draft.type_hint:
        return "a type word stands before it"
    if draft.first == draft.last and (first in words.never or len(first) < 3):
        return ""
    opens = draft.first == 0 or ends_sentence(tokens.gaps[draft.first])
    exact = draft.names[:1] == (_name(tokens, draft.first, draft.last),)
    if opens and not exact and draft.known_as not in _WELL_KNOWN:
        return ""
    if _is_person(tokens, draft, words) or _is_quoted_body(tokens, draft):
        return ""
    if draft.known_as in _WELL_KNOWN:
        return "a well-known name"
    if draft.known_as != CITY and _spaced(tokens, draft.last + 1):
        if tokens.words[draft.last + 1][0].isupper():
            return ""
    if draft.first and tokens.words[draft.first - 1].lower() in words.prepositions:
        return "a preposition of place stands before it"
    if draft.known_as == CITY or (not opens and draft.last > draft.first):
        return "the name of a town"
    beside = before[-1] if before else None
    if beside and beside.last + 2 >= draft.first and beside.kind == "toponym":
        return "stands in a list of places"
    after = tokens.text[draft.end : draft.end + 1]
    return "a place by itself" if opens and after in {":", ","} and draft.known_as else ""


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
    """ «Харьков» in quotes is a club, a ship or a battalion."""
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
