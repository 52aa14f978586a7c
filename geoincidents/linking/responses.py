"""The same response told by several reports, told once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geoincidents.linking import places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geoincidents.model import Location, Response


def distinct(responses: Iterable[Response]) -> tuple[Response, ...]:
    """One of each response, the fullest telling, in the order in which they came.

    Two tellings are of one response when kind, actor, place and quantity agree;
    what a telling leaves out agrees with anything.
    """
    told = list(responses)
    kept: list[Response] = []
    for response in sorted(told, key=_detail, reverse=True):
        if not any(_same(response, other) for other in kept):
            kept.append(response)
    chosen = {id(response) for response in kept}
    return tuple(response for response in told if id(response) in chosen)


def _detail(response: Response) -> int:
    parts = (response.quantity, response.actor, response.location, response.time)
    return sum(part is not None for part in parts)


def _same(a: Response, b: Response) -> bool:
    return (
        a.kind == b.kind
        and _agree(_name(a.actor), _name(b.actor))
        and _agree(a.quantity, b.quantity)
        and (a.location is None or b.location is None or _one_place(a.location, b.location))
    )


def _agree(a: object, b: object) -> bool:
    return a is None or b is None or a == b


def _name(actor: str | None) -> str | None:
    return actor.casefold() if actor else None


def _one_place(a: Location, b: Location) -> bool:
    return places.match((places.place_of(a),), (places.place_of(b),)) is not None
