"""The closed vocabularies of the contract: kinds, roles, precisions, measures of time."""

from __future__ import annotations

from typing import Literal

MentionKind = Literal["toponym", "demonym", "expression", "deictic"]
MentionRole = Literal["event", "reference", "actor"]
Precision = Literal[
    "site",
    "neighbourhood",
    "settlement",
    "vicinity",
    "admin2",
    "admin1",
    "region",
    "country",
    "sea",
]
Relation = Literal[
    "offset",
    "distance_from",
    "distance_from_border",
    "border_zone",
    "near",
    "near_border",
    "direction_of",
    "part_of",
    "between",
    "along",
    "coordination",
    "site_of",
    "capital_of",
    "off_coast",
    "intersection",
]
NameForm = Literal[
    "main",
    "official",
    "common",
    "alternate",
    "historical",
    "abbreviation",
    "demonym",
    "adjective",
    "code",
    "inflected",
]
LocationRole = Literal["target", "launch", "intercept", "response"]
ActorRole = Literal["claimed", "accused", "denied", "target"]
Qualifier = Literal["exact", "at_least", "about", "over", "up_to", "vague"]
TimePrecision = Literal["hour", "day", "2-6days", "week", "month", "year"]
ResponseKind = Literal[
    "alert",
    "shelter",
    "evacuation",
    "rescue",
    "medical",
    "firefighting",
    "air_defence",
    "restoration",
    "cancellation",
    "mourning",
    "diplomatic",
    "statement",
]
VerificationStatus = Literal["confirmed", "claimed", "disputed", "unverified"]

#: From the most to the least precise; `Precision` values in order.
PRECISION_ORDER: tuple[Precision, ...] = (
    "site",
    "neighbourhood",
    "settlement",
    "vicinity",
    "admin2",
    "admin1",
    "region",
    "country",
    "sea",
)
