"""`stakhanov serve`: the site, for this machine alone unless told otherwise."""

from __future__ import annotations

import errno
import socket
from typing import Annotated

import typer

from stakhanov.cli import output
from stakhanov.cli.learning import Place
from stakhanov.cli.options import Gathered, Json
from stakhanov.foundation.extras import need
from stakhanov.foundation.problem import BadInput, Problem

#: Connections at the same time; who comes beyond that is told to come again.
MOST_CONNECTIONS = 1000
#: Seconds that a connection is kept open for a visitor's next request.
KEPT_OPEN = 30
#: Seconds that open connections get to end when the site is closed.
GRACE = 3


def serve(
    *,
    host: Annotated[
        str,
        typer.Option(metavar="ADDRESS", help="Where to listen; this machine alone unless told."),
    ] = "127.0.0.1",
    port: Annotated[
        str, typer.Option(metavar="NUMBER", help="The port; 0 for any that is free.")
    ] = "8135",
    progress: Place = None,
    shared: Annotated[
        bool,
        typer.Option(
            "--shared",
            help="Several learners, even where only this machine reaches the site: nobody is you.",
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Open the site: a tour, the laboratory, its JSON interface. Ctrl-C closes it."""
    gathered = Gathered()
    number = gathered.whole("--port", port, 0)
    gathered.tell()
    need("web", "fastapi", "serve")
    need("web", "uvicorn", "serve")
    import logging
    from dataclasses import replace

    import uvicorn

    from stakhanov.web.app import create_app
    from stakhanov.web.settings import Settings

    # A form that is none is told to who sent it, not to who keeps the site.
    logging.getLogger("python_multipart").setLevel(logging.ERROR)
    with _listening(host, number or 0) as door:
        settings = replace(
            Settings(),
            host=host,
            port=door.getsockname()[1],
            warm=True,
            progress=progress,
            shared=shared,
        )
        config = uvicorn.Config(
            create_app(settings),
            log_level="warning",
            server_header=False,
            limit_concurrency=MOST_CONNECTIONS,
            timeout_keep_alive=KEPT_OPEN,
            timeout_graceful_shutdown=GRACE,
        )
        who = "this machine alone" if settings.loopback else "everybody who can reach this machine"
        data = {"url": settings.address, "loopback": settings.loopback}
        said = f"the site is open at {settings.address}, for {who}; Ctrl-C closes it"
        try:
            output.answer(data, said, as_json=as_json)
            uvicorn.Server(config).run(sockets=[door])
        except KeyboardInterrupt:
            output.note("the site is closed")


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises BadInput where there is none to be had."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OverflowError:
        raise BadInput([Problem("--port", "must lie between 0 and 65535", str(port))]) from None
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, errno.EACCES):
            found = "another program there" if error.errno == errno.EADDRINUSE else "it forbidden"
            problem = Problem("--port", "must be free for you", found, "--port 0 takes any")
        else:
            problem = Problem("--host", "must be an address of this machine", host)
        raise BadInput([problem]) from None
