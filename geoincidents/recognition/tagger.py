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
from typing import TYPE_CHECKING, Any

from geoincidents.data import data_path
from geoincidents.errors import UsageError
from geoincidents.recognition.features import (
    FAMILIES,
    PAIRS,
    PERSON,
    SMALL,
    Key,
    blocks,
    document_flags,
    expand,
)
from geoincidents.recognition.names import ADMIN1, BIG_CITY, COUNTRY, METROPOLIS

if TYPE_CHECKING:
    from pathlib import Path

    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.tokens import Tokens

#: A place found: first and last word, and the probability-like score.
Tagged = tuple[int, int, float]
_MEMORY = 100_000
_PAIRS_LONGEST_FIRST = sorted(PAIRS, key=len, reverse=True)
#: Below nought and above this a word is in doubt; what it is elsewhere in the text decides.
DOUBT = -2.0
#: Above this a word by itself is still a place if its name is that of a big one.
FAINT = -3.0
_BIG = frozenset({BIG_CITY, METROPOLIS, ADMIN1, COUNTRY})
_JOINTS = frozenset({" ", "-"})


Pair = tuple[float, float]


def _empty_sums() -> tuple[dict[Key, Pair], ...]:
    return tuple({} for _ in range(FAMILIES))


@dataclass(slots=True)
class Weights:
    """The weights of a trained tagger and the sums remembered for its blocks."""

    #: feature → (weight of B, weight of I), both relative to O
    table: dict[str, Pair]
    #: for each kind of pair: second word → first word → weights
    pairs: tuple[dict[str, dict[str, Pair]], ...]
    #: "OO", "OB", … → weight; "OI" is forbidden.
    moves: dict[str, float]
    #: lower-case word → how it is mostly written: c(apital), m(ixed), l(ower)
    seen: dict[str, str]
    sums: tuple[dict[Key, Pair], ...] = field(default_factory=_empty_sums)

    def fresh(self) -> Weights:
        """The same weights with no sums remembered, for another gazetteer."""
        return Weights(self.table, self.pairs, self.moves, self.seen)

    def block(self, family: int, key: Key, classes: NameClasses) -> Pair:
        """Summed weights of a block, reckoned and remembered."""
        sums = self.sums[family]
        if len(sums) > _MEMORY:
            sums.clear()
        get, b, i = self.table.get, 0.0, 0.0
        for feature in expand(family, key, classes, self.seen):
            pair = get(feature)
            if pair:
                b += pair[0]
                i += pair[1]
        sums[key] = (b, i)
        return b, i


def weights_from(content: dict[str, Any]) -> Weights:
    """Weights from the content of a weight file."""
    seen = {word: kind for kind, words in content["seen"].items() for word in words.split()}
    table: dict[str, Pair] = {}
    pairs: dict[str, dict[str, dict[str, Pair]]] = {name: {} for name in PAIRS}
    for feature, b, i in content["features"]:
        name, bar, second = feature.rpartition("|")
        kind = next((p for p in _PAIRS_LONGEST_FIRST if bar and name.startswith(p)), None)
        if kind is None:
            table[feature] = (b / 100, i / 100)
        else:
            pairs[kind].setdefault(second, {})[name[len(kind) :]] = (b / 100, i / 100)
    return Weights(table, tuple(pairs[name] for name in PAIRS), dict(content["moves"]), seen)


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


def tag(
    tokens: Tokens, chained: list[list[int]], classes: NameClasses, weights: Weights
) -> list[Tagged]:
    """The places among the chains, in order."""
    flags = document_flags(tokens, chained)
    found: list[Tagged] = []
    doubts: list[tuple[int, float]] = []
    for chain in chained:
        states = _states(tokens, chain, classes, flags, weights)
        spans = _decode(chain, states, weights.moves) if len(chain) > 1 else _single(chain, states)
        found += spans
        taken = {word for first, last, _ in spans for word in range(first, last + 1)}
        doubts += [
            (word, b)
            for word, (b, _) in zip(chain, states, strict=True)
            if b > FAINT and word not in taken and not _beside_capital(tokens, word)
        ]
    alone = {tokens.words[first] for first, last, _ in found if first == last}
    more = [
        (word, word, _logistic(b))
        for word, b in doubts
        if (b > DOUBT and tokens.words[word] in alone)
        or _is_well_known(tokens.words[word], flags, classes, weights)
    ]
    return sorted(found + more) if more else found


def _single(chain: list[int], states: list[tuple[float, float]]) -> list[Tagged]:
    """A chain of one word: a place when its weight is above nought."""
    b = states[0][0]
    return [(chain[0], chain[0], _logistic(b))] if b > 0 else []


def _is_well_known(
    word: str, flags: dict[str, int], classes: NameClasses, weights: Weights
) -> bool:
    """A big place's name that nothing in the text makes a person's or an everyday word."""
    if classes[word] not in _BIG or flags.get(word, 0) & (PERSON | SMALL):
        return False
    return weights.seen.get(word.lower(), "c") == "c"


def _beside_capital(tokens: Tokens, i: int) -> bool:
    words, gaps = tokens.words, tokens.gaps
    if i and gaps[i] in _JOINTS and words[i - 1][0].isupper():
        return True
    return i + 1 < len(words) and gaps[i + 1] in _JOINTS and words[i + 1][0].isupper()


def _states(
    tokens: Tokens,
    chain: list[int],
    classes: NameClasses,
    flags: dict[str, int],
    weights: Weights,
) -> list[tuple[float, float]]:
    # Unrolled by hand: this loop is half of the cost of recognition.
    s0, s1, s2, s3, s4, s5, s6 = weights.sums
    block, tables, out = weights.block, weights.pairs, []
    for (k0, k1, k2, k3, k4, k5, k6), pairs in blocks(tokens, chain, classes, flags):
        v0 = s0.get(k0) or block(0, k0, classes)
        v1 = s1.get(k1) or block(1, k1, classes)
        v2 = s2.get(k2) or block(2, k2, classes)
        v3 = s3.get(k3) or block(3, k3, classes)
        v4 = s4.get(k4) or block(4, k4, classes)
        v5 = s5.get(k5) or block(5, k5, classes)
        v6 = s6.get(k6) or block(6, k6, classes)
        b = v0[0] + v1[0] + v2[0] + v3[0] + v4[0] + v5[0] + v6[0]
        i = v0[1] + v1[1] + v2[1] + v3[1] + v4[1] + v5[1] + v6[1]
        for rows, (first, second) in zip(tables, pairs):  # noqa: B905 - costs a tenth here
            row = rows.get(second)
            if row and first in row:
                known = row[first]
                b += known[0]
                i += known[1]
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


def _spans(chain: list[int], labels: list[int], states: list[tuple[float, float]]) -> list[Tagged]:
    found: list[Tagged] = []
    for place, label in enumerate(labels):
        if label == 1:
            found.append((chain[place], chain[place], _logistic(states[place][0])))
        elif label == 2 and found:
            found[-1] = (found[-1][0], chain[place], found[-1][2])
    return found


def _logistic(x: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, x))))
