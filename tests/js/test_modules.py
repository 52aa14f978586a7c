"""Our JavaScript modules, by node's own test runner."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_modules_keep_their_laws():
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed (Debian: nodejs)")
    run = subprocess.run(
        [node, "--test", str(Path(__file__).with_name("modules.test.mjs"))],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]


def test_the_modules_pass_the_linter():
    eslint = Path(__file__).parent / "node_modules" / ".bin" / "eslint"
    if not eslint.exists():
        pytest.skip("node's eslint is not installed (npm install in tests/js)")
    run = subprocess.run(
        [str(eslint), "-c", "tests/js/eslint.config.mjs", "geoincidents/maps/assets/js"],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        timeout=120,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
