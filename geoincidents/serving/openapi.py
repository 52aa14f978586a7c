"""The OpenAPI 3.0 description of the features service."""

from __future__ import annotations

from typing import Any


def openapi_document(base: str, collections: list[str]) -> dict[str, Any]:
    """The description of the service at an address, for its collections."""
    name = _path("name", {"type": "string", "enum": collections}, "The collection")
    key = _path("key", {"type": "string"}, "The feature's id")
    return {
        "openapi": "3.0.3",
        "info": {"title": "geoincidents", "version": "1.0.0"},
        "servers": [{"url": base}],
        "paths": {
            "/": _get("The landing page"),
            "/conformance": _get("What the service conforms to"),
            "/collections": _get("The collections"),
            "/collections/{name}": _get("One collection", name),
            "/collections/{name}/items": _get("Features", name, *_FILTERS, geojson=True),
            "/collections/{name}/items/{key}": _get("One feature", name, key, geojson=True),
        },
    }


def _parameter(place: str, name: str, schema: dict[str, Any], text: str) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": schema, "description": text}


def _path(name: str, schema: dict[str, Any], text: str) -> dict[str, Any]:
    return _parameter("path", name, schema, text) | {"required": True}


_FILTERS = (
    _parameter("query", "limit", {"type": "integer", "minimum": 1}, "Features a page"),
    _parameter("query", "offset", {"type": "integer", "minimum": 0}, "Features to pass over"),
    _parameter(
        "query",
        "bbox",
        {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 6},
        "West, south, east, north in degrees",
    )
    | {"style": "form", "explode": False},
    _parameter("query", "datetime", {"type": "string"}, "An RFC 3339 time, or two parted by /"),
)


def _get(text: str, *parameters: dict[str, Any], geojson: bool = False) -> dict[str, Any]:
    kind = "application/geo+json" if geojson else "application/json"
    answer = {"description": text, "content": {kind: {"schema": {"type": "object"}}}}
    return {
        "get": {
            "summary": text,
            "parameters": list(parameters),
            "responses": {"200": answer, "400": {"description": "A parameter is wrong"}},
        }
    }
