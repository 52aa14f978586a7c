"""A batch is read line by line: its memory does not grow with it, and no line may fill it."""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import time

import pytest

from geoincidents.cli import main
from geoincidents.cli.batch import Slots
from geoincidents.reports.source import MAX_LINE, Line, bounded_lines

#: What the operating system is told to give at most, libraries and gazetteer included.
LIMIT_BYTES = 512 * 2**20
FILLER = "The council said that the repair of roads would go on through the week. " * 60
PEAK = (
    "import resource, sys; from geoincidents.cli import main; status = main(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(status)"
)


def write_lines(path, count):
    with path.open("w", encoding="utf-8") as stream:
        for n in range(count):
            span = {"start": 11, "end": 15}
            row = {"id": n, "text": f"Shells hit Sumy again, {n}. {FILLER}", "mentions": [span]}
            stream.write(json.dumps(row) + "\n")


def peak_bytes(source, sink):
    def limited():
        resource.setrlimit(resource.RLIMIT_AS, (LIMIT_BYTES, LIMIT_BYTES))

    run = subprocess.run(
        [sys.executable, "-c", PEAK, "geoparse", "--batch", str(source), "-o", str(sink)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limited,
    )
    assert run.returncode == 0, run.stderr
    return int(run.stderr.split()[-1]) * 1024


def test_ten_times_the_lines_take_no_more_memory(tmp_path):
    peaks = {}
    for count in (400, 4000):
        write_lines(tmp_path / "in.ndjson", count)
        peaks[count] = peak_bytes(tmp_path / "in.ndjson", tmp_path / "out.ndjson")
        lines = (tmp_path / "out.ndjson").read_text().splitlines()
        assert [json.loads(line)["id"] for line in lines] == list(range(count))
    more = (tmp_path / "in.ndjson").stat().st_size * 0.9
    assert more > 15e6
    assert peaks[4000] - peaks[400] < more / 5


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_line_too_long_is_named_and_answered_and_the_rest_is_done(tmp_path, capsys, workers):
    source, sink = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    long = json.dumps({"id": "long", "text": "x" * (MAX_LINE + 1)})
    lines = [json.dumps({"id": n, "text": "Shells hit Sumy."}) for n in range(3)]
    source.write_text("\n".join([lines[0], "", long, lines[1], lines[2]]), encoding="utf-8")
    arguments = ["geoparse", "--batch", str(source), "-o", str(sink), "--workers", workers]
    assert main(arguments) == 1
    records = [json.loads(line) for line in sink.read_text().splitlines()]
    assert [record["id"] for record in records] == [0, None, 1, 2]
    assert "longer than 4 MB" in records[1]["error"]
    assert "line 3: longer than 4 MB" in capsys.readouterr().err


def test_bytes_without_an_end_of_line_are_not_kept():
    class Endless(io.RawIOBase):
        """Bytes without end of line, as many as are asked for."""

        left = 200_000_000

        def readable(self):
            return True

        def readinto(self, buffer):
            count = min(len(buffer), self.left)
            buffer[:count] = b"x" * count
            self.left -= count
            return count

    import tracemalloc

    tracemalloc.start()
    assert list(bounded_lines(io.BufferedReader(Endless()), 1000)) == [Line(1, None)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 5_000_000


def test_what_is_read_ahead_is_bounded_and_whoever_waits_is_let_go():
    from threading import Thread

    slots = Slots(3)
    taken = []
    reader = Thread(target=lambda: taken.extend(slots.taken(iter(range(10)))), daemon=True)
    lines = slots.taken(iter(range(10)))
    assert [next(lines) for _ in range(3)] == [0, 1, 2]
    reader.start()
    time.sleep(0.05)
    assert reader.is_alive()
    assert taken == []
    slots.free()
    time.sleep(0.05)
    assert reader.is_alive()
    slots.close()
    reader.join(5)
    assert not reader.is_alive()
    assert taken == [0]


def test_fields_under_other_names_are_found_shown_and_can_be_given(tmp_path, capsys):
    source, sink = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    rows = [{"key": n, "body": "Shells hit Sumy.", "note": "Fire in Kyiv."} for n in range(2)]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert main(["geoparse", "--batch", str(source), "-o", str(sink)]) == 0
    assert "'body' as text" in capsys.readouterr().err
    arguments = ["geoparse", "--batch", str(source), "-o", str(sink)]
    assert main([*arguments, "--columns", "text=note,id=key"]) == 0
    records = [json.loads(line) for line in sink.read_text().splitlines()]
    assert [(r["id"], r["mentions"][0]["name"]) for r in records] == [(0, "Kyiv"), (1, "Kyiv")]
    assert main([*arguments, "--columns", "text=nota"]) == 2
    assert "has no column 'nota'; it has key, body, note" in capsys.readouterr().err
