"""Styles of QGIS for the layers, which look like the map page's.

A layer holds points, lines and areas: each look has a rule for each, a sign for
points and a hatched fill for areas, so that an area is never a pin.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING

from geoincidents.exports.columns import TOLLS
from geoincidents.exports.layers import KINDS
from geoincidents.exports.looks import looks, style

if TYPE_CHECKING:
    from collections.abc import Callable

    from geoincidents.exports.looks import Look

#: Millimetres on paper to a pixel of the page.
_PIXEL_MM = 0.2
_LABEL_OFFSET_MM = 3.2
_INK = "#202020"
_ENDS = {"low": "lowest claim", "best": "best figure", "high": "highest claim"}
#: Names that people read above the columns.
ALIASES = {
    "event_type": "Type of event",
    "sub_event_type": "Kind",
    "time_start": "From",
    "time_end": "Until",
    "time_precision": "How exactly dated",
    "time_text": "Time in the report's words",
    "name": "Place",
    "country_name": "Country",
    "admin1": "Province",
    "admin2": "District",
    "precision": "How exactly placed",
    "uncertainty_m": "Uncertainty (m)",
    **{
        f"{toll}_{end}": f"{toll.capitalize()}, {words}"
        for toll in TOLLS
        for end, words in _ENDS.items()
    },
    "reports": "Reports that tell of it",
    "verification": "How sure the reports are",
    "role": "Role of the place",
    "kind": "What was done",
    "actor": "Who did it",
    "text": "Words of the report",
}
#: What stands beside a sign, as an expression of QGIS.
_LABELS = {
    "incidents": "\"name\" || if(geometry_type($geometry) = 'Point', "
    "coalesce(' and ' || nullif(num_geometries($geometry) - 1, 0) || ' more', ''), '') "
    "|| coalesce(' · ' || \"killed_best\" || ' killed', '')",
    "locations": '"name"',
    "responses": "replace(\"kind\", '_', ' ')",
}
#: Where it stands: at the main place of several, and at one point of an area.
_LABELLED_AT = {
    "incidents": 'make_point("lon", "lat")',
    "locations": 'make_point("lon", "lat")',
    "responses": "point_on_surface($geometry)",
}


def aliases(layer: str) -> dict[str, str]:
    """Names that people read, for the columns of one layer."""
    return {c.name: ALIASES[c.name] for c in KINDS[layer].columns if c.name in ALIASES}


@cache
def layer_qml(layer: str) -> str:
    """The style of a layer with geometry as QML."""
    root = ET.Element(
        "qgis",
        version="3.22.0",
        styleCategories="Symbology|Labeling|Fields|AttributeTable",
        labelsEnabled="1",
    )
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    rules = ET.SubElement(renderer, "rules", key=layer)
    symbols = ET.SubElement(renderer, "symbols")
    for look in looks(layer):
        for kind, (suffix, add) in _SYMBOLS.items():
            key = str(len(symbols))
            condition = f"{look.condition} AND geometry_type($geometry) = '{kind}'"
            label = f"{look.label}{suffix}"
            ET.SubElement(
                rules, "rule", key=f"rule-{key}", symbol=key, label=label, filter=condition
            )
            add(symbols, key, look)
    _add_labels(root, _LABELS[layer], _LABELLED_AT[layer])
    named = ET.SubElement(root, "aliases")
    for field, name in aliases(layer).items():
        ET.SubElement(named, "alias", field=field, name=name)
    ET.SubElement(root, "previewExpression").text = '"name"'
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(
        root, encoding="unicode"
    )


def _add_symbol(
    symbols: ET.Element, key: str, kind: str, layer: str, values: dict[str, str]
) -> ET.Element:
    symbol = ET.SubElement(symbols, "symbol", name=key, type=kind, alpha="1", clip_to_extent="1")
    element = ET.SubElement(symbol, "layer", {"class": layer, "enabled": "1", "pass": "0"})
    _add_options(element, values)
    return element


def _add_options(parent: ET.Element, values: dict[str, str], name: str = "") -> ET.Element:
    more = {"name": name} if name else {}
    options = ET.SubElement(parent, "Option", {"type": "Map", **more})
    for key, value in values.items():
        ET.SubElement(options, "Option", name=key, type="QString", value=value)
    return options


def _rgba(colour: str, alpha: int = 255) -> str:
    """QGIS writes colours as red,green,blue,alpha.

    >>> _rgba("#D55E00")
    '213,94,0,255'
    """
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return ",".join(map(str, (*channels, alpha)))


def _svg(look: Look) -> str:
    """The sign as the page draws it, inside the style itself."""
    if look.disc:
        body = (
            f'<circle cx="12" cy="12" r="11" fill="{look.colour}" stroke="{_INK}"/>'
            f'<path d="{look.sign}" fill="#fff" fill-rule="evenodd"/>'
        )
    else:
        body = f'<path d="{look.sign}" fill="{look.colour}" stroke="{_INK}" fill-rule="evenodd"/>'
    text = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">{body}</svg>'
    return "base64:" + b64encode(text.encode()).decode()


def _add_marker(symbols: ET.Element, key: str, look: Look) -> None:
    size = style()["size"]
    values = {"name": _svg(look), "size": f"{size['none'] * _PIXEL_MM:g}", "size_unit": "MM"}
    marker = _add_symbol(symbols, key, "marker", "SvgMarker", values)
    # As on the page, a sign grows with the square root of the best toll.
    share = f"min(1, sqrt(coalesce(attribute('killed_best'), 0) / {size['full']:.1f}))"
    small, large = (size[end] * _PIXEL_MM for end in ("min", "max"))
    properties = ET.SubElement(marker, "data_defined_properties")
    whole = _add_options(properties, {"name": "", "type": "collection"})
    named = ET.SubElement(whole, "Option", name="properties", type="Map")
    expression = f"{small:g} + {large - small:g} * {share}"
    defined = _add_options(named, {"expression": expression}, "size")
    ET.SubElement(defined, "Option", name="active", type="bool", value="true")
    ET.SubElement(defined, "Option", name="type", type="int", value="3")


def _add_line(symbols: ET.Element, key: str, look: Look) -> None:
    values = {"line_color": _rgba(look.colour), "line_style": "dash", "line_width": "0.7"}
    _add_symbol(symbols, key, "line", "SimpleLine", values)


def _add_hatching(symbols: ET.Element, key: str, look: Look) -> None:
    values = {
        "color": _rgba(look.colour),
        "style": "b_diagonal",
        "outline_color": _rgba(look.colour),
        "outline_style": "dash",
        "outline_width": "0.5",
    }
    _add_symbol(symbols, key, "fill", "SimpleFill", values)


#: QGIS's word for a geometry, what the legend adds, and what draws it.
_SYMBOLS: dict[str, tuple[str, Callable[[ET.Element, str, Look], None]]] = {
    "Point": ("", _add_marker),
    "Line": (", along a line", _add_line),
    "Polygon": (", somewhere in an area", _add_hatching),
}


def _add_labels(root: ET.Element, expression: str, place: str) -> None:
    labeling = ET.SubElement(root, "labeling", type="simple")
    settings = ET.SubElement(labeling, "settings", calloutType="simple")
    text = ET.SubElement(
        settings,
        "text-style",
        fieldName=expression,
        isExpression="1",
        fontSize="8",
        fontSizeUnit="Point",
        fontWeight="50",
        textColor=_rgba(_INK),
        textOpacity="1",
    )
    ET.SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.8",
        bufferSizeUnits="MM",
        bufferColor=_rgba("#FFFFFF"),
        bufferOpacity="0.85",
        bufferNoFill="1",
    )
    # Right of the sign.
    ET.SubElement(
        settings,
        "placement",
        placement="1",
        quadOffset="5",
        xOffset=f"{_LABEL_OFFSET_MM:g}",
        offsetUnits="MM",
        priority="5",
        geometryGenerator=place,
        geometryGeneratorType="PointGeometry",
        geometryGeneratorEnabled="1",
    )
    ET.SubElement(settings, "rendering", scaleVisibility="0", obstacle="1", displayAll="0")
