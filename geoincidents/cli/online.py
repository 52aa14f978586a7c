"""``--online``: a geocoder on the network as the last resort, only when asked for by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from geoincidents.expressions import LocateResult
    from geoincidents.gazetteer.online import OnlineGeocoder

#: An answer from elsewhere is neither weighed nor calibrated.
_CONFIDENCE = 0.5


def add_online_options(parser: argparse.ArgumentParser) -> None:
    """`--online` and `--user-agent`."""
    parser.add_argument(
        "--online",
        metavar="SERVICE",
        help="ask a geocoder of geopy's (such as nominatim) for what is not in the gazetteer",
    )
    parser.add_argument(
        "--user-agent", metavar="WHO", help="who asks; services demand it with --online"
    )


def asked_online(
    text: str, options: argparse.Namespace, country: str | None
) -> LocateResult | None:
    """What the service knows by this name, or None.

    Raises
    ------
    UsageError
        When the service is unknown, or nothing says who asks.
    OperationError
        When it does not answer.
    """
    from geoincidents.expressions import LocateResult
    from geoincidents.resolution import location_of

    service = _service(options.online, options.user_agent)
    hits = service.geocode(text, country=country)
    if not hits:
        return None
    told = (f"answered online by {service.attribution}, not by the gazetteer",)
    places = tuple(location_of(hit.feature, _CONFIDENCE, told) for hit in hits)
    return LocateResult(text, chosen=places[:1], alternatives=places[1:])


@cache
def _service(name: str, user_agent: str | None) -> OnlineGeocoder:
    """One geocoder a process: its rate limiter must see every question."""
    from geoincidents.gazetteer.online import OnlineGeocoder

    return OnlineGeocoder(name, user_agent=user_agent)
