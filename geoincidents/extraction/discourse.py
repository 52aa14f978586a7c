"""Which clauses of a report tell of the same event.

Clauses are taken in order. A clause joins the event it fits best by place,
time, kind and doer; one that names neither place nor time belongs to the event
just spoken of; one that fits none founds a new event.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from geoincidents.extraction.places import covers, rank, share_place
from geoincidents.extraction.times import day_interval
from geoincidents.extraction.tolls import PEOPLE
from geoincidents.extraction.triggers import mode_of
from geoincidents.model import TimeInterval

if TYPE_CHECKING:
    from geoincidents.extraction.frames import Frame, Reading
    from geoincidents.model import Location

#: Modes that never tell of one event together.
_APART = frozenset({"abduct", "sexual", "unrest", "territory", "intercept", "alert"})
#: Hours told of one event ("just before midnight", "shortly after") may lie so far apart.
_SLACK = timedelta(hours=3)


@dataclass(slots=True)
class Draft:
    """An event in the making: the frames that tell of it."""

    frames: list[Frame] = field(default_factory=list)
    time: TimeInterval | None = None
    #: The report names its time; otherwise it was supposed.
    timed: bool = False
    flags: list[str] = field(default_factory=list)
    #: Founded by an alert told by itself.
    alert: bool = False
    #: Places of the event before it, for one told without a place of its own.
    inherited: list[Location] = field(default_factory=list)

    @property
    def targets(self) -> list[Location]:
        """All places of the event so far."""
        return [place for f in self.frames for place in f.targets] or self.inherited

    @property
    def mode(self) -> str:
        """Mode of its first telling kind."""
        if self.alert:
            return "alert"
        return next((m for f in self.frames if f.kind and (m := mode_of(f.kind)) != "any"), "any")

    @property
    def attackers(self) -> set[str]:
        """Country codes of those said to have done it."""
        return set().union(*(f.attackers for f in self.frames)) if self.frames else set()

    @property
    def is_wide(self) -> bool:
        """It was told of a whole country, as what befell many places at once."""
        wide = [f for f in self.frames if any(p.precision == "country" for p in f.targets)]
        fine = any(p.precision != "country" for p in self.targets)
        return bool(wide) and (not fine or any(f.campaign for f in wide))


def join_frames(reading: Reading) -> tuple[list[Draft], list[Frame]]:
    """Join a report's frames to drafts of events; also the frames left without a place."""
    thread = _Thread(reading)
    for frame in reading.frames:
        thread.take(frame)
    return thread.finish()


class _Thread:
    """The thread of a report: its events so far, and the one just spoken of."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.drafts: list[Draft] = []
        self.focus: Draft | None = None
        #: The event of the main clause of the sentence being read.
        self.main: tuple[int, Draft | None] = (-1, None)
        self.waiting: list[Frame] = []
        self.adrift: list[Frame] = []

    def take(self, frame: Frame) -> None:
        """Give one frame to an event, old or new."""
        number = frame.clause.sentence.index
        if frame.clause.order == "main":
            draft = self._place(frame)
            self.main = (number, draft)
        else:
            linking = self.main[0] != number or self._last_main_is_link(number)
            if self.main[0] != number:
                self.main = (number, self.focus)
            draft = self._relate(frame)
            if draft is not None and not linking and not frame.clause.inverted:
                return
        if draft is not None:
            self.focus = draft

    def _last_main_is_link(self, number: int) -> bool:
        main = self.main[1]
        last = main.frames[-1] if main and main.frames else None
        return bool(last and last.linking and last.clause.sentence.index == number)

    def _place(self, frame: Frame) -> Draft | None:
        self._settle_deictics(frame)
        if frame.kind and mode_of(frame.kind) == "intercept" and not frame.targets:
            return self._join(frame, self.focus) if self.focus else self._hold(frame)
        if _is_alert_only(frame):
            return self._alert(frame)
        best = self._best(frame)
        if best is not None:
            return self._join(frame, best)
        if frame.guessed and frame.definite and self.focus is not None:
            frame.places["target"] = []
        if not frame.targets:
            return self._without_place(frame)
        if _only_peoples(frame) and frame.time is None and not frame.tolls:
            return self._hold(frame)
        if not frame.is_act and not any(t.measure in PEOPLE for t in frame.tolls):
            near = self.focus if self.focus and self._fits_time(frame, self.focus) else None
            return self._join(frame, near) if near and frame.reactions else self._hold(frame)
        return self._found(frame)

    def _settle_deictics(self, frame: Frame) -> None:
        """ "The city" with a doubtful antecedent is the one just spoken of."""
        listed = frame.places.get("target", [])
        if self.focus is None or not listed or any(m.kind == "toponym" for m in listed):
            return
        if share_place(frame.targets, self.focus.targets):
            return
        events = {m.start for m in frame.clause.sentence.mentions if m.role == "event"}
        if not any(m.antecedent in events and m.antecedent < m.start for m in listed):
            frame.places["target"] = [m for m in listed if m.kind == "demonym"]

    def _alert(self, frame: Frame) -> Draft | None:
        """An alert told by itself stands alone when its places are others'."""
        if self.focus is None and not frame.targets:
            return self._hold(frame)
        if not frame.targets:
            return self._join(frame, self.focus) if self.focus else None
        best = self._best(frame)
        if best is not None and (best is self.focus or self._is_now(best, frame)):
            return self._join(frame, best)
        if any(r.alone for r in frame.reactions):
            draft = self._found(frame)
            draft.alert = True
            return draft
        return self._join(frame, self.focus) if self.focus else self._hold(frame)

    def _is_now(self, draft: Draft, frame: Frame) -> bool:
        """The event is told of a place of the frame, and of the time now spoken of."""
        spoken = frame.time or (self.focus.time if self.focus else None)
        if spoken is None or draft.time is None:
            return _names_place(draft, frame)
        same = _overlap(spoken, draft.time, timedelta(0))
        return same and _names_place(draft, frame)

    def _without_place(self, frame: Frame) -> Draft | None:
        doers, focus = frame.attackers, self.focus
        if frame.novel and frame.is_act and not frame.definite:
            return self._hold(frame)
        if focus is None:
            return self._hold(frame)
        if frame.time is not None and not self._fits_time(frame, focus):
            if not frame.is_act and _follows(frame.time, focus.time):
                frame.time = None
                return self._join(frame, focus)
            if frame.is_act and not frame.definite and self._fits_doers(frame, focus):
                draft = self._found(frame)
                draft.inherited = focus.targets
                return draft
            return self._hold(frame)
        if frame.is_act and doers and not self._fits_doers(frame, focus):
            others = [d for d in reversed(self.drafts) if self._fits_doers(frame, d)]
            fitting = [d for d in others if self._fits_time(frame, d)]
            if fitting and frame.definite:
                return self._join(frame, fitting[0])
            return None if not frame.tolls and not fitting else self._hold(frame)
        return self._join(frame, focus)

    def _hold(self, frame: Frame) -> Draft | None:
        """Keep a frame without a place for the next event of its paragraph."""
        self.waiting.append(frame)
        return None

    def _relate(self, frame: Frame) -> Draft | None:
        """Place the event of a subordinate clause, before or after the main one."""
        main = self.main[1]
        anchor = main.time if main else None
        if frame.time is None and anchor is not None:
            spoken_of = frame.definite and frame.targets and not frame.clause.apart
            known = self._best(frame) if spoken_of else None
            if known is not None:
                return self._join(frame, known)
            frame.time = _shifted(anchor, frame)
        if frame.targets or frame.time is not None:
            apart = bool(frame.clause.apart) or (
                main is not None and not self._fits_doers(frame, main)
            )
            best = self._best(frame, other_than=main if apart else None)
            if best is not None:
                return self._join(frame, best)
            if frame.targets:
                return self._found(frame)
        if main is not None and frame.definite:
            return main
        self._hold(frame)
        return None

    def _best(self, frame: Frame, other_than: Draft | None = None) -> Draft | None:
        drafts = [d for d in self.drafts if d is not other_than]
        scored = [(self._score(frame, d), n, d) for n, d in enumerate(drafts)]
        fitting = [row for row in scored if row[0] > 0]
        return max(fitting, key=lambda row: (row[0], row[1]))[2] if fitting else None

    def _score(self, frame: Frame, draft: Draft) -> float:
        """How well a frame fits an event; 0 or less when it does not."""
        if not frame.targets and frame.time is None:
            return 0
        if not _fits_mode(frame, draft) or not self._fits_time(frame, draft):
            return 0
        score = 1.0 if draft is self.focus else 0.0
        if frame.targets and draft.targets:
            if not share_place(frame.targets, draft.targets):
                return 0
            if _opens_city(frame, draft) or _opens_campaign(frame, draft):
                return 0
            score += 2
            score += any(a.feature_id == b.feature_id for a in frame.targets for b in draft.targets)
        elif frame.time is None or not draft.timed:
            return 0
        elif frame.is_act and not frame.definite and frame.novel:
            return 0
        if frame.time is not None and draft.timed:
            score += 2
        if frame.attackers and draft.attackers:
            same = bool(frame.attackers & draft.attackers)
            score += 1 if same else -0.5
            if not same and not frame.targets:
                return 0
        return score + frame.definite

    def _fits_time(self, frame: Frame, draft: Draft) -> bool:
        if frame.time is None or draft.time is None:
            return True
        slack = _slack(frame.time, draft.time) if draft.timed else timedelta(days=2)
        if frame.spoken and _follows(frame.time, draft.time):
            return True
        if _overlap(frame.time, draft.time, slack):
            return True
        return self._is_slip(frame, draft)

    def _is_slip(self, frame: Frame, draft: Draft) -> bool:
        """The report misdates its own event by a day or two ("the December 30 attack")."""
        first = self.drafts[0] if self.drafts else None
        if draft is first or not frame.definite or frame.targets or draft is not self.focus:
            return False
        assert frame.time is not None and draft.time is not None
        return _overlap(frame.time, draft.time, timedelta(days=2))

    def _fits_doers(self, frame: Frame, draft: Draft) -> bool:
        return not frame.attackers or not draft.attackers or bool(frame.attackers & draft.attackers)

    def _join(self, frame: Frame, draft: Draft | None) -> Draft | None:
        if draft is None:
            return None
        if frame.time is not None and (frame.is_act or frame.clause.triggers):
            _set_time(draft, frame)
        _narrow(frame, draft)
        draft.frames.append(frame)
        self._gather(draft, frame)
        return draft

    def _found(self, frame: Frame) -> Draft:
        draft = Draft()
        if frame.time is not None:
            draft.time = frame.time
            draft.timed = not frame.spoken or frame.time.precision == "hour"
        elif self.focus and self.focus.time and frame.clause.order == "main":
            draft.time = _whole_day(self.focus.time)
        elif frame.clock and frame.clock.today:
            draft.time = day_interval(frame.clock.today, frame.clock.zone, "")
        draft.frames.append(frame)
        self.drafts.append(draft)
        self._gather(draft, frame)
        return draft

    def _gather(self, draft: Draft, frame: Frame) -> None:
        """Give the frames held back in this paragraph, or the heading, to the event."""
        here = frame.clause.sentence.paragraph
        for held in self.waiting:
            near = (
                held.clause.sentence.paragraph in {here, here - 1} or held.clause.sentence.heading
            )
            fits = near and self._fits_doers(held, draft) and self._fits_time(held, draft)
            fits = fits and held.clause.order == "main"
            if fits and (not held.targets or share_place(held.targets, draft.targets)):
                _narrow(held, draft)
                draft.frames.append(held)
            else:
                self.adrift.append(held)
        self.waiting.clear()

    def finish(self) -> tuple[list[Draft], list[Frame]]:
        """The drafts in order of telling, and what found no event."""
        left = [*self.adrift, *self.waiting]
        home = self.reading.dateline
        if self.drafts or home is None or not any(_stands_alone(f) for f in left):
            return self.drafts, left
        # A report that names no place tells of the place it is sent from.
        draft = Draft(inherited=[home], frames=left)
        draft.flags.append(f"Placed by the report's dateline ({home.name}).")
        for frame in left:
            if frame.time is not None and draft.time is None:
                draft.time, draft.timed = frame.time, True
        clock = self.reading.clock
        if draft.time is None and clock.today:
            draft.time = day_interval(clock.today, clock.zone, "")
        self.drafts.append(draft)
        return self.drafts, []


def _fits_mode(frame: Frame, draft: Draft) -> bool:
    if not frame.kind:
        return draft.mode != "alert"
    mine, its = mode_of(frame.kind), draft.mode
    if mine == "intercept" and its in {"remote", "any", "gun", "bomb"}:
        return True
    if mine == "any":
        return its != "intercept" or frame.definite
    return mine == its or its == "any" or not ({mine, its} & _APART)


def _narrow(frame: Frame, draft: Draft) -> None:
    """ "One of the deadliest attacks on Russia": the city stays the place."""
    if not draft.is_wide and all(p.precision == "country" for p in frame.targets):
        frame.places["target"] = []


def _stands_alone(frame: Frame) -> bool:
    """A deed in plain words of violence, told for the first time."""
    return frame.is_act and frame.strong and not frame.definite


def _names_place(draft: Draft, frame: Frame) -> bool:
    """The event was told of a place of the frame itself, not only of its country."""
    named = [p for p in draft.targets if p.precision != "country"]
    return share_place(named, frame.targets)


def _only_peoples(frame: Frame) -> bool:
    """Its only place is read from a people's name ("a Russian city")."""
    return all(m.kind == "demonym" for m in frame.places.get("target", []))


def _is_alert_only(frame: Frame) -> bool:
    people = any(t.measure in PEOPLE for t in frame.tolls)
    return bool(frame.reactions) and not frame.clause.triggers and not people


def _opens_city(frame: Frame, draft: Draft) -> bool:
    """A city's own attack, told with its own toll or weapon beside a country's campaign."""
    if not draft.is_wide or frame.definite or not frame.is_act:
        return False
    if any(place.precision == "country" for place in frame.targets):
        return False
    named = any(a.feature_id == b.feature_id for a in frame.targets for b in draft.targets)
    people = any(t.measure in PEOPLE for t in frame.tolls)
    return not named and (people or bool(frame.weapons))


def _opens_campaign(frame: Frame, draft: Draft) -> bool:
    """A country's campaign told after the attack on one of its cities."""
    if draft.is_wide or frame.definite or not frame.is_act or not draft.targets:
        return False
    wide = [p for p in frame.targets if p.precision == "country"]
    return bool(wide) and any(t.measure in PEOPLE for t in frame.tolls)


def _overlap(one: TimeInterval, two: TimeInterval, slack: timedelta) -> bool:
    return one.start <= two.end + slack and two.start <= one.end + slack


def _follows(later: TimeInterval, first: TimeInterval | None) -> bool:
    """ "The toll rose on Wednesday": news of an event of the days before."""
    if first is None:
        return True
    return timedelta(0) <= later.start - first.start <= timedelta(days=7)


def _slack(one: TimeInterval, two: TimeInterval) -> timedelta:
    """Hours told of one event may lie a little apart; days may not."""
    return _SLACK if max(_width(one), _width(two)) <= timedelta(hours=4) else timedelta(0)


def _whole_day(time: TimeInterval) -> TimeInterval:
    """The day of a time, supposed for an event told beside it."""
    zone = time.start.tzinfo
    assert zone is not None
    days = min(max(1, (time.end.date() - time.start.date()).days + 1), 31)
    return day_interval(time.start.date(), zone, "", days)


def _shifted(anchor: TimeInterval, frame: Frame) -> TimeInterval | None:
    """The time of a clause told by its distance from another event."""
    clause = frame.clause
    sign = -1 if clause.order == "earlier" else 1
    zone = anchor.start.tzinfo
    if zone is None or not (clause.apart or clause.close):
        return None
    text = " ".join(clause.text.split()[:4])
    if clause.apart and clause.apart >= timedelta(days=1):
        day = (anchor.start + sign * clause.apart).date()
        return day_interval(day, zone, text)
    if sign < 0:
        start = day_interval(anchor.start.date() - timedelta(days=2), zone, text).start
        return TimeInterval(start, anchor.start - timedelta(seconds=1), "2-6days", text)
    last = day_interval(anchor.start.date(), zone, text, 2).end
    return TimeInterval(anchor.start, last, "2-6days", text)


def _width(time: TimeInterval) -> timedelta:
    return time.end - time.start


def _set_time(draft: Draft, frame: Frame) -> None:
    """Keep the closest time; flag a report that contradicts itself."""
    new, old = frame.time, draft.time
    assert new is not None
    spoken = frame.spoken and new.precision != "hour"
    if old is None or not draft.timed:
        draft.time, draft.timed = new, not spoken
        return
    if spoken:
        return
    if not _overlap(new, old, timedelta(0)) and _overlap(new, old, _slack(new, old)):
        words = f"{old.text} {new.text}".strip()
        draft.time = replace(
            old, start=min(old.start, new.start), end=max(old.end, new.end), text=words
        )
        return
    if not _overlap(new, old, timedelta(0)):
        draft.flags.append(f"The report dates this event both “{old.text}” and “{new.text}”.")
        named = any(w.kind == "holiday" for f in draft.frames for w in f.clause.times)
        if named:
            draft.time = new
        return
    if _width(new) < _width(old):
        words = old.text if old.text == new.text else f"{new.text} {old.text}".strip()
        draft.time = replace(new, text=words)


def widest(places: list[Location]) -> Location:
    """The place that holds the others, as far as one does."""
    return max(places, key=lambda p: (sum(covers(p, q) for q in places), rank(p)))
