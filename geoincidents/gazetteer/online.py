"""Ask a geocoder on the network, as a last resort and only when told to.

Any geopy geocoder serves. Questions go out no faster than its rate limit, and
every answer, also "nothing found", is kept in an SQLite file: the same question
is asked once.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoincidents.errors import OperationError, UsageError
from geoincidents.gazetteer.nearby import haversine_m
from geoincidents.model import Feature, NameHit

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoincidents.model import Precision

_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers (
  service TEXT NOT NULL, query TEXT NOT NULL, country TEXT NOT NULL,
  answer TEXT NOT NULL, PRIMARY KEY (service, query, country)
)
"""
#: What is owed to a service whose answers are shown.
_ATTRIBUTIONS = {
    "nominatim": ("Nominatim, © OpenStreetMap contributors", "ODbL-1.0"),
    "photon": ("Photon, © OpenStreetMap contributors", "ODbL-1.0"),
    "geonames": ("GeoNames", "CC-BY-4.0"),
}
#: Nominatim's own word for what it found → code and precision.
_KINDS: dict[str, tuple[str, Precision]] = {
    "country": ("PCLI", "country"),
    "state": ("ADM1", "admin1"),
    "region": ("RGN", "region"),
    "province": ("ADM1", "admin1"),
    "county": ("ADM2", "admin2"),
    "district": ("ADM2", "admin2"),
    "municipality": ("ADM3", "admin2"),
    "city": ("PPL", "settlement"),
    "town": ("PPL", "settlement"),
    "village": ("PPL", "settlement"),
    "hamlet": ("PPL", "settlement"),
    "suburb": ("PPLX", "neighbourhood"),
    "quarter": ("PPLX", "neighbourhood"),
    "neighbourhood": ("PPLX", "neighbourhood"),
    "city_district": ("PPLX", "neighbourhood"),
}
_UNKNOWN_EXTENT_M = 5_000.0


def default_cache() -> Path:
    """Where answers are kept: the user's cache folder."""
    root = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(root) / "geoincidents" / "online.sqlite"


class OnlineGeocoder:
    """A geopy geocoder behind its rate limit and a cache.

    Parameters
    ----------
    service
        Name of a geopy service ("nominatim"), or a geocoder made by the caller.
    user_agent
        Who asks; a service's terms of use demand it.
    cache
        SQLite file of earlier answers; None for the user's cache folder.
    delay_s
        Seconds between two questions; Nominatim's terms ask for one.

    Raises
    ------
    UsageError
        When geopy knows no such service, or nothing says who asks.
    """

    def __init__(
        self,
        service: str | Any,
        *,
        user_agent: str | None = None,
        cache: str | Path | None = None,
        delay_s: float = 1.0,
    ) -> None:
        from geopy.extra.rate_limiter import RateLimiter

        geocoder = _made(service, user_agent) if isinstance(service, str) else service
        self.service = service if isinstance(service, str) else type(service).__name__.lower()
        source, licence = _ATTRIBUTIONS.get(self.service, (self.service, ""))
        #: To be shown wherever its answers are.
        self.attribution = source
        self._licence = licence
        self._ask: Callable[..., Any] = RateLimiter(
            geocoder.geocode, min_delay_seconds=delay_s, max_retries=1, swallow_exceptions=False
        )
        self._cache = Path(cache) if cache else default_cache()

    def geocode(self, name: str, *, country: str | None = None) -> tuple[NameHit, ...]:
        """Places that the service knows by a name, its best first.

        Parameters
        ----------
        name
            As written.
        country
            ISO alpha-2 code to look in; services without such an option ignore it.

        Raises
        ------
        OperationError
            When the service cannot be reached, or refuses.
        """
        key = (self.service, " ".join(name.split()), country or "")
        answers = self._known(key)
        if answers is None:
            answers = self._asked(key[1], country)
            self._keep(key, answers)
        return tuple(self._hit(name, answer) for answer in answers)

    def _asked(self, query: str, country: str | None) -> list[dict[str, Any]]:
        from geopy.exc import GeopyError

        options: dict[str, Any] = {"exactly_one": False}
        if self.service == "nominatim":
            options |= {"addressdetails": True, "language": "en", "limit": 5}
            if country:
                options["country_codes"] = country.lower()
        try:
            found = self._ask(query, **options) or ()
        except GeopyError as error:
            raise OperationError(
                f"{self.service} did not answer ({error}); go on without --online, or try later."
            ) from None
        return [
            {"lat": each.latitude, "lon": each.longitude, "address": each.address, "raw": each.raw}
            for each in found
        ]

    def _known(self, key: tuple[str, str, str]) -> list[dict[str, Any]] | None:
        with closing(self._open()) as connection:
            row = connection.execute(
                "SELECT answer FROM answers WHERE service = ? AND query = ? AND country = ?", key
            ).fetchone()
        return None if row is None else json.loads(row[0])

    def _keep(self, key: tuple[str, str, str], answers: list[dict[str, Any]]) -> None:
        with closing(self._open()) as connection, connection:
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (*key, json.dumps(answers, ensure_ascii=False, default=str)),
            )

    def _open(self) -> sqlite3.Connection:
        try:
            self._cache.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self._cache)
            connection.execute(_SCHEMA)
        except (OSError, sqlite3.Error) as error:
            raise OperationError(
                f"The cache of online answers {self._cache} cannot be used: {error}."
            ) from None
        return connection

    def _hit(self, name: str, answer: dict[str, Any]) -> NameHit:
        raw = _table(answer["raw"])
        address = _table(raw.get("address"))
        code, precision = _KINDS.get(str(raw.get("addresstype")), ("PPL", "settlement"))
        lat, lon = float(answer["lat"]), float(answer["lon"])
        found = str(answer["address"] or name)
        feature = Feature(
            id=_id(self.service, raw, lat, lon),
            name=str(raw.get("name") or found.split(",", maxsplit=1)[0]),
            code=code,
            precision=precision,
            lat=lat,
            lon=lon,
            country=str(address.get("country_code", "")).upper() or None,
            country_name=address.get("country"),
            admin1=address.get("state"),
            extent_m=_extent_m(raw.get("boundingbox"), lat, lon),
            source=self.attribution,
            licence=self._licence,
        )
        return NameHit(feature, found)


def _made(service: str, user_agent: str | None) -> Any:
    from geopy.exc import ConfigurationError, GeocoderNotFound
    from geopy.geocoders import get_geocoder_for_service

    if not user_agent:
        raise UsageError(
            "--online needs --user-agent: the name under which you ask, and a contact."
        )
    try:
        return get_geocoder_for_service(service)(user_agent=user_agent)
    except GeocoderNotFound:
        raise UsageError(f"geopy knows no service {service!r}; try nominatim or photon.") from None
    except (ConfigurationError, TypeError) as error:
        raise UsageError(f"{service} cannot be used so: {error}.") from None


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _id(service: str, raw: dict[str, Any], lat: float, lon: float) -> str:
    if "osm_type" in raw and "osm_id" in raw:
        return f"osm:{raw['osm_type']}/{raw['osm_id']}"
    return f"online:{service}/{lat:.5f},{lon:.5f}"


def _extent_m(box: object, lat: float, lon: float) -> float:
    """Distance to the farthest corner of a box (south, north, west, east)."""
    if not isinstance(box, list | tuple) or len(box) != 4:
        return _UNKNOWN_EXTENT_M
    south, north, west, east = (float(side) for side in box)
    corners = [(x, y) for x in (west, east) for y in (south, north)]
    return max(haversine_m(lon, lat, x, y) for x, y in corners)
