"""Who asks: a name without a person, signed, so that a queue can be fair."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "stakhanov-visitor"
MONTH = 30 * 24 * 3600


class Visitors:
    """Gives every browser a name, and who brings none the name of the machine that it calls from.

    The name says nothing of a person. A program that throws its names away is still one visitor.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.key = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        known = self.known(HTTPConnection(scope).cookies.get(COOKIE, ""))
        client = scope.get("client") or ("nobody", 0)
        scope.setdefault("state", {})["visitor"] = known or f"from {client[0]}"
        page = scope["method"] == "GET" and not scope["path"].startswith(("/static/", "/api/"))

        async def named(message: Message) -> None:
            if message["type"] == "http.response.start" and page and known is None:
                headers = MutableHeaders(scope=message)
                rules = f"Path=/; Max-Age={MONTH}; HttpOnly; SameSite=Strict"
                headers.append("set-cookie", f"{COOKIE}={self.new()}; {rules}")
            await send(message)

        await self.app(scope, receive, named)

    def new(self) -> str:
        """A fresh name with its signature."""
        name = secrets.token_hex(8)
        return f"{name}.{self._signature(name)}"

    def known(self, cookie: str) -> str | None:
        """The name in a cookie; none where this site did not give it."""
        name, _, signature = cookie.partition(".")
        good = hmac.compare_digest(signature.encode(), self._signature(name).encode())
        return name if name and good else None

    def _signature(self, name: str) -> str:
        return hmac.new(self.key, name.encode(), hashlib.sha256).hexdigest()[:32]
