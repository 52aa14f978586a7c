"""Incidents → the map page, the folium layer and static pictures."""

from __future__ import annotations

from typing import Any

from geoincidents.maps.page import render_map
from geoincidents.maps.writing import write_map

__all__ = ["IncidentLayer", "render_map", "to_folium", "write_map"]


def __getattr__(name: str) -> Any:
    """The folium element only when it is asked for: folium takes a second to import."""
    if name in {"IncidentLayer", "to_folium"}:
        from geoincidents.maps import folium_layer

        return getattr(folium_layer, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
