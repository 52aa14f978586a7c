"""Incidents → what people see: every output goes through `with_care` here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import IncidentCollection


@dataclass(frozen=True, slots=True)
class Care:
    """How to publish: places of launch and interception are generalised by default.

    `delay_hours` withholds what is younger, `coarsen` ("admin2", "admin1")
    generalises every place.
    """

    delay_hours: float | None = None
    coarsen: Literal["admin2", "admin1"] | None = None
    exact_launch_places: bool = False


def footprints(gazetteer: Gazetteer) -> Callable[[str], BaseGeometry | None]:
    """What exports ask for the shape of a feature; unknown features have none."""

    def footprint(feature_id: str) -> BaseGeometry | None:
        try:
            return gazetteer.geometry(feature_id)
        except KeyError:
            return None

    return footprint


def write(
    collection: IncidentCollection,
    path: str | Path,
    *,
    format: str | None = None,  # noqa: A002 - the command's own word
    layer: str = "incidents",
    with_text: bool = False,
    schema: Literal["acled", "ucdp"] | None = None,
    hxl: bool = False,
    care: Care | None = None,
    gazetteer: Gazetteer | None = None,
) -> None:
    """Write incidents to a file; the format follows its suffix unless it is named.

    `hxl` adds a row of hashtags to CSV and XLSX, `schema` gives CSV another's columns.

    Raises
    ------
    UsageError
        When the format or the layer is unknown.
    ExportError
        When the file cannot be written; what stood there before still does.
    """
    from geoincidents.exports import WriteOptions
    from geoincidents.exports import write as write_file

    gazetteer = gazetteer or _default_gazetteer()
    options = WriteOptions(
        layer=layer,
        with_text=with_text,
        schema=schema,
        hxl=hxl,
        footprints=footprints(gazetteer),
    )
    publishable = with_care(collection, care, gazetteer)
    write_file(publishable, path, format=format, options=options)


@dataclass(frozen=True, slots=True)
class MapOptions:
    """How a map is drawn; what is None is left to the map.

    `decimals` rounds every coordinate, `tiles` names an online basemap of
    xyzservices (without it the page asks no host for anything), `style` is a style
    by name or file.
    """

    title: str | None = None
    language: str = "en"
    style: str | None = None
    decimals: int | None = None
    tiles: str | None = None


def render_map(
    collection: IncidentCollection,
    *,
    title: str | None = None,
    options: MapOptions | None = None,
    care: Care | None = None,
    gazetteer: Gazetteer | None = None,
) -> str:
    """The interactive strike and response map as one self-contained HTML page."""
    from geoincidents.maps import render_map as render

    gazetteer = gazetteer or _default_gazetteer()
    options = options or MapOptions(title=title)
    return render(
        with_care(collection, care, gazetteer),
        gazetteer=gazetteer,
        title=options.title,
        style=options.style,
        language=options.language,
        decimals=options.decimals,
        tiles=options.tiles,
    )


def write_map(
    collection: IncidentCollection,
    path: str | Path,
    *,
    options: MapOptions | None = None,
    care: Care | None = None,
    gazetteer: Gazetteer | None = None,
) -> None:
    """Write the map page (.html), or a static picture of it (.png, .svg, .pdf).

    Raises
    ------
    UsageError
        When the suffix is none of these.
    ExportError
        When the file cannot be written; what stood there before still does.
    """
    from geoincidents.maps import write_map as write_file

    gazetteer = gazetteer or _default_gazetteer()
    options = options or MapOptions()
    drawing = {"title": options.title, "style": options.style, "language": options.language}
    page = {"decimals": options.decimals, "tiles": options.tiles}
    asked = {key: value for key, value in page.items() if value is not None}
    publishable = with_care(collection, care, gazetteer)
    write_file(publishable, path, gazetteer=gazetteer, **drawing, **asked)


def with_care(
    collection: IncidentCollection, care: Care | None, gazetteer: Gazetteer
) -> IncidentCollection:
    """The collection as it may be published; every output goes through here."""
    from geoincidents.care import publish_with_care

    care = care or Care()
    return publish_with_care(
        collection,
        gazetteer,
        delay_hours=care.delay_hours,
        coarsen=care.coarsen,
        exact_launch_places=care.exact_launch_places,
    )


def _default_gazetteer() -> Gazetteer:
    from geoincidents.gazetteer import open_gazetteer

    return open_gazetteer()
