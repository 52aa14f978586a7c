"""What `locate` is given and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

from geoincidents.expressions.extent import extent_of
from geoincidents.model import Candidate, Location

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoincidents.expressions.uncertainty import Uncertainty
    from geoincidents.gazetteer import Gazetteer


class Resolver(Protocol):
    """Names to features: what resolution offers, handed in since it stands above."""

    def __call__(
        self,
        name: str,
        *,
        country: str | None = None,
        admin1: str | None = None,
        near: str | tuple[float, float] | None = None,
    ) -> Sequence[Candidate]:
        """Return candidates for a name, best first; none when it is unknown."""


@dataclass(frozen=True, slots=True)
class LocateResult:
    """What `locate` found.

    `chosen` are the answers, several for a coordination; `alternatives` other places
    the text can mean, best first; `unresolved` says why there is no answer.
    """

    text: str
    chosen: tuple[Location, ...] = ()
    alternatives: tuple[Location, ...] = ()
    unresolved: str | None = None
    #: Where the outlines of the small picture come from.
    gazetteer: Gazetteer | None = field(default=None, repr=False, compare=False)

    def _repr_html_(self) -> str:
        """Show a notebook the answers on a small map."""
        from html import escape

        if self.unresolved or self.gazetteer is None:
            return f"<p>{escape(self.text)}: {escape(self.unresolved or 'no answer')}</p>"
        from geoincidents.expressions.picture import svg

        return svg(self, self.gazetteer)


class Hints(NamedTuple):
    """What the user knows beside the text: a place close by, a country, a province."""

    near: str | None = None
    country: str | None = None
    admin1: str | None = None


def location_of_feature(candidate: Candidate, table: Uncertainty | None = None) -> Location:
    """Return a feature as a location; its geometry is left to the gazetteer."""
    feature = candidate.feature
    return Location(
        name=feature.name,
        lat=feature.lat,
        lon=feature.lon,
        precision=feature.precision,
        uncertainty_m=extent_of(feature, table),
        confidence=max(0.0, min(1.0, candidate.score)),
        feature_id=feature.id,
        feature_code=feature.code,
        country=feature.country,
        country_name=feature.country_name,
        admin1=feature.admin1,
        admin1_id=feature.admin1_id,
        admin2=feature.admin2,
        admin2_id=feature.admin2_id,
        evidence=tuple(reason for reason, _ in candidate.reasons),
    )


def by_population(gazetteer: Gazetteer) -> Resolver:
    """Return a resolver that takes the gazetteer's own order: the largest bearer first."""

    def resolver(
        name: str,
        *,
        country: str | None = None,
        admin1: str | None = None,  # noqa: ARG001
        near: str | tuple[float, float] | None = None,  # noqa: ARG001
    ) -> Sequence[Candidate]:
        hits = [hit for hit in gazetteer.lookup(name) if hit.form not in {"demonym", "adjective"}]
        wanted = country.upper() if country and len(country) == 2 else None
        return tuple(
            Candidate(hit.feature, 0.9 / (rank + 1))
            for rank, hit in enumerate(
                hit for hit in hits if wanted is None or hit.feature.country == wanted
            )
        )

    return resolver
