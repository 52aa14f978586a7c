"""A damaged file is refused, never answered from; a failed build changes nothing."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geoincidents.errors import GazetteerError
from geoincidents.gazetteer import Gazetteer
from geoincidents.gazetteer.assemble import write_manifest
from geoincidents.gazetteer.build import write_store
from geoincidents.gazetteer.checking import check_file
from geoincidents.gazetteer.store import Store

from .conftest import town, world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geoincidents.gazetteer.rows import Row

NAMES = ("Kharkiv", "Харкові", "Aldorf", "Bialystok", "North Gate", "Nowhere", "Both Lands")
IDS = ("geonames:101", "geonames:12", "gi:site/gate", "geonames:777")


def questions(gazetteer: Gazetteer) -> Iterator[Callable[[], Any]]:
    """Questions of every kind, each to be asked by itself."""
    for name in NAMES:
        yield lambda name=name: gazetteer.lookup(name)
        yield lambda name=name: gazetteer.has_name(name)
    for feature_id in IDS:
        yield lambda feature_id=feature_id: gazetteer.feature(feature_id)
    yield lambda: gazetteer.search("k")
    yield lambda: gazetteer.suggest("Kharkivv")
    yield lambda: gazetteer.names(gazetteer.feature("geonames:101"))
    yield lambda: gazetteer.capital(gazetteer.country("WL"))
    yield lambda: gazetteer.admin1s("EL")
    yield lambda: gazetteer.nearby(30.5, 51.5, 50_000)
    yield lambda: gazetteer.reverse(30.5, 50.5)
    yield lambda: gazetteer.geometry("geonames:21")
    yield lambda: gazetteer.border("WL", "EL")


def answer(question: Callable[[], Any]) -> Any:
    try:
        return question()
    except KeyError as error:
        return repr(error)


def answers_or_refusals(path: Path) -> list[Any]:
    """Answers to all questions; a refusal is None. Asked in a new process state each time."""
    try:
        gazetteer = Gazetteer([Store(path)])
    except GazetteerError:
        return [None] * sum(1 for _ in questions(None))  # type: ignore[arg-type]
    found: list[Any] = []
    for question in questions(gazetteer):
        try:
            found.append(answer(question))
        except GazetteerError:
            found.append(None)
    return found


def test_whatever_bytes_change_an_answer_is_true_or_refused(
    world_file: Path, tmp_path: Path
) -> None:
    true = answers_or_refusals(world_file)
    assert None not in true[:-1]
    whole = world_file.read_bytes()
    chance = random.Random(20231230)
    damaged = tmp_path / "damaged.gazetteer"
    refused = 0
    for at in flips(Store(world_file), chance):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << chance.randrange(8)
        damaged.write_bytes(flipped)
        found = answers_or_refusals(damaged)
        refused += None in found
        for told, truth in zip(found, true, strict=True):
            assert told is None or told == truth, f"byte {at}"
    assert refused > 60


def flips(store: Store, chance: random.Random) -> Iterator[int]:
    """Places to damage: some in every section, in the header, the checks and anywhere."""
    for start, length in zip(store._start.values(), store._length.values(), strict=True):
        yield from (start + chance.randrange(length) for _ in range(8 if length else 0))
    size = Path(store.path).stat().st_size
    yield from (chance.randrange(512) for _ in range(10))
    yield from (size - 1 - chance.randrange(800) for _ in range(10))
    yield from (chance.randrange(size) for _ in range(20))


@pytest.mark.parametrize("share", [0.0, 0.001, 0.1, 0.5, 0.999, 0.999999])
def test_a_truncated_file_is_refused_when_opened(
    world_file: Path, tmp_path: Path, share: float
) -> None:
    whole = world_file.read_bytes()
    cut = tmp_path / "cut.gazetteer"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(GazetteerError):
        Store(cut)


def test_a_longer_file_is_refused(world_file: Path, tmp_path: Path) -> None:
    longer = tmp_path / "longer.gazetteer"
    longer.write_bytes(world_file.read_bytes() + b"\x00")
    with pytest.raises(GazetteerError, match="bytes"):
        Store(longer)


def test_another_kind_of_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.gazetteer"
    other.write_bytes(b"SQLite format 3\x00" * 5000)
    with pytest.raises(GazetteerError, match="is not a gazetteer"):
        Store(other)
    with pytest.raises(GazetteerError, match="There is no gazetteer"):
        Store(tmp_path / "missing.gazetteer")


def test_a_check_reads_every_byte_and_the_manifest(world_file: Path, tmp_path: Path) -> None:
    assert "verified" in check_file(Store(world_file))
    copy = tmp_path / "copy.gazetteer"
    shutil.copy(world_file, copy)
    with pytest.raises(GazetteerError, match="no manifest"):
        check_file(Store(copy))
    manifest = write_manifest(copy)
    assert "verified" in check_file(Store(copy))
    manifest.write_text(f"{'0' * 64}  {copy.name}\n")
    with pytest.raises(GazetteerError, match="sha256"):
        check_file(Store(copy))


def test_the_same_rows_make_the_same_file(tmp_path: Path) -> None:
    one, other = tmp_path / "one.gazetteer", tmp_path / "other.gazetteer"
    write_store(world(), one)
    write_store(world(), other)
    assert one.read_bytes() == other.read_bytes()


def failing() -> Iterator[Row]:
    yield town(1, "First", 1, 1)
    raise RuntimeError("the source broke off")


def test_a_build_that_fails_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "my.gazetteer"
    write_store([town(1, "Before", 1, 1)], path)
    before = path.read_bytes()
    with pytest.raises(RuntimeError):
        write_store(failing(), path)
    assert path.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "my.gazetteer",
        "my.gazetteer.sha256",
    ]


def test_a_build_starts_clean_after_a_kill(tmp_path: Path) -> None:
    path = tmp_path / "my.gazetteer"
    left = tmp_path / ".my.gazetteer.building"
    left.mkdir()
    (left / "settlement-70").write_text("what a killed build left")
    (left / "names-3").write_text("and more of it")
    assert write_store([town(1, "After", 1, 1)], path).features == 1
    assert not left.exists()
    assert Gazetteer([Store(path)]).lookup("After")


def test_a_killed_build_leaves_what_stood_there_and_the_next_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "my.gazetteer"
    write_store([town(1, "Before", 1, 1)], path)
    code = (
        "from itertools import count\n"
        "from geoincidents.gazetteer.build import write_store\n"
        "from geoincidents.gazetteer.rows import Row\n"
        "def rows():\n"
        "    for n in count(1):\n"
        "        if n == 30_000: print('busy', flush=True)\n"
        "        yield Row(f'geonames:{n}', f'Town {n}', 'PPL', 'settlement', n % 80, n % 170)\n"
        f"write_store(rows(), {str(path)!r})\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as building:
        assert building.stdout is not None
        assert building.stdout.readline() == b"busy\n"
        building.kill()
    assert Gazetteer([Store(path)]).lookup("Before")
    assert write_store([town(1, "After", 1, 1)], path).features == 1
    assert not list(tmp_path.glob(".*"))


def test_rows_that_cannot_be_are_counted_and_written_beside(tmp_path: Path) -> None:
    path = tmp_path / "my.gazetteer"
    report = write_store(
        [
            town(1, "Sound", 1, 1),
            town(1, "Twice", 1, 1),
            town(2, "Off the globe", 91, 1),
            town(3, "Nowhere", float("nan"), 1),
            town(4, " ", 1, 1),
            town(5, "Fewer than none", 1, 1, population=-3),
        ],
        path,
    )
    assert (report.features, report.refused) == (1, 5)
    assert report.refused_path == tmp_path / "my.gazetteer.refused.csv"
    text = report.refused_path.read_text()
    for why in ("was there before", "out of range", "no number", "no name", "-3"):
        assert why in text
