"""FlatBuffers, as far as FlatGeobuf needs them: tables of fields found through their vtable.

Every offset is checked by `struct`, which never reads beyond the buffer.
"""

from __future__ import annotations

import struct
from array import array
from dataclasses import dataclass
from typing import Any

_MAX_NAME = 1000


@dataclass(frozen=True, slots=True)
class Table:
    """A table at an offset of a buffer; fields are counted from zero."""

    data: bytes
    at: int

    @classmethod
    def root(cls, data: bytes) -> Table:
        """The table that a buffer opens with."""
        return cls(data, struct.unpack_from("<I", data)[0])

    def _field(self, number: int) -> int | None:
        """Offset of a field's value, or None where it is left out."""
        vtable = self.at - struct.unpack_from("<i", self.data, self.at)[0]
        if vtable < 0:
            raise struct.error("an offset before the buffer")
        size = struct.unpack_from("<H", self.data, vtable)[0]
        slot = 4 + 2 * number
        offset = struct.unpack_from("<H", self.data, vtable + slot)[0] if slot < size else 0
        return self.at + offset if offset else None

    def scalar(self, number: int, form: str, default: Any = 0) -> Any:
        """A number, `form` as `struct` has it."""
        at = self._field(number)
        return default if at is None else struct.unpack_from("<" + form, self.data, at)[0]

    def _target(self, number: int) -> int | None:
        at = self._field(number)
        return None if at is None else at + struct.unpack_from("<I", self.data, at)[0]

    def octets(self, number: int, size: int = 1) -> bytes:
        """Bytes of a vector of numbers, each `size` bytes wide; empty where it is left out."""
        at = self._target(number)
        if at is None:
            return b""
        length = struct.unpack_from("<I", self.data, at)[0] * size
        if at + 4 + length > len(self.data):
            raise struct.error("a vector beyond the buffer")
        return self.data[at + 4 : at + 4 + length]

    def numbers(self, number: int, code: str) -> array[Any]:
        """A vector of numbers, `code` as `array` has it ("d", "I")."""
        found = array(code)
        found.frombytes(self.octets(number, found.itemsize))
        return found

    def name(self, number: int) -> str:
        """A short string; empty where it is left out."""
        found = self.octets(number)
        if len(found) > _MAX_NAME:
            raise struct.error("a name without end")
        return found.decode("utf-8", "replace")

    def table(self, number: int) -> Table | None:
        """A table inside this one, or None."""
        at = self._target(number)
        return None if at is None else Table(self.data, at)

    def tables(self, number: int) -> list[Table]:
        """A vector of tables."""
        at = self._target(number)
        if at is None:
            return []
        count = struct.unpack_from("<I", self.data, at)[0]
        if count * 4 > len(self.data):
            raise struct.error("a vector beyond the buffer")
        starts = range(at + 4, at + 4 + 4 * count, 4)
        return [Table(self.data, p + struct.unpack_from("<I", self.data, p)[0]) for p in starts]
