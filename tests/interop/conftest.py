"""Real programs for the tests: a PostGIS of its own, started and stopped here."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Run by the system's own Python, which has QGIS.
collect_ignore = ["qgis_probe.py", "qgis_geocoder_probe.py"]

_BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _as_postgres(*command: str | Path) -> list[str]:
    """PostgreSQL refuses to run as root."""
    words = [str(word) for word in command]
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


@pytest.fixture(scope="session")
def postgis():
    """Address of an empty database, on a port of its own, on 127.0.0.1 only."""
    if not _BINARIES:
        pytest.skip("PostGIS is not installed (Debian: postgresql postgis postgresql-15-postgis-3)")
    # A folder of its own: the server outlives the clean-up of older test folders.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield from _served(Path(folder))


def _served(folder: Path) -> Iterator[str]:
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    data, port, bin_ = folder / "data", _free_port(), _BINARIES[-1]
    initdb = _as_postgres(bin_ / "initdb", "-D", data, "-A", "trust", "-U", "tester")
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder)
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} -c fsync=off"
    pg_ctl = _as_postgres(bin_ / "pg_ctl", "-D", data, "-w")
    start = [*pg_ctl, "-o", settings, "-l", str(folder / "log"), "start"]
    subprocess.run(start, check=True, capture_output=True, cwd=folder)
    yield f"postgresql://tester:secret@127.0.0.1:{port}/postgres"
    subprocess.run(
        [*pg_ctl, "-m", "immediate", "stop"], check=True, capture_output=True, cwd=folder
    )


@pytest.fixture(scope="session")
def qgis_python():
    """Runs a script with the Python that has QGIS: what it printed, as JSON."""
    environment = {"PATH": os.environ["PATH"], "QT_QPA_PLATFORM": "offscreen", "HOME": "/tmp"}
    command = ["/usr/bin/python3", "-W", "ignore"]

    def run(script, *words):
        told = subprocess.run(
            [*command, str(Path(__file__).with_name(script)), *words],
            capture_output=True,
            text=True,
            env=environment,
            timeout=120,
            check=True,
        )
        return json.loads(told.stdout)

    try:
        known = [*command, "-c", "import qgis.core"]
        subprocess.run(known, check=True, capture_output=True, env=environment)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("QGIS is not installed (Debian: python3-qgis qgis-providers)")
    return run


@pytest.fixture(scope="session")
def qgis(qgis_python):
    """Asks QGIS what it makes of data sources: ``qgis([(uri, provider), …])``."""
    return lambda sources: qgis_python("qgis_probe.py", json.dumps(sources))
