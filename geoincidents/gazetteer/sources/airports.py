"""Airports and airfields."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.settlements import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoincidents.gazetteer.sources.packages import Sources

_MILITARY = re.compile(
    r"\b(?:Air Base|Airbase|Air Force|AFB|Military|Army|Naval|Air Station)\b", re.IGNORECASE
)
_KIND = re.compile(
    r"\b(?:Airport|Airfield|Airpark|Air Base|Airbase|AFB|Airstrip|Aerodrome)\b", re.IGNORECASE
)
_GENERIC = re.compile(
    r"\s+(?:International|Regional|Municipal|County|Domestic)(?=\s+Airport$)", re.IGNORECASE
)
#: What is left of such a name when the city is taken away.
_NO_NAME = frozenset(
    [
        "Airport",
        "International",
        "Regional",
        "Municipal",
        "North",
        "South",
        "East",
        "West",
        "City",
        "Intl",
        "Air",
        "County",
        "Metropolitan",
        "New",
        "Old",
        "Island",
        "Central",
        "Downtown",
        "Executive",
        "Field",
    ]
)
_SAME_AIRPORT_KM = 4.0
#: Airfields of the United States without an IATA code are mostly private strips.
_PRIVATE_STRIPS = frozenset({"US"})


def read_airports(sources: Sources, curated: Iterable[Draft] = ()) -> Iterator[Draft]:
    """Airports with an IATA code anywhere, and all airfields outside the United States.

    One that is among the `curated` sites already only gives that site its names.
    """
    known = [draft for draft in curated if draft.code.startswith("AIR")]
    text = sources.read("airportsdata", "airports").decode("utf-8")
    seen: set[str] = set()
    for row in csv.DictReader(io.StringIO(text)):
        key = (row["icao"] or row["iata"]).lower()
        strip = row["country"] in _PRIVATE_STRIPS and not row["iata"]
        if not key or key in seen or not row["name"].strip() or strip:
            continue
        seen.add(key)
        draft = _airport(key, row)
        same = next((site for site in known if distance_km(site, draft) < _SAME_AIRPORT_KM), None)
        if same is None:
            yield draft
            continue
        same.codes = same.codes or draft.codes
        same.add_names([draft.name, *(name.text for name in draft.names.values())])


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
    city = row["city"].strip()
    if row["iata"] and city:
        draft.add_name(f"{city} Airport", "common", "en")
        own = short.removeprefix(f"{city} ").removesuffix(" Airport").strip()
        if short.startswith(f"{city} ") and own and own not in _NO_NAME:
            # "London Heathrow Airport": "Heathrow Airport", "Heathrow".
            draft.add_names((f"{own} Airport", own), "alternate", "en")
    return draft
