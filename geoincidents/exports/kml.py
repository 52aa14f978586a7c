"""KML 2.2: one layer with a style a kind of event, for globe viewers."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from geoincidents.exports.layers import KINDS, layer_parts
from geoincidents.exports.looks import OTHER_VIOLENCE, style
from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geoincidents.model import IncidentCollection

_NAMESPACE = "http://www.opengis.net/kml/2.2"
_AREA_ALPHA = "40"
#: Characters that XML 1.0 cannot hold at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@writer("kml", ".kml")
def write_kml(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer as placemarks; every column is kept as extended data."""
    from lxml import etree

    names = [column.name for column in KINDS[options.layer].columns]
    with path.open("wb") as stream, etree.xmlfile(stream, encoding="utf-8") as file:
        file.write_declaration()
        with file.element(_tag("kml"), nsmap={None: _NAMESPACE}), file.element(_tag("Document")):
            file.write(_element("name", options.layer))
            for kind, colour in (*_colours().items(), ("", _aabbggrr(OTHER_VIOLENCE[1]))):
                file.write(_style(kind, colour))
            for part in layer_parts(options.layer, collection, options.footprints):
                for row, shape in part.placed_rows:
                    file.write(_placemark(part.name, dict(zip(names, row, strict=True)), shape))


@cache
def _colours() -> dict[str, str]:
    """Colour of each kind of event that the page has one for."""
    kinds = style()["kind"]
    told = {t: kind["light"] for kind in kinds for t in kind.get("sub_event_types", ())}
    # An alert alone is ACLED's "Other".
    told["Other"] = next(kind["light"] for kind in kinds if "alert" in kind.get("responses", ()))
    return {kind: _aabbggrr(colour) for kind, colour in told.items()}


def _aabbggrr(colour: str) -> str:
    """A colour as KML writes it, opaque.

    >>> _aabbggrr("#D55E00")
    'ff005ed5'
    """
    red, green, blue = (colour[i : i + 2].lower() for i in (1, 3, 5))
    return f"ff{blue}{green}{red}"


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _element(tag: str, text: Any = None, attributes: dict[str, str] | None = None) -> Any:
    from lxml import etree

    element = etree.Element(_tag(tag), attributes or {}, nsmap={None: _NAMESPACE})
    if text is not None:
        element.text = _FORBIDDEN.sub("\ufffd", str(text))
    return element


def _child(
    parent: Any, tag: str, text: Any = None, attributes: dict[str, str] | None = None
) -> Any:
    element = _element(tag, text, attributes)
    parent.append(element)
    return element


def _style_id(kind: str) -> str:
    return "kind-" + (re.sub(r"\W+", "-", kind).strip("-").lower() or "other-violence")


def _style(kind: str, colour: str) -> Any:
    style = _element("Style", attributes={"id": _style_id(kind)})
    _child(_child(style, "IconStyle"), "color", colour)
    line = _child(style, "LineStyle")
    _child(line, "color", colour)
    _child(line, "width", 2)
    _child(_child(style, "PolyStyle"), "color", _AREA_ALPHA + colour[2:])
    return style


def _placemark(layer: str, row: dict[str, Any], shape: BaseGeometry | None) -> Any:
    mark = _element("Placemark")
    _child(mark, "name", row.get("name") or row.get("id") or layer)
    if row.get("time_start"):
        span = _child(mark, "TimeSpan")
        _child(span, "begin", row["time_start"])
        _child(span, "end", row.get("time_end") or row["time_start"])
    kind = row.get("sub_event_type")
    _child(mark, "styleUrl", "#" + _style_id(kind if kind in _colours() else ""))
    data = _child(mark, "ExtendedData")
    for name, value in row.items():
        if value is not None:
            _child(_child(data, "Data", attributes={"name": name}), "value", value)
    if shape is not None:
        _add_geometry(mark, shape)
    return mark


def _add_geometry(parent: Any, shape: BaseGeometry) -> None:
    if hasattr(shape, "geoms"):
        parent = _child(parent, "MultiGeometry")
        for part in shape.geoms:
            _add_geometry(parent, part)
    elif shape.geom_type == "Polygon":
        polygon = _child(parent, "Polygon")
        _add_ring(polygon, "outerBoundaryIs", shape.exterior)
        for hole in shape.interiors:
            _add_ring(polygon, "innerBoundaryIs", hole)
    else:
        _child(_child(parent, shape.geom_type), "coordinates", _coordinates(shape))


def _add_ring(polygon: Any, side: str, ring: BaseGeometry) -> None:
    linear = _child(_child(polygon, side), "LinearRing")
    _child(linear, "coordinates", _coordinates(ring))


def _coordinates(shape: BaseGeometry) -> str:
    return " ".join(f"{x:.6f},{y:.6f}" for x, y, *_ in shape.coords)
