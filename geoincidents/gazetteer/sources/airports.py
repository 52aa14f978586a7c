"""Airports and airfields."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from geoincidents.gazetteer.sources.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geoincidents.gazetteer.sources.packages import Sources

_MILITARY = re.compile(
    r"\b(?:Air Base|Airbase|Air Force|AFB|Military|Army|Naval|Air Station)\b", re.IGNORECASE
)
_KIND = re.compile(
    r"\b(?:Airport|Airfield|Airpark|Air Base|Airbase|AFB|Airstrip|Aerodrome)\b", re.I
)
_GENERIC = re.compile(
    r"\s+(?:International|Regional|Municipal|County|Domestic)(?=\s+Airport$)", re.IGNORECASE
)
#: Airfields of the United States without an IATA code are mostly private strips.
_PRIVATE_STRIPS = frozenset({"US"})


def read_airports(sources: Sources) -> Iterator[Draft]:
    """Airports with an IATA code anywhere, and all airfields outside the United States."""
    text = sources.read("airportsdata", "airports").decode("utf-8")
    seen: set[str] = set()
    for row in csv.DictReader(io.StringIO(text)):
        key = (row["icao"] or row["iata"]).lower()
        strip = row["country"] in _PRIVATE_STRIPS and not row["iata"]
        if not key or key in seen or not row["name"].strip() or strip:
            continue
        seen.add(key)
        yield _airport(key, row)


def _airport(key: str, row: dict[str, str]) -> Draft:
    name = " ".join(row["name"].split())
    military = bool(_MILITARY.search(name))
    if not _KIND.search(name):
        name = f"{name} Airport"
    draft = Draft(
        id=f"gi:airport/{key}",
        name=name,
        code="AIRB" if military else "AIRP" if row["iata"] else "AIRF",
        precision="site",
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        country=row["country"] or None,
        extent_m=2500.0 if row["iata"] or military else 1000.0,
        source="airportsdata",
        licence="MIT",
        codes=tuple(code for code in (row["icao"], row["iata"]) if code),
    )
    short = _GENERIC.sub("", name)
    draft.add_name(short, "common", "en")
    if row["iata"] and row["city"]:
        draft.add_name(f"{row['city']} Airport", "common", "en")
    return draft
