"""Read GeoNames dumps in their published form, streaming.

``allCountries.txt`` or a country's: 19 tab-separated columns without header or
quoting; ``alternateNamesV2.txt``: 10 columns (download.geonames.org/export/dump,
readme.txt). The dump is read twice: once for the units that others refer to by
code, once for all rows. Alternate names are joined through spill files split by
id, so that memory holds one part in 128 of them at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoincidents.errors import SourceError
from geoincidents.gazetteer.importers.codes import precision_of
from geoincidents.gazetteer.importers.lines import read_lines
from geoincidents.gazetteer.rows import Row, RowName
from geoincidents.gazetteer.spill import Spill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geoincidents.gazetteer.ledger import Ledger
    from geoincidents.model import NameForm

_COLUMNS = 19
_NAME_COLUMNS = 10
_PARTS = 128
#: Values of isolanguage that mark codes and links, not names.
_NO_NAMES = frozenset(
    {"abbr", "faac", "fr_1793", "iata", "icao", "link", "phon", "post", "tcid", "unlc", "wkdt"}
)
SOURCE, LICENCE = "GeoNames", "CC-BY-4.0"


@dataclass(frozen=True, slots=True)
class UnitPoint:
    """A unit of the dump: what boundaries are matched with."""

    id: str
    name: str
    level: int
    country: str
    lat: float
    lon: float


@dataclass(slots=True)
class Units:
    """Units of a dump by their codes ("UA", "UA.07", "UA.07.6301"), and their seats."""

    ids: dict[str, str] = field(default_factory=dict)
    seats: dict[str, str] = field(default_factory=dict)
    points: list[UnitPoint] = field(default_factory=list)


def read_codes(dump: Path, ledger: Ledger) -> Units:
    """Gather the units of a dump: its first pass.

    Raises
    ------
    SourceError
        When the file is no GeoNames dump.
    """
    units = Units()
    number = 0
    for number, line in read_lines(dump):
        if number == 1:
            _check_form(dump, line, _COLUMNS)
        if "\tA\t" not in line and "\tPPL" not in line:
            continue
        columns = line.split("\t")
        if len(columns) == _COLUMNS:
            ledger.at(str(dump), number)
            _take_unit(units, columns)
    if not number:
        raise SourceError(f"{dump} is empty; download it again.")
    return units


def _check_form(path: Path, line: str, expected: int) -> None:
    columns = line.count("\t") + 1
    if columns != expected or not line.split("\t", 1)[0].isdecimal():
        raise SourceError(
            f"{path}, line 1: a GeoNames table of {expected} tab-separated columns that begins "
            f"with an id is expected; this line has {columns} columns. Nothing was built."
        )


def _take_unit(units: Units, columns: list[str]) -> None:
    code, country = columns[7], columns[8]
    feature_id = f"geonames:{columns[0]}"
    first, second = f"{country}.{columns[10]}", f"{country}.{columns[10]}.{columns[11]}"
    place = {"PPLC": country, "PPLA": first, "PPLA2": second}.get(code)
    if place is not None:
        units.seats.setdefault(place, feature_id)
        if code == "PPLC":
            units.seats.setdefault(first, feature_id)
        return
    if columns[6] != "A":
        return
    level = 0 if code.startswith(("PCL", "TERR")) and code != "PCLH" else -1
    level = {"ADM1": 1, "ADM2": 2}.get(code, level)
    if level < 0:
        return
    units.ids.setdefault((country, first, second)[level], feature_id)
    try:
        lat, lon = float(columns[4]), float(columns[5])
    except ValueError:
        return
    units.points.append(UnitPoint(feature_id, columns[1], level, country, lat, lon))


def read_dump(
    dump: Path, units: Units, ledger: Ledger, *, names: Path | None, work: Path
) -> Iterator[Row]:
    """Yield the rows of a dump: its second pass.

    Parameters
    ----------
    dump
        ``allCountries.zip`` or a country's, zipped or not.
    units
        What `read_codes` gathered.
    names
        ``alternateNamesV2.zip``; None: the names in the dump itself, which bear no language.
    work
        An empty folder for spill files.
    """
    if names is None:
        for number, line in read_lines(dump):
            ledger.at(str(dump), number)
            row = _row(line.split("\t"), units, ledger, None)
            if row is not None:
                yield row
        return
    alternates = _spilled(names, Spill(work, "names", _PARTS), _NAME_COLUMNS, 1)
    rows = _spilled(dump, Spill(work, "rows", _PARTS), _COLUMNS, 0)
    for part in range(_PARTS):
        known = _alternates(alternates.take(part))
        for line_number, *columns in map(_columns, rows.take(part)):
            ledger.at(str(dump), int(line_number))
            row = _row(columns, units, ledger, known.get(columns[0], ()))
            if row is not None:
                yield row


def _spilled(source: Path, spill: Spill, expected: int, id_column: int) -> Spill:
    """Split a table by the id in one of its columns; each line bears its number first."""
    for number, line in read_lines(source):
        if number == 1:
            _check_form(source, line, expected)
        key = line.split("\t", id_column + 1)[id_column] if "\t" in line else ""
        part = int(key) % _PARTS if key.isdecimal() else 0
        spill.put(part, f"{number}\t{line}\n".encode())
    return spill


def _columns(spilled: bytes) -> list[str]:
    return spilled.decode().rstrip("\n").split("\t")


def _alternates(lines: list[bytes]) -> dict[str, tuple[RowName, ...]]:
    found: dict[str, list[RowName]] = {}
    for columns in map(_columns, lines):
        # The line's number, then the table's own columns; the last two may be cut off.
        if len(columns) >= 9 and columns[4] and columns[3] not in _NO_NAMES:
            found.setdefault(columns[2], []).append(_alternate(columns))
    return {feature_id: tuple(names) for feature_id, names in found.items()}


def _alternate(columns: list[str]) -> RowName:
    _, _, _, language, text, preferred, short, _, historic, *years = columns
    form: NameForm = "alternate"
    if historic == "1":
        form = "historical"
    elif preferred == "1":
        form = "official"
    elif short == "1":
        form = "common"
    return RowName(text, language or None, form, _period(*(*years, "", "")[:2]))


def _period(start: str, end: str) -> str | None:
    if start and end:
        return f"{start} to {end}"
    if end:
        return f"until {end}"
    return f"since {start}" if start else None


def _row(
    columns: list[str], units: Units, ledger: Ledger, alternates: tuple[RowName, ...] | None
) -> Row | None:
    if len(columns) != _COLUMNS:
        ledger.refuse(columns[0], f"it has {len(columns)} columns of {_COLUMNS}")
        return None
    if not columns[0].isdecimal():
        ledger.refuse(columns[0], "its id is no number")
        return None
    try:
        lat, lon, population = float(columns[4]), float(columns[5]), int(columns[14] or 0)
    except ValueError:
        ledger.refuse(columns[0], "its position or population is no number")
        return None
    code, country = columns[7], columns[8]
    first, second = f"{country}.{columns[10]}", f"{country}.{columns[10]}.{columns[11]}"
    feature_id = f"geonames:{columns[0]}"
    precision = precision_of(columns[6], code)
    own = {"country": country, "admin1": first, "admin2": second}.get(precision, "")
    holders = [units.ids.get(each) for each in (first, second)]
    admin1, admin2 = (None if holder == feature_id else holder for holder in holders)
    return Row(
        id=feature_id,
        name=columns[1],
        code=code or "UNK",
        precision=precision,
        lat=lat,
        lon=lon,
        country=country or None,
        admin1=admin1,
        admin2=admin2,
        population=population,
        names=_listed(columns) if alternates is None else (RowName(columns[2]), *alternates),
        source=SOURCE,
        licence=LICENCE,
        capital=units.seats.get(own) if units.ids.get(own) == feature_id else None,
        codes=(own,) if units.ids.get(own) == feature_id else (),
    )


def _listed(columns: list[str]) -> tuple[RowName, ...]:
    texts = dict.fromkeys([columns[2], *columns[3].split(",")])
    return tuple(RowName(text) for text in texts if text and text != columns[1])
