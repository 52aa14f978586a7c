"""KML 2.2: one layer with a style a kind of event, for globe viewers."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Any

from geoincidents.exports.layers import BUILDERS
from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geoincidents.exports.layers import Layer
    from geoincidents.model import IncidentCollection

_NAMESPACE = "http://www.opengis.net/kml/2.2"
#: KML writes colours as aabbggrr; these are Okabe–Ito's, as on the map page.
_COLOURS = {
    "Shelling/artillery/missile attack": "ff005ed5",
    "Air/drone strike": "ff009fe6",
    "Disrupted weapons use": "ff000000",
    "Other": "ffe9b456",
}
_OTHER_COLOUR = "ffa779cc"
_AREA_ALPHA = "40"
#: Characters that XML 1.0 cannot hold at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@writer("kml", ".kml")
def write_kml(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer as placemarks; every column is kept as extended data."""
    layer = BUILDERS[options.layer](collection, options.footprints)
    ET.register_namespace("", _NAMESPACE)
    root = ET.Element(_tag("kml"))
    document = _child(root, "Document")
    _child(document, "name", layer.name)
    for kind, colour in (*_COLOURS.items(), ("", _OTHER_COLOUR)):
        _add_style(document, kind, colour)
    names = [name for name, _ in layer.columns]
    for row, shape in zip(layer.rows, layer.geometries or (None,) * len(layer.rows), strict=True):
        _add_placemark(document, layer, dict(zip(names, row, strict=True)), shape)
    ET.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"


def _child(
    parent: ET.Element, tag: str, text: Any = None, attributes: dict[str, str] | None = None
) -> ET.Element:
    element = ET.SubElement(parent, _tag(tag), attributes or {})
    if text is not None:
        element.text = _FORBIDDEN.sub("\ufffd", str(text))
    return element


def _style_id(kind: str) -> str:
    return "kind-" + (re.sub(r"\W+", "-", kind).strip("-").lower() or "other-violence")


def _add_style(document: ET.Element, kind: str, colour: str) -> None:
    style = _child(document, "Style", attributes={"id": _style_id(kind)})
    _child(_child(style, "IconStyle"), "color", colour)
    line = _child(style, "LineStyle")
    _child(line, "color", colour)
    _child(line, "width", 2)
    _child(_child(style, "PolyStyle"), "color", _AREA_ALPHA + colour[2:])


def _add_placemark(
    document: ET.Element, layer: Layer, row: dict[str, Any], shape: BaseGeometry | None
) -> None:
    mark = _child(document, "Placemark")
    _child(mark, "name", row.get("name") or row.get("id") or layer.name)
    if row.get("time_start"):
        span = _child(mark, "TimeSpan")
        _child(span, "begin", row["time_start"])
        _child(span, "end", row.get("time_end") or row["time_start"])
    kind = row.get("sub_event_type")
    _child(mark, "styleUrl", "#" + _style_id(kind if kind in _COLOURS else ""))
    data = _child(mark, "ExtendedData")
    for name, value in row.items():
        if value is not None:
            _child(_child(data, "Data", attributes={"name": name}), "value", value)
    if shape is not None:
        _add_geometry(mark, shape)


def _add_geometry(parent: ET.Element, shape: BaseGeometry) -> None:
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


def _add_ring(polygon: ET.Element, side: str, ring: BaseGeometry) -> None:
    linear = _child(_child(polygon, side), "LinearRing")
    _child(linear, "coordinates", _coordinates(ring))


def _coordinates(shape: BaseGeometry) -> str:
    return " ".join(f"{x:.6f},{y:.6f}" for x, y, *_ in shape.coords)
