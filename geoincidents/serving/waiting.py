"""Work away from the loop that answers, for no longer than a client would wait."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
from anyio.to_thread import run_sync
from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from collections.abc import Callable

#: After so long a client is told to ask for less.
TIMEOUT_S = 20.0


async def in_time(work: Callable[..., Any], *arguments: Any) -> Any:
    """What the work gives.

    Raises
    ------
    starlette.exceptions.HTTPException
        503, when it takes too long.
    """
    try:
        with anyio.fail_after(TIMEOUT_S):
            return await run_sync(partial(work, *arguments), abandon_on_cancel=True)
    except TimeoutError:
        raise HTTPException(503, f"not done in {TIMEOUT_S:.0f} s; ask for less") from None
