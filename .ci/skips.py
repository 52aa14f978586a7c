"""Fails when a test that can run on the checking machine was skipped there."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

SHARED = (Path(__file__).resolve().parents[2] / "shared" / "README.md").is_file()
#: Reasons that the checking machine has no right to.
FORBIDDEN = ("chromium", "playwright", "qgis", "node", "gdal", "ogrinfo", "postgis")


def unexpected(path: str) -> list[str]:
    """Names and reasons of the skipped tests that should have run."""
    words = (*FORBIDDEN, "shared") if SHARED else FORBIDDEN
    out = []
    for case in ET.parse(path).getroot().iter("testcase"):  # noqa: S314 - our own file
        for skip in case.iter("skipped"):
            reason = f"{skip.get('message')} {skip.text}".lower()
            if any(word in reason for word in words):
                out.append(f"{case.get('classname')}::{case.get('name')}: {skip.get('message')}")
    return out


if __name__ == "__main__":
    skipped = unexpected(sys.argv[1])
    print("\n".join(skipped) or "no test was skipped that could run here")  # noqa: T201
    sys.exit(bool(skipped))
