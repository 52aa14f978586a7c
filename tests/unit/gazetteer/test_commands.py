"""``geoincidents gazetteer`` as a user meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from geoincidents.cli import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(world_file: Path) -> list[str]:
    return ["--gazetteer", str(world_file)]


def test_search_prints_a_table(file: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "search", "Khark", *file]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert "geonames:101" in line
    assert "51.5000,30.5000" in line


def test_search_prints_json(file: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "search", "aldorf", "--json", *file]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [each["id"] for each in found] == ["geonames:105", "geonames:104"]


def test_search_of_nothing_suggests(file: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "search", "Kupyanks", *file]) == 0
    said = capsys.readouterr()
    assert said.out == ""
    assert "do you mean Kupyansk?" in said.err


def test_reverse_tells_what_lies_there(file: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gazetteer", "search", "--reverse", "51.5,30.5", "--json", *file]) == 0
    found = json.loads(capsys.readouterr().out)
    assert [found[key]["id"] for key in ("settlement", "admin1", "country")] == [
        "geonames:101",
        "geonames:11",
        "geonames:1",
    ]


@pytest.mark.parametrize(
    "wrong",
    [["search"], ["search", "x", "--reverse", "1,2"], ["search", "--reverse", "north"],
     ["search", "--reverse", "91,0"], ["search", "--reverse", "1,2,3"]],
)  # fmt: skip
def test_wrong_use_is_said_so(
    file: list[str], wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gazetteer", *wrong, *file]) == 2
    assert "LAT,LON" in capsys.readouterr().err


def test_info_names_sources_and_licences(
    file: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gazetteer", "info", *file]) == 0
    said = capsys.readouterr().out
    for part in ("little world", "settlement: 5", "GeoNames: CC-BY-4.0", "own survey: CC0-1.0"):
        assert part in said
    assert main(["gazetteer", "info", "--json", *file]) == 0
    assert json.loads(capsys.readouterr().out)[0]["features"] == 13


def test_check_verifies_or_refuses(
    file: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["gazetteer", "check", *file]) == 0
    assert "verified" in capsys.readouterr().out
    (tmp_path / "bad.gazetteer").write_bytes(b"no gazetteer")
    assert main(["gazetteer", "check", "--gazetteer", str(tmp_path / "bad.gazetteer")]) == 3
    assert "build it again" in capsys.readouterr().err


def test_add_makes_a_layer_and_says_how_to_use_it(
    file: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "places.csv"
    table.write_text("name,lat,lon\nOld Mill,50.4,30.4\nLost,,\n")
    assert main(["gazetteer", "add", str(table), *file]) == 0
    said = capsys.readouterr()
    assert "1 features" in said.out
    assert "1 rows were refused" in said.err
    layer = str(tmp_path / "places.gazetteer")
    assert f"--gazetteer {layer}" in said.err
    assert main(["gazetteer", "search", "Old", *file, "--gazetteer", layer]) == 0
    assert "Westland South" in capsys.readouterr().out


def test_build_says_what_it_built(
    file: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dump = tmp_path / "WL.txt"
    columns = ["5", "Kut", "Kut", "", "50", "30", "P", "PPL", "WL", "", "", "", "", "", "9"]
    dump.write_text("\t".join([*columns, "", "", "", ""]) + "\n")
    output = tmp_path / "wl.gazetteer"
    assert main(["gazetteer", "build", "--geonames", str(dump), "-o", str(output), *file]) == 0
    assert "1 features (1 settlement)" in capsys.readouterr().out
    assert main(["gazetteer", "search", "Kut", "--gazetteer", str(output)]) == 0
    assert "geonames:5" in capsys.readouterr().out
