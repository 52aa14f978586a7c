"""Frames: what each clause of a report tells of an event, before clauses are joined."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from geoincidents.extraction import triggers as words
from geoincidents.extraction.clauses import Clause, split_clauses
from geoincidents.extraction.dating import as_of, dates_speech, of_the_event
from geoincidents.extraction.doers import Doer, find_doers, names_responsible
from geoincidents.extraction.patterns import first_match, phrases
from geoincidents.extraction.places import place_mentions, without_actors
from geoincidents.extraction.responses import Reaction, find_reactions
from geoincidents.extraction.sentences import (
    Sentence,
    dateline_end,
    language_of,
    open_quotes,
    split_sentences,
)
from geoincidents.extraction.speakers import Speakers, is_hedged
from geoincidents.extraction.times import Clock, clock_for, interval_of, is_future
from geoincidents.extraction.toll_rules import PEOPLE
from geoincidents.extraction.tolls import find_tolls
from geoincidents.extraction.zones import zone_named, zone_of
from geoincidents.model import Unresolved

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.extraction.time_words import TimeWords
    from geoincidents.extraction.tolls import Toll
    from geoincidents.model import Location, LocationRole, Mention, Report, TimeInterval


@dataclass(slots=True)
class Frame:
    """What one clause tells: of which kind, when, where, how many, who says so."""

    clause: Clause
    #: Kind by the lexicon; "" when it tells only of effects or responses.
    kind: str
    time: TimeInterval | None
    places: dict[LocationRole, list[Mention]]
    tolls: list[Toll]
    reactions: list[Reaction]
    doers: list[Doer]
    speaker: str | None
    hedged: bool
    definite: bool
    novel: bool
    linking: bool
    #: Words of weapons, by name.
    weapons: tuple[str, ...] = ()
    weapon_kinds: tuple[str, ...] = ()
    #: Its places bear no role of their own; they were read from the words before them.
    guessed: bool = False
    #: A word of its deeds tells of violence by itself.
    strong: bool = False
    #: Its time is that of the telling; the deed was then or shortly before.
    spoken: bool = False
    #: It speaks of many places at once ("a wave of strikes across …").
    campaign: bool = False
    clock: Clock | None = field(default=None, repr=False)
    #: When its counts were taken, if it says so.
    as_of: str | None = None

    @property
    def targets(self) -> list[Location]:
        """Resolved places of the event itself."""
        return [m.location for m in self.places.get("target", []) if m.location is not None]

    @property
    def attackers(self) -> set[str]:
        """Country codes of those said to have done it."""
        return {d.country for d in self.doers if d.country and d.role in {"accused", "claimed"}}

    @property
    def is_act(self) -> bool:
        """It names a deed, not only what came of one."""
        return bool(self.kind)


@dataclass(slots=True)
class Reading:
    """All frames of a report in order, and the violent sentences not read."""

    language: str
    sentences: list[Sentence]
    frames: list[Frame]
    unread: list[Unresolved]
    clock: Clock
    #: The settlement the report was sent from, by its dateline.
    dateline: Location | None = None


def read_frames(report: Report, mentions: tuple[Mention, ...]) -> Reading:
    """Read a report clause by clause."""
    language = language_of(report)
    sentences = split_sentences(report, mentions, language)
    reader = _Reader(report, language, sentences)
    frames = [frame for sentence in sentences for frame in reader.frames_of(sentence)]
    home = _sent_from(sentences)
    return Reading(language, sentences, frames, reader.unread, reader.clock(), home)


def _sent_from(sentences: list[Sentence]) -> Location | None:
    """The settlement of the first dateline among the opening sentences."""
    for sentence in sentences[:6]:
        end = sentence.start + dateline_end(sentence.text)
        for mention in sentence.mentions:
            place = mention.location
            if mention.start < end and place and place.precision == "settlement":
                return place
    return None


class _Reader:
    """Reads the sentences of one report in order, remembering speakers and zone."""

    def __init__(self, report: Report, language: str, sentences: list[Sentence]) -> None:
        self.report = report
        self.language = language
        self.speakers = Speakers(language)
        self.unread: list[Unresolved] = []
        self.found = [words.find_triggers(s) for s in sentences]
        self.violent = self._is_violent(sentences)
        self.satire = words.is_satire(report.text, language)
        self.place = self._first_place(sentences)
        self.voices = self._voices(sentences)
        self.stale = -1
        #: A deed with a count of people was told before.
        self.acted = False
        #: The day last told, which "that evening" and "the next day" go back to.
        self.day: date | None = None
        self.court = self._is_of_courts(sentences)

    def _is_violent(self, sentences: list[Sentence]) -> bool:
        """Two strong words anywhere, or one with a count of people or a weapon."""
        strong = 0
        for sentence, found in zip(sentences, self.found, strict=True):
            kept = words.sober(sentence, found, armed=False, violent_report=False)
            strong += sum(t.strong for t in kept)
        return strong >= 1

    def _first_place(self, sentences: list[Sentence]) -> Location | None:
        located = [m for s in sentences for m in s.mentions if m.location is not None]
        events = [m.location for m in located if m.role == "event" and m.kind != "demonym"]
        return events[0] if events else None

    def _voices(self, sentences: list[Sentence]) -> list[str | None]:
        """The speaker of each sentence; a quotation's is told before or after it."""
        voices = [self.speakers.of(s) for s in sentences]
        for first, last in open_quotes(sentences):
            told = [v for v in voices[first : last + 1] if v]
            for n in range(first, last + 1):
                voices[n] = voices[n] or (told[-1] if told else None)
        for n, sentence in enumerate(sentences[1:], 1):
            together = sentence.paragraph == sentences[n - 1].paragraph
            if voices[n] is None and together and is_hedged(sentence.text, self.language):
                voices[n] = voices[n - 1]
        return voices

    def _is_of_courts(self, sentences: list[Sentence]) -> bool:
        """A report that opens with a court tells of deeds of long ago."""
        opening = (s.text for s in sentences[:2])
        return any(first_match(t, self.language, "events", "status", "court") for t in opening)

    def clock(self, place: Location | None = None) -> Clock:
        """The clock in the zone of a place, else of the report's first event."""
        where = place or self.place
        zone = zone_of(where) if where else zone_named(self.report.timezone)
        return clock_for(self.report, zone or zone_of(None))

    def frames_of(self, sentence: Sentence) -> Iterator[Frame]:
        speaker = self.voices[sentence.index]
        reactions = [r for r in find_reactions(sentence) if r.text not in (speaker or "")]
        tolls = [t for t in find_tolls(sentence) if t.measure.split(":")[0] != "displaced"]
        weapons = words.find_weapons(sentence)
        armed = bool(weapons) or any(t.measure in PEOPLE and not t.single for t in tolls)
        found = words.sober(
            sentence, self.found[sentence.index], armed=armed, violent_report=self.violent
        )
        mild = not found and words.is_weakened(sentence)
        counted = any(t.measure in PEOPLE for t in tolls) and not mild
        told = (self.violent or self.acted) and (
            reactions or counted or names_responsible(sentence.text, self.language)
        )
        if not (self.violent or self.acted or weapons) and not _acts(found):
            found = []
        if not found and not told and not any(r.alone for r in reactions):
            self._leave_mild(sentence)
            return
        if self.satire:
            self._leave(sentence, "satire")
            return
        self.acted = self.acted or bool(found and counted)
        for clause in split_clauses(sentence, found):
            inside = [r for r in reactions if clause.start <= r.start < clause.end]
            yield from self._frame(clause, inside, speaker)

    def _leave_mild(self, sentence: Sentence) -> None:
        """List a threat or a denial in mild words ("vowed to attack") too."""
        acts = _acts(self.found[sentence.index])
        if not acts or words.is_weakened(sentence):
            return
        text, start = sentence.text, sentence.start
        reason, _ = words.status_of(text, start, sentence.language, acts, dated=False)
        if reason:
            self._leave(sentence, reason)

    def _frame(
        self, clause: Clause, reactions: list[Reaction], speaker: str | None
    ) -> Iterator[Frame]:
        language = clause.sentence.language
        days = [
            w
            for w in of_the_event(clause)
            if w.kind not in {"stretch", "month", "year", "part", "ago"}
        ]
        reason, standing = words.status_of(
            clause.text, clause.start, language, list(clause.triggers), dated=bool(days)
        )
        doers = find_doers(clause, self.report.text, speaker)
        places = place_mentions(clause, self.report.text, struck=bool(standing))
        places = without_actors(places, clause, [(d.start, d.end) for d in doers], speaker)
        targets = [m.location for m in places["target"] if m.location is not None]
        # only now, lest the day be that of the capital it was ordered from
        clock = self.clock(targets[0] if targets else None)
        times = of_the_event(clause)
        if not reason and _acts(standing):
            reason = self._out_of_time(times, clock)
        if not reason and not targets and not times and not clause.tolls and _fresh_deeds(standing):
            reason = self._still_background(clause)
        if reason in {"background", "historical", "anniversary"}:
            self.stale = clause.sentence.index
        if reason and not (reactions and reason in {"hypothetical", "denial", "future"}):
            if clause.tolls or _acts(list(clause.triggers)):
                self._leave(clause, reason)
            return
        acts = _acts(standing)
        if not standing and not reactions and not clause.tolls and not doers:
            return
        told = (
            None if reason == "future" or self._is_later(times, clock) else self._time(times, clock)
        )
        yield Frame(
            clause=replace(clause, triggers=tuple(standing)),
            kind=_kind(clause, acts),
            time=told,
            places=places,
            tolls=[] if reason else list(clause.tolls),
            reactions=reactions,
            doers=doers,
            speaker=speaker,
            hedged=is_hedged(clause.text, language),
            definite=bool(acts) and all(t.definite for t in acts),
            novel=words.is_novel(clause.text, language),
            linking=words.is_linking(clause.text, language),
            weapons=tuple(w.name for w in clause.weapons),
            weapon_kinds=tuple(w.kind for w in clause.weapons),
            guessed=bool(targets) and all(m.role != "event" for m in places["target"]),
            strong=any(t.strong for t in acts),
            campaign=first_match(clause.text, language, "events", "definite", "campaign")
            is not None,
            spoken=bool(times) and all(dates_speech(w, clause) for w in times),
            clock=clock,
            as_of=as_of(clause, clock) if clause.tolls else None,
        )

    def _time(self, times: list[TimeWords], clock: Clock) -> TimeInterval | None:
        """The time told by a clause; its day is what "that evening" goes back to."""
        found = interval_of(times, clock, self.language, context=self.day)
        if found is not None and found.precision in {"hour", "day"}:
            self.day = found.start.date()
        return found

    def _is_later(self, times: list[TimeWords], clock: Clock) -> bool:
        return is_future(times, clock, self.language)

    def _still_background(self, clause: Clause) -> str | None:
        """A deed without place and time, told straight after background, is background."""
        here = clause.sentence
        return "background" if self.stale == here.index - 1 and here.index > 0 else None

    def _out_of_time(self, times: list[TimeWords], clock: Clock) -> str | None:
        if is_future(times, clock, self.language):
            return "future"
        found = interval_of(times, clock, self.language)
        if self.court and (found is None or clock.now is None):
            return "court"
        if found is None or clock.now is None:
            return None
        if self.court and found.end < clock.now - timedelta(days=4):
            return "court"
        days = (clock.now - found.end).days
        if days > 366 or (days > 45 and found.precision in {"month", "year"}):
            return "historical"
        return None

    def _leave(self, part: Sentence | Clause, reason: str) -> None:
        told = words.REASONS[reason]
        text = self.report.text[part.start : part.end][:300]
        self.unread.append(
            Unresolved(self.report.id, part.start, part.start + len(text), text, told)
        )


def _acts(found: list[words.Trigger]) -> list[words.Trigger]:
    """The words of deeds among those of violence; the others say what came of one."""
    return [t for t in found if t.kind != "effect"]


def _fresh_deeds(standing: list[words.Trigger]) -> bool:
    """Tell whether a clause names deeds, none spoken of before, and no effects."""
    return bool(standing) and all(t.kind != "effect" and not t.definite for t in standing)


def _kind(clause: Clause, acts: list[words.Trigger]) -> str:
    """The most telling kind of a clause; a weapon sharpens a generic one."""
    if not acts:
        return ""
    order = {kind: n for n, kind in enumerate(words.KIND_ORDER)}
    strong = [t for t in acts if t.strong] or acts
    best = min(strong, key=lambda t: order.get(t.kind, 99)).kind
    if best == "interception" and any(t.kind not in {"interception", "strike"} for t in acts):
        best = min(
            (t for t in strong if t.kind != "interception"),
            key=lambda t: order.get(t.kind, 99),
            default=strong[0],
        ).kind
    if best == "interception" and _sent_first(clause):
        return next((w.kind for w in clause.weapons if w.kind != "interception"), best)
    if best in {"strike", "attack"} and clause.weapons and best == "strike":
        return clause.weapons[0].kind
    if best == "strike" and phrases(clause.sentence.language, "events", "airborne").search(
        clause.text
    ):
        return "air"
    return best


def _sent_first(clause: Clause) -> bool:
    """Weapons were sent against a place first, some of them shot down then."""
    down = [t.start for t in clause.triggers if t.kind == "interception"]
    sent = [t.end for t in clause.tolls if t.measure == "launched"]
    if not down or not sent or not clause.weapons or min(sent) > min(down):
        return False
    text = clause.sentence.text
    begin = clause.sentence.start
    return re.search(r"[;:,.–—]", text[min(sent) - begin : min(down) - begin]) is not None
