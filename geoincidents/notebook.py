"""What `find_incidents` gives: a collection that shows itself as a map in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, fields
from html import escape
from typing import TYPE_CHECKING, Self

from geoincidents.model import IncidentCollection

if TYPE_CHECKING:
    from geoincidents.gazetteer import Gazetteer

_FRAME_HEIGHT_PX = 640


@dataclass(frozen=True, slots=True)
class Incidents(IncidentCollection):
    """Incidents, their reports and what stayed unresolved; a notebook shows the map."""

    @classmethod
    def of(cls, collection: IncidentCollection) -> Self:
        """The same collection, able to show itself."""
        return cls(**{f.name: getattr(collection, f.name) for f in fields(IncidentCollection)})

    def __repr__(self) -> str:
        incidents, reports = len(self.incidents), len(self.reports)
        counts = (
            f"{incidents} incident{'s' * (incidents != 1)}",
            f"{reports} report{'s' * (reports != 1)}",
            f"{len(self.unresolved)} unresolved",
        )
        return f"<Incidents: {', '.join(counts)}>"

    def to_html(self, *, title: str | None = None, gazetteer: Gazetteer | None = None) -> str:
        """The map page, self-contained."""
        from geoincidents.care import publish_with_care
        from geoincidents.gazetteer import open_gazetteer
        from geoincidents.maps import render_map

        gazetteer = gazetteer or open_gazetteer()
        return render_map(publish_with_care(self, gazetteer), gazetteer=gazetteer, title=title)

    def _repr_html_(self) -> str:
        # A frame of its own keeps the page's policy and the notebook's styles apart.
        page = escape(self.to_html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" sandbox="allow-scripts" title="Map of incidents" '
            f'style="width:100%;height:{_FRAME_HEIGHT_PX}px;border:0"></iframe>'
        )
