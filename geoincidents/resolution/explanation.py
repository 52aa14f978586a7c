"""Why each place of a report resolved as it did, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geoincidents.model import Candidate, Feature, Mention, Report

_LOSERS = 4
_REASONS = 5


def place_words(feature: Feature) -> str:
    """A feature in one line: "Brest, Brest Region, Belarus (PPLA, 350,616 people)"."""
    unit = feature.admin1 if feature.admin1 != feature.name else None
    country = feature.country_name if feature.precision != "country" else None
    where = ", ".join(part for part in (feature.name, unit, country) if part)
    people = f", {feature.population:,} people" if feature.population else ""
    return f"{where} ({feature.code}{people})"


def reason_words(candidate: Candidate, limit: int = _REASONS) -> str:
    """The strongest reasons of a candidate with their weights."""
    strong = [(name, weight) for name, weight in candidate.reasons if abs(weight) >= 0.05]
    return "; ".join(f"{name} {weight:+.1f}" for name, weight in strong[:limit])


def outcome_words(mention: Mention) -> str:
    """What became of a mention, in one line."""
    place = mention.location
    if place is None:
        return f"unresolved: {mention.unresolved or 'no reason was kept'}"
    where = ", ".join(part for part in (place.name, place.admin1, place.country_name) if part)
    return (
        f"{where or 'a place without a name'} [{place.precision}] "
        f"{place.lat:.4f}, {place.lon:.4f} ± {place.uncertainty_m / 1000:.1f} km, "
        f"confidence {place.confidence:.2f}"
    )


def explain_text(report: Report, mentions: Iterable[Mention]) -> str:
    """The explanation of a report for a terminal, one block a mention."""
    return "\n".join(_lines(report, mentions)) + "\n"


def _lines(report: Report, mentions: Iterable[Mention]) -> Iterator[str]:
    yield f"{report.title or report.id}"
    for mention in mentions:
        yield ""
        head = f'{mention.start}-{mention.end} "{_flat(mention.text)}"'
        yield f"{head} {mention.kind}, {mention.role}"
        yield f"  → {outcome_words(mention)}"
        for why in mention.location.evidence if mention.location else mention.evidence:
            yield f"    because: {why}"
        for at, candidate in enumerate(mention.candidates[: _LOSERS + 1]):
            mark = "*" if at == 0 else " "
            yield f"  {mark} {candidate.score:.3f}  {place_words(candidate.feature)}"
            yield f"           {reason_words(candidate)}"
        hidden = len(mention.candidates) - _LOSERS - 1
        if hidden > 0:
            yield f"    and {hidden} more"


def _flat(text: str) -> str:
    """Text without control characters: a report must not steer a terminal."""
    return "".join(ch if ch.isprintable() else " " for ch in text)
