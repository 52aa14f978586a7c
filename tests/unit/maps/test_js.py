"""Our JS modules under node's own test runner."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[2] / "js" / "modules.test.mjs"


def test_the_laws_of_the_modules_hold_under_node() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    run = subprocess.run([node, "--test", str(TESTS)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout[-3000:]
