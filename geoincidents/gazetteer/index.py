"""Write the indexes of a gazetteer file: names by key, features by id."""

from __future__ import annotations

from array import array
from itertools import groupby
from typing import TYPE_CHECKING
from zlib import crc32

from geoincidents.gazetteer.layout import KEY_CLOSES, KEY_OPENS, U32, base32
from geoincidents.gazetteer.names import fold
from geoincidents.gazetteer.ranking import importance, penalty_of
from geoincidents.gazetteer.spill import Spill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from geoincidents.gazetteer.rows import Row

_PART_BITS = 8


class KeySpill:
    """Name keys in spill files by the leading bits of their CRC32."""

    def __init__(self, work: Path) -> None:
        self._spill = Spill(work, "names", 1 << _PART_BITS)
        self.postings = 0

    def add(self, row: Row, ordinal: int) -> None:
        """Take the names of one feature, the best line for each key."""
        best: dict[str, tuple[float, int]] = {}
        weight = importance(row)
        names = [(row.name, "main"), *((name.text, name.form) for name in row.names)]
        for line, (text, form) in enumerate(names, start=1):
            key = fold(text)
            score = weight - penalty_of(form)
            if key and (key not in best or score > best[key][0]):
                best[key] = (score, line)
        for key, (score, line) in best.items():
            rank = 0xFFFF - min(max(round((score + 4) * 2000), 0), 0xFFFF)
            posting = f"\x01{rank:04x}{base32(ordinal)}.{base32(line)}\n"
            data = key.encode()
            self._spill.put(crc32(data) >> (32 - _PART_BITS), data + posting.encode())
            self.postings += 1

    def write_index(self, work: Path) -> int:
        """Write ``buckets`` and ``keys``; the number of distinct keys."""
        bits = max(_PART_BITS, (self.postings // 3).bit_length())
        (work / "bucket_bits").write_text(str(bits))
        starts = array("I")
        count = at = 0
        with (work / "keys").open("wb") as stream:
            for part in range(1 << _PART_BITS):
                for bucket, entry in _entries(self._spill.take(part), bits):
                    while len(starts) <= bucket:
                        starts.append(at)
                    stream.write(entry)
                    at += len(entry)
                    count += 1
        starts.extend([at] * ((1 << bits) + 1 - len(starts)))
        _write_little(starts, work / "buckets")
        return count


def _entries(lines: list[bytes], bits: int) -> Iterator[tuple[int, bytes]]:
    parts = (line[:-1].split(KEY_CLOSES) for line in lines)
    keyed = sorted((crc32(key), key, posting) for key, posting in parts)
    for (crc, key), group in groupby(keyed, key=lambda entry: entry[:2]):
        postings = b",".join(posting[4:] for _, _, posting in group)
        yield crc >> (32 - bits), KEY_OPENS + key + KEY_CLOSES + postings


class IdTable:
    """Open-addressed table from feature id to ordinal."""

    def __init__(self) -> None:
        self._hashes = array("I")

    def add(self, feature_id: str, ordinal: int) -> None:
        """Take the next id; ordinals come in order."""
        if ordinal != len(self._hashes):
            raise ValueError("ordinals must come in order")
        self._hashes.append(crc32(feature_id.encode()))

    def write(self, path: Path) -> None:
        """Write the table, at most two thirds full."""
        size = 1 << max(4, (len(self._hashes) * 3 // 2).bit_length())
        slots = array("I", bytes(4 * size))
        for ordinal, hashed in enumerate(self._hashes):
            slot = hashed & (size - 1)
            while slots[slot]:
                slot = (slot + 1) & (size - 1)
            slots[slot] = ordinal + 1
        _write_little(slots, path)


def _write_little(numbers: array[int], path: Path) -> None:
    """Write numbers in little-endian order, without a copy."""
    if U32.pack(1) != array("I", [1]).tobytes():
        numbers.byteswap()
    with path.open("wb") as stream:
        numbers.tofile(stream)
