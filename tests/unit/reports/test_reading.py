"""Reading reports: what is read, what is refused, and in which words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geoincidents.errors import UsageError
from geoincidents.reports import read_reports

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file"),
        ("Взрывы в городе".encode("cp1251"), "not UTF-8"),
    ],
)
def test_an_unreadable_file_is_named_and_the_others_are_read(tmp_path, data, words):
    write(tmp_path, "a.txt", data)
    write(tmp_path, "b.txt", "Shells fell on Sumy.")
    result = read_reports(tmp_path)
    assert [report.id for report in result.reports] == ["b"]
    (problem,) = result.problems
    assert "a.txt" in problem.sentence
    assert words in problem.sentence


def test_a_folder_without_reports_is_wrong_use(tmp_path):
    write(tmp_path, "picture.jpg", b"\xff\xd8")
    with pytest.raises(UsageError, match="no reports in this folder"):
        read_reports(tmp_path)


def test_a_missing_path_is_wrong_use(tmp_path):
    with pytest.raises(UsageError, match="no such file"):
        read_reports(tmp_path / "nowhere.txt")


def test_metadata_lines_stay_in_the_text_so_that_offsets_hold(tmp_path):
    text = (
        "title: Night raid\npublished: 2024-02-03T10:00:00+02:00\noutlet: The Sample\n---\nA fire."
    )
    (report,) = read_reports(write(tmp_path, "r.txt", text)).reports
    assert report.text == text
    assert report.text[report.body_start :] == "A fire."
    assert (report.title, report.publisher) == ("Night raid", "The Sample")
    assert (report.published, report.published_from) == ("2024-02-03T10:00:00+02:00", "metadata")


@pytest.mark.parametrize(
    ("head", "published", "source"),
    [
        ("Last update: July 1, 2024\nBy A. Writer May 3, 2024\nText", "2024-05-03", "byline"),
        ("Sumy, 4 May 2024 (Sample) - Text", "2024-05-04", "dateline"),
        ("5 May, 2024 21:27\nText", "2024-05-05T21:27:00+00:00", "line"),
        ("Updated: 6 May 2024\nText", "2024-05-06", "update"),
        ("Сумы, 7 мая 2024 (Образец) — Текст", "2024-05-07", "dateline"),
        ("Суми, 8 травня 2024 (Зразок) — Текст", "2024-05-08", "dateline"),
        ("The city fell on 9 May 2024 after a siege of many months.", None, ""),
        ("31 February 2024\nText", None, ""),
    ],
)
def test_the_date_of_publication_is_read_from_the_head(tmp_path, head, published, source):
    (report,) = read_reports(write(tmp_path, "r.txt", head)).reports
    assert (report.published, report.published_from) == (published, source)


def test_a_bad_line_of_ndjson_is_named_and_the_rest_read(tmp_path):
    lines = '{"id": 1, "text": "One."}\n{"id": 2}\n{oops\n{"id": 4, "text": "Four."}\n'
    result = read_reports(write(tmp_path, "many.ndjson", lines))
    assert [report.id for report in result.reports] == ["1", "4"]
    assert ["line 2" in p.sentence or "line 3" in p.sentence for p in result.problems] == [True] * 2


def test_a_mention_outside_the_text_is_refused(tmp_path):
    line = '{"id": 1, "text": "One.", "mentions": [{"start": 2, "end": 9}]}'
    result = read_reports(write(tmp_path, "m.ndjson", line))
    assert not result.reports
    assert "not in the text" in result.problems[0].sentence


def test_the_same_report_twice_is_read_once_and_two_of_one_name_are_told_apart(tmp_path):
    (tmp_path / "x").mkdir()
    first = write(tmp_path, "a.txt", "Shells fell on Sumy.")
    write(tmp_path / "x", "a.txt", "Shells fell on Konotop.")
    ids = [report.id for report in read_reports([first, first, tmp_path]).reports]
    assert len(ids) == len(set(ids)) == 2
    assert ids[0] == "a"
