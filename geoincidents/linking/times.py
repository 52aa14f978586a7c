"""How far two times are one time, told exactly or loosely."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geoincidents.model import TimeInterval

_LEVELS = {"hour": 0, "day": 1, "2-6days": 2, "week": 3, "month": 4, "year": 5}
#: Without a time of its own, an event is taken to lie so many days before its report.
_UNDATED_DAYS = 2
_UNDATED_LEVEL = 6
_SECONDS_PER_HOUR = 3600
#: Two reports' clocks of one strike differ by so much at most.
_HOUR_SLACK = 3 * _SECONDS_PER_HOUR
#: An evening or a night is no longer than this; a day is.
_PART_OF_DAY = 14 * _SECONDS_PER_HOUR
#: A recap may misdate what it recalls by so many days.
RECAP_DAYS = 3
#: A recap without a time recalls what happened in the week before it.
_RECAP_WINDOW_DAYS = 7
#: A night belongs to two days; a longer span is loose.
_NIGHT_DAYS = 2
#: A longer window is looked up by its first days only.
_MAX_BLOCK_DAYS = 31


@dataclass(frozen=True, slots=True)
class Window:
    """Days (ordinals, local) and seconds of an interval; `level` 0 (hour) to 6 (undated)."""

    first_day: int
    last_day: int
    start: float
    end: float
    level: int

    def days(self, margin: int = 0) -> range:
        """Days it touches, with a margin on both sides; a long span gives its first days."""
        last = min(self.last_day, self.first_day + _MAX_BLOCK_DAYS)
        return range(self.first_day - margin, last + margin + 1)


@dataclass(frozen=True, slots=True)
class TimeMatch:
    """How well two windows agree."""

    score: float
    how: str


def window_of(
    time: TimeInterval | None, published: str | None, *, recap: bool = False
) -> Window | None:
    """Window of an event's time; without one, the days before its report, else None."""
    if time is not None:
        return window_of_interval(time)
    day = published_day(published)
    if day is None:
        return None
    back = _RECAP_WINDOW_DAYS if recap else _UNDATED_DAYS
    first = day - timedelta(days=min(back, day.toordinal() - 1))
    start = datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()
    return Window(
        first.toordinal(), day.toordinal(), start, start + (back + 1) * 86_400, _UNDATED_LEVEL
    )


def window_of_interval(time: TimeInterval) -> Window:
    """Window of a known time; one that ends before it starts is taken for its start."""
    return Window(
        time.start.toordinal(),
        max(time.start.toordinal(), time.end.toordinal()),
        _seconds(time.start),
        max(_seconds(time.start), _seconds(time.end)),
        _LEVELS[time.precision],
    )


def _seconds(moment: datetime) -> float:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - datetime(1970, 1, 1, tzinfo=UTC)).total_seconds()


def published_day(published: str | None) -> date | None:
    """Calendar day of a publication time; None when it is missing or unreadable."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def compare(ours: Window, theirs: Window, *, lenient: bool) -> TimeMatch | None:
    """Agreement of two windows; `lenient` (for recaps) forgives `RECAP_DAYS`."""
    strict = _strict(ours, theirs)
    if strict is not None or not lenient:
        return strict
    gap = max(theirs.first_day - ours.last_day, ours.first_day - theirs.last_day)
    return TimeMatch(0.5, f"within {RECAP_DAYS} days") if gap <= RECAP_DAYS else None


def _strict(ours: Window, theirs: Window) -> TimeMatch | None:
    if _clocked(ours) and _clocked(theirs):
        gap = max(theirs.start - ours.end, ours.start - theirs.end)
        return TimeMatch(2.0, "the same hours") if gap <= _HOUR_SLACK else None
    if ours.first_day > theirs.last_day or theirs.first_day > ours.last_day:
        return None
    if max(_length(ours), _length(theirs)) <= _NIGHT_DAYS:
        return TimeMatch(1.5, "the same day")
    return TimeMatch(0.75, "an overlapping time")


def same_day(ours: Window | None, theirs: Window | None) -> bool:
    """True when both are of one day, or of one night, beyond doubt."""
    if ours is None or theirs is None or max(ours.level, theirs.level) > 1:
        return False
    return _strict(ours, theirs) is not None


def _clocked(window: Window) -> bool:
    """True for an hour or a part of a day ("in the evening"), which two strikes may differ in."""
    return window.level <= 1 and window.end - window.start <= _PART_OF_DAY


def _length(window: Window) -> int:
    return window.last_day - window.first_day + 1
