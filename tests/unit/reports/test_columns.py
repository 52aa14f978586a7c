"""Which column becomes which field: guessed, shown, given; and a guard taken off again."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from geoincidents.cli import main
from geoincidents.errors import UsageError
from geoincidents.exports import write
from geoincidents.reports import columns_from, read_reports
from tests.builders import collection, incident

FRAME = pd.DataFrame(
    {
        "Überschrift": ["Raid"],
        "Inhalt": ["Shells hit Sumy."],
        "Summary": ["Fire in Kyiv."],
        "Erschienen": ["2024-02-03"],
        "Date": ["2020-01-01"],
    }
)
GIVEN = "title=Überschrift,text=Inhalt,published=Erschienen"


def written(folder, suffix):
    path = folder / f"t.{suffix}"
    if suffix == "ndjson":
        path.write_text(FRAME.to_json(orient="records", lines=True, force_ascii=False))
    elif suffix == "json":
        path.write_text(FRAME.to_json(orient="records", force_ascii=False))
    else:
        writers = {"csv": FRAME.to_csv, "xlsx": FRAME.to_excel, "parquet": FRAME.to_parquet}
        writers[suffix](path, index=False)
    return path


SUFFIXES = ["csv", "xlsx", "parquet", "ndjson", "json"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_columns_that_are_given_beat_those_that_are_guessed(tmp_path, suffix):
    read = read_reports(written(tmp_path, suffix), columns=columns_from([GIVEN]))
    (report,) = read.reports
    assert (report.title, report.text) == ("Raid", "Shells hit Sumy.")
    assert report.published == "2024-02-03"
    (notice,) = read.notices
    assert "'Inhalt' as text, 'Überschrift' as title, 'Erschienen' as published" in notice.sentence


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_column_that_is_not_there_is_answered_with_those_that_are(tmp_path, suffix):
    with pytest.raises(UsageError) as caught:
        read_reports(written(tmp_path, suffix), columns={"text": "Body"})
    said = str(caught.value)
    assert "has no column 'Body'; it has Überschrift, Inhalt, Summary, Erschienen, Date." in said
    assert "\n" not in said


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "parquet"])
def test_without_a_text_column_the_sentence_names_the_columns_and_the_option(tmp_path, suffix):
    (problem,) = read_reports(written(tmp_path, suffix)).problems
    assert "--columns text=COLUMN" in problem.sentence
    assert "the columns are Überschrift, Inhalt, Summary" in problem.sentence


def test_the_commands_say_which_column_was_read_as_what(tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("Headline;Body\nRaid;Shells hit Sumy.\n", encoding="utf-8")
    assert main(["export", str(path), "-o", str(tmp_path / "a.json")]) == 0
    assert "t.csv: read column 'Body' as text, 'Headline' as title" in capsys.readouterr().err
    arguments = ["export", str(path), "-o", str(tmp_path / "b.json")]
    assert main([*arguments, "--columns", "text=Nothing"]) == 2
    assert "it has Headline, Body." in capsys.readouterr().err
    assert not (tmp_path / "b.json").exists()


@pytest.mark.parametrize("asked", ["Body", "body=text", "=x", ""])
def test_what_is_no_pair_of_a_field_and_a_column_is_wrong_use(asked):
    with pytest.raises(UsageError, match="give FIELD=COLUMN"):
        columns_from([asked])


def test_fields_of_the_contract_need_no_words(tmp_path):
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps({"id": 1, "text": "One.", "published": "2024-02-03"}))
    assert read_reports(path).notices == ()


@pytest.mark.parametrize("cell", ["=1+1", "-5 degrees", "@here", "'quoted", "'=1", "+7 call"])
def test_the_guard_against_formulas_is_off_again_once_read(tmp_path, cell):
    write(collection(incident(sub_event_type=cell, weapons=(cell,))), tmp_path / "a.csv")
    assert "\n" in (tmp_path / "a.csv").read_text()
    ((found,),) = (c.incidents for c in read_reports(tmp_path / "a.csv").collections)
    assert (found.sub_event_type, found.weapons) == (cell, (cell,))


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_parts_the_cells_is_seen_in_the_heads(tmp_path, sign):
    path = tmp_path / "a.csv"
    lines = (("title", "text"), ("Raid", '"Shells hit Sumy; Kyiv, too | \tand more."'))
    path.write_text("\n".join(map(sign.join, lines)), encoding="utf-8-sig")
    (report,) = read_reports(path).reports
    assert (report.title, report.text) == ("Raid", "Shells hit Sumy; Kyiv, too | \tand more.")
