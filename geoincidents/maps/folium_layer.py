"""Incidents on a folium map, with the page's own engine and safety.

folium writes popup and tooltip text into JavaScript template literals, where
``${…}`` runs and a backslash breaks the page. This layer hands folium no text of
reports at all: data stands in a JSON script element and is shown as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
import jinja2
from branca.element import MacroElement

from geoincidents.maps.basemap import cut_basemap
from geoincidents.maps.bundle import bundle, layer_stylesheet, vendored
from geoincidents.maps.extent import extent
from geoincidents.maps.page import embed_json, page_record

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import IncidentCollection

_TEMPLATE = """
{% macro header(this, kwargs) %}
<style>{{ this.css | safe }}</style>
<script type="application/json" id="{{ this.get_name() }}_data">{{ this.data | safe }}</script>
{% endmacro %}
{% macro script(this, kwargs) %}
{{ this.scripts | safe }}
window.geoincidentsLayer({{ this._parent.get_name() }}, "{{ this.get_name() }}_data");
{% endmacro %}
"""


class IncidentLayer(MacroElement):  # type: ignore[misc]
    """Incidents as a folium element: ``IncidentLayer(collection).add_to(folium.Map())``.

    Parameters
    ----------
    collection
        What to draw.
    gazetteer
        Gives provinces and countries their shape; without it they are circles.
    style
        Name of a style, or path of a TOML file.
    language
        ``"en"``, ``"uk"`` or ``"ru"``.
    basemap
        Draw the offline basemap below the incidents, for maps without tiles.
    """

    _template = jinja2.Environment(autoescape=True).from_string(_TEMPLATE)

    def __init__(
        self,
        collection: IncidentCollection,
        *,
        gazetteer: Gazetteer | None = None,
        style: str | Path | None = None,
        language: str = "en",
        basemap: bool = False,
    ) -> None:
        super().__init__()
        self._name = "IncidentLayer"
        record = page_record(collection, gazetteer=gazetteer, style=style, language=language)
        record["basemap"] = cut_basemap(extent(collection)) if basemap else None
        self.data = embed_json(record)
        self.css = layer_stylesheet()
        self.scripts = vendored()[1] + bundle("folium.js")


def to_folium(
    collection: IncidentCollection,
    *,
    gazetteer: Gazetteer | None = None,
    tiles: str | None = None,
    style: str | Path | None = None,
    language: str = "en",
) -> folium.Map:
    """A folium map of the collection, opened on its extent.

    Parameters
    ----------
    collection
        What to draw.
    gazetteer
        Gives provinces and countries their shape.
    tiles
        Name of an online tile source, as folium takes it; by default the offline
        basemap is drawn. folium itself still loads Leaflet from its host.
    style, language
        As for `IncidentLayer`.
    """
    chart = folium.Map(tiles=tiles, world_copy_jump=True)
    west, south, east, north = extent(collection)
    chart.fit_bounds([[south, west], [north, east]])
    layer = IncidentLayer(
        collection, gazetteer=gazetteer, style=style, language=language, basemap=tiles is None
    )
    chart.add_child(layer)
    return chart


__all__: list[Any] = ["IncidentLayer", "to_folium"]
