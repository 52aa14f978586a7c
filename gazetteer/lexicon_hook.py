"""Puts the vocabularies into a wheel as JSON beside their TOML.

People write TOML; a program that starts for one look-up reads JSON three times as
soon, since the parser is there already. A checkout has no JSON, so nothing in it can
go stale.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

LEXICON = "gazetteer/lexicon"


class LexiconHook(BuildHookInterface):
    """Runs when a wheel is built."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add a JSON file for each vocabulary."""
        if version == "editable":
            return
        # Kept until the wheel is written: the folder goes when the hook does.
        self._folder = tempfile.TemporaryDirectory()
        lexicon = Path(self.root, LEXICON)
        for source in sorted(lexicon.rglob("*.toml")):
            inside = source.relative_to(lexicon).with_suffix(".json")
            compiled = Path(self._folder.name, inside)
            compiled.parent.mkdir(parents=True, exist_ok=True)
            table = tomllib.loads(source.read_text(encoding="utf-8"))
            compiled.write_text(json.dumps(table, ensure_ascii=False), encoding="utf-8")
            target = f"geoincidents/_data/{LEXICON}/{inside.as_posix()}"
            build_data["force_include"][str(compiled)] = target
