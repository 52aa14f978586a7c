"""A geocoder in geopy's shape that answers from the gazetteer, offline.

It stands in wherever one of geopy's own does: in `RateLimiter`, in
`geopandas.tools.geocode`, behind a cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geoincidents.errors import GeoincidentsError
from geoincidents.pipeline import locate
from geoincidents.publishing import footprints
from geoincidents.records import location_record
from geoincidents.records.writing import geometry_record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geoincidents import gazetteer as gazetteers
    from geoincidents.model import Feature
    from geoincidents.model import Location as Place

#: Keys of a structured query, the place itself first.
_STRUCTURED = ("amenity", "street", "city", "county", "state", "country", "postalcode")


class Gazetteer(Geocoder):  # type: ignore[misc]
    """Geocode with the embedded gazetteer, or one of your own.

    Parameters
    ----------
    gazetteer
        The embedded one where none is given.
    country
        Country that every query is about, a name or an ISO 3166-1 alpha-2 code.
    near
        A place close to which every query is.
    timeout, proxies, user_agent, ssl_context, adapter_factory
        As for geopy's geocoders; nothing is fetched, so they change nothing.

    Examples
    --------
    >>> Gazetteer().geocode("Odessa, Texas").raw["country"]
    'US'
    """

    def __init__(
        self,
        *,
        gazetteer: gazetteers.Gazetteer | None = None,
        country: str | None = None,
        near: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        if gazetteer is None:
            from geoincidents.gazetteer import open_gazetteer

            gazetteer = open_gazetteer()
        self.gazetteer = gazetteer
        self.country = country
        self.near = near

    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        timeout: float | object = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's signature
        limit: int | None = None,
        country_codes: str | Sequence[str] | None = None,
        geometry: bool = False,
    ) -> Location | list[Location] | None:
        """Locations of a place name, a spatial expression or a structured query.

        Parameters
        ----------
        query
            Text, or a mapping with some of city, county, state, country.
        exactly_one
            One location, else a list of them, best first.
        limit
            The longest that list may be.
        country_codes
            Only places in this country, or in one of these.
        geometry
            Add the footprint to `Location.raw` as GeoJSON (lon, lat).

        Returns
        -------
        geopy.location.Location, list of them, or None
            None where nothing is found. `Location.raw` holds the fields of a
            resolved mention, from `name` to `evidence`.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            When the query is empty, of another form, or of an unknown country.
        """
        text, hints = self._read(query)
        codes = _codes(country_codes)
        try:
            found = locate(
                text,
                gazetteer=self.gazetteer,
                near=self.near,
                # One code is a hint that changes the answer; of several each may be right.
                country=codes[0] if len(codes) == 1 else hints["country"] or self.country,
                admin1=hints["state"],
            )
        except GeoincidentsError as error:
            raise GeocoderQueryError(str(error)) from error
        places = [
            place
            for place in (*found.chosen, *found.alternatives)
            if not codes or place.country in codes
        ]
        if not places:
            return None
        locations = [self._location(place, geometry=geometry) for place in places[:limit]]
        return locations[0] if exactly_one else locations

    def reverse(
        self,
        query: Point | str | Sequence[float],
        *,
        exactly_one: bool = True,
        timeout: float | object = DEFAULT_SENTINEL,  # noqa: ARG002 - geopy's signature
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """The settlement, province and country at a point.

        Parameters
        ----------
        query
            A geopy `Point`, "lat, lon", or a pair of latitude and longitude in degrees.

        Returns
        -------
        geopy.location.Location, list of them, or None
            From the settlement to the country; None in the open sea.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            When the point is none.
        """
        try:
            point = query if isinstance(query, Point) else Point(query)
        except (TypeError, ValueError) as error:
            raise GeocoderQueryError(f"{query!r} is not a point: {error}") from error
        here = self.gazetteer.reverse(point.longitude, point.latitude)
        features = [f for f in (here.settlement, here.admin1, here.country) if f is not None]
        locations = [self._of_feature(feature) for feature in features][:limit]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def _read(self, query: str | Mapping[str, str]) -> tuple[str, dict[str, str | None]]:
        if isinstance(query, str):
            text, hints = query.strip(), dict.fromkeys(_STRUCTURED)
        else:
            unknown = set(query) - set(_STRUCTURED)
            if unknown:
                raise GeocoderQueryError(f"unknown keys of a query: {', '.join(sorted(unknown))}")
            hints = {key: query.get(key) for key in _STRUCTURED}
            text = next((str(hints[key]) for key in _STRUCTURED if hints[key]), "")
        if not text:
            raise GeocoderQueryError("the query is empty; give a place name")
        return text, hints

    def _location(self, place: Place, *, geometry: bool) -> Location:
        raw = location_record(place)
        if geometry:
            shape = place.geometry
            if shape is None and place.feature_id:
                shape = footprints(self.gazetteer)(place.feature_id)
            raw["geometry"] = geometry_record(shape)
        address = _address(place.name, place.admin1, place.country_name)
        return Location(address, (place.lat, place.lon, 0.0), raw)

    def _of_feature(self, feature: Feature) -> Location:
        from geoincidents.resolution import location_of

        try:
            return self._location(location_of(feature), geometry=False)
        except GeoincidentsError as error:
            raise GeocoderServiceError(str(error)) from error


def _address(*parts: str | None) -> str:
    """Parts from the smallest to the largest, each said once."""
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _codes(given: str | Sequence[str] | None) -> list[str]:
    return [code.upper() for code in ([given] if isinstance(given, str) else given or ())]
