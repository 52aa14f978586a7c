"""Read a gazetteer file where it lies: mapped read-only, nothing parsed at start.

Every block of 16 KiB is checked against its CRC32 when it is first read; what
does not match is refused, never answered from.
"""

from __future__ import annotations

import mmap
from bisect import bisect_left, bisect_right
from os import fspath
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from geoincidents.errors import GazetteerError
from geoincidents.gazetteer.layout import (
    BLOCK,
    BLOCK_SHIFT,
    FEATURE,
    HEADER,
    HEADER_SIZE,
    KEY_CLOSES,
    KEY_OPENS,
    LAYER,
    MAGIC,
    PAIR,
    SECTION,
    SECTIONS,
    U32,
    VERSION,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Record(NamedTuple):
    """A feature's fixed record; ordinals and shape are one more than they say, 0 is none."""

    lat: int
    lon: int
    geonames: int
    population: int
    extent_m: float
    admin1: int
    admin2: int
    capital: int
    code: int
    country: int
    source_country: int
    source: int
    licence: int
    precision: int
    blob: int
    shape: int


class Store:
    """One open gazetteer file.

    Raises
    ------
    GazetteerError
        When the file is missing, no gazetteer, truncated or altered; while
        reading, when a block does not match its check.
    """

    def __init__(self, path: str | Path) -> None:
        #: The file, as text: pathlib alone would slow the start.
        self.path = fspath(path)
        self._map = _mapped(self.path)
        header = self._header()
        _, _, _, self.features, self.units, self.settlements, bits, flags, checks = header
        self.is_layer = bool(flags & LAYER)
        self._shift = 32 - bits
        self._start: dict[str, int] = {}
        self._length: dict[str, int] = {}
        for i, name in enumerate(SECTIONS):
            at = HEADER.size + i * SECTION.size
            self._start[name], self._length[name] = SECTION.unpack_from(self._map, at)
        self._read_checks(checks)
        self._features_at = self._start["features"]
        self._blobs_at = self._start["blobs"]
        self._buckets_at = self._start["buckets"]
        self._keys_at = self._start["keys"]
        self._id_mask = self._length["ids"] // 4 - 1
        self._strings: list[str] | None = None
        #: Whether a folded key, in UTF-8, is there.
        self.has = self._membership()

    def _header(self) -> tuple[bytes, int, int, int, int, int, int, int, int]:
        if len(self._map) < BLOCK or self._map[: len(MAGIC)] != MAGIC:
            raise GazetteerError(f"{self.path} is not a gazetteer; build it again.")
        head = self._map[:HEADER_SIZE]
        if crc32(head[: -U32.size]) != U32.unpack(head[-U32.size :])[0]:
            raise GazetteerError(f"{self.path} is altered in its header; build it again.")
        fields = HEADER.unpack_from(head)
        if fields[1] != VERSION:
            raise GazetteerError(
                f"{self.path} has format {fields[1]}, this version reads {VERSION}; build it again."
            )
        if fields[2] != len(self._map):
            raise GazetteerError(
                f"{self.path} has {len(self._map)} bytes of {fields[2]}: truncated; build it again."
            )
        return fields

    def _read_checks(self, expected: int) -> None:
        blocks = (len(self._map) - BLOCK) // (BLOCK + U32.size)
        at = BLOCK * (blocks + 1)
        checks = self._map[at:]
        if len(checks) != blocks * U32.size or crc32(checks) != expected:
            raise GazetteerError(f"{self.path} is altered in its checks; build it again.")
        self._checks = memoryview(checks).cast("I")
        self._sound = bytearray(blocks + 1)
        self._sound[0] = 1

    def need(self, start: int, end: int) -> None:
        """Make sure that the bytes from `start` to `end` are what was written."""
        for block in range(start >> BLOCK_SHIFT, ((end - 1) >> BLOCK_SHIFT) + 1):
            if not self._sound[block]:
                self._check(block)

    def _check(self, block: int) -> None:
        at = block << BLOCK_SHIFT
        if crc32(self._map[at : at + BLOCK]) != self._checks[block - 1]:
            raise GazetteerError(
                f"{self.path} is altered near byte {at}; install or build it again."
            )
        self._sound[block] = 1

    def check_all(self) -> None:
        """Check every block."""
        self.need(BLOCK, BLOCK * len(self._sound))

    def section(self, name: str) -> memoryview:
        """Bytes of a section, checked in full."""
        start, length = self._start[name], self._length[name]
        if length:
            self.need(start, start + length)
        return memoryview(self._map)[start : start + length]

    def _bucket(self, key: bytes) -> tuple[int, int]:
        at = self._buckets_at + ((crc32(key) >> self._shift) << 2)
        sound = self._sound
        if not (sound[at >> BLOCK_SHIFT] and sound[(at + 7) >> BLOCK_SHIFT]):
            self.need(at, at + 8)
        start, end = PAIR.unpack_from(self._map, at)
        start += self._keys_at
        end += self._keys_at
        if start < end and (
            end - start > BLOCK
            or not (sound[start >> BLOCK_SHIFT] and sound[(end - 1) >> BLOCK_SHIFT])
        ):
            self.need(start, end)
        return start, end

    def _membership(self) -> Callable[[bytes], bool]:
        """Look-up of a key alone, asked for every word of a text: all that it reads is bound."""
        find, sound, need = self._map.find, self._sound, self.need
        mapped, shift, buckets, keys = self._map, self._shift, self._buckets_at, self._keys_at
        pair = PAIR.unpack_from

        def has(key: bytes) -> bool:
            at = buckets + ((crc32(key) >> shift) << 2)
            if not (sound[at >> BLOCK_SHIFT] and sound[(at + 7) >> BLOCK_SHIFT]):
                need(at, at + 8)
            start, end = pair(mapped, at)
            if start == end:
                return False
            start, end = start + keys, end + keys
            if end - start > BLOCK or not (
                sound[start >> BLOCK_SHIFT] and sound[(end - 1) >> BLOCK_SHIFT]
            ):
                need(start, end)
            return find(b"\x00%b\x01" % key, start, end) >= 0

        return has

    def postings(self, key: bytes) -> list[tuple[int, int]]:
        """Ordinal of each feature under a key, best first, and the line of its name."""
        start, end = self._bucket(key)
        at = self._map.find(KEY_OPENS + key + KEY_CLOSES, start, end)
        if at < 0:
            return []
        at += len(key) + 2
        close = self._map.find(KEY_OPENS, at, end)
        text = self._map[at : end if close < 0 else close]
        return _postings(text)

    def scan(self, text: bytes, limit: int) -> list[tuple[bytes, list[tuple[int, int]]]]:
        """Keys that begin with `text`, in no order: reads all keys."""
        start, end = self._keys_at, self._keys_at + self._length["keys"]
        if start < end:
            self.need(start, end)
        found: list[tuple[bytes, list[tuple[int, int]]]] = []
        at = self._map.find(KEY_OPENS + text, start, end)
        while at >= 0 and len(found) < limit:
            close = self._map.find(KEY_CLOSES, at, end)
            after = self._map.find(KEY_OPENS, close, end)
            after = end if after < 0 else after
            found.append((self._map[at + 1 : close], _postings(self._map[close + 1 : after])))
            at = self._map.find(KEY_OPENS + text, after, end)
        return found

    def record(self, ordinal: int) -> Record:
        """Fixed record of a feature."""
        at = self._features_at + ordinal * FEATURE.size
        sound = self._sound
        if not (sound[at >> BLOCK_SHIFT] and sound[(at + FEATURE.size - 1) >> BLOCK_SHIFT]):
            self.need(at, at + FEATURE.size)
        return tuple.__new__(Record, FEATURE.unpack_from(self._map, at))  # twice as fast

    def blob(self, record: Record) -> list[str]:
        """Extras and names of a feature, a line each."""
        return self._blob(record.blob).decode().split("\n")

    def line(self, record: Record, line: int) -> str:
        """One line of a feature's blob."""
        return self._blob(record.blob).split(b"\n", line + 1)[line].decode()

    def head(self, record: Record) -> tuple[str, str]:
        """Extras and main name of a feature."""
        extras, name, *_ = self._blob(record.blob).split(b"\n", 2)
        return extras.decode(), name.decode()

    def _blob(self, at: int) -> bytes:
        start = self._blobs_at + at
        end = self._map.find(b"\x00", start)
        if end < 0:
            raise GazetteerError(f"{self.path} is altered; install or build it again.")
        sound = self._sound
        if end - start > BLOCK or not (sound[start >> BLOCK_SHIFT] and sound[end >> BLOCK_SHIFT]):
            self.need(start, end + 1)
        return self._map[start:end]

    def shape(self, record: Record) -> bytes | None:
        """Packed geometry of a feature."""
        if not record.shape:
            return None
        at = self._start["shapes"] + record.shape - 1
        self.need(at, at + 4)
        (length,) = U32.unpack_from(self._map, at)
        self.need(at + 4, at + 4 + length)
        return self._map[at + 4 : at + 4 + length]

    def cells(self, first: int, last: int) -> tuple[int, int]:
        """Ordinals of the settlements of a run of grid cells: from, and up to before."""
        at, to = self._start["grid"] + first * 4, self._start["grid"] + (last + 1) * 4
        self.need(at, at + 4)
        self.need(to, to + 4)
        return U32.unpack_from(self._map, at)[0], U32.unpack_from(self._map, to)[0]

    def touching(self, ordinal: int) -> list[int]:
        """Ordinals of the units that share a boundary with one."""
        numbers = self.section("touching").cast("I")
        lefts = numbers[::2]
        first, last = bisect_left(lefts, ordinal), bisect_right(lefts, ordinal)
        return list(numbers[2 * first + 1 : 2 * last : 2])

    @property
    def strings(self) -> list[str]:
        """Codes, countries, sources and licences, by number."""
        if self._strings is None:
            self._strings = bytes(self.section("strings")).decode().split("\n")
        return self._strings

    def ordinal_of(self, feature_id: str) -> int | None:
        """Ordinal of a feature by its id."""
        scheme, _, number = feature_id.partition(":")
        sought = int(number) if scheme == "geonames" and number.isdecimal() else 0
        slot = crc32(feature_id.encode()) & self._id_mask
        while True:
            at = self._start["ids"] + slot * 4
            self.need(at, at + 4)
            (ordinal,) = U32.unpack_from(self._map, at)
            if not ordinal:
                return None
            record = self.record(ordinal - 1)
            if record.geonames == sought and (sought or self.id_of(record) == feature_id):
                return int(ordinal) - 1
            slot = (slot + 1) & self._id_mask

    def id_of(self, record: Record) -> str:
        """Id of a feature."""
        if record.geonames:
            return f"geonames:{record.geonames}"
        return extras_of(self.head(record)[0])["id"]


def extras_of(line: str) -> dict[str, str]:
    """What the first line of a blob tells: id, codes, parts, foreign references."""
    if not line:
        return {}
    parts = (part.partition("=") for part in line.split("|"))
    return {key: value for key, _, value in parts}


def _postings(text: bytes) -> list[tuple[int, int]]:
    pairs = [posting.split(b".") for posting in text.split(b",")]
    return [(int(ordinal, 32), int(line, 32)) for ordinal, line in pairs]


def _mapped(path: str) -> mmap.mmap:
    try:
        with open(path, "rb") as stream:  # noqa: PTH123 - see `geoincidents.data`
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise GazetteerError(f"There is no gazetteer at {path}; build or install one.") from None
    except (OSError, ValueError) as error:
        raise GazetteerError(f"The gazetteer {path} cannot be opened: {error}.") from None
