"""One layer → a file of a GDAL driver, through pyogrio; nothing else here knows GDAL."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geoincidents.exports.layers import ColumnType, Layer

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


def write_layer(
    layer: Layer, path: Path, driver: str, *, append: bool = False, **more: Any
) -> None:
    """Write one layer with its types, nulls and geometry (WGS84, lon, lat).

    Parameters
    ----------
    driver
        GDAL's short name of it, such as "GPKG".
    append
        Add the layer to a file that exists.
    more
        Layer and dataset options of `pyogrio.raw.write`.
    """
    import numpy as np
    import pyogrio.raw
    import shapely

    spatial = layer.geometries is not None
    columns = list(zip(*layer.rows, strict=True)) if layer.rows else [()] * len(layer.columns)
    pairs = zip(columns, layer.columns, strict=True)
    pyogrio.raw.write(
        str(path),
        np.array(shapely.to_wkb(list(layer.geometries or ())), dtype=object) if spatial else None,
        [_array(values, kind) for values, (_, kind) in pairs],
        [name for name, _ in layer.columns],
        field_mask=[np.array([v is None for v in values], dtype=bool) for values in columns],
        layer=layer.name,
        driver=driver,
        crs="EPSG:4326" if spatial else None,
        append=append,
        **({"geometry_type": "Unknown" if spatial else None} | more),
    )


def _array(values: tuple[Any, ...], kind: ColumnType) -> Any:
    import numpy as np

    if kind == "text":
        return np.array(values, dtype=object)
    if kind == "datetime":
        return np.array([_utc(v) for v in values], dtype="datetime64[ms]")
    dtype = {"integer": "int64", "real": "float64", "boolean": "bool"}[kind]
    return np.array([0 if v is None else v for v in values], dtype=dtype)


def _utc(value: str | None) -> datetime:
    """GDAL's drivers keep times in UTC; nulls are masked, so any instant will do for them."""
    moment = datetime.fromisoformat(value) if value else datetime(1970, 1, 1, tzinfo=UTC)
    return moment.astimezone(UTC).replace(tzinfo=None)
