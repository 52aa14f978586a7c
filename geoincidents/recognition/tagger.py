"""A linear-chain conditional random field over chains of capitalised words.

Labels are O (not a place), B (a place begins) and I (it goes on); the weights
of B and I stand relative to O. Training is in `training`, decoding here, in
plain Python: a weight file is a table of features, and a chain is decoded by
Viterbi over three labels.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from functools import lru_cache
from math import exp
from pathlib import Path
from typing import TYPE_CHECKING

from geoincidents.data import data_path
from geoincidents.errors import UsageError
from geoincidents.recognition.features import Key, blocks, document_flags, expand

if TYPE_CHECKING:
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.tokens import Tokens

#: A place found: first and last word, and the probability-like score.
Tagged = tuple[int, int, float]
_MEMORY = 300_000


@dataclass(slots=True)
class Weights:
    """The weights of a trained tagger and the sums remembered for its blocks."""

    #: feature → (weight of B, weight of I), both relative to O
    table: dict[str, tuple[float, float]]
    #: "OO", "OB", … → weight; "OI" is forbidden.
    moves: dict[str, float]
    #: lower-case word → how it is mostly written: c(apital), m(ixed), l(ower)
    seen: dict[str, str]
    sums: dict[Key, tuple[float, float]] = field(default_factory=dict)

    def block(self, key: Key, classes: NameClasses) -> tuple[float, float]:
        """Summed weights of a block, reckoned once."""
        known = self.sums.get(key)
        if known is None:
            if len(self.sums) > _MEMORY:
                self.sums.clear()
            get, b, i = self.table.get, 0.0, 0.0
            for feature in expand(key, classes, self.seen):
                pair = get(feature)
                if pair:
                    b += pair[0]
                    i += pair[1]
            known = self.sums[key] = (b, i)
        return known


def shipped_weights() -> Path:
    """Where the shipped weight file lies."""
    return data_path("gazetteer", "models", "recognition.json.gz")


@lru_cache(maxsize=4)
def load_weights(path: Path) -> Weights:
    """Read a weight file.

    Raises
    ------
    UsageError
        When the file is missing or not a weight file of this library.
    """
    try:
        raw = path.read_bytes()
        data = json.loads(gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw)
        data = data.get("recognition", data)
        seen = {word: kind for kind, words in data["seen"].items() for word in words.split()}
        table = {f: (b / 100, i / 100) for f, b, i in data["features"]}
        return Weights(table, dict(data["moves"]), seen)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        raise UsageError(
            f"{path} is not a readable file of recognition weights; "
            "give one that the training script wrote, or none for the shipped ones."
        ) from error


def tag(
    tokens: Tokens, chained: list[list[int]], classes: NameClasses, weights: Weights
) -> list[Tagged]:
    """The places among the chains, in order."""
    flags = document_flags(tokens, chained)
    found: list[Tagged] = []
    for chain in chained:
        states = _states(tokens, chain, classes, flags, weights)
        if len(chain) == 1:
            b = states[0][0] + weights.moves["^B"] - weights.moves["^O"]
            if b > 0:
                found.append((chain[0], chain[0], _logistic(b)))
            continue
        found.extend(_decode(chain, states, weights.moves))
    return found


def _states(
    tokens: Tokens,
    chain: list[int],
    classes: NameClasses,
    flags: dict[str, int],
    weights: Weights,
) -> list[tuple[float, float]]:
    get, sums, out = weights.table.get, weights.sums, []
    for keys, pairs in blocks(tokens, chain, classes, flags):
        b = i = 0.0
        for key in keys:
            known = sums.get(key) or weights.block(key, classes)
            b += known[0]
            i += known[1]
        for feature in pairs:
            pair = get(feature)
            if pair:
                b += pair[0]
                i += pair[1]
        out.append((b, i))
    return out


def _decode(
    chain: list[int], states: list[tuple[float, float]], moves: dict[str, float]
) -> list[Tagged]:
    """Viterbi over O, B, I; a span's score is that of its first word."""
    oo, ob, bo, bb, bi = moves["OO"], moves["OB"], moves["BO"], moves["BB"], moves["BI"]
    io, ib, ii = moves["IO"], moves["IB"], moves["II"]
    so, sb, si = moves["^O"], moves["^B"] + states[0][0], -1e9
    back: list[tuple[int, int, int]] = []
    for b, i in states[1:]:
        o = (so + oo, sb + bo, si + io)
        n = (so + ob, sb + bb, si + ib)
        c = (sb + bi, si + ii)
        po, pb, pi = o.index(max(o)), n.index(max(n)), 1 if c[0] >= c[1] else 2
        back.append((po, pb, pi))
        so, sb, si = o[po], n[pb] + b, c[pi - 1] + i
    label = max((so, 0), (sb, 1), (si, 2))[1]
    labels = [label]
    for step in reversed(back):
        label = step[label]
        labels.append(label)
    labels.reverse()
    return _spans(chain, labels, states)


def _spans(
    chain: list[int], labels: list[int], states: list[tuple[float, float]]
) -> list[Tagged]:
    found: list[Tagged] = []
    for place, label in enumerate(labels):
        if label == 1:
            found.append((chain[place], chain[place], _logistic(states[place][0])))
        elif label == 2 and found:
            found[-1] = (found[-1][0], chain[place], found[-1][2])
    return found


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))
