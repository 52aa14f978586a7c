"""Numbers of dead, hurt, missing, driven out, shot down, launched and damaged.

A count belongs to the measure whose words stand beside it: before it ("killed
14"), or after it and what it counts ("14 people were killed"). What counts as
beside is the lexicon's matter; nothing here knows a word of any language.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geoincidents.extraction.numbers import Quantity, find_quantities
from geoincidents.extraction.patterns import all_matches, first_match, phrases, table, whole
from geoincidents.extraction.time_words import find_times
from geoincidents.extraction.toll_rules import PEOPLE, WEAPONS, TollRules, toll_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.extraction.sentences import Sentence
    from geoincidents.model import Qualifier


@dataclass(frozen=True, slots=True)
class Toll:
    """One count of one measure; offsets into the report."""

    measure: str
    quantity: Quantity
    start: int
    end: int
    subject: str | None = None
    #: A sub-count of `parent` ("including two children"), or a step ("another").
    is_part: bool = False
    parent: tuple[int, int] | None = None
    #: Words that widen it to a war or a year; None for one incident's.
    scope: str | None = None
    #: Somebody spoken of as one ("a woman"), not a stated total.
    single: bool = False


def find_tolls(sentence: Sentence) -> list[Toll]:
    """All counts of one sentence that tell of harm, left to right."""
    return list(_tolls(sentence))


@lru_cache(maxsize=64)
def _tolls(sentence: Sentence) -> tuple[Toll, ...]:
    """Count once: the sentence and its clauses both ask."""
    text = sentence.text
    times = [
        (w.start, w.end)
        for w in find_times(text, sentence.language)
        if w.kind in {"date", "clock", "year", "month", "ago", "stretch", "night"}
    ]
    found: list[Toll] = []
    pending: list[Quantity] = []
    for quantity in _quantities(sentence):
        if any(a < quantity.end and quantity.start < b for a, b in times):
            continue
        toll = _classify(sentence, quantity, found)
        if toll:
            found += [*_sharing_verb(sentence, pending, quantity, toll), toll]
        pending = [] if toll else [*pending, quantity]
    found = _summed(sentence, found)
    found.extend(_nobody(sentence, found))
    return tuple(_scoped(toll, sentence) for toll in sorted(found, key=lambda t: t.start))


def _quantities(sentence: Sentence) -> list[Quantity]:
    """Stated numbers, and people spoken of as one ("a woman") or two ("a couple")."""
    language, text = sentence.language, sentence.text
    stated = find_quantities(text, language)
    taken = [(q.start, q.end) for q in stated]
    for key, count in (("pairs", 2), ("single", 1)):
        for match in all_matches(text, language, "tolls", "people", key):
            if all(match.end() <= a or match.start() >= b for a, b in taken):
                taken.append((match.start(), match.end()))
                stated.append(
                    Quantity(match.start(), match.end(), count, count, "exact", explicit=False)
                )
    return sorted(stated, key=lambda q: q.start)


def _classify(sentence: Sentence, quantity: Quantity, earlier: list[Toll]) -> Toll | None:
    text, rules = sentence.text, toll_rules(sentence.language)
    subject, sort, end = _subject(text, quantity, rules, sentence.language)
    measure, stop = _measure(sentence, quantity, sort)
    is_part, parent = _part_of(sentence, quantity, earlier, end)
    if is_part and measure is None and parent is not None:
        measure = parent.measure
    if measure is None:
        measure = _carried(sentence, quantity, sort, earlier)
    if measure is None:
        return None
    if measure == "damaged":
        if subject is None or sort != "things":
            return None
        measure = f"damaged:{subject}"
    quantity = _risen(text, quantity, measure, sentence.language)
    if measure in WEAPONS and (sort == "people" or _is_loose(quantity)):
        return None
    if parent is not None and parent.measure != measure and not is_part:
        parent = None
    step = _is_step(sentence, quantity, measure, earlier)
    place = (parent.start, parent.end) if parent and parent.measure == measure else None
    return Toll(
        measure,
        quantity,
        sentence.start + quantity.start,
        sentence.start + max(quantity.end, end, stop),
        subject,
        is_part=(is_part and place is not None) or step,
        parent=place,
        single=not quantity.explicit,
    )


def _risen(text: str, quantity: Quantity, measure: str, language: str) -> Quantity:
    """Read "rose to 24" as 24, where the same word may mean "up to 24"."""
    rise = phrases(language, "tolls", "words", "rise")
    if quantity.qualifier != "up_to" or measure not in PEOPLE:
        return quantity
    if not rise.search(text, max(0, quantity.start - 50), quantity.end):
        return quantity
    return replace(quantity, min=quantity.max, qualifier="exact")


def _is_loose(quantity: Quantity) -> bool:
    """Tell "several" and "multiple", which count no weapons."""
    return quantity.qualifier == "vague" and (quantity.min or 0) < 20


def _subject(
    text: str, quantity: Quantity, rules: TollRules, language: str
) -> tuple[str | None, str, int]:
    """What is counted, its sort (people, things, weapons) and where it ends."""
    if not quantity.explicit:
        return (
            text[quantity.start : quantity.end].rsplit(maxsplit=1)[-1].lower(),
            "people",
            quantity.end,
        )
    best: tuple[str | None, str, int] = (None, "", quantity.end)
    nearest = 10_000
    for sort, pattern in rules.noun.items():
        match = pattern.match(text, quantity.end)
        if match and (match.start("noun"), -match.end("noun")) < (nearest, -best[2]):
            nearest = match.start("noun")
            said = re.sub(r"\s+", " ", match.group("noun")).lower()
            best = (_named(said, sort, language), sort, match.end())
    return best


def _named(said: str, sort: str, language: str) -> str:
    """The record's word for what is counted, in any language."""
    key = {"people": "people_names", "things": "thing_names"}.get(sort, "")
    for form, name in table(language, "tolls", key).items() if key else ():
        if whole([form]).fullmatch(said):
            return str(name)
    return said


def _measure(sentence: Sentence, quantity: Quantity, sort: str) -> tuple[str | None, int]:
    text, rules = sentence.text, toll_rules(sentence.language)
    before = text[max(0, quantity.start - 140) : quantity.start]
    step = rules.increment.search(before)
    before = before[: step.start()] + " " if step else before
    order = {
        "weapons": (*WEAPONS,),
        "things": ("damaged", "intercepted", "launched"),
        "people": PEOPLE,
    }.get(sort, (*PEOPLE, *WEAPONS))
    if not quantity.explicit:
        own = _told_within(text[quantity.start : quantity.end], sentence.language)
        if own:
            return own, quantity.end
    choices: list[tuple[int, int, str, int]] = []
    for rank, measure in enumerate(order):
        after = rules.after[measure].match(text, quantity.end)
        if after:
            choices.append((after.start("verb") - quantity.end, rank, measure, after.end()))
    if choices:
        _, _, measure, end = min(choices)
        # "killed were 14 people, …, wounded 108": the verb beyond a comma counts the next
        beyond = "," in text[quantity.end : end]
        if measure == "launched" or sort != "people" or beyond:
            leading = _measure_before(before, order, rules)
            if leading is not None:
                return leading, 0
        return measure, end
    return _measure_before(before, order, rules), 0


def _told_within(words: str, language: str) -> str | None:
    """The measure of "погибла женщина", whose verb is part of the phrase."""
    for measure in ("killed", "injured"):
        if phrases(language, "tolls", measure, "after").search(words):
            return measure
    return None


def _measure_before(before: str, order: tuple[str, ...], rules: TollRules) -> str | None:
    for measure in order:
        if rules.before[measure].search(before):
            return measure
    return None


def _part_of(
    sentence: Sentence, quantity: Quantity, earlier: list[Toll], end: int
) -> tuple[bool, Toll | None]:
    """Whether a count is some of those counted before it, and of which count."""
    text, rules = sentence.text, toll_rules(sentence.language)
    before = text[: quantity.start]
    after = text[quantity.end :]
    told = rules.part_before.search(before) or rules.part_after.match(after)
    if not told and end > quantity.end:
        told = rules.part_after.match(text[end:])
    if not told:
        return _continued_part(before, earlier, sentence, rules)
    people = [t for t in earlier if not (t.is_part and t.parent)]
    return True, people[-1] if people else None


def _continued_part(
    before: str, earlier: list[Toll], sentence: Sentence, rules: TollRules
) -> tuple[bool, Toll | None]:
    """Take the second count of "including two children and three women" as a part too."""
    if not earlier or not earlier[-1].is_part or earlier[-1].parent is None:
        return False, None
    gap = before[earlier[-1].end - sentence.start :]
    if re.fullmatch(r"\s*,?\s*", gap) or rules.conjunction.fullmatch(gap):
        parent = next((t for t in earlier if (t.start, t.end) == earlier[-1].parent), None)
        return True, parent
    return False, None


def _carried(sentence: Sentence, quantity: Quantity, sort: str, earlier: list[Toll]) -> str | None:
    """Give the second count of "killed 5 civilians and 3 soldiers" the first's verb."""
    text, rules = sentence.text, toll_rules(sentence.language)
    if not earlier or sort not in {"people", "things", "weapons"}:
        return None
    last = earlier[-1]
    gap = text[max(0, last.end - sentence.start) : quantity.start]
    if not (re.fullmatch(r"\s*,\s*", gap) or rules.conjunction.fullmatch(gap)):
        return None
    if last.measure in PEOPLE:
        return last.measure if sort == "people" else None
    if last.measure.startswith("damaged"):
        return "damaged" if sort == "things" else None
    return last.measure if sort == "weapons" else None


def _is_step(sentence: Sentence, quantity: Quantity, measure: str, earlier: list[Toll]) -> bool:
    """Tell a step ("another child died"), which adds to a total told elsewhere."""
    text, rules = sentence.text, toll_rules(sentence.language)
    if measure not in PEOPLE or any(t.measure != measure for t in earlier):
        return False
    stepped = rules.increment.search(text, 0, quantity.start)
    stepped = stepped or rules.increment.match(text, quantity.start)
    opening = re.match(r"[^\W\d]+", text[quantity.start : quantity.end])
    if opening and quantity.qualifier == "exact" and rules.increment.search(opening.group() + " "):
        return True
    return bool(stepped or rules.increment_after.match(text, quantity.end))


def _sharing_verb(
    sentence: Sentence, pending: list[Quantity], quantity: Quantity, toll: Toll
) -> list[Toll]:
    """Give the first counts of "two schools, a shop and 30 cars were hit" the verb of the last."""
    text, rules = sentence.text, toll_rules(sentence.language)
    made: list[Toll] = []
    at = quantity.start
    for earlier in reversed(pending):
        subject, sort, end = _subject(text, earlier, rules, sentence.language)
        measure = _shared_measure(toll, subject, sort)
        gap = text[end:at]
        joined = rules.conjunction.fullmatch(gap) or re.fullmatch(r"\s*,\s*", gap)
        if measure is None or not joined:
            break
        start = sentence.start
        made.append(Toll(measure, earlier, start + earlier.start, start + end, subject))
        at = earlier.start
    return made[::-1]


def _shared_measure(toll: Toll, subject: str | None, sort: str) -> str | None:
    """What a count before another measures by the other's verb; None when it cannot."""
    if sort == "people" and toll.measure in PEOPLE and not toll.is_part:
        return toll.measure
    damaged = sort == "things" and toll.measure.startswith("damaged")
    return f"damaged:{subject}" if damaged else None


def _summed(sentence: Sentence, found: list[Toll]) -> list[Toll]:
    """Counts of different people joined by "and" make one total that includes them."""
    made: list[Toll] = []
    for toll in found:
        last = made[-1] if made else None
        if last is None or not _adds_up(sentence, last, toll):
            made.append(toll)
            continue
        span = (last.start, toll.end)
        total = Quantity(last.quantity.start, toll.quantity.end, None, None, "exact")
        one, two = last.quantity, toll.quantity
        if one.min is not None and two.min is not None:
            both: Qualifier = "exact" if one.qualifier == two.qualifier == "exact" else "about"
            total = replace(total, min=one.min + two.min, max=one.min + two.min, qualifier=both)
        parts = [replace(t, is_part=True, parent=span) for t in (last, toll)]
        made[-1:] = [replace(last, quantity=total, end=toll.end, subject=None), *parts]
    return made


def _adds_up(sentence: Sentence, last: Toll, toll: Toll) -> bool:
    text, rules = sentence.text, toll_rules(sentence.language)
    if last.measure != toll.measure or last.measure not in PEOPLE or last.is_part or toll.is_part:
        return False
    if (
        not last.subject
        or not toll.subject
        or "vague" in {last.quantity.qualifier, toll.quantity.qualifier}
    ):
        return False
    gap = text[last.end - sentence.start : toll.quantity.start]
    return rules.conjunction.fullmatch(gap) is not None


def _nobody(sentence: Sentence, found: list[Toll]) -> Iterator[Toll]:
    said = table(sentence.language, "tolls", "none")
    for key in said:
        match = first_match(sentence.text, sentence.language, "tolls", "none", key)
        if not match:
            continue
        for measure in ("killed", "injured") if key == "both" else (key,):
            if not any(t.measure == measure for t in found):
                none = Quantity(match.start(), match.end(), 0, 0, "exact")
                start = sentence.start
                yield Toll(measure, none, start + match.start(), start + match.end())


def _scoped(toll: Toll, sentence: Sentence) -> Toll:
    wide = first_match(sentence.text, sentence.language, "tolls", "campaign", "words")
    if not wide:
        return toll
    return replace(toll, scope=re.sub(r"\s+", " ", wide.group()))
