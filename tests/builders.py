"""Small, whole values for tests, written out once."""

from __future__ import annotations

from datetime import UTC, datetime

from shapely import box

from geoincidents.model import (
    Actor,
    Claim,
    Estimate,
    EventLocation,
    Incident,
    IncidentCollection,
    Location,
    Provenance,
    Report,
    Response,
    TimeInterval,
    Unresolved,
    Verification,
)


def source(text: str = "words of the report", start: int = 0) -> Provenance:
    return Provenance("r1", start, start + len(text), text)


def town(name: str = "Zelenohirsk", lat: float = 49.5, lon: float = 36.5) -> Location:
    return Location(
        name,
        lat,
        lon,
        "settlement",
        3000.0,
        0.9,
        "geonames:1",
        "PPL",
        "UA",
        "Ukraine",
        "Kharkiv Oblast",
    )


def oblast() -> Location:
    return Location(
        "Kharkiv Oblast",
        49.6,
        36.4,
        "admin1",
        150_000.0,
        0.95,
        "geonames:2",
        "ADM1",
        "UA",
        "Ukraine",
        "Kharkiv Oblast",
        geometry=box(35.0, 48.6, 38.0, 50.4),
    )


def night(day: int = 3) -> TimeInterval:
    start = datetime(2024, 2, day, 1, tzinfo=UTC)
    return TimeInterval(start, start.replace(hour=5), "hour", "overnight")


def claim(count: int = 3, measure: str = "killed", **more: object) -> Claim:
    return Claim(
        measure, count, count, "exact", source(f"{count} people"), claimant="the mayor", **more
    )


def incident(key: str = "gi-1", **more: object) -> Incident:
    fields: dict[str, object] = {
        "id": key,
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "time": night(),
        "locations": (
            EventLocation("target", town(), source("Zelenohirsk")),
            EventLocation("target", oblast(), source("Kharkiv region")),
        ),
        "claims": (claim(3), claim(5)),
        "estimates": {"killed": Estimate(3, 5, 5)},
        "actors": (Actor("accused", "Russia", "the mayor", source("Russian drones")),),
        "weapons": ("drone",),
        "responses": (Response("firefighting", source("firefighters came"), location=town()),),
        "verification": Verification("claimed", (source("the mayor said"),)),
        "reports": ("r1",),
        "damage": {"houses": (4, 4)},
    }
    return Incident(**(fields | more))  # type: ignore[arg-type]


def collection(*incidents: Incident) -> IncidentCollection:
    return IncidentCollection(
        incidents=incidents or (incident(),),
        reports=(Report("r1", "Drones hit Zelenohirsk.", title="Drones", published="2024-02-03"),),
        unresolved=(Unresolved("r1", 3, 9, "Nowhere", "no place of that name"),),
    )
