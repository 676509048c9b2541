"""The site as one application."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator

from anyio import to_thread
from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp

from stakhanov import __version__
from stakhanov.web.api import experiments as api_experiments
from stakhanov.web.api import groups, inspections, library
from stakhanov.web.api import guides as api_guides
from stakhanov.web.api import learning as api_learning
from stakhanov.web.api import mock_tests as api_mock_tests
from stakhanov.web.api import runs as api_runs
from stakhanov.web.failures import HANDLERS
from stakhanov.web.guards import Guards
from stakhanov.web.pages import (
    check,
    experiments,
    guides,
    join,
    laboratory,
    learn,
    mock_test,
    questions,
    runs,
    static,
    teach,
    tour,
)
from stakhanov.web.running import Running
from stakhanov.web.seats import Seats
from stakhanov.web.settings import Settings
from stakhanov.web.study import Study
from stakhanov.web.visitors import Visitors
from stakhanov.web.wanted import Wanted

#: A small run that uses every rule.
WARM = Wanted("stakhanovite-1935", workers=200, periods=2)

PAGES = (
    tour,
    guides,
    learn,
    mock_test,
    join,
    teach,
    questions,
    laboratory,
    experiments,
    check,
    runs,
    static,
)
#: The JSON interface, a part for each part of the site.
TWINS = (
    library,
    api_runs,
    api_experiments,
    inspections,
    api_guides,
    api_learning,
    api_mock_tests,
    groups,
)


class Site(FastAPI):
    """An application whose guards stand outside of everything, its own faults and limits included."""

    def build_middleware_stack(self) -> ASGIApp:
        """All layers of the application, the guards outermost."""
        return Guards(super().build_middleware_stack())


def create_app(settings: Settings | None = None) -> FastAPI:
    """The site with its pages, its jobs and its JSON interface."""
    chosen = settings or Settings()
    seats, study = Seats(chosen), Study(chosen)

    @contextlib.asynccontextmanager
    async def alive(app: FastAPI) -> AsyncIterator[None]:
        del app
        seats.jobs.open()
        if chosen.warm:
            seats.ask(Running(WARM, seats.threads), "the site itself")
        try:
            yield
        finally:
            await to_thread.run_sync(seats.jobs.close)
            study.close()

    app = Site(
        title="stakhanov",
        version=__version__,
        docs_url=None,  # would load its scripts from elsewhere
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=alive,
        max_body_size=chosen.largest_body,
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(TrustedHostMiddleware, allowed_hosts=chosen.called, www_redirect=False),
            Middleware(Visitors),
        ],
    )
    app.state.seats, app.state.study = seats, study
    for place in (*PAGES, *TWINS):
        app.include_router(place.router)
    return app
