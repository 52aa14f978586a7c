"""The weight file of the tagger: a table of features with the weights of B and I."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geoincidents.data import data_path
from geoincidents.errors import UsageError
from geoincidents.recognition.features import PAIRS

if TYPE_CHECKING:
    from pathlib import Path

#: Weights of B, the real part, and of I, the imaginary one: added in one step.
Pair = complex


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a trained tagger, in hundredths, B's and I's relative to O's."""

    table: dict[str, Pair]
    #: for each kind of pair: second word → first word → weights
    pairs: tuple[dict[str, dict[str, Pair]], ...]
    #: "OO", "OB", … → weight; "OI" is forbidden.
    moves: dict[str, float]
    #: lower-case word → how it is mostly written: c(apital), m(ixed), l(ower)
    seen: dict[str, str]


def weights_from(content: dict[str, Any]) -> Weights:
    """Weights from the content of a weight file."""
    seen = {word: kind for kind, words in content["seen"].items() for word in words.split()}
    table: dict[str, Pair] = {}
    pairs: dict[str, dict[str, dict[str, Pair]]] = {name: {} for name in PAIRS}
    for feature, b, i in content["features"]:
        name, bar, second = feature.rpartition("|")
        kind = name[:3] if name[:3] in pairs else name[:2]
        if not bar or kind not in pairs:
            table[feature] = complex(b, i)
        else:
            pairs[kind].setdefault(second, {})[name[len(kind) :]] = complex(b, i)
    moves = {move: 100 * weight for move, weight in content["moves"].items()}
    return Weights(table, tuple(pairs[name] for name in PAIRS), moves, seen)


def shipped_weights() -> Path:
    """Where the shipped weight file lies."""
    return data_path("gazetteer", "models", "recognition.json.gz")


@lru_cache(maxsize=4)
def load_weights(path: Path) -> Weights:
    """Read a weight file, or the file of the shipped one's name in a folder.

    A file that holds only other stages' weights leaves the shipped ones in force.

    Raises
    ------
    UsageError
        When the file is missing or not a weight file of this library.
    """
    try:
        data = _read(path / shipped_weights().name if path.is_dir() else path)
        data = data.get("recognition", data)
        if "features" not in data:
            data = _read(shipped_weights())
        return weights_from(data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        raise UsageError(
            f"{path} is not a readable file of recognition weights; "
            "give one that the training script wrote, or none for the shipped ones."
        ) from error


def _read(path: Path) -> dict[str, Any]:
    raw = path.read_bytes()
    data = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
    if not isinstance(data, dict):
        raise TypeError(type(data).__name__)
    return data
