"""Maps as files: the page, or a static picture, by the extension."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoincidents.atomic import replacing, write_text
from geoincidents.errors import UsageError
from geoincidents.maps.page import render_map
from geoincidents.maps.picture import PICTURES, draw_picture

if TYPE_CHECKING:
    from geoincidents.model import IncidentCollection

PAGES = (".html", ".htm")


def write_map(collection: IncidentCollection, path: str | Path, **options: Any) -> None:
    """Write the map beside `path`, then put it in its place.

    The extension decides: ``.html`` is the page; ``.png``, ``.svg`` and ``.pdf`` are
    static pictures, drawn without a browser. `options` are `render_map`'s; pictures
    take `gazetteer`, `title`, `style`, `language` and `made` of them.

    Raises
    ------
    UsageError
        For another extension.
    ExportError
        When the file cannot be written; what stood there before still does.
    """
    target = Path(path)
    suffix = target.suffix.lower()
    if suffix in PAGES:
        write_text(target, render_map(collection, **options))
    elif suffix in PICTURES:
        with replacing(target) as fresh:
            draw_picture(collection, fresh, suffix, **options)
    else:
        known = ", ".join((*PAGES, *PICTURES))
        raise UsageError(
            f"A map is written as one of {known}, not {suffix or 'without extension'}."
        )
