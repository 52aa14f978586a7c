"""Publishing with care: this documents harm and never serves to aim.

Places that something was launched from or shot down over are told to the second
administrative level only, what is too young can be withheld, and any place can be
generalised, alike in maps and in every export, quotes and tables included.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from geoincidents.care.coarsening import Generaliser, coarsened
from geoincidents.care.delay import withheld
from geoincidents.errors import UsageError

if TYPE_CHECKING:
    from geoincidents.care.coarsening import Level, Places
    from geoincidents.model import IncidentCollection

__all__ = ["publish_with_care"]


def publish_with_care(
    collection: IncidentCollection,
    gazetteer: Places | None,
    *,
    delay_hours: float | None = None,
    coarsen: Level | None = None,
    exact_launch_places: bool = False,
    now: datetime | None = None,
) -> IncidentCollection:
    """Make a collection fit to be published.

    Parameters
    ----------
    collection
        What was found; it is not altered.
    gazetteer
        Gives the district or province that a place is generalised to.
    delay_hours
        Withhold incidents younger than so many hours, undated ones too, with
        all that would tell of them.
    coarsen
        Generalise every place to "admin2" or "admin1".
    exact_launch_places
        Keep places of launch and interception as they are; asked in so many
        words, it still yields to `coarsen`.
    now
        The present, with a zone; by default the clock's.

    Raises
    ------
    UsageError
        When the delay is negative, or no number.
    """
    if delay_hours is not None:
        if not delay_hours >= 0:
            raise UsageError(f"--delay {delay_hours}: give hours, zero or more.")
        collection = withheld(collection, delay_hours, now or datetime.now(UTC))
    if coarsen is None and exact_launch_places:
        return replace(collection)
    return coarsened(collection, Generaliser(gazetteer, coarsen))
