"""Taking an incident apart again, and putting two together by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geoincidents.errors import UsageError
from geoincidents.linking import ids
from geoincidents.linking.clusters import Cluster
from geoincidents.linking.estimates import damage_of, estimates_of, with_supersedes
from geoincidents.linking.merging import incident_of, scopes_of
from geoincidents.linking.parts import incident_part
from geoincidents.model import Provenance, Verification

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from geoincidents.model import Incident


def unmerge(incident: Incident, reports: Collection[str]) -> tuple[Incident, Incident]:
    """Set apart what `reports` tell of an incident.

    Claims, places and quotes go with their report. Of what several reports told
    alike, an actor or a response, the incident holds one telling, and that goes
    with the report it was taken from.

    Parameters
    ----------
    incident
        A merged incident.
    reports
        Ids of the reports that tell of another incident; some of its reports, not all.

    Returns
    -------
    tuple of Incident
        What stays, under its old id, and what was set apart, under an id of its
        own. Each names the other in `apart_from`, so that `link` keeps them apart.

    Raises
    ------
    UsageError
        When the reports are none or all of the incident's.
    """
    away = [report for report in incident.reports if report in set(reports)]
    stays = [report for report in incident.reports if report not in set(reports)]
    if not away or not stays:
        raise UsageError(
            f"To unmerge {incident.id}, name some of its reports, not none and not all: "
            f"{', '.join(incident.reports)}."
        )
    rest, split = _only(incident, stays), _only(incident, away)
    split = replace(split, id=_split_id(incident, split), former_ids=(), extra={})
    return (
        replace(rest, apart_from=_with(rest.apart_from, split.id)),
        replace(split, apart_from=_with(split.apart_from, rest.id)),
    )


def merge(first: Incident, second: Incident) -> Incident:
    """Put two incidents together by hand, under the id of the first.

    The other id stands in `former_ids` thereafter; marks that kept the two
    apart are lifted.
    """
    parts = [incident_part(first, {}), incident_part(second, {})]
    merged = incident_of(Cluster(0, parts, parts[0].profile), first.id)
    names = {first.id, second.id, *first.former_ids, *second.former_ids}
    note = f"Incident {second.id} was merged by hand."
    return replace(
        merged,
        apart_from=tuple(name for name in merged.apart_from if name not in names),
        merged_because=(*merged.merged_because, note),
    )


def _with(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*names, name)))


def _split_id(incident: Incident, split: Incident) -> str:
    spans = [claim.source for claim in split.claims] + [p.source for p in split.locations]
    first = min(spans, default=None, key=lambda source: (source.report_id, source.start))
    start, end = (first.start, first.end) if first else (0, 0)
    return ids.incident_id((incident.id, ids.text_hash("\x1f".join(split.reports)), start, end))


def _only(incident: Incident, reports: list[str]) -> Incident:
    """What the given reports say of the incident, reckoned anew."""
    told = set(reports)
    kept: dict[str, Any] = {
        name: tuple(item for item in getattr(incident, name) if _report_of(item) in told)
        for name in ("locations", "claims", "actors", "responses", "sources")
    }
    claims = with_supersedes(kept.pop("claims"))
    quotes = tuple(q for q in incident.verification.quotes if q.report_id in told)
    because = tuple(
        sentence
        for sentence in incident.merged_because
        if not any(_names(sentence, report) for report in set(incident.reports) - told)
    )
    return replace(
        incident,
        **kept,
        claims=claims,
        estimates=estimates_of(claims, scopes_of(kept["locations"])),
        damage=damage_of(claims),
        verification=Verification(incident.verification.status, quotes),
        reports=tuple(reports),
        merged_because=because if len(reports) > 1 else (),
    )


def _names(sentence: str, report: str) -> bool:
    return sentence.startswith((f"Report {report} ", f"Report {report},"))


def _report_of(item: Any) -> str:
    source = item if isinstance(item, Provenance) else item.source
    return str(source.report_id)
