"""When it happened: the words of a report as intervals, in the local time of the place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from geoincidents.extraction.patterns import expand, table
from geoincidents.model import TimeInterval, TimePrecision

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoincidents.extraction.time_words import TimeWords
    from geoincidents.model import Report

#: Kinds of expression that name a day, best first.
_DAY_KINDS = ("date", "night", "weekday", "holiday", "relative", "same", "next", "ago")
_SPAN_KINDS = ("stretch", "month", "year")
_CLOCK_KINDS = ("clock", "midnight", "part")


@dataclass(frozen=True, slots=True)
class Clock:
    """What relative dates are relative to: the day of publication, and the zone."""

    zone: tzinfo
    #: Moment of publication in that zone; None when the report has no date.
    now: datetime | None
    #: True when only the day of publication is known.
    day_only: bool = True

    @property
    def today(self) -> date | None:
        """The local day of publication."""
        return self.now.date() if self.now else None


def clock_for(report: Report, zone: tzinfo) -> Clock:
    """Set the clock by a report's publication, in the zone of a place.

    A bare date is the local date; a time without offset is UTC.
    """
    stated = (report.published or "").strip()
    day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", stated)
    try:
        if day:
            return Clock(zone, datetime.fromisoformat(stated).replace(hour=12, tzinfo=zone))
        moment = datetime.fromisoformat(stated)
    except ValueError:
        return Clock(zone, None)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return Clock(zone, moment.astimezone(zone), day_only=False)


def interval_of(
    words: list[TimeWords], clock: Clock, language: str, *, context: date | None = None
) -> TimeInterval | None:
    """Resolve the time expressions of one clause to a single interval.

    A day and a time of day are joined ("around 3 p.m." and "on Saturday"); a
    time of day alone falls on `context`, else on the day of publication.
    Returns None when nothing can be told, such as "Saturday" in a report
    without a date.
    """
    day = next((w for kind in _DAY_KINDS for w in words if w.kind == kind), None)
    hour = next((w for kind in _CLOCK_KINDS for w in words if w.kind == kind), None)
    if day is not None:
        found = _RESOLVERS[day.kind](day, clock, language, context)
        if found and hour and found.precision == "day":
            return _at_hour(found, hour, clock, language, day.text)
        return found
    span = next((w for kind in _SPAN_KINDS for w in words if w.kind == kind), None)
    if span is not None:
        return _RESOLVERS[span.kind](span, clock, language, context)
    if hour is not None:
        base = context or clock.today
        if base is None:
            return None
        return _at_hour(day_interval(base, clock.zone, ""), hour, clock, language, "")
    return None


def day_interval(day: date, zone: tzinfo, text: str, days: int = 1) -> TimeInterval:
    """Make the interval of one or more whole local days."""
    start = datetime.combine(day, time(0), zone)
    last = datetime.combine(day + timedelta(days=days - 1), time(23, 59, 59), zone)
    return TimeInterval(start, last, _precision(days), text)


def _precision(days: int) -> TimePrecision:
    for limit, name in ((1, "day"), (6, "2-6days"), (7, "week"), (31, "month")):
        if days <= limit:
            return name  # type: ignore[return-value]
    return "year"


def is_future(words: list[TimeWords], clock: Clock, language: str) -> bool:
    """Tell whether a clause speaks of a time after publication."""
    if any(w.kind == "future" for w in words):
        return True
    found = interval_of(words, clock, language)
    return bool(found and clock.now and found.start > clock.now + timedelta(days=1))


def _hours(start: datetime, first: float, last: float, text: str) -> TimeInterval:
    """An interval by hours of the day; hours beyond 24 fall on the next day."""
    midnight = datetime.combine(start.date(), time(0), start.tzinfo)
    begin = midnight + timedelta(hours=first)
    end = midnight + timedelta(hours=last) - timedelta(seconds=1)
    precision: TimePrecision = "hour" if last - first <= 2 else "day"
    return TimeInterval(begin, max(begin, end), precision, text)


def _at_hour(
    day: TimeInterval, words: TimeWords, clock: Clock, language: str, day_text: str
) -> TimeInterval | None:
    text = " ".join(t for t in (words.text, day_text) if t)
    if words.kind == "midnight":
        late = not words.options.get("after", True)
        if late and not day_text and clock.now and not clock.day_only:
            return _before_midnight(clock, text)
        return _hours(day.start, *((23, 24) if late else (0, 1)), text)
    if words.kind == "part" or "hour" not in words.parts:
        hours = _part_hours(words.parts.get("part", ""), language)
        return _hours(day.start, *hours, text) if hours else day
    hour = int(words.parts["hour"])
    half = words.parts.get("ampm", "").lower()
    hour = hour % 12 + (12 if half == "p" else 0) if half else hour
    if not half and hour < 12 and _is_late(words.parts.get("part", ""), language):
        hour += 12
    if hour > 24:
        return day
    first = hour + int(words.parts.get("minute", 0)) / 60
    if words.parts.get("utc"):
        moment = datetime.combine(day.start.date(), time(0), UTC) + timedelta(hours=first)
        begin = moment.astimezone(day.start.tzinfo)
        return TimeInterval(begin, begin + timedelta(minutes=59, seconds=59), "hour", text)
    return _hours(day.start, first, first + 1, text)


def _before_midnight(clock: Clock, text: str) -> TimeInterval | None:
    """The last hour before the midnight nearest to publication."""
    if clock.now is None:
        return None
    base = clock.now - timedelta(days=1) if clock.now.hour < 23 else clock.now
    return _hours(base, 23, 24, text)


def _is_late(part: str, language: str) -> bool:
    hours = _part_hours(part, language)
    return bool(hours and hours[0] >= 12)


def _part_hours(part: str, language: str) -> tuple[int, int] | None:
    for form, hours in table(language, "times", "parts").items():
        if part and re.fullmatch(expand(form), part, re.IGNORECASE):
            return hours[0], hours[1]
    return None


def _look_up(language: str, key: str, word: str) -> Any:
    for form, value in table(language, "times", key).items():
        if re.fullmatch(expand(form), word, re.IGNORECASE):
            return value
    return None


def _year_near(month: int, day: int, clock: Clock) -> date | None:
    """The date of that day and month nearest before publication, or soon after."""
    if clock.today is None:
        return None
    for year in (clock.today.year + 1, clock.today.year, clock.today.year - 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if (found - clock.today).days <= 60:
            return found
    return None


def _calendar(parts: dict[str, str], clock: Clock, language: str) -> date | None:
    name = parts["month"]
    month = int(name) if name.isdigit() else _look_up(language, "months", name)
    if month is None or not 1 <= month <= 12:
        return None
    day = int(parts["day"])
    if "year" not in parts:
        return _year_near(month, day, clock)
    year = int(parts["year"])
    if year < 100:
        year += 1900 if year > 50 else 2000
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _resolve_date(
    words: TimeWords, clock: Clock, language: str, _context: date | None
) -> TimeInterval | None:
    found = _calendar(words.parts, clock, language)
    if found is None:
        return None
    last = int(words.parts.get("day2", found.day))
    if last == found.day + 1 or last > found.day:
        return day_interval(found, clock.zone, words.text, last - found.day + 1)
    return day_interval(found, clock.zone, words.text)


def _resolve_night(
    words: TimeWords, clock: Clock, language: str, _context: date | None
) -> TimeInterval | None:
    morning = None
    if "month" in words.parts:
        morning = _calendar(words.parts, clock, language)
    elif "weekday" in words.parts:
        morning = _weekday(words.parts["weekday"], clock, language)
    elif clock.today:
        late = clock.now is not None and not clock.day_only and clock.now.hour >= 22
        morning = clock.today + timedelta(days=1 if late else 0)
    if morning is None:
        return None
    evening = datetime.combine(morning - timedelta(days=1), time(0), clock.zone)
    return _hours(evening, 21, 31, words.text)


def _weekday(name: str, clock: Clock, language: str, weeks: int = 0) -> date | None:
    number = _look_up(language, "weekdays", name)
    if number is None or clock.today is None:
        return None
    back = (clock.today.weekday() - int(number)) % 7
    if weeks and back == 0:
        back = 7
    return clock.today - timedelta(days=back)


def _resolve_weekday(
    words: TimeWords, clock: Clock, language: str, _context: date | None
) -> TimeInterval | None:
    found = _weekday(words.parts["weekday"], clock, language, words.options.get("weeks", 0))
    return _with_part(found, words, clock, language)


def _with_part(
    found: date | None, words: TimeWords, clock: Clock, language: str
) -> TimeInterval | None:
    if found is None:
        return None
    whole_day = day_interval(found, clock.zone, words.text)
    hours = _part_hours(words.parts.get("part", ""), language)
    return _hours(whole_day.start, *hours, words.text) if hours else whole_day


def _resolve_relative(
    words: TimeWords, clock: Clock, language: str, _context: date | None
) -> TimeInterval | None:
    if clock.today is None:
        return None
    found = clock.today + timedelta(days=words.options.get("days", 0))
    return _with_part(found, words, clock, language)


def _resolve_same(
    words: TimeWords, clock: Clock, language: str, context: date | None
) -> TimeInterval | None:
    """Take "that evening" of the day last spoken of, else of the day of publication."""
    return _with_part(context or clock.today, words, clock, language)


def _resolve_next(
    words: TimeWords, clock: Clock, language: str, context: date | None
) -> TimeInterval | None:
    base = context or (clock.today - timedelta(days=1) if clock.today else None)
    return _with_part(base + timedelta(days=1), words, clock, language) if base else None


def _resolve_ago(
    words: TimeWords, clock: Clock, language: str, _context: date | None
) -> TimeInterval | None:
    if clock.now is None:
        return None
    count = _count(words.parts.get("n", "1"), language)
    unit = _look_up(language, "units", words.parts["unit"]) or "day"
    if unit in {"hour", "minute"}:
        back = timedelta(hours=count) if unit == "hour" else timedelta(minutes=count)
        day = (clock.now - back).date()
        return day_interval(day, clock.zone, words.text)
    days = count * {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    spread = {"day": 1, "week": 7, "month": 30, "year": 365}[unit]
    try:
        middle = clock.now.date() - timedelta(days=days)
        return day_interval(middle - timedelta(spread // 2), clock.zone, words.text, spread)
    except OverflowError:
        return None


def _count(word: str, language: str) -> int:
    if word.isdigit():
        return min(int(word), 10_000)
    return int(_look_up(language, "numbers", word) or 1)


def _resolve_stretch(
    words: TimeWords, clock: Clock, language: str, _context: date | None
) -> TimeInterval | None:
    if clock.today is None:
        return None
    unit = words.parts["unit"].lower()
    if unit.startswith(("weekend", "выходн", "вихідн")):
        saturday = clock.today - timedelta(days=(clock.today.weekday() - 5) % 7)
        return day_interval(saturday, clock.zone, words.text, 2)
    name = _look_up(language, "units", unit) or "day"
    count = _count(words.parts.get("n", "1"), language)
    if name == "hour":
        days = max(1, round(count / 24)) + 1
    else:
        days = count * {"minute": 1, "day": 1, "week": 7, "month": 30, "year": 365}[name]
    days = max(1, min(days, 3650))
    return day_interval(clock.today - timedelta(days=days - 1), clock.zone, words.text, days)


def _resolve_month(
    words: TimeWords, clock: Clock, language: str, _context: date | None
) -> TimeInterval | None:
    month = _look_up(language, "months", words.parts["month"])
    if month is None:
        return None
    if "year" in words.parts:
        first = date(int(words.parts["year"]), month, 1)
    else:
        near = _year_near(month, 1, clock)
        if near is None or (clock.today and near > clock.today):
            return None
        first = near
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return day_interval(first, clock.zone, words.text, (following - first).days)


def _resolve_year(
    words: TimeWords, clock: Clock, _language: str, _context: date | None
) -> TimeInterval | None:
    return day_interval(date(int(words.parts["year"]), 1, 1), clock.zone, words.text, 365)


def _resolve_holiday(
    words: TimeWords, clock: Clock, language: str, _context: date | None
) -> TimeInterval | None:
    day = _look_up(language, "holidays", words.parts["holiday"])
    found = _year_near(day[0], day[1], clock) if day else None
    if found and clock.today and found > clock.today:
        found = found.replace(year=found.year - 1)
    return day_interval(found, clock.zone, words.text) if found else None


_RESOLVERS: dict[str, Callable[[TimeWords, Clock, str, date | None], TimeInterval | None]] = {
    "date": _resolve_date,
    "night": _resolve_night,
    "weekday": _resolve_weekday,
    "holiday": _resolve_holiday,
    "relative": _resolve_relative,
    "next": _resolve_next,
    "same": _resolve_same,
    "ago": _resolve_ago,
    "stretch": _resolve_stretch,
    "month": _resolve_month,
    "year": _resolve_year,
}
