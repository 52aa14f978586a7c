"""Hashtags of the Humanitarian Exchange Language (HXL 1.1) for the columns of a table.

They stand in a row of their own under the heads. Core hashtags where the standard has
one, its suggested attributes where they fit; a column that it has no word for is left
untagged, as the standard allows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Ends of an estimate: the figure itself bears no attribute.
_ENDS = {"low": "+min", "best": "", "high": "+max"}
_TAGS = {
    "id": "#meta+id",
    "incident_id": "#meta+id+incident",
    "report_id": "#meta+id+report",
    "event_type": "#event+type",
    "sub_event_type": "#event+subtype",
    "time_start": "#date+start",
    "time_end": "#date+end",
    "time_precision": "#meta+precision+date",
    "published": "#date+published",
    "as_of": "#date+reported",
    "name": "#loc+name",
    "feature_id": "#loc+code",
    "feature_code": "#loc+type",
    "role": "#loc+role",
    "country": "#country+code+v_iso2",
    "country_name": "#country+name",
    "admin1": "#adm1+name",
    "admin2": "#adm2+name",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "precision": "#geo+precision",
    "uncertainty_m": "#geo+radius",
    "geometry": "#geo+wkt",
    **{
        f"{toll}_{end}": f"#affected+{toll}{attribute}"
        for toll in ("killed", "injured", "missing", "displaced")
        for end, attribute in _ENDS.items()
    },
    "min": "#affected+min",
    "max": "#affected+max",
    "weapons": "#cause+weapons",
    "damage": "#impact+damage",
    "responses": "#activity+responses",
    "kind": "#activity+type",
    "verification": "#status+verification",
    "reports": "#meta+source",
    "publisher": "#meta+source+org",
    "claimant": "#meta+source+claimant",
    "url": "#meta+url",
    "title": "#meta+title",
    "text": "#description+quote",
}


def hashtags(heads: Iterable[str]) -> list[str]:
    """The tag of each column, empty where there is none.

    >>> hashtags(["lat", "killed_low", "flags"])
    ['#geo+lat', '#affected+killed+min', '']
    """
    return [_TAGS.get(head, "") for head in heads]
