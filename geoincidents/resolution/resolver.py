"""Resolution: mentions of a report, or one name alone, to features of the gazetteer."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from os import PathLike
from typing import TYPE_CHECKING

from geoincidents.model import Candidate, Mention
from geoincidents.resolution.evidence import evidence_of, told_by, weighted
from geoincidents.resolution.hints import NO_HINTS, Hints, read_hints
from geoincidents.resolution.location import location_of
from geoincidents.resolution.names import language_of
from geoincidents.resolution.options import answer_class
from geoincidents.resolution.ranking import (
    Group,
    all_parts,
    first_pass,
    gather,
    home_votes,
    second_pass,
)
from geoincidents.resolution.shelf import Shelf
from geoincidents.resolution.weights import Weights, load_weights

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Feature, Location, Report
    from geoincidents.resolution.hints import Near

_NO_NAME = "no place of this name is in the gazetteer"
_NO_ANTECEDENT = "what it stands for has no location"
_CANDIDATES_KEPT = 10
#: A deictic is as sure as its antecedent, less the chance that it means another.
_DEICTIC_TRUST = 0.9


WeightsLike = Weights | str | PathLike[str] | None


def shelf_for(gazetteer: Gazetteer, weights: WeightsLike) -> Shelf:
    """The shelf of a gazetteer and weights (or the path of their file), kept between calls."""
    return _shelf(gazetteer, weights if isinstance(weights, Weights) else load_weights(weights))


@lru_cache(maxsize=4)
def _shelf(gazetteer: Gazetteer, weights: Weights) -> Shelf:
    return Shelf(gazetteer, weights)


def resolve(
    report: Report,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    country: str | None = None,
    near: Near | None = None,
    admin1: str | None = None,
    weights: WeightsLike = None,
    keep_candidates: bool = False,
) -> tuple[Mention, ...]:
    """Give each mention its location, or the reason why it has none.

    Parameters
    ----------
    report
        Its text is read beside each span; recognition need not have run.
    mentions
        Sorted by start. Deictics take the location of their antecedent;
        expressions are left as they are.
    gazetteer
        Where the options come from.
    country, admin1
        A country (name or code) and a first-level unit (any spelling) that the
        report is known to be about; they weigh, they do not exclude.
    near
        A place the report is about, by name or as ``(lon, lat)`` in degrees.
    weights
        Instead of the shipped ones.
    keep_candidates
        Whether each mention keeps its best candidates with their reasons.

    Returns
    -------
    tuple of Mention
        In the order given, one for each.
    """
    shelf = shelf_for(gazetteer, weights)
    hints = read_hints(gazetteer, country, admin1, near) if country or admin1 or near else NO_HINTS
    told = _CANDIDATES_KEPT if keep_candidates else 1
    groups = rank_groups(report.text, mentions, shelf, hints, publisher=report.publisher, told=told)
    found = list(mentions)
    for group in groups:
        _settle(group, found, shelf, keep_candidates=keep_candidates)
    return _with_deictics(found, gazetteer)


def rank_groups(
    text: str,
    mentions: Sequence[Mention],
    shelf: Shelf,
    hints: Hints,
    *,
    publisher: str | None = None,
    told: int = _CANDIDATES_KEPT,
) -> list[Group]:
    """Both passes over the mentions' groups; `told` options of each keep their reasons."""
    groups = gather(text, mentions, shelf, hints)
    first_pass(groups, shelf)
    second_pass(groups, shelf, home_votes(text, mentions, shelf, publisher), told)
    return groups


def candidates_of(
    group: Group, shelf: Shelf, limit: int = _CANDIDATES_KEPT
) -> tuple[Candidate, ...]:
    """A group's options as candidates, best first; a score is a calibrated probability."""
    weights = shelf.weights
    table = {**weights.second, **weights.hints}
    order = group.order()
    sure = _confidence(group, order[0], shelf) if order else 0.0
    rest = max(1e-12, 1.0 - group.shares[order[0]]) if order else 1.0
    return tuple(
        Candidate(
            group.rows[at].option.feature,
            sure if at == order[0] else min(sure, group.shares[at] / rest * (1.0 - sure)),
            weighted(all_parts(group, at), table),
        )
        for at in order[:limit]
    )


def _confidence(group: Group, at: int, shelf: Shelf) -> float:
    option = group.rows[at].option
    return shelf.weights.confidence(group.shares[at], answer_class(option))


def _settle(group: Group, found: list[Mention], shelf: Shelf, *, keep_candidates: bool) -> None:
    """Write a group's answer into each of its mentions."""
    if not group.rows:
        for index in group.members:
            found[index] = replace(found[index], location=None, unresolved=_NO_NAME)
        return
    best = group.order()[0]
    option = group.rows[best].option
    why = evidence_of(told_by(all_parts(group, best), shelf.weights.second), len(group.rows))
    location = location_of(option.feature, _confidence(group, best, shelf), why)
    kept = candidates_of(group, shelf) if keep_candidates else ()
    for index in group.members:
        found[index] = replace(found[index], location=location, unresolved=None, candidates=kept)


def _with_deictics(found: list[Mention], gazetteer: Gazetteer) -> tuple[Mention, ...]:
    by_start = {mention.start: mention for mention in found}
    for index, mention in enumerate(found):
        if mention.kind == "deictic":
            found[index] = _deictic(mention, by_start, gazetteer)
            by_start[mention.start] = found[index]
    return tuple(found)


def _deictic(mention: Mention, by_start: dict[int, Mention], gazetteer: Gazetteer) -> Mention:
    """A deictic with its antecedent's location, at the level its words ask for."""
    antecedent = by_start.get(mention.antecedent) if mention.antecedent is not None else None
    location = antecedent.location if antecedent is not None else None
    if antecedent is None or location is None or location.feature_id is None:
        return replace(mention, location=None, unresolved=_NO_ANTECEDENT)
    meant = _at_level(mention, location, gazetteer)
    evidence = (f'stands for "{antecedent.text}"',)
    confidence = location.confidence * _DEICTIC_TRUST
    if meant is None:
        where = replace(location, confidence=confidence, evidence=evidence)
    else:
        where = location_of(meant, confidence, evidence)
    return replace(mention, location=where, unresolved=None)


def _at_level(mention: Mention, location: Location, gazetteer: Gazetteer) -> Feature | None:
    """The feature at another level than the antecedent's: its seat, its unit, its country."""
    if location.feature_id is None or mention.type_hint in {None, location.precision}:
        return None
    feature = gazetteer.feature(location.feature_id)
    if mention.relation == "capital_of" or (
        mention.type_hint == "settlement" and feature.precision in {"country", "admin1", "admin2"}
    ):
        return gazetteer.capital(feature)
    if mention.type_hint == "admin1":
        return gazetteer.admin1_of(feature)
    if mention.type_hint == "country":
        return gazetteer.country_of(feature)
    return None


def rank(
    name: str | Mention,
    gazetteer: Gazetteer,
    *,
    country: str | None = None,
    admin1: str | None = None,
    near: Near | None = None,
    weights: WeightsLike = None,
) -> tuple[Candidate, ...]:
    """Candidates for one name without a text about it, best first.

    A candidate's score is a calibrated probability; its reasons are weights of
    evidence (natural log-odds).
    """
    shelf = shelf_for(gazetteer, weights)
    mention = name if isinstance(name, Mention) else _mention_of(name)
    hints = read_hints(gazetteer, country, admin1, near) if country or admin1 or near else NO_HINTS
    groups = rank_groups("", (mention,), shelf, hints)
    return candidates_of(groups[0], shelf) if groups else ()


def _mention_of(name: str) -> Mention:
    language = language_of(name, "ru")
    return Mention(0, len(name), name, "toponym", language=language)
