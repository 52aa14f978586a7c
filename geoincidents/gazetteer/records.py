"""Write features as fixed records and their names as blobs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from geoincidents.gazetteer.layout import DEGREE, FEATURE, PRECISIONS

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.gazetteer.rows import Row, RowName

_U32 = (1 << 32) - 1


class RecordWriter:
    """Streams ``features`` and ``blobs``, and collects ``strings``."""

    record_size = FEATURE.size

    def __init__(self, work: Path, wanted: dict[str, int | None]) -> None:
        self._work = work
        self._wanted = wanted
        self._features = (work / "features").open("wb")
        self._blobs = (work / "blobs").open("wb")
        self._strings: dict[str, int] = {"": 0}
        self._at = 0
        self.count = 0
        self.dangling = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._features.close()
        self._blobs.close()

    def write(self, row: Row, shape: int) -> int:
        """Append one feature and return its ordinal."""
        foreign: list[str] = []
        record = FEATURE.pack(
            round(row.lat * DEGREE),
            round(row.lon * DEGREE),
            _geonames_number(row.id),
            min(max(row.population, 0), _U32),
            row.extent_m,
            self._ordinal(row.admin1, "admin1", foreign),
            self._ordinal(row.admin2, "admin2", foreign),
            0,
            self._string(row.code),
            self._string(row.country or ""),
            self._string(row.source_country or ""),
            self._string(row.source),
            self._string(row.licence),
            PRECISIONS.index(row.precision),
            self._at,
            shape,
        )
        self._features.write(record)
        blob = blob_of(row, foreign)
        self._blobs.write(blob)
        self._at += len(blob)
        self.count += 1
        return self.count - 1

    def finish(self) -> None:
        """Write the strings that the records count on."""
        (self._work / "strings").write_text("\n".join(self._strings), encoding="utf-8")

    def _string(self, text: str) -> int:
        return self._strings.setdefault(text, len(self._strings))

    def _ordinal(self, feature_id: str | None, role: str, foreign: list[str]) -> int:
        if feature_id is None:
            return 0
        ordinal = self._wanted.get(feature_id)
        if ordinal is None:
            self.dangling += 1
            foreign.append(f"{role}={feature_id}")
            return 0
        return ordinal + 1


def _geonames_number(feature_id: str) -> int:
    scheme, _, number = feature_id.partition(":")
    return int(number) if scheme == "geonames" and number.isdecimal() else 0


def blob_of(row: Row, foreign: list[str]) -> bytes:
    """Write the names of a feature: extras, the main name, then the others.

    Each line is ``text TAB language TAB form TAB period``, empty ends cut off.
    """
    extras = list(foreign)
    if not _geonames_number(row.id):
        extras.append(f"id={row.id}")
    if row.codes:
        extras.append("codes=" + ",".join(row.codes))
    if row.parts:
        extras.append("parts=" + ",".join(row.parts))
    lines = ["|".join(extras), clean(row.name), *(_name_line(name) for name in row.names)]
    return "\n".join(lines).encode() + b"\x00"


def _name_line(name: RowName) -> str:
    form = "" if name.form == "alternate" else name.form
    parts = (clean(name.text), name.language or "", form, clean(name.period or ""))
    return "\t".join(parts).rstrip("\t")


def clean(text: str) -> str:
    """Text without the control characters that the layout uses."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else " " for letter in text).strip()
