"""KML: placemarks with extended data, read one by one without entities, links or a network."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from geoincidents.errors import ReportError
from geoincidents.reports.flatgeobuf import LOST
from geoincidents.reports.registry import reader
from geoincidents.reports.restoring import Layers, holds_incidents, other_layer, restored
from geoincidents.reports.shapes import fit
from geoincidents.reports.xml_rules import check_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from geoincidents.reports.registry import Item
    from geoincidents.reports.restoring import Placed
    from geoincidents.reports.source import Source

_MAX_BYTES = 500_000_000
_MAX_DEPTH = 32
#: Rows of our layers leave out what is empty; these say which layer it was.
_NEEDED = ("id", "event_type", "sub_event_type", "verification")


@reader(".kml")
def read_kml(source: Source) -> Iterator[Item]:
    """Yield the incidents of an `incidents` layer, from its extended data."""
    data = source.whole(_MAX_BYTES)
    check_xml(BytesIO(data), source.name)
    yield from restored(Layers(_rows(data, source.name)), source.name, lost=LOST)


def _rows(data: bytes, name: str) -> Iterator[Placed]:
    from lxml import etree

    marks = etree.iterparse(
        BytesIO(data),
        tag="{*}Placemark",
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        # A footprint may be long; what could unfold was refused.
        huge_tree=True,
    )
    found = False
    try:
        for _, mark in marks:
            row = _values(mark)
            if not found and not all(row.get(head) for head in _NEEDED):
                raise ReportError(f"{name}: holds {_what(row)} and no incidents; give an export.")
            found = True
            yield row, partial(_placed, _geometry_element(mark))
            mark.clear()
    except etree.XMLSyntaxError as error:
        raise ReportError(f"{name}: not readable KML ({error.msg}); export it again.") from None


def _what(row: dict[str, Any]) -> str:
    layer = other_layer(row)
    return f"the layer {layer}" if layer and not holds_incidents(row) else "other placemarks"


def _values(mark: Any) -> dict[str, Any]:
    """Extended data, typed (as GDAL writes it) or not (as we do)."""
    row: dict[str, Any] = {}
    for each in mark.iterfind("{*}ExtendedData/{*}Data"):
        row[each.get("name")] = each.findtext("{*}value")
    for each in mark.iterfind("{*}ExtendedData/{*}SchemaData/{*}SimpleData"):
        row[each.get("name")] = each.text
    # GDAL keeps two columns where KML has a place of its own for them.
    row.setdefault("id", mark.get("id"))
    name = mark.findtext("{*}name")
    if name != row["id"]:
        row.setdefault("name", name)
    return row


def _geometry_element(mark: Any) -> Any:
    names = ("Point", "LineString", "LinearRing", "Polygon", "MultiGeometry")
    return next((e for name in names if (e := mark.find("{*}" + name)) is not None), None)


def _placed(element: Any) -> BaseGeometry | None:
    return None if element is None else fit(_made(element, 0))


def _made(element: Any, depth: int) -> BaseGeometry:
    import shapely

    if depth > _MAX_DEPTH:
        raise ValueError("its geometry is nested too deeply")
    name = element.tag.rpartition("}")[2]
    if name == "MultiGeometry":
        return _union([_made(part, depth + 1) for part in element if isinstance(part.tag, str)])
    if name == "Polygon":
        rings = [_points(ring) for ring in element.iterfind("{*}outerBoundaryIs/{*}LinearRing")]
        holes = [_points(ring) for ring in element.iterfind("{*}innerBoundaryIs/{*}LinearRing")]
        if len(rings) != 1:
            raise ValueError("a polygon needs one outer boundary")
        return shapely.Polygon(rings[0], holes)
    points = _points(element)
    if name == "Point":
        return shapely.Point(points[0]) if points else shapely.Point()
    if name in {"LineString", "LinearRing"}:
        return shapely.LineString(points)
    raise ValueError(f"{name} is no geometry")


def _union(parts: list[BaseGeometry]) -> BaseGeometry:
    """Parts as the multi-geometry of their kind; of several kinds, a collection."""
    import shapely

    kinds = {part.geom_type for part in parts}
    makers = {
        "Point": shapely.multipoints,
        "LineString": shapely.multilinestrings,
        "Polygon": shapely.multipolygons,
    }
    make = makers.get(next(iter(kinds))) if len(kinds) == 1 else None
    return (make or shapely.geometrycollections)(parts)


def _points(element: Any) -> list[tuple[float, float]]:
    """Longitude and latitude of ``lon,lat[,height]`` groups parted by white space."""
    text = element.findtext("{*}coordinates") or ""
    return [(float(x), float(y)) for x, y, *_ in (group.split(",") for group in text.split())]
