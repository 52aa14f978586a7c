"""Which clauses of a report tell of the same event.

Clauses are taken in order. A clause joins the event it fits best by place,
time, kind and doer; one that names neither place nor time belongs to the event
just spoken of; one that fits none founds a new event.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from geoincidents.extraction.drafts import (
    Draft,
    elsewhere_down,
    fits_mode,
    is_alert_only,
    names_place,
    narrow,
    only_peoples,
    opens_campaign,
    opens_city,
    tells_alone,
)
from geoincidents.extraction.places import share_place
from geoincidents.extraction.times import day_interval
from geoincidents.extraction.timing import follows, overlap, set_time, shifted, slack, whole_day
from geoincidents.extraction.toll_rules import PEOPLE
from geoincidents.extraction.triggers import mode_of

if TYPE_CHECKING:
    from geoincidents.extraction.frames import Frame, Reading

#: Responses that may come from abroad; rescuers, closures and repairs are where the event is.
_OF_WORDS = frozenset({"diplomatic", "mourning", "statement", "medical"})


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
        if is_alert_only(frame):
            return self._alert(frame)
        best = self._best(frame)
        if best is not None:
            return self._join(frame, best)
        if frame.guessed and frame.definite and self.focus is not None:
            frame.places["target"] = []
        return self._new_place(frame) if frame.targets else self._without_place(frame)

    def _new_place(self, frame: Frame) -> Draft | None:
        """A place no event has yet: a new event, if the frame can bear one."""
        if self.focus is not None and frame.definite and _is_echo(frame):
            frame.places["target"], frame.time = [], None
            return self._join(frame, self.focus)
        if only_peoples(frame) and frame.time is None and not frame.tolls:
            return self._hold(frame)
        if not frame.is_act and not any(t.measure in PEOPLE for t in frame.tolls):
            near = self.focus if self.focus and self._fits_time(frame, self.focus) else None
            return self._join(frame, near) if near and frame.reactions else self._hold(frame)
        return self._found(frame)

    def _settle_deictics(self, frame: Frame) -> None:
        """Take "the city" with a doubtful antecedent as the one just spoken of."""
        listed = frame.places.get("target", [])
        here = frame.clause.mentions
        named = any(
            m.kind == "toponym" and any(t.start <= m.start and m.end <= t.end for t in listed)
            for m in here
        )
        if self.focus is None or not listed or named:
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
        there = {p.country for p in frame.targets}
        near = [d for d in reversed(self.drafts) if there & {p.country for p in d.targets}]
        words = all(r.kind in _OF_WORDS for r in frame.reactions)
        fitting = self.focus if self.focus in near else next(iter(near), None)
        fitting = fitting or (self.focus if words else None)
        return self._join(frame, fitting) if fitting else self._hold(frame)

    def _is_now(self, draft: Draft, frame: Frame) -> bool:
        """The event is told of a place of the frame, and of the time now spoken of."""
        spoken = frame.time or (self.focus.time if self.focus else None)
        if spoken is None or draft.time is None:
            return names_place(draft, frame)
        same = overlap(spoken, draft.time, timedelta(0))
        return same and names_place(draft, frame)

    def _without_place(self, frame: Frame) -> Draft | None:
        focus = self.focus
        fresh = frame.novel and frame.is_act and not frame.definite
        if fresh or focus is None:
            return self._hold(frame)
        if frame.time is not None and not self._fits_time(frame, focus):
            return self._at_other_time(frame, focus)
        if frame.is_act and not self._fits_doers(frame, focus):
            others = [d for d in reversed(self.drafts) if self._fits_doers(frame, d)]
            fitting = [d for d in others if self._fits_time(frame, d)]
            return (
                self._join(frame, fitting[0]) if fitting and frame.definite else self._hold(frame)
            )
        return self._join(frame, focus)

    def _at_other_time(self, frame: Frame, focus: Draft) -> Draft | None:
        """Another time and no place: later news of the event, or a new one there."""
        if frame.time and not frame.is_act and follows(frame.time, focus.time):
            frame.time = None
            return self._join(frame, focus)
        if frame.is_act and not frame.definite and self._fits_doers(frame, focus):
            draft = self._found(frame)
            draft.inherited = focus.targets
            return draft
        return self._hold(frame)

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
            frame.time = shifted(anchor, frame)
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
        placed = self._score_place(frame, draft)
        fits = fits_mode(frame, draft) and self._fits_time(frame, draft)
        if not fits or placed is None:
            return 0
        score = placed + (1.0 if draft is self.focus else 0.0) + frame.definite
        if frame.time is not None and draft.timed:
            score += 2
        if frame.attackers and draft.attackers:
            if frame.attackers & draft.attackers:
                score += 1
            else:
                score = score - 0.5 if frame.targets else 0
        return score

    def _score_place(self, frame: Frame, draft: Draft) -> float | None:
        """What places say for an event; None against, 0 when the time must decide."""
        if frame.targets and draft.targets:
            if not share_place(frame.targets, draft.targets):
                return None
            if (
                elsewhere_down(frame, draft)
                or opens_city(frame, draft)
                or opens_campaign(frame, draft)
            ):
                return None
            known = {b.feature_id for b in draft.targets} - {None}
            same = any(a.feature_id in known for a in frame.targets)
            return None if _is_fresh(frame) and not same else 2.0 + same
        unbound = frame.time is None or not draft.timed or _is_fresh(frame)
        return None if unbound else 0.0

    def _fits_time(self, frame: Frame, draft: Draft) -> bool:
        if frame.time is None or draft.time is None:
            return True
        # a headline bears no day: the report's first sentence tells it
        titled = len(draft.frames) == 1 and draft.frames[0].clause.sentence.index == 0
        supposed = timedelta(days=7 if titled else 2)
        spare = slack(frame.time, draft.time) if draft.timed else supposed
        if frame.spoken and follows(frame.time, draft.time):
            return True
        if overlap(frame.time, draft.time, spare):
            return True
        return self._is_slip(frame, draft)

    def _is_slip(self, frame: Frame, draft: Draft) -> bool:
        """The report misdates its own event by a day or two ("the December 30 attack")."""
        first = self.drafts[0] if self.drafts else None
        if draft is first or not frame.definite or frame.targets or draft is not self.focus:
            return False
        if frame.time is None or draft.time is None:
            return False
        return overlap(frame.time, draft.time, timedelta(days=2))

    def _fits_doers(self, frame: Frame, draft: Draft) -> bool:
        return not frame.attackers or not draft.attackers or bool(frame.attackers & draft.attackers)

    def _join(self, frame: Frame, draft: Draft | None) -> Draft | None:
        if draft is None:
            return None
        if frame.time is not None and (frame.is_act or frame.clause.triggers):
            set_time(draft, frame)
        narrow(frame, draft)
        draft.frames.append(frame)
        self._gather(draft, frame)
        return draft

    def _found(self, frame: Frame) -> Draft:
        draft = Draft()
        if frame.kind == "strike" and _is_fresh(frame) and not frame.weapons and self.focus:
            # "Another strike" is one of the kind just told.
            frame.kind = next((f.kind for f in self.focus.frames if f.kind), frame.kind)
        if frame.time is not None:
            draft.time = frame.time
            draft.timed = not frame.spoken or frame.time.precision == "hour"
        elif self.focus and self.focus.time and frame.clause.order == "main":
            draft.time = whole_day(self.focus.time)
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
                narrow(held, draft)
                if held.time is not None and held.is_act and not draft.timed:
                    set_time(draft, held)
                draft.frames.append(held)
            else:
                self.adrift.append(held)
        self.waiting.clear()

    def finish(self) -> tuple[list[Draft], list[Frame]]:
        """The drafts in order of telling, and what found no event."""
        left = [*self.adrift, *self.waiting]
        home = self.reading.dateline
        if self.drafts or home is None or not any(tells_alone(f) for f in left):
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


def _is_fresh(frame: Frame) -> bool:
    """Tell whether a frame opens a deed of its own ("another strike")."""
    return frame.is_act and not frame.definite and frame.novel


def _is_echo(frame: Frame) -> bool:
    """What the world says of a deed ("Paris condemned the attack") is told of its place."""
    return bool(frame.reactions) and all(r.kind in _OF_WORDS for r in frame.reactions)
