"""`geoincidents locate` as a user meets it, over the small world's gazetteer."""

from __future__ import annotations

import json

import pytest

from geoincidents.cli import main
from geoincidents.expressions.answers import by_population
from geoincidents.expressions.locating import locate


@pytest.fixture(autouse=True)
def small_world(monkeypatch, world):
    """Let the command open the small world, and resolve names as it orders them."""
    monkeypatch.setattr("geoincidents.cli.locate.open_from", lambda options: world)

    def located(text, *, gazetteer, **hints):
        return locate(text, gazetteer, resolver=by_population(gazetteer), **hints)

    monkeypatch.setattr("geoincidents.pipeline.locate", located)


def test_a_name_gives_a_feature_collection(capsys):
    assert main(["locate", "Norville", "--format", "geojson"]) == 0
    collection = json.loads(capsys.readouterr().out)
    assert collection["type"] == "FeatureCollection"
    assert collection["features"][0]["properties"]["name"] == "Norville"


def test_an_unresolved_text_is_an_answer_with_its_reason(capsys):
    assert main(["locate", "near the front line", "--format", "json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["features"] == []
    assert "front line" in record["unresolved"]["reason"]


def test_the_table_tells_why(capsys):
    assert main(["locate", "20 km north of Norville", "--format", "table"]) == 0
    assert "rounding of the number" in capsys.readouterr().out


def test_near_and_country_fill_in_what_the_text_leaves_out(capsys):
    asked = ["locate", "40 km from the border", "--near", "Norville", "--country", "XN"]
    assert main(asked) == 0
    (feature,) = json.loads(capsys.readouterr().out)["features"]
    assert feature["properties"]["relation"] == "distance_from_border"


def test_a_map_is_drawn(tmp_path, capsys):
    path = tmp_path / "out.html"
    assert main(["locate", "near Norville", "--map", str(path)]) == 0
    assert "<svg" in path.read_text(encoding="utf-8")


def test_no_map_is_drawn_of_nothing(tmp_path, capsys):
    path = tmp_path / "out.html"
    assert main(["locate", "near the front line", "--map", str(path)]) == 0
    assert not path.exists()
    assert "no map was drawn" in capsys.readouterr().err


def test_a_batch_answers_each_line_in_order(tmp_path):
    lines = [
        {"id": "a", "text": "Norville"},
        {"id": "b", "text": "Atlantis"},
        {"id": "c", "text": "the city centre", "near": "Upton"},
    ]
    source, answers = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert main(["locate", "--batch", str(source), "-o", str(answers)]) == 0
    rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b", "c"]
    assert "reason" in rows[1]["unresolved"]
    assert rows[2]["features"][0]["properties"]["name"] == "Upton centre"


@pytest.mark.parametrize("line", ["{", "[1]", '{"id": "x"}', '{"id": "x", "text": 5}'])
def test_a_damaged_line_is_told_and_the_rest_goes_on(tmp_path, capsys, line):
    source, answers = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    source.write_text(line + '\n{"id": "b", "text": "Upton"}\n', encoding="utf-8")
    assert main(["locate", "--batch", str(source), "-o", str(answers)]) == 1
    rows = [json.loads(row) for row in answers.read_text(encoding="utf-8").splitlines()]
    assert rows[0]["features"] == []
    assert rows[1]["features"]
    assert "line 1" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["Norville", "--batch", "in.ndjson"]])
def test_neither_or_both_of_text_and_batch_is_wrong_use(capsys, arguments):
    assert main(["locate", *arguments]) == 2


def test_a_table_of_uncertainties_is_used(tmp_path, capsys):
    table = tmp_path / "mine.toml"
    table.write_text("[near]\nleast = 20000\n", encoding="utf-8")
    assert main(["locate", "near Norville", "--uncertainty", str(table)]) == 0
    (feature,) = json.loads(capsys.readouterr().out)["features"]
    assert feature["properties"]["uncertainty_m"] > 26_000
