"""Weights of B and I for every item of a passage: sums of blocks, each reckoned once.

Words come back, and what is summed for one stays the same, so an item costs
seven look-ups and those of its pairs of words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.recognition.features import (
    OFFSETS,
    as_item,
    flag_features,
    own_features,
    place_features,
    trait_features,
    traits_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.recognition.features import Traits
    from geoincidents.recognition.names import NameClasses
    from geoincidents.recognition.page import Page, Place
    from geoincidents.recognition.weights import Pair, Weights

_MEMORY = 100_000


class Scorer:
    """Sums of weights for the words as one gazetteer classes them, remembered."""

    def __init__(self, weights: Weights, classes: NameClasses) -> None:
        self.weights = weights
        self.classes = classes
        self._words = [_WordSums(self, offset) for offset in OFFSETS]
        self._places: dict[Place, Pair] = {}
        self._traits: dict[str, Traits] = {}
        self._flags: dict[tuple[int, int], Pair] = {}

    def traits(self, word: str) -> Traits:
        """What of a word many others share, remembered for all its offsets."""
        found = self._traits.get(word)
        if found is None:
            if len(self._traits) >= _MEMORY:
                self._traits.clear()
            found = self._traits[word] = traits_of(word, self.classes, self.weights.seen)
        return found

    def sum(self, features: Iterable[str]) -> Pair:
        """Summed weights of features."""
        get, total = self.weights.table.get, 0j
        for feature in features:
            total += get(feature, 0j)
        return total

    def scores(self, page: Page) -> list[Pair]:
        """Weights of B and I for each item of a page."""
        words, low, flags = page.words, page.low, page.flags
        here, before, after, before2, after2 = self._words
        places, flag_sums = self._places, self._flags
        rows_before, rows_after, rows_before2, rows_after2 = self.weights.pairs
        out = []
        for i, place in zip(page.items, page.places(), strict=True):
            word = words[i]
            total = (
                here[word]
                + before[words[i - 1]]
                + after[words[i + 1]]
                + before2[words[i - 2]]
                + after2[words[i + 2]]
            )
            flagged = flags[word], place[0][0]
            total += places[place] if place in places else self._place(place)
            total += flag_sums[flagged] if flagged in flag_sums else self._flag(flagged)
            if row := rows_before.get(low[i]):
                total += row.get(low[i - 1], 0j)
            if row := rows_after.get(low[i]):
                total += row.get(low[i + 1], 0j)
            if row := rows_before2.get(low[i - 1]):
                total += row.get(low[i - 2], 0j)
            if row := rows_after2.get(low[i + 1]):
                total += row.get(low[i + 2], 0j)
            out.append(total)
        return out

    def _place(self, place: Place) -> Pair:
        if len(self._places) >= _MEMORY:
            self._places.clear()
        found = self._places[place] = self.sum(place_features(place))
        return found

    def _flag(self, flagged: tuple[int, int]) -> Pair:
        found = self._flags[flagged] = self.sum(flag_features(*flagged))
        return found


class _WordSums(dict[str, complex]):
    """Word that stands `offset` words from an item → summed weights."""

    def __init__(self, scorer: Scorer, offset: int) -> None:
        super().__init__()
        self._scorer = scorer
        self._offset = offset
        self._shared: dict[Traits, Pair] = {}

    def __missing__(self, word: str) -> Pair:
        scorer, offset = self._scorer, self._offset
        traits = scorer.traits(word)
        if not offset:
            traits = as_item(traits, word, scorer.classes)
        shared = self._shared.get(traits)
        if shared is None:
            shared = self._shared[traits] = scorer.sum(trait_features(traits, offset))
        if len(self) >= _MEMORY:
            self.clear()
        found = self[word] = shared + scorer.sum(own_features(word.lower(), offset))
        return found
