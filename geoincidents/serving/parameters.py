"""Query parameters of the features service, and what is said of those that are wrong."""

from __future__ import annotations

from datetime import UTC, datetime
from math import isfinite
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Box = tuple[float, float, float, float]
Span = tuple[datetime, datetime]
_DAY = len("2024-01-31")
_OPEN = {"", ".."}


def check_known(query: Mapping[str, str], known: Iterable[str]) -> None:
    """Refuse a parameter that the service does not know, as OGC API – Features demands."""
    allowed = {*known, "f"}
    unknown = sorted(set(query) - allowed)
    if unknown:
        raise HTTPException(
            400, f"{unknown[0][:40]} is no parameter here; there are {', '.join(sorted(allowed))}"
        )
    if query.get("f", "json") not in {"json", "geojson"}:
        raise HTTPException(400, "f is json: there is no other form")


def box(text: str) -> Box:
    """West, south, east and north in degrees; heights are passed over."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) != 4 or not all(map(isfinite, numbers)) or numbers[1] > numbers[3]:
        raise HTTPException(400, "bbox needs west,south,east,north in degrees")
    return numbers[0], numbers[1], numbers[2], numbers[3]


def span(text: str) -> Span:
    """First and last instant of an RFC 3339 time, of a day, or of an interval."""
    first, parted, last = text.partition("/")
    try:
        start = datetime.min.replace(tzinfo=UTC) if first in _OPEN else _instant(first, "00:00:00")
        last = last if parted else first
        end = datetime.max.replace(tzinfo=UTC) if last in _OPEN else _instant(last, "23:59:59")
    except ValueError:
        raise HTTPException(
            400, "datetime needs an RFC 3339 time with its offset, or two parted by /"
        ) from None
    return start, end


def _instant(text: str, of_day: str) -> datetime:
    moment = datetime.fromisoformat(f"{text}T{of_day}+00:00" if len(text) == _DAY else text)
    if moment.tzinfo is None:
        raise ValueError("no offset")
    return moment


def whole(query: Mapping[str, str], name: str, default: int, *, low: int, high: int) -> int:
    """A whole number from `low` up; what is above `high` counts as `high`."""
    text = query.get(name, str(default))
    if not text.isascii() or not text.isdigit() or not low <= int(text[:12]):
        raise HTTPException(400, f"{name} needs a whole number from {low} up")
    return min(int(text[:12]), high)
