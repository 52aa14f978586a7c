"""Write rows as a gazetteer file, streaming: memory does not grow with the settlements.

Units (countries, admin-1, admin-2) are held; all else goes through spill files
split by grid cell, names through spill files split by the bucket they fall in.
The file is written beside its place, synced, and moved there: a killed build
leaves what stood before, and the next one starts clean.
"""

from __future__ import annotations

import json
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geoincidents.errors import SourceError
from geoincidents.gazetteer.assemble import assemble
from geoincidents.gazetteer.index import IdTable, KeySpill
from geoincidents.gazetteer.layout import CAPITAL_AT, CELLS, LAYER, U32, cell_of
from geoincidents.gazetteer.ledger import Ledger
from geoincidents.gazetteer.records import RecordWriter
from geoincidents.gazetteer.rows import Row, RowName
from geoincidents.gazetteer.spill import Spill
from geoincidents.gazetteer.validate import Known, complaint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

#: Spill files of rows, by latitude: the fullest then holds one row in fifty.
_PARTS = 256
_MOST_PEOPLE = 0xFFFFFFFF
_NAMES = Row._fields.index("names")
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_LEVELS = {"PCL": 0, "TER": 0, "ADM1": 1, "ADM2": 2}


@dataclass
class BuildReport:
    """What a build took in and what it refused."""

    path: Path
    features: int = 0
    names: int = 0
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    refused: int = 0
    refused_path: Path | None = None
    dangling: int = 0


def write_store(
    rows: Iterable[Row],
    path: str | Path,
    *,
    meta: dict[str, Any] | None = None,
    progress: Callable[[str, int], None] | None = None,
    ledger: Ledger | None = None,
    layer: bool = False,
) -> BuildReport:
    """Write a gazetteer file.

    Parameters
    ----------
    rows
        Features in any order; each id once.
    path
        Where the file is to stand; what stands there is replaced at the end.
    meta
        What ``gazetteer info`` is to print besides counts: vintage, attributions.
    progress
        Called now and then with the stage and the number of rows done.
    ledger
        The readers' own, so that refused rows are named by file and line.
    layer
        Whether the file is to lie on top of the shipped gazetteer; its rows may
        then refer to that one's units.

    Returns
    -------
    BuildReport
        Counts; rows refused are written beside the file, ``<name>.refused.csv``.
    """
    path = Path(path)
    started = time.monotonic()
    work = path.with_name(f".{path.name}.building")
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    ledger = ledger or Ledger(refusals_of(path))
    try:
        with ledger:
            build = _Build(work, path, progress or _silent, ledger)
            build.flags = LAYER if layer else 0
            report = build.run(rows, meta or {})
    finally:
        shutil.rmtree(work, ignore_errors=True)
    report.seconds = time.monotonic() - started
    return report


def refusals_of(path: Path) -> Path:
    """Where a build of `path` writes what it refused."""
    return path.with_name(path.name + ".refused.csv")


def _silent(_stage: str, _done: int) -> None:
    return


class _Build:
    def __init__(
        self, work: Path, path: Path, progress: Callable[[str, int], None], ledger: Ledger
    ) -> None:
        self.work = work
        self.report = BuildReport(path)
        self.progress = progress
        self.ledger = ledger
        self.flags = 0
        self.units: list[Row] = []
        self.shapes: dict[str, int] = {}
        self.spills = {group: Spill(work, group, _PARTS) for group in ("settlement", "other")}
        self.capitals: list[tuple[int, str]] = []
        self.wanted: dict[str, int | None] = {}

    def run(self, rows: Iterable[Row], meta: dict[str, Any]) -> BuildReport:
        self._spill(rows)
        self.units.sort(key=_unit_order)
        for unit in self.units:
            self.wanted[unit.id] = None
            for wanted in (unit.capital, *unit.parts):
                if wanted:
                    self.wanted.setdefault(wanted, None)
        for ordinal, unit in enumerate(self.units):
            self.wanted[unit.id] = ordinal
        self._write_features()
        self._write_indexes()
        self._describe(meta)
        assemble(self.work, self.report.path, self.counts)
        return self.report

    def _spill(self, rows: Iterable[Row]) -> None:
        known = Known()
        with (self.work / "shapes").open("wb") as shapes:
            for done, row in enumerate(rows):
                if done % 20_000 == 0:
                    self.progress("reading", done)
                if why := complaint(row, known):
                    self.ledger.refuse(row.id, why)
                else:
                    self._place(self._with_shape(row, shapes))
        self.report.refused = self.ledger.refused
        self.report.refused_path = self.ledger.path if self.ledger.refused else None

    def _with_shape(self, row: Row, shapes: Any) -> Row:
        if row.geometry is None:
            return row._replace(extent_m=row.extent_m or _usual_extent_m(row))
        from geoincidents.gazetteer.shapes import pack, quantise, reach_m

        try:
            geometry = quantise(row.geometry)
        except ValueError as error:
            self.ledger.refuse(row.id, f"{error}; taken without it")
            return self._with_shape(row._replace(geometry=None), shapes)
        packed = pack(geometry)
        self.shapes[row.id] = shapes.tell() + 1
        shapes.write(U32.pack(len(packed)) + packed)
        extent = row.extent_m or reach_m(geometry, row.lon, row.lat)
        return row._replace(geometry=None, extent_m=extent)

    def _place(self, row: Row) -> None:
        if _level(row) is not None:
            self.units.append(row)
            return
        group = "settlement" if row.precision == "settlement" else "other"
        cell = cell_of(row.lon, row.lat)
        # Sorted as text, lines come by cell, in a cell the most populous first.
        order = f"{cell:06x}{max(_MOST_PEOPLE - row.population, 0):08x}"
        self.spills[group].put(cell * _PARTS // CELLS, f"{order}{_ENCODE(row)}\n".encode())

    def _write_features(self) -> None:
        keys, ids = KeySpill(self.work), IdTable()
        with RecordWriter(self.work, self.wanted) as writer:
            for row in self._ordered(writer):
                ordinal = writer.write(row, self.shapes.pop(row.id, 0))
                keys.add(row, ordinal)
                ids.add(row.id, ordinal)
                if row.id in self.wanted:
                    self.wanted[row.id] = ordinal
                if row.capital:
                    self.capitals.append((ordinal, row.capital))
                self._count(row)
                if ordinal % 20_000 == 0:
                    self.progress("writing", ordinal)
            writer.finish()
        ids.write(self.work / "ids")
        self.keys, self.writer = keys, writer
        self.counts = {
            "features": writer.count,
            "units": len(self.units),
            "settlements": self.settlements,
            "flags": self.flags,
        }
        self.report.features = writer.count

    def _ordered(self, writer: RecordWriter) -> Iterator[Row]:
        yield from self.units
        with (self.work / "grid").open("wb") as grid:
            cell = 0
            for row_cell, row in self._spilled("settlement"):
                while cell <= row_cell:
                    grid.write(U32.pack(writer.count))
                    cell += 1
                yield row
            grid.write(U32.pack(writer.count) * (CELLS + 1 - cell))
        self.settlements = writer.count - len(self.units)
        for _, row in self._spilled("other"):
            yield row

    def _spilled(self, group: str) -> Iterator[tuple[int, Row]]:
        for part in range(_PARTS):
            for line in sorted(self.spills[group].take(part)):
                value = json.loads(line[14:])
                value[_NAMES] = tuple(RowName(*name) for name in value[_NAMES])
                yield int(line[:6], 16), Row(*value)

    def _write_indexes(self) -> None:
        self.progress("indexing", self.report.features)
        self.report.names = self.keys.write_index(self.work)
        with (self.work / "features").open("r+b") as stream:
            for ordinal, capital in self.capitals:
                target = self.wanted.get(capital)
                if target is None:
                    self.report.dangling += 1
                    continue
                stream.seek(ordinal * self.writer.record_size + CAPITAL_AT)
                stream.write(U32.pack(target + 1))
        self._write_touching()

    def _write_touching(self) -> None:
        from geoincidents.gazetteer.touching import write_touching

        write_touching(self.work, len(self.units))

    def _count(self, row: Row) -> None:
        kind = row.precision
        self.report.counts[kind] = self.report.counts.get(kind, 0) + 1
        # A curated row cites its own page after the name of the table it stands in.
        self.report.sources.setdefault(row.source.partition(": ")[0], row.licence)

    def _describe(self, meta: dict[str, Any]) -> None:
        self.report.dangling += self.writer.dangling
        described = {
            **meta,
            "features": self.report.features,
            "names": self.report.names,
            "counts": dict(sorted(self.report.counts.items())),
            "sources": dict(sorted(self.report.sources.items())),
            "refused": self.report.refused,
            "dangling": self.report.dangling,
        }
        if not self.report.features:
            raise SourceError(
                f"There is no row to build {self.report.path} from; nothing was built."
            )
        text = json.dumps(described, ensure_ascii=False, indent=1)
        (self.work / "meta").write_text(text, encoding="utf-8")


def _level(row: Row) -> int | None:
    return _LEVELS.get(row.code, _LEVELS.get(row.code[:3]))


def _unit_order(row: Row) -> tuple[int | None, str, int, str]:
    return (_level(row), row.country or "", -row.population, row.id)


def _usual_extent_m(row: Row) -> float:
    """Radius that a feature without a geometry usually has.

    Settlements: the radius of a disc of the usual density of built-up land, 12 m
    times the root of the population (Belgorod 7 km, Kyiv 20 km).
    """
    if row.precision in ("settlement", "neighbourhood"):
        return float(max(500.0, 12.0 * row.population**0.5))
    usual = {"site": 200.0, "admin2": 25_000.0, "admin1": 100_000.0}
    if row.code.startswith("AIR"):
        return 2_000.0
    return usual.get(row.precision, 300_000.0)
