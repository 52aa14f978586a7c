"""A geocoder that Nominatim's clients can talk to: `/search`, `/reverse`, `/status`."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route

from geoincidents.pipeline import locate
from geoincidents.publishing import footprints
from geoincidents.records.writing import geometry_record
from geoincidents.resolution import location_of
from geoincidents.serving.waiting import in_time

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Location
    from geoincidents.serving import parameters

_LICENCE = "Data © GeoNames, CC BY 4.0; Natural Earth, public domain"
_MAX_QUERY = 500
_MAX_RESULTS = 50
_FORMATS = ("json", "jsonv2", "geojson")
_STRUCTURED = ("amenity", "street", "city", "county", "state", "country")
#: Nominatim's address key and rank for our precisions.
_KINDS = {
    "site": ("amenity", 30),
    "neighbourhood": ("suburb", 20),
    "settlement": ("city", 16),
    "vicinity": ("city", 16),
    "admin2": ("county", 12),
    "admin1": ("state", 8),
    "country": ("country", 4),
}
_DEGREE_M = 111_320.0


def place_routes(gazetteer: Gazetteer) -> list[Route]:
    """Routes of the geocoder, with and without the suffix older clients add."""

    async def search(request: Request) -> Response:
        answer: Response = await in_time(_search, request, gazetteer)
        return answer

    async def reverse(request: Request) -> Response:
        answer: Response = await in_time(_reverse, request, gazetteer)
        return answer

    async def status(request: Request) -> Response:
        if request.query_params.get("format") == "json":
            return JSONResponse({"status": 0, "message": "OK"})
        return PlainTextResponse("OK")

    return [
        Route("/search", search),
        Route("/search.php", search),
        Route("/reverse", reverse),
        Route("/reverse.php", reverse),
        Route("/status", status),
    ]


def _search(request: Request, gazetteer: Gazetteer) -> Response:
    query = request.query_params
    structured = {key: query[key] for key in _STRUCTURED if query.get(key)}
    text = query.get("q") or next(iter(structured.values()), "")
    if not text.strip():
        raise HTTPException(400, "q is missing; give a place name")
    if len(text) > _MAX_QUERY:
        raise HTTPException(400, f"q is longer than {_MAX_QUERY} characters")
    codes = [code.upper() for code in query.get("countrycodes", "").split(",") if code]
    # One code is a hint that changes the answer; of several each may be right.
    country = codes[0] if len(codes) == 1 else structured.get("country")
    found = locate(
        text,
        gazetteer=gazetteer,
        country=None if text == country else country,
        admin1=structured.get("state") if text != structured.get("state") else None,
    )
    limit = _limit(query.get("limit", "10"))
    area = (
        _viewbox(query["viewbox"]) if query.get("bounded") == "1" and "viewbox" in query else None
    )
    places = [
        place
        for place in (*found.chosen, *found.alternatives)
        if (not codes or place.country in codes) and _inside(place, area)
    ]
    rows = [_row(place, gazetteer, query) for place in places[:limit]]
    return _answer(rows, query.get("format", "jsonv2"), many=True)


def _viewbox(text: str) -> parameters.Box:
    """Nominatim's box: two corners, in any order."""
    try:
        x1, y1, x2, y2 = map(float, text.split(","))
    except ValueError:
        raise HTTPException(400, "viewbox needs x1,y1,x2,y2 in degrees") from None
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _inside(place: Location, area: parameters.Box | None) -> bool:
    if area is None:
        return True
    west, south, east, north = area
    return west <= place.lon <= east and south <= place.lat <= north


def _limit(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text[:6]) < 1:
        raise HTTPException(400, "limit needs a whole number from 1 up")
    return min(int(text[:6]), _MAX_RESULTS)


def _reverse(request: Request, gazetteer: Gazetteer) -> Response:
    query = request.query_params
    try:
        lat, lon = float(query["lat"]), float(query["lon"])
    except (KeyError, ValueError):
        raise HTTPException(400, "lat and lon are needed, in degrees") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise HTTPException(400, "lat and lon are not a position on Earth")
    here = gazetteer.reverse(lon, lat)
    zoom = query.get("zoom", "18")
    coarse_first = [here.country, here.admin1, here.settlement]
    # Nominatim's zoom asks for how fine an answer should be.
    depth = 1 if zoom in {"0", "1", "2", "3", "4"} else 2 if zoom in {"5", "6", "7", "8"} else 3
    feature = next((f for f in reversed(coarse_first[:depth]) if f is not None), None)
    if feature is None:
        return JSONResponse({"error": "Unable to geocode"})
    row = _row(location_of(feature), gazetteer, query)
    return _answer([row], query.get("format", "jsonv2"), many=False)


def _row(place: Location, gazetteer: Gazetteer, query: Any) -> dict[str, Any]:
    kind, rank = _KINDS.get(place.precision, ("region", 10))
    display = list(dict.fromkeys(filter(None, (place.name, place.admin1, place.country_name))))
    row: dict[str, Any] = {
        "place_id": _place_id(place),
        "licence": _LICENCE,
        "lat": f"{place.lat:.6f}",
        "lon": f"{place.lon:.6f}",
        "category": "boundary" if kind in {"state", "county", "country"} else "place",
        "type": "administrative" if kind in {"state", "county", "country"} else kind,
        "place_rank": rank,
        "importance": round(place.confidence, 3),
        "addresstype": kind,
        "name": place.name or "",
        "display_name": ", ".join(display),
        "boundingbox": _bounds(place, gazetteer),
    }
    if query.get("addressdetails") == "1" or "lat" in query:
        row["address"] = _address(place, kind)
    if query.get("polygon_geojson") == "1":
        row["geojson"] = _footprint(place, gazetteer)
    return row


def _place_id(place: Location) -> int:
    """A number, as clients expect: GeoNames' own, else one made of the id."""
    key = place.feature_id or f"{place.name}|{place.lat:.5f}|{place.lon:.5f}"
    scheme, _, number = key.partition(":")
    if scheme == "geonames" and number.isdigit():
        return int(number)
    return int.from_bytes(sha256(key.encode("utf-8", "replace")).digest()[:6], "big")


def _shape(place: Location, gazetteer: Gazetteer) -> Any:
    if place.geometry is not None or place.feature_id is None:
        return place.geometry
    return footprints(gazetteer)(place.feature_id)


def _bounds(place: Location, gazetteer: Gazetteer) -> list[str]:
    """South, north, west, east as text, as Nominatim gives them."""
    shape = _shape(place, gazetteer)
    if shape is not None and not shape.is_empty:
        west, south, east, north = shape.bounds
    else:
        from math import cos, radians

        high = place.uncertainty_m / _DEGREE_M
        wide = high / max(0.01, cos(radians(place.lat)))
        west, east = place.lon - wide, place.lon + wide
        south, north = place.lat - high, place.lat + high
    return [f"{value:.6f}" for value in (south, north, west, east)]


def _footprint(place: Location, gazetteer: Gazetteer) -> Any:
    point = {"type": "Point", "coordinates": [place.lon, place.lat]}
    return geometry_record(_shape(place, gazetteer)) or point


def _address(place: Location, kind: str) -> dict[str, str]:
    parts = {
        kind: place.name,
        "county": place.admin2,
        "state": place.admin1,
        "country": place.country_name,
        "country_code": (place.country or "").lower(),
    }
    return {key: value for key, value in parts.items() if value}


def _answer(rows: list[dict[str, Any]], form: str, *, many: bool) -> Response:
    if form not in _FORMATS:
        raise HTTPException(400, f"format is one of {', '.join(_FORMATS)}")
    if form == "geojson":
        features = [_feature(row) for row in rows]
        body: Any = {"type": "FeatureCollection", "licence": _LICENCE, "features": features}
        return JSONResponse(body, media_type="application/geo+json")
    if form == "json":
        rows = [_renamed(row) for row in rows]
    return JSONResponse(rows if many else rows[0])


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    """The older format calls the category a class."""
    return {("class" if key == "category" else key): value for key, value in row.items()}


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    point = {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]}
    south, north, west, east = map(float, row["boundingbox"])
    left_out = {"lat", "lon", "boundingbox", "geojson", "licence"}
    return {
        "type": "Feature",
        "bbox": [west, south, east, north],
        "geometry": row.get("geojson", point),
        "properties": {key: value for key, value in row.items() if key not in left_out},
    }
