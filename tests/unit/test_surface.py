"""The public surface: what `import geoincidents` offers, and nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest

import geoincidents as gi
from geoincidents.notebook import Incidents
from tests.builders import collection


def test_the_public_names_are_sorted_and_all_there():
    assert gi.__all__ == sorted(gi.__all__, key=lambda name: (name[0].islower(), name))
    assert all(getattr(gi, name) is not None for name in gi.__all__)


@pytest.mark.parametrize("name", gi.__all__)
def test_every_public_name_says_what_it_is(name):
    assert (getattr(gi, name).__doc__ or "").strip()


def test_an_unknown_name_is_told_so():
    with pytest.raises(AttributeError, match="no attribute 'pins'"):
        _ = gi.pins


def test_importing_it_loads_nothing_heavy():
    code = "import sys, geoincidents; sys.exit('numpy' in sys.modules or 'shapely' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_incidents_show_themselves_in_a_notebook_inside_a_frame_of_their_own():
    made = Incidents.of(collection())
    assert repr(made) == "<Incidents: 1 incident, 1 report, 1 unresolved>"
    shown = made._repr_html_()
    assert shown.startswith("<iframe srcdoc=")
    assert "sandbox=" in shown
    # The page is an attribute's text: none of its own markup is part of the notebook.
    assert "<script" not in shown


def test_the_whole_way_through_in_python(tmp_path):
    made = gi.find_incidents([gi.Report("r", "Drones struck Kharkiv on Monday, killing 3 people.",
                                        published="2024-02-07T08:00:00+00:00")])  # fmt: skip
    (strike,) = made.incidents
    assert strike.estimates["killed"].best == 3
    gi.write(made, tmp_path / "a.geojson")
    assert "Kharkiv" in (tmp_path / "a.geojson").read_text(encoding="utf-8")
    assert "Kharkiv" in gi.render_map(made, title="One night")
