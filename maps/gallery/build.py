"""Build the gallery: each story's page, picture and GeoJSON, by one command.

    python maps/gallery/build.py [STORY ...] [--out FOLDER]

A story is a folder beside this file with `map.toml` (`title`, `language`, and
`synthetic = N` where the incidents are made up) and `reports/`. The page and a
picture go to the output folder; `expected.geojson`, what the reports gave when the
story was last looked at, is written beside the story with `--accept`.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from geoincidents.gazetteer import open_gazetteer
from geoincidents.maps import write_map
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

HERE = Path(__file__).parent
#: The page of a story says it was made now; a fixed moment makes equal bytes.
MADE = datetime(2026, 1, 1, tzinfo=UTC)
TOWNS = (
    ("Kharkiv", 36.23, 49.99), ("Kyiv", 30.52, 50.45), ("Odesa", 30.72, 46.48),
    ("Dnipro", 35.04, 48.46), ("Zaporizhzhia", 35.14, 47.84), ("Kherson", 32.61, 46.64),
    ("Sumy", 34.8, 50.91), ("Chernihiv", 31.29, 51.5), ("Mykolaiv", 31.99, 46.97),
    ("Kramatorsk", 37.56, 48.74), ("Poltava", 34.55, 49.59), ("Belgorod", 36.58, 50.6),
)  # fmt: skip
KINDS = ("Shelling/artillery/missile attack", "Air/drone strike", "Armed clash")


def synthetic(count: int) -> IncidentCollection:
    """Made-up incidents about a dozen towns, the same each time."""
    chance = random.Random(2023)  # noqa: S311 - the same each time, for nothing secret
    reports = tuple(
        Report(
            f"synthetic-{n}", "", f"Synthetic report {n}", publisher=f"Synthetic outlet {n % 12}"
        )
        for n in range(200)
    )
    return IncidentCollection(tuple(_one(n, chance) for n in range(count)), reports)


def _one(number: int, chance: random.Random) -> Incident:
    name, lon, lat = chance.choice(TOWNS)
    spread = chance.choice((0.03, 0.2, 0.5))
    lon, lat = lon + chance.gauss(0, spread), lat + chance.gauss(0, spread * 0.7)
    start = datetime(2023, 1, 1, tzinfo=UTC) + timedelta(minutes=chance.randrange(525_600))
    killed = min(int(chance.expovariate(0.6)), 40)
    source = Provenance(f"synthetic-{number % 200}", 0, 30, f"{killed} dead near {name}, made up")
    place = Location(
        f"near {name}", lat, lon, "vicinity" if spread > 0.1 else "settlement", 5000, 0.7
    )
    return Incident(
        id=f"synthetic-{number:05d}",
        event_type="Explosions/Remote violence",
        sub_event_type=chance.choice(KINDS),
        time=TimeInterval(start, start + timedelta(hours=1), "hour"),
        locations=(EventLocation("target", place, source),),
        claims=(Claim("killed", killed, killed, "exact", source, claimant="Synthetic officials"),),
        estimates={"killed": Estimate(killed, killed, killed)},
        actors=(),
        weapons=(chance.choice(("missile", "drone", "artillery")),),
        responses=(),
        verification=Verification(
            chance.choice(("claimed", "confirmed", "disputed", "unverified"))
        ),
        reports=(source.report_id,),
    )


def incidents_of(story: Path, synthetic_count: int) -> IncidentCollection:
    """A story's incidents: made up, or found in its reports."""
    if synthetic_count:
        return synthetic(synthetic_count)
    from geoincidents.pipeline import find_incidents
    from geoincidents.publishing import Care, with_care

    return with_care(find_incidents(story / "reports"), Care(), open_gazetteer())


def build(story: Path, out: Path, *, accept: bool) -> None:
    """One story's page and picture."""
    settings = tomllib.loads((story / "map.toml").read_text(encoding="utf-8"))
    collection = incidents_of(story, settings.get("synthetic", 0))
    look = {"title": settings["title"], "language": settings["language"], "made": MADE}
    for suffix in ("html", "png"):
        write_map(collection, out / f"{story.name}.{suffix}", gazetteer=open_gazetteer(), **look)
    if accept and not settings.get("synthetic"):
        from geoincidents.publishing import write

        write(collection, story / "expected.geojson", gazetteer=open_gazetteer())
    elif (story / "expected.geojson").is_file():
        for line in differences(story, collection):
            print(f"  {line}", flush=True)  # noqa: T201


def differences(story: Path, collection: IncidentCollection) -> list[str]:
    """What the reports give otherwise than when the story was last accepted, a line each."""
    features = json.loads((story / "expected.geojson").read_text(encoding="utf-8"))["features"]
    accepted = {f["properties"]["id"]: _told(f["properties"]) for f in features}
    now = {i.id: _counts(i) for i in collection.incidents}
    return [
        *(f"gone: {name} {accepted[name]}" for name in sorted(accepted.keys() - now.keys())),
        *(f"new: {name} {now[name]}" for name in sorted(now.keys() - accepted.keys())),
        *(
            f"changed: {name} {accepted[name]} → {now[name]}"
            for name in sorted(now.keys() & accepted.keys())
            if now[name] != accepted[name]
        ),
    ]


def _told(properties: dict[str, Any]) -> tuple[Any, ...]:
    best = [properties[f"{measure}_best"] for measure in ("killed", "injured")]
    return (properties["sub_event_type"], properties["verification"], *best)


def _counts(incident: Incident) -> tuple[Any, ...]:
    best = [incident.estimates.get(measure) for measure in ("killed", "injured")]
    return (
        incident.sub_event_type,
        incident.verification.status,
        *(estimate.best if estimate else None for estimate in best),
    )


def main() -> None:
    """Build the stories named."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stories", nargs="*", help="names of stories; all by default")
    parser.add_argument("--out", type=Path, default=HERE / "built")
    parser.add_argument("--accept", action="store_true", help="write expected.geojson anew")
    options = parser.parse_args()
    names = options.stories or sorted(p.parent.name for p in HERE.glob("*/map.toml"))
    options.out.mkdir(parents=True, exist_ok=True)
    for name in names:
        build(HERE / name, options.out, accept=options.accept)
        print(f"{name} → {options.out / name}.html", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
