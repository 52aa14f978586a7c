"""Incidents made up for measuring: as many as are asked for, the same each time."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from geoincidents.model import (
    Claim,
    Estimate,
    EventLocation,
    Incident,
    IncidentCollection,
    Location,
    Provenance,
    Report,
    TimeInterval,
    Verification,
)

KINDS = ("Shelling/artillery/missile attack", "Air/drone strike", "Armed clash")


def synthetic(count: int, *, towns: int = 4000, seed: int = 7) -> IncidentCollection:
    """Incidents about the towns of one country, each with one claim and a quote of 60 letters."""
    chance = random.Random(seed)
    named = [(f"Місто {n}", chance.uniform(23, 40), chance.uniform(45, 52)) for n in range(towns)]
    reports = tuple(
        Report(f"r{n}", "", f"Report {n}", "2024-01-01", f"Outlet {n % 40}") for n in range(1000)
    )
    return IncidentCollection(tuple(_one(n, chance, named) for n in range(count)), reports)


def _one(number: int, chance: random.Random, towns: list[tuple[str, float, float]]) -> Incident:
    name, lon, lat = chance.choice(towns)
    start = datetime(2022, 2, 24, tzinfo=UTC) + timedelta(minutes=chance.randrange(1_400_000))
    killed = min(int(chance.expovariate(0.4)), 60)
    quote = f"{killed} people died and homes burned near the centre, no. {number}"
    source = Provenance(f"r{number % 1000}", 120, 180, quote[:60].ljust(60, "."))
    place = Location(
        name,
        lat + chance.gauss(0, 0.15),
        lon + chance.gauss(0, 0.2),
        "settlement",
        3000.0,
        0.9,
        country="UA",
        country_name="Ukraine",
        admin1=f"Oblast {number % 24}",
        evidence=("the only place of that name near",),
    )
    return Incident(
        id=f"gi-{number:08d}-{chance.getrandbits(24):06x}",
        event_type="Explosions/Remote violence",
        sub_event_type=chance.choice(KINDS),
        time=TimeInterval(start, start + timedelta(hours=1), "hour", "on that day"),
        locations=(EventLocation("target", place, source),),
        claims=(Claim("killed", killed, killed, "exact", source, claimant="Officials"),),
        estimates={"killed": Estimate(killed, killed, killed)},
        actors=(),
        weapons=("drone",) if number % 3 else ("missile", "artillery"),
        responses=(),
        verification=Verification(chance.choice(("claimed", "confirmed"))),
        reports=(source.report_id,),
    )
