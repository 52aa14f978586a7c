"""Single cells: numbers, dates and intervals as the tables spell them."""

from __future__ import annotations

import calendar
import math
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from geoincidents.model import TimeInterval

if TYPE_CHECKING:
    from geoincidents.model import TimePrecision

_DATE_FORMATS = ("%d %B %Y", "%d-%b-%y", "%d-%b-%Y", "%m/%d/%Y")
_SPAN_DAYS = {"2-6days": 6, "week": 7}


def number(cell: str) -> float | None:
    """A finite number, or None for an empty cell or anything else."""
    try:
        value = float(cell)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def integer(cell: str) -> int | None:
    """A whole number, however spelt ("2.0"), or None."""
    value = number(cell)
    return None if value is None else round(value)


def position(lat: str, lon: str) -> tuple[float, float] | None:
    """Latitude and longitude in degrees, or None where they are no position on Earth."""
    north, east = number(lat), number(lon)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        return None
    return north, east


def day(cell: str) -> datetime | None:
    """Midnight (UTC) of a date as ACLED or UCDP spell it, or None."""
    try:
        moment = datetime.fromisoformat(cell.strip()[:10])
    except ValueError:
        return _spelt_day(cell.strip())
    return moment.replace(tzinfo=UTC)


def _spelt_day(cell: str) -> datetime | None:
    for form in _DATE_FORMATS:
        try:
            return datetime.strptime(cell, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def interval(
    start: datetime, end: datetime | None, precision: TimePrecision, text: str
) -> TimeInterval:
    """Whole days from `start` to `end`; without an end, as many as the precision means."""
    last = end if end is not None and end >= start else _last_day(start, precision)
    return TimeInterval(start, datetime.combine(last, time(23, 59, 59), UTC), precision, text)


def _last_day(start: datetime, precision: TimePrecision) -> datetime:
    if precision == "month":
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    if precision == "year":
        return start.replace(month=12, day=31)
    try:
        return start + timedelta(days=_SPAN_DAYS.get(precision, 1) - 1)
    except OverflowError:
        return start


def plain(value: float | None) -> str:
    """A number without needless digits: ``7``, ``50.45``; empty for None."""
    if value is None:
        return ""
    return f"{value:.6f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))
