"""OGC API – Features, parts Core and GeoJSON, over the layers of an export."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from geoincidents.exports.layers import BUILDERS
from geoincidents.publishing import footprints
from geoincidents.records.writing import geometry_record
from geoincidents.serving import parameters
from geoincidents.serving.openapi import openapi_document
from geoincidents.serving.waiting import in_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from starlette.requests import Request

    from geoincidents.exports.layers import Layer
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import IncidentCollection

ROOT = "/ogc"
GEOJSON = "application/geo+json"
CONFORMS_TO = [
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
]
TITLES = {
    "incidents": "Incidents, at their best footprint",
    "locations": "Places of incidents, each in its role",
    "responses": "Responses to incidents",
}
DEFAULT_LIMIT = 100
MAX_LIMIT = 10_000
_PARAMETERS = ("limit", "offset", "bbox", "datetime")


class FeatureLayer:
    """One layer ready to be asked: by page, box, time and column."""

    def __init__(self, layer: Layer) -> None:
        self.names = [name for name, _ in layer.columns]
        self.rows = list(layer.rows)
        self.shapes = layer.geometries or [None] * len(layer)

    @cached_property
    def _tree(self) -> Any:
        from shapely import STRtree

        return STRtree([shape for shape in self.shapes if shape is not None])

    @cached_property
    def _located(self) -> list[int]:
        return [i for i, shape in enumerate(self.shapes) if shape is not None]

    def matching(self, request: Request) -> list[int]:
        """Numbers of the rows that the request's box, time and columns let through."""
        query = request.query_params
        rows: Iterable[int] = range(len(self.rows))
        if "bbox" in query:
            rows = sorted(self._in_box(parameters.box(query["bbox"])))
        tests = [(self.names.index(n), v) for n, v in query.items() if n in self.names]
        span = parameters.span(query["datetime"]) if "datetime" in query else None
        return [i for i in rows if self._passes(i, tests, span)]

    def _in_box(self, box: parameters.Box) -> Iterator[int]:
        import shapely

        west, south, east, north = box
        # A box that crosses the antimeridian is two boxes.
        sides = [(west, east)] if west <= east else [(west, 180.0), (-180.0, east)]
        hits: set[int] = set()
        for left, right in sides:
            area = shapely.box(left, south, right, north)
            hits.update(int(i) for i in self._tree.query(area, predicate="intersects"))
        return (self._located[i] for i in hits)

    def _passes(self, row: int, tests: list[tuple[int, str]], span: parameters.Span | None) -> bool:
        values = self.rows[row]
        if any(str(values[i]) != wanted for i, wanted in tests):
            return False
        if span is None or "time_start" not in self.names:
            return True
        start, end = (values[self.names.index(n)] for n in ("time_start", "time_end"))
        if start is None:
            return False
        return datetime.fromisoformat(start) <= span[1] and datetime.fromisoformat(end) >= span[0]

    def feature(self, row: int) -> dict[str, Any]:
        """One row as a GeoJSON feature; its id is the incident's, else its number."""
        properties = dict(zip(self.names, self.rows[row], strict=True))
        return {
            "type": "Feature",
            "id": properties.get("id", row),
            "geometry": geometry_record(self.shapes[row]),
            "properties": properties,
        }

    def find(self, key: str) -> int | None:
        """Number of the row with this id, or None."""
        if "id" in self.names:
            at = self.names.index("id")
            return next((i for i, row in enumerate(self.rows) if row[at] == key), None)
        return int(key) if key.isdigit() and int(key) < len(self.rows) else None

    def extent(self) -> list[float] | None:
        """West, south, east, north of all geometry, in degrees."""
        import shapely

        if not self._located:
            return None
        bounds = shapely.total_bounds([self.shapes[i] for i in self._located])
        return [round(float(value), 6) for value in bounds]

    def interval(self) -> list[str] | None:
        """First and last instant of all times, in UTC."""
        ends = [
            datetime.fromisoformat(text)
            for name in ("time_start", "time_end")
            if name in self.names
            for row in self.rows
            if (text := row[self.names.index(name)])
        ]
        if not ends:
            return None
        return [f"{each(ends).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" for each in (min, max)]


class _Api:
    """The handlers, over the layers."""

    def __init__(self, layers: dict[str, FeatureLayer]) -> None:
        self.layers = layers

    def _links(self, request: Request, *links: tuple[str, str, str, str]) -> list[dict[str, str]]:
        base = f"{request.url.scheme}://{request.url.netloc}{ROOT}"
        return [
            {"href": base + path, "rel": rel, "type": kind, "title": title}
            for path, rel, kind, title in links
        ]

    async def landing(self, request: Request) -> Response:
        parameters.check_known(request.query_params, ())
        links = self._links(
            request,
            ("", "self", "application/json", "This document"),
            ("/api", "service-desc", "application/vnd.oai.openapi+json;version=3.0", "The API"),
            ("/conformance", "conformance", "application/json", "What it conforms to"),
            ("/collections", "data", "application/json", "Its collections"),
        )
        description = "Incidents, their places and responses, as public reports tell them."
        return JSONResponse({"title": "geoincidents", "description": description, "links": links})

    async def conformance(self, request: Request) -> Response:
        parameters.check_known(request.query_params, ())
        return JSONResponse({"conformsTo": CONFORMS_TO})

    async def api(self, request: Request) -> Response:
        parameters.check_known(request.query_params, ())
        base = f"{request.url.scheme}://{request.url.netloc}{ROOT}"
        kind = "application/vnd.oai.openapi+json;version=3.0"
        return JSONResponse(openapi_document(base, sorted(self.layers)), media_type=kind)

    async def collections(self, request: Request) -> Response:
        parameters.check_known(request.query_params, ())
        links = self._links(request, ("/collections", "self", "application/json", "Collections"))
        listed = [self._collection(request, name) for name in self.layers]
        return JSONResponse({"links": links, "collections": listed})

    async def collection(self, request: Request) -> Response:
        parameters.check_known(request.query_params, ())
        return JSONResponse(self._collection(request, self._name(request)))

    def _name(self, request: Request) -> str:
        name = str(request.path_params["name"])
        if name not in self.layers:
            raise HTTPException(404, f"no such collection; there are {', '.join(self.layers)}")
        return name

    def _collection(self, request: Request, name: str) -> dict[str, Any]:
        path = f"/collections/{name}"
        extent, times = self.layers[name].extent(), self.layers[name].interval()
        return {
            "id": name,
            "title": TITLES[name],
            "itemType": "feature",
            "crs": ["http://www.opengis.net/def/crs/OGC/1.3/CRS84"],
            "extent": {
                **({"spatial": {"bbox": [extent]}} if extent else {}),
                **({"temporal": {"interval": [times]}} if times else {}),
            },
            "links": self._links(
                request,
                (path, "self", "application/json", TITLES[name]),
                (path + "/items", "items", GEOJSON, "Its features"),
            ),
        }

    async def items(self, request: Request) -> Response:
        body: Response = await in_time(self._items, request)
        return body

    def _items(self, request: Request) -> Response:
        name = self._name(request)
        layer, query = self.layers[name], request.query_params
        parameters.check_known(query, {*_PARAMETERS, *layer.names})
        limit = parameters.whole(query, "limit", DEFAULT_LIMIT, low=1, high=MAX_LIMIT)
        offset = parameters.whole(query, "offset", 0, low=0, high=10**9)
        rows = layer.matching(request)
        page = rows[offset : offset + limit]
        path = f"/collections/{name}/items"
        asked = f"{path}?{_query(dict(query))}" if query else path
        links = [(asked, "self", GEOJSON, "This page")]
        if offset + limit < len(rows):
            kept = {**query, "limit": limit, "offset": offset + limit}
            links.append((f"{path}?{_query(kept)}", "next", GEOJSON, "The next page"))
        body = {
            "type": "FeatureCollection",
            "numberMatched": len(rows),
            "numberReturned": len(page),
            "links": self._links(request, *links),
            "features": [layer.feature(row) for row in page],
        }
        return _geojson(body)

    async def item(self, request: Request) -> Response:
        parameters.check_known(request.query_params, ())
        name = self._name(request)
        row = self.layers[name].find(str(request.path_params["key"]))
        if row is None:
            raise HTTPException(404, "no such feature in this collection")
        feature = self.layers[name].feature(row)
        path = f"/collections/{name}"
        feature["links"] = self._links(
            request,
            (f"{path}/items/{feature['id']}", "self", GEOJSON, "This feature"),
            (path, "collection", "application/json", TITLES[name]),
        )
        return _geojson(feature)


def _query(values: dict[str, Any]) -> str:
    from urllib.parse import urlencode

    return urlencode(values)


def _geojson(body: dict[str, Any]) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), media_type=GEOJSON)


def feature_routes(collection: IncidentCollection, gazetteer: Gazetteer) -> list[Route]:
    """Routes below `ROOT` for the layers that have geometry."""
    shapes = footprints(gazetteer)
    api = _Api({name: FeatureLayer(BUILDERS[name](collection, shapes)) for name in TITLES})
    return [
        Route(ROOT, api.landing),
        Route(ROOT + "/", api.landing),
        Route(ROOT + "/conformance", api.conformance),
        Route(ROOT + "/api", api.api),
        Route(ROOT + "/collections", api.collections),
        Route(ROOT + "/collections/{name}", api.collection),
        Route(ROOT + "/collections/{name}/items", api.items),
        Route(ROOT + "/collections/{name}/items/{key:path}", api.item),
    ]
