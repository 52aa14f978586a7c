"""PostGIS as it is: written twice it is the same, read back it is equal."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
from shapely import Point

from geoincidents.errors import OperationError
from geoincidents.exports import WriteOptions, write
from geoincidents.records import collection_record
from geoincidents.reports import read_reports
from tests.builders import collection, incident

HOSTILE = "'); DROP TABLE geoincidents.incidents; --"


def count(address: str, what: str) -> int:
    with psycopg.connect(address) as connection:
        row = connection.execute(f"SELECT count(*) FROM geoincidents.{what}").fetchone()
    return row[0]


def _by_id(made):
    return sorted(collection_record(made)["incidents"], key=lambda record: record["id"])


@pytest.fixture
def database(postgis):
    with psycopg.connect(postgis, autocommit=True) as connection:
        connection.execute("SET client_min_messages = warning")
        connection.execute("DROP SCHEMA IF EXISTS geoincidents CASCADE")
    return postgis


def test_what_was_written_reads_back_equal(database):
    made = replace(collection(incident("gi-1"), incident("gi-2", time=None)), unresolved=())
    write(made, database)
    (back,) = read_reports(database).collections
    pairs = zip(_by_id(back), _by_id(made), strict=True)
    assert all(read == written for read, written in pairs)
    assert [report.id for report in back.reports] == ["r1"]


def test_writing_again_changes_nothing_and_a_change_replaces(database):
    made = collection(incident("gi-1"))
    write(made, database)
    write(made, database)
    counts = {name: count(database, name) for name in ("incidents", "locations", "claims")}
    assert counts == {"incidents": 1, "locations": 2, "claims": 2}
    write(collection(incident("gi-1", claims=(), weapons=("missile",))), database)
    assert count(database, "claims") == 0
    (back,) = read_reports(database).collections
    assert back.incidents[0].weapons == ("missile",)


def test_views_hold_one_geometry_type_each_for_qgis(database):
    write(collection(incident("gi-1")), database)
    assert count(database, "incident_points") == 1
    assert count(database, "incident_areas") == 0


def test_hostile_text_is_only_text(database):
    write(collection(incident("gi-1", weapons=(HOSTILE, "a\x00b"), flags=(HOSTILE,))), database)
    (back,) = read_reports(database).collections
    assert back.incidents[0].flags == (HOSTILE,)


def test_a_failure_in_the_middle_leaves_the_tables_as_they_were(database):
    write(collection(incident("gi-1")), database)
    broken = replace(collection(incident("gi-2")), mentions={"no such report": ()})
    from geoincidents.exports import layers

    claims = layers.KINDS["claims"]
    first, *rest = claims.columns
    orphan = replace(
        claims, columns=(first._replace(of=lambda items: ["nowhere" for _ in items.parts]), *rest)
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(layers.KINDS, "claims", orphan)
        with pytest.raises(OperationError, match="as it was"):
            write(broken, database)
    assert count(database, "incidents") == 1


@pytest.mark.parametrize("after", [0, 1, 250])
def test_a_database_that_goes_away_in_the_middle_keeps_its_tables(database, after):
    write(collection(incident("gi-1")), database)
    many = collection(*(incident(f"gi-{n}") for n in range(300)))
    asked = []

    def footprint(_feature_id):
        """Stands for an administrator who ends every session while rows are being sent."""
        asked.append(1)
        if len(asked) == after + 1:
            with psycopg.connect(database, autocommit=True) as connection:
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
                )
        return None if len(asked) < after else Point(36.5, 49.5)

    with pytest.raises(OperationError, match="the database is as it was") as failure:
        write(many, database, options=WriteOptions(footprints=footprint))
    assert "secret" not in str(failure.value)
    assert [count(database, name) for name in ("incidents", "locations", "claims")] == [1, 2, 2]
    (back,) = read_reports(database).collections
    assert [one.id for one in back.incidents] == ["gi-1"]


def test_a_database_that_is_not_there_is_named_without_its_password(capsys):
    with pytest.raises(OperationError) as failure:
        write(collection(), "postgresql://ann:hunter2@127.0.0.1:1/none")
    assert "hunter2" not in str(failure.value)
    assert "127.0.0.1" in str(failure.value)
