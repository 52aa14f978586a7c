"""Features of a gazetteer, and where something is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from geoincidents.model.kinds import NameForm, Precision, Relation


@dataclass(frozen=True, slots=True)
class Feature:
    """One row of a gazetteer."""

    id: str
    name: str
    code: str
    precision: Precision
    lat: float
    lon: float
    country: str | None = None
    country_name: str | None = None
    admin1: str | None = None
    admin1_id: str | None = None
    admin2: str | None = None
    admin2_id: str | None = None
    population: int = 0
    #: Radius in metres of the circle about the point that holds the feature.
    extent_m: float = 0.0
    source: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class NameHit:
    """A feature found under a name, and what kind of name that is to it."""

    feature: Feature
    name: str
    form: NameForm = "alternate"
    language: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Location:
    """Where something is, how surely, and why so: a resolved place."""

    name: str | None
    lat: float
    lon: float
    precision: Precision
    uncertainty_m: float
    confidence: float
    feature_id: str | None = None
    feature_code: str | None = None
    country: str | None = None
    country_name: str | None = None
    admin1: str | None = None
    admin1_id: str | None = None
    admin2: str | None = None
    admin2_id: str | None = None
    relation: Relation | None = None
    #: Footprint; None means "the feature's own", see `Gazetteer.geometry`.
    geometry: BaseGeometry | None = None
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A feature weighed for a mention: its score and each feature's part in it."""

    feature: Feature
    score: float
    reasons: tuple[tuple[str, float], ...] = ()
