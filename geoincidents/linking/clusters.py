"""Parts → clusters of one incident each: every part joins its best match, or founds."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoincidents.linking import times
from geoincidents.linking.blocking import Index
from geoincidents.linking.matching import Verdict, same_incident
from geoincidents.linking.places import reach_of
from geoincidents.model import Incident
from geoincidents.tables.schema import SCHEMA_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.linking.parts import Part, Profile


@dataclass(slots=True)
class Cluster:
    """Parts of one incident, in the order in which they came, and why they did."""

    number: int
    parts: list[Part]
    profile: Profile
    reasons: list[tuple[Part, Verdict]] = field(default_factory=list)

    def add(self, part: Part, verdict: Verdict) -> None:
        """Take in a part that tells of the same incident."""
        self.parts.append(part)
        self.reasons.append((part, verdict))
        self.profile = self.profile.joined(part.profile)


def cluster(parts: Iterable[Part]) -> list[Cluster]:
    """Clusters of parts; the order of the parts given does not matter.

    Each part, in a total order of its own, joins the cluster that it fits best.
    Where two fit alike, and nothing but a province says which, it joins none.
    """
    index, clusters = Index(), list[Cluster]()
    for part in sorted(parts, key=lambda p: p.order):
        choice = _best(part, [clusters[i] for i in index.near(part.profile)])
        if choice is None:
            index.add(len(clusters), part.profile)
            clusters.append(Cluster(len(clusters), [part], part.profile))
            continue
        home, verdict = choice
        before = home.profile
        home.add(part, verdict)
        if home.profile.places != before.places or home.profile.window != before.window:
            index.add(home.number, home.profile)
    return clusters


def _best(part: Part, candidates: list[Cluster]) -> tuple[Cluster, Verdict] | None:
    scored = [
        (verdict, home)
        for home in candidates
        if not _kept_apart(part, home)
        and not _told_twice(part, home)
        and (verdict := same_incident(home.profile, part.profile)) is not None
    ]
    if not scored:
        return None
    # a stable sort: among equals the cluster founded first comes first
    scored.sort(key=lambda item: (-item[0].score, -len(item[1].parts)))
    best, home = scored[0]
    if len(scored) > 1 and _ambiguous(part, best, *scored[1]):
        return None
    return home, best


def _ambiguous(part: Part, best: Verdict, second: Verdict, other: Cluster) -> bool:
    if part.recap or best.score > second.score or reach_of(part.profile.places) == "fine":
        return False
    return reach_of(other.profile.places) == "fine"


def _told_twice(part: Part, home: Cluster) -> bool:
    """True where a report tells in passing of another incident than the one it is about.

    What it tells of the very day that it is about is no other incident.
    """
    if not part.recap or times.same_day(part.profile.window, home.profile.window):
        return False
    told = set(part.reports)
    return any(not member.recap and told.intersection(member.reports) for member in home.parts)


def _kept_apart(part: Part, home: Cluster) -> bool:
    """True where a person has said that these are two incidents."""
    ours = part.item
    return isinstance(ours, Incident) and any(
        isinstance(member.item, Incident) and _set_apart(ours, member.item) for member in home.parts
    )


def _set_apart(ours: Incident, theirs: Incident) -> bool:
    """Told apart by `unmerge`, or by the coders of one dataset, who gave each a row of its own."""
    table = ours.extra.get(SCHEMA_KEY)
    if table is not None and table == theirs.extra.get(SCHEMA_KEY):
        return True
    return bool(
        {ours.id, *ours.former_ids} & set(theirs.apart_from)
        or {theirs.id, *theirs.former_ids} & set(ours.apart_from)
    )
