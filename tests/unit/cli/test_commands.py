"""The commands as a user meets them: help, exit status, one sentence for each error."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from geoincidents.cli import COMMANDS, build_parser, main

REPORT = """\
published: 2024-02-03T08:00:00+02:00
outlet: The Sample
---
Drones struck Kharkiv overnight, killing 3 people, Mayor Ihor Terekhov said.

Sirens sounded in Sumy Oblast.
"""


@pytest.fixture
def report(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_the_version_is_printed(capsys):
    with pytest.raises(SystemExit) as stop:
        main(["--version"])
    assert stop.value.code == 0
    assert capsys.readouterr().out.startswith("geoincidents 0.")


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_has_help_that_says_what_it_does(command, capsys):
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert len(capsys.readouterr().out) > 300


def test_every_option_has_a_help_text():
    import argparse

    def options(parser):
        for action in parser._actions:
            if isinstance(action, argparse._SubParsersAction):
                for name, subparser in action.choices.items():
                    yield from ((f"{name} {option}", text) for option, text in options(subparser))
            else:
                yield "/".join(action.option_strings) or action.dest, action.help

    assert [name for name, text in options(build_parser()) if not text] == []


def test_the_main_job_writes_a_page_and_says_what_it_found(report, tmp_path, capsys):
    page = tmp_path / "map.html"
    assert main(["map", str(report), "-o", str(page)]) == 0
    assert '<script type="application/json"' in page.read_text(encoding="utf-8")
    assert "from 1 report" in capsys.readouterr().err


def test_an_export_to_standard_output_is_nothing_but_the_export(report, capfdbinary):
    assert main(["export", str(report), "--format", "json", "-o", "-"]) == 0
    exported = json.loads(capfdbinary.readouterr().out)
    (strike,) = (i for i in exported["incidents"] if i["estimates"].get("killed"))
    assert strike["estimates"]["killed"] == {"low": 3, "best": 3, "high": 3}
    assert "Kharkiv" in {place["name"] for place in strike["locations"]}


def test_geoparse_prints_a_table_for_people_and_json_for_programs(report, capsys):
    assert main(["geoparse", str(report)]) == 0
    table = capsys.readouterr().out
    assert "Kharkiv" in table
    assert main(["geoparse", str(report), "--format", "json", "--geometry"]) == 0
    mentions = json.loads(capsys.readouterr().out)["mentions"]
    text = report.read_text(encoding="utf-8")
    assert all(text[m["start"] : m["end"]] == m["text"] for m in mentions)
    sumy = next(m for m in mentions if m["text"] == "Sumy Oblast")
    assert sumy["precision"] == "admin1"
    assert sumy["geometry"]["type"] in {"Polygon", "MultiPolygon"}


def test_a_batch_gives_one_line_a_line_in_order(tmp_path):
    rows = [{"id": n, "text": f"Shells hit {town}."} for n, town in enumerate(["Sumy", "Kyiv"])]
    source, sink = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    lines = [json.dumps(rows[0]), "{not json", json.dumps(rows[1])]
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert main(["geoparse", "--batch", str(source), "-o", str(sink)]) == 1
    records = [json.loads(line) for line in sink.read_text(encoding="utf-8").splitlines()]
    assert [record["id"] for record in records] == [0, None, 1]
    assert records[2]["mentions"][0]["name"] == "Kyiv"
    assert "error" in records[1]


def test_a_report_that_cannot_be_read_is_named_and_the_others_are_done(report, tmp_path, capsys):
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\x00\x00")
    assert main(["export", str(tmp_path), "-o", str(tmp_path / "a.geojson")]) == 1
    assert "picture.txt" in capsys.readouterr().err
    assert (tmp_path / "a.geojson").exists()


@pytest.mark.parametrize("suffix", ["gpkg", "fgb", "kml", "shp.zip", "parquet", "csv", "xlsx"])
def test_an_export_is_taken_where_reports_are(report, tmp_path, capsys, suffix):
    first, page, again = (tmp_path / name for name in (f"a.{suffix}", "m.html", "b.geojson"))
    assert main(["export", str(report), "-o", str(first)]) == 0
    capsys.readouterr()
    assert main(["map", str(first), "-o", str(page)]) == 0
    assert main(["export", str(first), "-o", str(again)]) == 0
    said = capsys.readouterr().err
    assert ("keeps no claims" in said) == (suffix not in {"gpkg", "xlsx"})
    places = {f["properties"]["name"] for f in json.loads(again.read_text())["features"]}
    assert "Kharkiv" in places
    assert "Kharkiv" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["map", "-o", "m.html"], 2, "no reports were named"),
        (["map", "nowhere.txt", "-o", "m.html"], 2, "no such file"),
        (["export", "r.txt", "-o", "r.xyz"], 2, "tells no format"),
        (["geoparse"], 2, "no report was named"),
        (["geoparse", "--batch", "nowhere.ndjson"], 2, "cannot be opened"),
        (["map", "empty.txt", "-o", "m.html"], 1, "empty"),
        (["map", "report.txt", "-o", "no/such/folder/m.html"], 3, "cannot be written"),
    ],
)
def test_wrong_use_gets_one_sentence_and_nothing_is_written(
    report, tmp_path, monkeypatch, capsys, arguments, status, words
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty.txt").touch()
    assert main(arguments) == status
    said = capsys.readouterr().err
    assert words in said
    assert "Traceback" not in said
    assert not (tmp_path / "m.html").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("published: 2024-01-02\n---\nNothing but numbers here: 12, 13.", "names no place"),
        ("Shells hit Kharkiv.", "no date of publication"),
    ],
)
def test_what_a_report_lacks_is_said(tmp_path, capsys, text, words):
    path = tmp_path / "lacking.txt"
    path.write_text(text, encoding="utf-8")
    assert main(["export", str(path), "-o", str(tmp_path / "a.json")]) == 0
    said = capsys.readouterr().err
    assert "lacking.txt: " in said
    assert words in said


def test_an_error_of_the_program_itself_shows_no_traceback(report, monkeypatch, capsys):
    def broken(*_args, **_options):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr("geoincidents.pipeline.find_incidents", broken)
    assert main(["export", str(report), "-o", "-", "--format", "json"]) == 3
    said = capsys.readouterr().err
    assert "error of the program itself" in said
    assert "Traceback" not in said


def test_a_plain_look_up_loads_nothing_heavy():
    heavy = "{'numpy', 'pandas', 'geopandas', 'shapely', 'pathlib', 'shutil'}"
    code = (
        "import sys; before = set(sys.modules); from geoincidents.cli import main; "
        f"main(['locate', 'Belgorod']); sys.exit(bool({heavy} & set(sys.modules) - before))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "Belgorod" in run.stdout
