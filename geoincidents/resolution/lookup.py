"""One place name without a report about it, as ``geoincidents locate`` takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.model import Candidate, Mention
from geoincidents.resolution.hints import NO_HINTS, Hints, read_hints
from geoincidents.resolution.names import language_of, read_name
from geoincidents.resolution.options import keys_of, kind_of
from geoincidents.resolution.resolver import candidates_of, rank_groups, shelf_for

if TYPE_CHECKING:
    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import Feature
    from geoincidents.resolution.hints import Near
    from geoincidents.resolution.resolver import WeightsLike

#: A name read with one letter changed is this much less sure.
_TYPO_TRUST = 0.6
#: People that make a town known beyond its unit.
_KNOWN_TOWN = 10_000
_TYPO = "read with a spelling mistake undone"
_PIECE = "only a piece of the name"


def resolve_name(
    text: str,
    gazetteer: Gazetteer,
    *,
    country: str | None = None,
    admin1: str | None = None,
    near: Near | None = None,
    weights: WeightsLike = None,
) -> tuple[Candidate, ...]:
    """Candidates for a place name, best first; none when it is unknown.

    Parameters
    ----------
    text
        A name, with what holds it after a comma if need be ("Brest, Belarus").
    gazetteer
        Where the names are looked up.
    country
        A name or an ISO 3166-1 alpha-2 code. Places elsewhere are left out.
    admin1
        A first-level unit in any spelling. Places elsewhere rank lower.
    near
        A place by name, or ``(lon, lat)`` in degrees: nearer ranks higher.
    weights
        Instead of the shipped ones.

    Returns
    -------
    tuple of Candidate
        A score is a calibrated probability.
    """
    shelf = shelf_for(gazetteer, weights)
    hints = read_hints(gazetteer, country, admin1, near) if country or admin1 or near else NO_HINTS
    groups = rank_groups(text, _mentions(text), shelf, hints)
    ranked = candidates_of(groups[0], shelf) if groups else ()
    kept = tuple(found for found in ranked if _is_allowed(found, hints))
    if kept or hints.empty:
        return kept
    return _misspelt(text, gazetteer, hints)


def _mentions(text: str) -> tuple[Mention, ...]:
    """The name before the first comma as the one mention of a tiny text."""
    name = text.split(",", maxsplit=1)[0] or text
    language = language_of(name, "ru")
    return (Mention(0, len(name), name, "toponym", language=language),) if name.strip() else ()


def _is_inside(feature: Feature, hints: Hints) -> bool:
    within, key = keys_of(feature, kind_of(feature))
    if hints.countries and within[0] not in hints.countries:
        return False
    return not hints.units or within[1] in hints.units or key in hints.countries


def _is_allowed(candidate: Candidate, hints: Hints) -> bool:
    """Inside the country given, and inside the unit unless a mistake in the unit is likelier.

    A village elsewhere is another village of the same name; a town that many
    know may have been filed under the wrong unit.
    """
    feature = candidate.feature
    if not _is_inside(feature, hints._replace(units=frozenset())):
        return False
    if not hints.units or _is_inside(feature, hints) or feature.id in hints.units:
        return True
    if any(name == _PIECE for name, _ in candidate.reasons):
        return False
    return feature.admin1_id is None or feature.population >= _KNOWN_TOWN


def _misspelt(text: str, gazetteer: Gazetteer, hints: Hints) -> tuple[Candidate, ...]:
    """Names one letter away, inside what is known; a caller without hints gets none."""
    name = text.split(",", maxsplit=1)[0]
    reading = read_name(name, language_of(name, "ru"))
    found: dict[str, Candidate] = {}
    for form in (*reading.full[:1], *reading.bare[:1]):
        for hit in gazetteer.suggest(form, limit=20):
            if _is_inside(hit.feature, hints):
                trust = _TYPO_TRUST / (len(found) + 1)
                found.setdefault(hit.feature.id, Candidate(hit.feature, trust, ((_TYPO, 0.0),)))
    return tuple(found.values())
