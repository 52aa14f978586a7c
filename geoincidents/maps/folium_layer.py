"""Incidents on a folium map, with the page's own engine and safety.

folium writes popup and tooltip text into JavaScript template literals, where
``${…}`` runs and a backslash breaks the page, and branca takes what elements render
for templates once more. This layer hands neither any text of reports: data stands in
a JSON script element, written as it is, and is shown as text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, MacroElement

from geoincidents.maps.basemap import cut_basemap
from geoincidents.maps.bundle import bundle, layer_stylesheet, vendored
from geoincidents.maps.extent import extent
from geoincidents.maps.page import embed_json, page_record

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import IncidentCollection


class _Text(Element):
    """Text that stands as it is: branca takes the text of its own elements for a template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_kwargs: Any) -> str:
        """The text itself."""
        return self.text


class IncidentLayer(MacroElement):
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

    def __init__(
        self,
        collection: IncidentCollection,
        *,
        gazetteer: Gazetteer | None = None,
        style: str | Path | None = None,
        language: str = "en",
        basemap: bool = False,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "IncidentLayer"
        record = page_record(collection, gazetteer=gazetteer, style=style, language=language)
        record["basemap"] = cut_basemap(record["meta"]["bounds"]) if basemap else None
        self._data = embed_json(record)

    def render(self, **_kwargs: Any) -> str:
        """Add styles and data to the page's head, and scripts to its end."""
        figure: Any = self.get_root()
        parent: Any = self._parent
        name = self.get_name()
        data = f'<script type="application/json" id="{name}_data">{self._data}</script>'
        figure.header.add_child(_Text(f"<style>{layer_stylesheet()}</style>"), name=f"{name}_style")
        figure.header.add_child(_Text(data), name=f"{name}_data")
        call = f'window.geoincidentsLayer({parent.get_name()}, "{name}_data");'
        scripts = "\n".join([vendored()[1], bundle("folium.js"), call])
        figure.script.add_child(_Text(scripts), name=name)
        return ""


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
