"""The application: routes, the names it answers to, limits, and errors in one sentence."""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import Route

from geoincidents.errors import UsageError
from geoincidents.serving.features import feature_routes
from geoincidents.serving.places import place_routes

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from geoincidents.gazetteer import Gazetteer
    from geoincidents.model import IncidentCollection

_LOG = logging.getLogger("geoincidents.serving")
_OWN_NAMES = ("127.0.0.1", "localhost", "[::1]")
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
#: So many requests at once; the next are told to come back.
_CONCURRENT = 64
_KEEP_ALIVE_S = 5
#: Who is still being answered when the server is stopped has so long.
_FAREWELL_S = 3


class _Outermost:
    """Adds the headers that every answer bears; an error of ours is a sentence in the log."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def with_headers(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = [*message["headers"], *_HEADERS]
            await send(message)

        try:
            await self.app(scope, receive, with_headers)
        except Exception as error:
            if os.environ.get("GEOINCIDENTS_DEBUG"):
                raise
            kind = type(error).__name__
            _LOG.error("%s: an error of the program itself (%s: %s)", scope["path"], kind, error)
            if not begun:
                await _broken()(scope, receive, with_headers)


def _broken() -> Response:
    sentence = "an error of the program itself; its log says more"
    return JSONResponse({"code": "500", "description": sentence}, status_code=500)


def make_app(
    collection: IncidentCollection,
    gazetteer: Gazetteer,
    *,
    page: str,
    names: tuple[str, ...] = (),
) -> Starlette:
    """The ASGI application.

    Parameters
    ----------
    collection
        Incidents, made fit to be published.
    page
        The map page, as `render_map` gives it.
    names
        Host names to answer to beside this machine's own.
    """

    async def show_map(_request: Request) -> Response:
        return HTMLResponse(page)

    allowed = [*_OWN_NAMES, *names]
    return Starlette(
        routes=[
            Route("/", show_map),
            *feature_routes(collection, gazetteer),
            *place_routes(gazetteer),
        ],
        middleware=[
            Middleware(_Outermost),
            Middleware(TrustedHostMiddleware, allowed_hosts=allowed, www_redirect=False),
        ],
        exception_handlers={HTTPException: _told},
    )


async def _told(_request: Request, error: Exception) -> Response:
    """OGC's form of an error: a code and a sentence."""
    status = getattr(error, "status_code", 500)
    return JSONResponse({"code": str(status), "description": error.detail}, status_code=status)  # type: ignore[attr-defined]


def run_server(app: Starlette, *, host: str, port: int, tell: Callable[[str], None]) -> None:
    """Serve until stopped.

    Raises
    ------
    UsageError
        When the port is taken, or the address is not this machine's.
    """
    import socket

    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"--host {host} --port {port}: cannot be listened on ({error.strerror}); "
                "choose another port."
            ) from None
        tell(f"http://{host}:{listener.getsockname()[1]}/ — stop with Ctrl-C")
        config = uvicorn.Config(
            app,
            log_level="warning",
            limit_concurrency=_CONCURRENT,
            timeout_keep_alive=_KEEP_ALIVE_S,
            timeout_graceful_shutdown=_FAREWELL_S,
            server_header=False,
        )
        uvicorn.Server(config).run(sockets=[listener])
