"""GeoParquet 1.1 with a bounding-box column, for columnar engines; streamed part by part."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from geoincidents.exports.registry import WriteOptions, writer

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from geoincidents.exports.layers import Layer
    from geoincidents.model import IncidentCollection

_CORNERS = ("xmin", "ymin", "xmax", "ymax")
_COVERING = "bbox"
#: Rows in a row group: what a reader that looks for a box reads, or passes over.
_GROUP_ROWS = 65_536


@writer("parquet", ".parquet", ".geoparquet")
def write_geoparquet(collection: IncidentCollection, path: Path, options: WriteOptions) -> None:
    """Write one layer; one without geometry is plain Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from geoincidents.exports.arrow import schema_of, to_batch
    from geoincidents.exports.layers import layer_parts

    plain = schema_of(options.layer)
    about = _About()
    boxes = pa.struct([pa.field(corner, pa.float64()) for corner in _CORNERS])
    spatial = "geometry" in plain.names
    schema = plain.append(pa.field(_COVERING, boxes)) if spatial else plain
    parts = layer_parts(options.layer, collection, options.footprints, _GROUP_ROWS)
    with pq.ParquetWriter(path, schema, compression="zstd") as file:
        for part in parts:
            batch = to_batch(part, plain)
            if spatial:
                about.see(part)
                batch = batch.append_column(schema.field(_COVERING), _boxes(part, boxes))
            file.write_batch(batch)
        if spatial:
            file.add_key_value_metadata({"geo": json.dumps(about.record())})


class _About:
    """What the metadata say of all geometry: its types and its extent."""

    def __init__(self) -> None:
        self.types: set[str] = set()
        self.extents: list[tuple[float, ...]] = []

    def see(self, part: Layer) -> None:
        """Take account of one more part."""
        import shapely

        shapes = [shape for shape in part.geometries or () if shape is not None]
        self.types |= {shape.geom_type for shape in shapes}
        if shapes:
            self.extents.append(tuple(map(float, shapely.total_bounds(shapes))))

    def record(self) -> dict[str, Any]:
        """The value of the key `geo`."""
        from pyproj import CRS

        column: dict[str, Any] = {
            "encoding": "WKB",
            "geometry_types": sorted(self.types),
            "crs": CRS("EPSG:4326").to_json_dict(),
            "covering": {_COVERING: {corner: [_COVERING, corner] for corner in _CORNERS}},
        }
        if self.extents:
            west, south, east, north = zip(*self.extents, strict=True)
            column["bbox"] = [min(west), min(south), max(east), max(north)]
        return {
            "version": "1.1.0",
            "primary_column": "geometry",
            "columns": {"geometry": column},
        }


def _boxes(part: Layer, boxes: pa.DataType) -> pa.Array:
    """Bounds of each geometry in degrees; none where there is no geometry."""
    import numpy as np
    import pyarrow as pa
    import shapely

    bounds = shapely.bounds(np.array(part.geometries, dtype=object)).reshape(-1, len(_CORNERS))
    none = pa.array(np.isnan(bounds[:, 0]))
    corners = [pa.array(bounds[:, i]) for i in range(len(_CORNERS))]
    return pa.StructArray.from_arrays(corners, fields=list(boxes), mask=none)
