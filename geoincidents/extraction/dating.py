"""Which words of time of a clause date its event, its count, or the saying of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from geoincidents.extraction.patterns import phrases
from geoincidents.extraction.sentences import dateline_end
from geoincidents.extraction.times import interval_of

if TYPE_CHECKING:
    from geoincidents.extraction.clauses import Clause
    from geoincidents.extraction.time_words import TimeWords
    from geoincidents.extraction.times import Clock


def of_the_event(clause: Clause) -> list[TimeWords]:
    """Time words of a clause, without a dateline's, a count's and those of "since …"."""
    begin = clause.start + dateline_end(clause.text) if clause.start == clause.sentence.start else 0
    since = phrases(clause.sentence.language, "times", "ignore_after").search(clause.text)
    end = clause.start + since.start() if since else clause.end
    counted = _of_the_count(clause)
    told = [w for w in clause.times if begin <= w.start < end and w not in counted]
    risen = _count_rises(clause)
    if risen is not None:
        told = [w for w in told if w.start < risen]
    own = [w for w in told if not dates_speech(w, clause)]
    if own or not clause.triggers:
        return own or told
    return [] if all(t.definite or t.kind == "effect" for t in clause.triggers) else told


def _count_rises(clause: Clause) -> int | None:
    """Where a count "rose": "rose to 14 on Tuesday" dates the count, not the deed."""
    pattern = phrases(clause.sentence.language, "tolls", "words", "rise")
    rise = pattern.search(clause.text) if clause.tolls else None
    if rise is None or any(t.start > clause.start + rise.start() for t in clause.triggers):
        return None
    return clause.start + rise.start()


def dates_speech(word: TimeWords, clause: Clause) -> bool:
    """Tell whether a time goes with a verb of saying ("…, he wrote on Saturday")."""
    if re.search(r"['’]s$", word.text):
        return False
    before = clause.text[: word.start - clause.start]
    said = list(phrases(clause.sentence.language, "claims", "say").finditer(before))
    if not said or not clause.triggers:
        return False
    between = before[said[-1].end() :]
    at = clause.start + said[-1].end()
    return len(between.split()) <= 5 and not any(
        at <= t.start < word.start for t in clause.triggers
    )


def _of_the_count(clause: Clause) -> list[TimeWords]:
    """Time words led by "as of": they say when the count was taken."""
    language = clause.sentence.language
    leads = re.compile(phrases(language, "times", "as_of").pattern + r"\W*$", re.IGNORECASE)
    found: list[TimeWords] = []
    for word in clause.times:
        before = clause.text[: word.start - clause.start]
        goes_on = found and not before[found[-1].end - clause.start :].strip(" ,")
        if goes_on or leads.search(before):
            found.append(word)
    return found


def as_of(clause: Clause, clock: Clock) -> str | None:
    """When the counts of a clause were taken: ISO 8601, a bare date where no hour is told."""
    words = _of_the_count(clause)
    risen = _count_rises(clause)
    if not words and risen is not None:
        words = [w for w in clause.times if w.start >= risen]
    found = interval_of(words, clock, clause.sentence.language) if words else None
    if found is None:
        return None
    if found.end - found.start >= timedelta(hours=23):
        return found.end.date().isoformat()
    start = found.start
    if clock.now is not None and not clock.day_only and start > clock.now:
        start -= timedelta(days=1)
    return start.isoformat()
