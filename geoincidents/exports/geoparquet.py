"""GeoParquet 1.1 with a bounding-box column, for columnar engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.model import IncidentCollection


@writer("parquet", ".parquet", ".geoparquet")
def write_geoparquet(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer."""
    # geopandas takes most of a second to import: only who asks for Parquet waits for it.
    from geoincidents.exports.frames import to_geodataframe

    frame = to_geodataframe(collection, layer=options.layer, footprints=options.footprints)
    frame.to_parquet(path, index=False, schema_version="1.1.0", write_covering_bbox=True)
