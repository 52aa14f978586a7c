"""Keep what has been made of a geometry, by the geometry itself."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


class _Same:
    """A geometry that equals itself alone; it is kept, so that its identity stays its own."""

    __slots__ = ("geometry",)

    def __init__(self, geometry: BaseGeometry) -> None:
        self.geometry = geometry

    def __hash__(self) -> int:
        return id(self.geometry)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.geometry is self.geometry


def kept(maxsize: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Cache a function, taking a geometry among its arguments for equal to itself alone.

    A country's outline is handed out again and again as the one object; to compare it by
    its coordinates means to write them out each time.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        plain: Callable[..., R] = function

        @lru_cache(maxsize=maxsize)
        def made(*keys: object) -> R:
            return plain(*(key.geometry if isinstance(key, _Same) else key for key in keys))

        @wraps(function)
        def asked(*args: P.args, **named: P.kwargs) -> R:
            if named:
                return function(*args, **named)
            return made(*(_Same(arg) if isinstance(arg, BaseGeometry) else arg for arg in args))

        return asked

    return decorate
