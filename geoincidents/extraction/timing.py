"""How the times of frames and drafts lie to one another."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from geoincidents.extraction.times import day_interval
from geoincidents.model import TimeInterval

if TYPE_CHECKING:
    from geoincidents.extraction.drafts import Draft
    from geoincidents.extraction.frames import Frame

#: Hours told of one event ("just before midnight", "shortly after") may lie so far apart.
_SLACK = timedelta(hours=3)
#: "Earlier this year" dates no event that was told as news.
_WIDEST = timedelta(days=31)


def overlap(one: TimeInterval, two: TimeInterval, slack: timedelta) -> bool:
    """Tell whether two intervals meet, or miss each other by no more than the slack."""
    return one.start <= two.end + slack and two.start <= one.end + slack


def follows(later: TimeInterval, first: TimeInterval | None) -> bool:
    """Tell whether it is later news of an event ("The toll rose on Wednesday")."""
    if first is None:
        return True
    return timedelta(0) <= later.start - first.start <= timedelta(days=7)


def slack(one: TimeInterval, two: TimeInterval) -> timedelta:
    """Hours told of one event may lie a little apart; days may not."""
    return _SLACK if max(width(one), width(two)) <= timedelta(hours=4) else timedelta(0)


def whole_day(time: TimeInterval) -> TimeInterval:
    """The day of a time, supposed for an event told beside it."""
    zone = time.start.tzinfo or UTC
    days = min(max(1, (time.end.date() - time.start.date()).days + 1), 31)
    return day_interval(time.start.date(), zone, "", days)


def shifted(anchor: TimeInterval, frame: Frame) -> TimeInterval | None:
    """The time of a clause told by its distance from another event."""
    clause = frame.clause
    sign = -1 if clause.order == "earlier" else 1
    # its day is told from the other's, but is one of its own place
    zone = frame.clock.zone if frame.clock and frame.targets else anchor.start.tzinfo
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


def width(time: TimeInterval) -> timedelta:
    """Give the length of an interval."""
    return time.end - time.start


def set_time(draft: Draft, frame: Frame) -> None:
    """Keep the closest time; flag a report that contradicts itself."""
    new, old = frame.time, draft.time
    if new is None:
        return
    spoken = frame.spoken and new.precision != "hour"
    if old is not None and width(new) > _WIDEST:
        return
    if old is None or not draft.timed:
        draft.time, draft.timed = new, not spoken
        return
    if spoken:
        return
    if not overlap(new, old, timedelta(0)) and overlap(new, old, slack(new, old)):
        words = f"{old.text} {new.text}".strip()
        draft.time = replace(
            old, start=min(old.start, new.start), end=max(old.end, new.end), text=words
        )
        return
    if not overlap(new, old, timedelta(0)):
        draft.flags.append(f"The report dates this event both “{old.text}” and “{new.text}”.")
        named = any(w.kind == "holiday" for f in draft.frames for w in f.clause.times)
        if named:
            draft.time = new
        return
    if width(new) < width(old):
        words = old.text if old.text == new.text else f"{new.text} {old.text}".strip()
        draft.time = replace(new, text=words)
