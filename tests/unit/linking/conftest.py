"""A small builder of events as extraction yields them; the towns are real, the strikes made up."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest

from geoincidents.model import (
    Claim,
    Event,
    EventLocation,
    Location,
    Provenance,
    TimeInterval,
    Verification,
)

if TYPE_CHECKING:
    from collections.abc import Callable

#: name: (feature id, lat, lon, precision, uncertainty, country, admin1 id)
PLACES: dict[str, tuple[str | None, float, float, str, float, str, str | None]] = {
    "Sumy": ("geonames:692194", 50.9216, 34.8003, "settlement", 6000, "UA", "geonames:692196"),
    "Sumy Oblast": ("geonames:692196", 51.0, 34.0, "admin1", 120000, "UA", "geonames:692196"),
    "Sumy railway station": (None, 50.9167, 34.7725, "site", 200, "UA", "geonames:692196"),
    "Konotop": ("geonames:706466", 51.2403, 33.2026, "settlement", 4000, "UA", "geonames:692196"),
    "Okhtyrka": ("geonames:699557", 50.3104, 34.8988, "settlement", 4000, "UA", "geonames:692196"),
    "Poltava": ("geonames:696643", 49.5937, 34.5407, "settlement", 6000, "UA", "geonames:696634"),
    "Chernihiv": ("geonames:710735", 51.5055, 31.2849, "settlement", 6000, "UA", "geonames:710734"),
    "Cherkasy": ("geonames:710791", 49.4285, 32.0621, "settlement", 6000, "UA", "geonames:710802"),
    "Ukraine": ("geonames:690791", 49.0, 32.0, "country", 600000, "UA", None),
    "Russian Federation": ("geonames:2017370", 60.0, 100.0, "country", 4e6, "RU", None),
    "Kursk Oblast": ("geonames:538555", 51.75, 36.0, "admin1", 120000, "RU", "geonames:538555"),
    "near Sumy": ("geonames:692194", 50.9216, 34.8003, "vicinity", 12000, "UA", "geonames:692196"),
}
SHELLING = ("Explosions/Remote violence", "Shelling/artillery/missile attack")
DRONES = ("Explosions/Remote violence", "Air/drone strike")


def place(name: str) -> Location:
    feature_id, lat, lon, precision, uncertainty, country, unit = PLACES[name]
    return Location(
        name=name,
        lat=lat,
        lon=lon,
        precision=precision,
        uncertainty_m=uncertainty,
        confidence=0.9,
        feature_id=feature_id,
        country=country,
        admin1_id=unit,
    )


def interval(text: str, precision: str = "day", hours: float = 0) -> TimeInterval:
    """A day, or from a given hour so many hours on, Kyiv winter time."""
    zone = timezone(timedelta(hours=2))
    start = datetime.fromisoformat(text).replace(tzinfo=zone)
    length = timedelta(hours=hours) if hours else timedelta(days=1, seconds=-1)
    return TimeInterval(start, start + length, precision, text)


def toll(report: str, at: int, measure: str, n: int | None, **more: Any) -> Claim:
    text = more.pop("text", f"{n} {measure}")
    qualifier = more.pop("qualifier", "exact" if n is not None else "vague")
    low = more.pop("min", n)
    return Claim(measure, low, n, qualifier, Provenance(report, at, at + len(text), text), **more)


def event(
    report: str,
    places: tuple[str, ...] | str = "Sumy",
    day: str | TimeInterval | None = "2024-11-17",
    *,
    kind: tuple[str, str] = SHELLING,
    killed: int | None = None,
    injured: int | None = None,
    claimant: str | None = None,
    published: str | None = "2024-11-18",
    claims: tuple[Claim, ...] = (),
    at: int = 0,
    text: str = "",
    role: str = "target",
    **more: Any,
) -> Event:
    names = (places,) if isinstance(places, str) else places
    text = text or f"{report}: a strike on {', '.join(names)}"
    source = Provenance(report, at, at + len(text), text)
    told = [
        toll(report, at + 100 + i, m, n, claimant=claimant, published=published)
        for i, (m, n) in enumerate((("killed", killed), ("injured", injured)))
        if n is not None
    ]
    told += [c if c.published else _dated(c, published) for c in claims]
    return Event(
        report_id=report,
        event_type=kind[0],
        sub_event_type=kind[1],
        sources=(source,),
        time=interval(day) if isinstance(day, str) else day,
        locations=tuple(EventLocation(role, place(name), source) for name in names),
        claims=tuple(told),
        published=published,
        verification=more.pop("verification", Verification("claimed")),
        **more,
    )


def _dated(claim: Claim, published: str | None) -> Claim:
    from dataclasses import replace

    return replace(claim, published=published)


@pytest.fixture
def make_event() -> Callable[..., Event]:
    return event


@pytest.fixture
def make_toll() -> Callable[..., Claim]:
    return toll


@pytest.fixture
def make_interval() -> Callable[..., TimeInterval]:
    return interval


@pytest.fixture
def drones() -> tuple[str, str]:
    return DRONES
