"""Incidents → the map page, the folium layer and static pictures."""

from __future__ import annotations

from geoincidents.maps.page import render_map, write_map

__all__ = ["render_map", "write_map"]
