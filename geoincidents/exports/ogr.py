"""Layers → a file of a GDAL driver, streamed through pyogrio; nothing else here knows GDAL."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

#: The same input gives the same file: no clock goes into it.
FIXED_DATE = "2000-01-01T00:00:00.000Z"


@contextmanager
def fixed_clock() -> Iterator[None]:
    """Let GDAL date what it writes with a fixed time."""
    import pyogrio

    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": FIXED_DATE})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})


def write_stream(
    stream: pa.RecordBatchReader, path: Path, driver: str, *, layer: str, **more: Any
) -> None:
    """Write one layer with its types, nulls and geometry (WGS84, lon, lat).

    Parameters
    ----------
    stream
        Batches, as `arrow.batches` gives them.
    driver
        GDAL's short name of it, such as "GPKG".
    more
        What else `pyogrio.raw.write_arrow` takes: `append`, `geometry_type`, options.

    Raises
    ------
    OSError
        When the file cannot be written, in GDAL's words.
    """
    import pyogrio.raw
    from pyogrio.errors import DataLayerError, DataSourceError, FeatureError

    from geoincidents.exports.arrow import GEOMETRY

    spatial = GEOMETRY in stream.schema.names
    shape = {"geometry_name": GEOMETRY, "geometry_type": "Unknown", "crs": "EPSG:4326"}
    try:
        pyogrio.raw.write_arrow(
            stream, str(path), layer=layer, driver=driver, **((shape if spatial else {}) | more)
        )
    except (DataSourceError, DataLayerError, FeatureError) as error:
        raise OSError(str(error)) from error
