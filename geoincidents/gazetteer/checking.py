"""Check a gazetteer file in full: its own checksums, and the sha256 manifest beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.errors import GazetteerError
from geoincidents.gazetteer.assemble import digest_of

if TYPE_CHECKING:
    from geoincidents.gazetteer.store import Store


def check_file(store: Store) -> str:
    """Verify every block of an open file and its manifest; says what was verified.

    Raises
    ------
    GazetteerError
        When a block or the manifest's digest does not match, or there is no manifest.
    """
    store.check_all()
    path = Path(store.path)
    manifest = path.with_name(path.name + ".sha256")
    try:
        written, _, name = manifest.read_text(encoding="utf-8").strip().partition("  ")
    except OSError:
        raise GazetteerError(
            f"{path} has no manifest {manifest.name} beside it; build or install it again."
        ) from None
    found = digest_of(path)
    if name != path.name or written != found:
        raise GazetteerError(
            f"{path} has the sha256 {found}, its manifest says {written}; "
            "build or install it again."
        )
    return f"{store.features:,} features, every block and sha256 {found} verified"
