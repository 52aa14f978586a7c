"""A QGIS style of the incidents layer that looks like the map page's.

The layer holds points and areas: each kind has two rules, a marker for points
and a hatched fill for areas, so that an area is never a pin.
"""

from __future__ import annotations

import tomllib
import xml.etree.ElementTree as ET
from functools import cache
from typing import TYPE_CHECKING, Any

from geoincidents.data import data_path

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The page's shapes in QGIS's words; what QGIS lacks is a circle.
_SHAPES = {
    "diamond": "diamond",
    "triangle": "triangle",
    "square": "square",
    "crossring": "cross_fill",
    "plus": "cross_fill",
    "cross": "cross",
}
_MARKER_MM = "4"
#: Names that people read above the columns.
ALIASES = {
    "sub_event_type": "Kind",
    "time_start": "From",
    "time_end": "Until",
    "name": "Place",
    "uncertainty_m": "Uncertainty (m)",
    "killed_low": "Killed, lowest claim",
    "killed_best": "Killed, best figure",
    "killed_high": "Killed, highest claim",
    "injured_low": "Injured, lowest claim",
    "injured_best": "Injured, best figure",
    "injured_high": "Injured, highest claim",
    "reports": "Reports that tell of it",
    "verification": "How sure the reports are",
}


@cache
def incidents_qml() -> str:
    """The style as QML, made from the page's own style file."""
    root = ET.Element("qgis", version="3.22.0", styleCategories="Symbology|Fields|AttributeTable")
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0")
    rules = ET.SubElement(renderer, "rules", key="incidents")
    symbols = ET.SubElement(renderer, "symbols")
    for number, (label, condition, shape, colour) in enumerate(_kinds()):
        _add_rule(rules, 2 * number, f"{label}, at a place", condition, "Point")
        _add_marker(symbols, str(2 * number), shape, colour)
        _add_rule(rules, 2 * number + 1, f"{label}, in an area", condition, "Polygon")
        _add_hatching(symbols, str(2 * number + 1), colour)
    aliases = ET.SubElement(root, "aliases")
    for index, (field, name) in enumerate(ALIASES.items()):
        ET.SubElement(aliases, "alias", field=field, index=str(index), name=name)
    ET.SubElement(root, "previewExpression").text = '"name"'
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(
        root, encoding="unicode"
    )


def _kinds() -> Iterator[tuple[str, str, str, str]]:
    """Label, condition, shape and colour of each kind, and of what is left."""
    with data_path("maps", "styles", "default.toml").open("rb") as stream:
        kinds: list[dict[str, Any]] = tomllib.load(stream)["kind"]
    told = []
    for kind in kinds:
        types = kind.get("sub_event_types", [])
        if not types:
            continue
        listed = ", ".join(f"'{name}'" for name in types)
        told += types
        shape = _SHAPES.get(kind["shape"], "circle")
        yield types[0], f'"sub_event_type" IN ({listed})', shape, kind["light"]
    # An alert alone is ACLED's "Other": it looks as alerts do on the page.
    alert = next(kind["light"] for kind in kinds if "alert" in kind.get("responses", []))
    yield "Alerts and other responses", "\"sub_event_type\" = 'Other'", "circle", alert
    told.append("Other")
    rest = ", ".join(f"'{name}'" for name in told)
    yield "Other violence", f'"sub_event_type" NOT IN ({rest})', "square", "#CC79A7"


def _add_rule(rules: ET.Element, symbol: int, label: str, condition: str, kind: str) -> None:
    of_kind = f"geometry_type($geometry) = '{kind}'"
    ET.SubElement(
        rules,
        "rule",
        key=f"rule-{symbol}",
        symbol=str(symbol),
        label=label,
        filter=f"{condition} AND {of_kind}",
    )


def _add_symbol(
    symbols: ET.Element, key: str, kind: str, layer: str, values: dict[str, str]
) -> None:
    symbol = ET.SubElement(symbols, "symbol", name=key, type=kind, alpha="1", clip_to_extent="1")
    element = ET.SubElement(symbol, "layer", {"class": layer, "enabled": "1", "pass": "0"})
    options = ET.SubElement(element, "Option", type="Map")
    for name, value in values.items():
        ET.SubElement(options, "Option", name=name, type="QString", value=value)


def _rgba(colour: str, alpha: int = 255) -> str:
    """QGIS writes colours as red,green,blue,alpha.

    >>> _rgba("#D55E00")
    '213,94,0,255'
    """
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return ",".join(map(str, (*channels, alpha)))


def _add_marker(symbols: ET.Element, key: str, shape: str, colour: str) -> None:
    values = {
        "name": shape,
        "color": _rgba(colour),
        "outline_color": _rgba("#202020"),
        "outline_style": "solid",
        "outline_width": "0.3",
        "size": _MARKER_MM,
        "size_unit": "MM",
    }
    _add_symbol(symbols, key, "marker", "SimpleMarker", values)


def _add_hatching(symbols: ET.Element, key: str, colour: str) -> None:
    values = {
        "color": _rgba(colour),
        "style": "b_diagonal",
        "outline_color": _rgba(colour),
        "outline_style": "dash",
        "outline_width": "0.5",
    }
    _add_symbol(symbols, key, "fill", "SimpleFill", values)
