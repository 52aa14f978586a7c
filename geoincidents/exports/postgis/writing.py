"""Layers → PostGIS: staged by COPY, then upserted by id."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import TYPE_CHECKING, Any

from geoincidents.databases import transaction
from geoincidents.exports.layers import KINDS, layer_parts
from geoincidents.exports.registry import destination
from geoincidents.records import incident_record

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from geoincidents.exports.layers import Layer
    from geoincidents.exports.registry import WriteOptions
    from geoincidents.model import Incident, IncidentCollection
    from geoincidents.records.writing import Footprints

_WGS84 = 4326
#: NUL as JSON writes it, with what backslashes of others stand before it.
_NUL = re.compile(r"((?<!\\)(?:\\\\)*)\\u0000")


@destination("postgresql://", "postgres://")
def write_postgis(collection: IncidentCollection, address: str, options: WriteOptions) -> None:
    """Write every layer; rows of an id that is there already are replaced.

    Raises
    ------
    ExportError
        When the database cannot be reached or refuses; it is then as it was.
    """
    owners = {
        "incident_id": [incident.id for incident in collection.incidents],
        "report_id": [report.id for report in collection.reports],
    }
    with transaction(address) as connection:
        _make_schema(connection)
        for name in KINDS:
            _empty(connection, name, owners)
            _write_layer(connection, name, collection, options.footprints)


def _make_schema(connection: psycopg.Connection) -> None:
    from geoincidents.exports.postgis.schema import statements

    with connection.cursor() as cursor:
        # What is there already is no news.
        cursor.execute("SET LOCAL client_min_messages = warning")
        # Two writers making the schema at once would meet: the second waits.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('geoincidents'))")
        for statement in statements(list(KINDS.values())):
            cursor.execute(statement)


def _write_layer(
    connection: psycopg.Connection,
    name: str,
    collection: IncidentCollection,
    footprints: Footprints | None,
) -> None:
    from psycopg import sql

    from geoincidents.exports.postgis.schema import KEYS, table

    names = _names(name)
    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    stage = sql.Identifier(f"stage_{name}")
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                stage, columns, table(name)
            )
        )
        with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(stage, columns)) as copy:
            for row in _rows(name, collection, footprints):
                copy.write_row(row)
        if name in KEYS:
            cursor.execute(_upsert(name, KEYS[name], names, stage))
            return
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(
                table(name), columns, columns, stage
            )
        )


def _names(layer: str) -> list[str]:
    kind = KINDS[layer]
    names = [column.name for column in kind.columns]
    names += ["geom"] if kind.spatial else []
    return [*names, "record"] if layer == "incidents" else names


def _empty(connection: psycopg.Connection, name: str, owners: dict[str, list[str]]) -> None:
    """Drop the rows that belong to what is written again: they come with it anew."""
    from psycopg import sql

    from geoincidents.exports.postgis.schema import OWNERS, table

    if name not in OWNERS:
        return
    column, _ = OWNERS[name]
    connection.execute(
        sql.SQL("DELETE FROM {} WHERE {} = ANY(%s)").format(table(name), sql.Identifier(column)),
        (owners[column],),
    )


def _upsert(name: str, key: str, names: list[str], stage: Any) -> Any:
    from psycopg import sql

    from geoincidents.exports.postgis.schema import table

    columns = sql.SQL(", ").join(map(sql.Identifier, names))
    changes = sql.SQL(", ").join(
        sql.SQL("{} = EXCLUDED.{}").format(sql.Identifier(n), sql.Identifier(n))
        for n in names
        if n != key
    )
    return sql.SQL(
        "INSERT INTO {} ({}) SELECT {} FROM {} ON CONFLICT ({}) DO UPDATE SET {}"
    ).format(table(name), columns, columns, stage, sql.Identifier(key), changes)


def _rows(
    name: str, collection: IncidentCollection, footprints: Footprints | None
) -> Iterator[list[Any]]:
    records = map(partial(_record, footprints=footprints), collection.incidents)
    for part in layer_parts(name, collection, footprints):
        shapes = _ewkb(part)
        for number, row in enumerate(part.rows):
            cells = list(map(_storable, row))
            if shapes is not None:
                cells.append(shapes[number])
            if name == "incidents":
                cells.append(next(records))
            yield cells


def _record(incident: Incident, footprints: Footprints | None) -> str:
    text = json.dumps(incident_record(incident, footprints), ensure_ascii=False)
    # An escaped backslash before "u0000" is no NUL.
    return str(_storable(_NUL.sub(r"\1", text)))


def _ewkb(part: Layer) -> list[str | None] | None:
    """Geometries as PostGIS reads them from text, each with its reference system."""
    import numpy as np
    import shapely

    if part.geometries is None:
        return None
    located = shapely.set_srid(np.array(part.geometries, dtype=object), _WGS84)
    texts: list[str | None] = shapely.to_wkb(located, hex=True, include_srid=True).tolist()
    return texts


def _storable(value: Any) -> Any:
    """PostgreSQL's text holds no NUL and no half of a surrogate pair."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return value
