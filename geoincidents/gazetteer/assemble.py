"""Put the sections of a gazetteer together, with their checks, and move it to its place."""

from __future__ import annotations

import os
from hashlib import sha256
from typing import TYPE_CHECKING
from zlib import crc32

from geoincidents.gazetteer.layout import (
    BLOCK,
    HEADER,
    HEADER_SIZE,
    MAGIC,
    SECTION,
    SECTIONS,
    U32,
    VERSION,
)

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20


def assemble(work: Path, path: Path, counts: dict[str, int]) -> None:
    """Write the file beside its place, sync it, and replace what stands there."""
    sections = _offsets(work)
    end = max(offset + length for offset, length in sections)
    bits = int((work / "bucket_bits").read_text())
    whole = work / "whole"
    with whole.open("wb") as stream:
        stream.write(bytes(HEADER_SIZE))
        for name, (offset, _) in zip(SECTIONS, sections, strict=True):
            stream.seek(offset)
            _copy(work / name, stream)
        stream.seek(end)
        stream.write(bytes(-end % BLOCK))
    checks = _checks(whole)
    size = end + (-end % BLOCK) + len(checks)
    with whole.open("r+b") as stream:
        stream.seek(0, os.SEEK_END)
        stream.write(checks)
        stream.seek(0)
        stream.write(_header(sections, size, counts, bits, crc32(checks)))
        stream.flush()
        os.fsync(stream.fileno())
    whole.replace(path)
    write_manifest(path)


def _header(
    sections: list[tuple[int, int]], size: int, counts: dict[str, int], bits: int, checks: int
) -> bytes:
    head = HEADER.pack(
        MAGIC,
        VERSION,
        size,
        counts["features"],
        counts["units"],
        counts["settlements"],
        bits,
        counts.get("flags", 0),
        checks,
    )
    body = head + b"".join(SECTION.pack(*section) for section in sections)
    body = body.ljust(HEADER_SIZE - U32.size, b"\x00")
    return body + U32.pack(crc32(body))


def _offsets(work: Path) -> list[tuple[int, int]]:
    at, sections = BLOCK, []
    for name in SECTIONS:
        length = (work / name).stat().st_size
        sections.append((at, length))
        at += length + (-length % 8)
    return sections


def _copy(source: Path, stream: object) -> None:
    with source.open("rb") as reader:
        while chunk := reader.read(_CHUNK):
            stream.write(chunk)  # type: ignore[attr-defined]
    source.unlink()


def _checks(path: Path) -> bytes:
    """CRC32 of every block after the first, which the header's own check covers."""
    checks = []
    with path.open("rb") as stream:
        stream.seek(BLOCK)
        while block := stream.read(BLOCK):
            checks.append(U32.pack(crc32(block)))
    return b"".join(checks)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def write_manifest(path: Path) -> Path:
    """Write ``<name>.sha256`` beside a file, in the form that ``sha256sum -c`` reads."""
    manifest = path.with_name(path.name + ".sha256")
    manifest.write_text(f"{digest_of(path)}  {path.name}\n", encoding="utf-8")
    return manifest
