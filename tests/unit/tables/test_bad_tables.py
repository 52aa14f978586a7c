"""A table that cannot be read is refused with one sentence that says what to do."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoincidents.errors import ReportError
from geoincidents.tables import read_acled, read_table, schema

_HEADER = ",".join(schema("acled")["columns"])
_CELLS = ["x"] * 31
_CELLS[1] = "2024-05-04"


def _table(*lines):
    return "\n".join([_HEADER, *lines, ""]).encode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "the file is empty"),
        (b"\xff\xfe\x00a", "not UTF-8"),
        (b"a,b\n1,2\n", "not a table of acled or ucdp"),
        (_table("1,2"), "row 2: 2 cells under 31 columns"),
        (_table(",".join(["x"] * 31)), "is no date"),
        (_table(",".join(_CELLS).replace("2024-05-04", "2024-02-30")), "is no date"),
        (_table('"open'), "not a CSV table"),
        (f"{_HEADER},year\n".encode(), "stands there twice"),
        (_table("x" * 200_000), "not a CSV table"),
    ],
)
def test_the_sentence_says_what_is_wrong(data, sentence):
    with pytest.raises(ReportError, match=r"t\.csv") as caught:
        read_table(data, "t.csv")
    assert sentence in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ReportError, match=r"none\.csv"):
        read_acled(tmp_path / "none.csv")


def test_the_other_table_is_refused_by_name(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text(",".join(schema("ucdp")["columns"]))
    with pytest.raises(ReportError, match="not a table of acled"):
        read_acled(path)


@pytest.mark.parametrize(
    "row",
    [
        {"latitude": "nan"},
        {"latitude": "91"},
        {"longitude": "1e999"},
        {"longitude": ""},
    ],
)
def test_a_position_off_the_earth_is_no_place(row):
    cells = dict(zip(schema("acled")["columns"], _CELLS, strict=True))
    cells |= {"latitude": "50", "longitude": "30"} | row
    (incident,) = read_table(_table(",".join(cells.values())), "t.csv").incidents
    assert incident.locations == ()


def test_wild_numbers_are_no_trouble():
    cells = dict(zip(schema("acled")["columns"], _CELLS, strict=True))
    cells |= {"timestamp": "1e300", "fatalities": "inf", "time_precision": "99"}
    (incident,) = read_table(_table(",".join(cells.values())), "t.csv").incidents
    assert incident.estimates == {}
    assert incident.time.precision == "day"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    with contextlib.suppress(ReportError):
        assert len(read_table(_table() + data, "t.csv").incidents) <= data.count(b"\n") + 1
