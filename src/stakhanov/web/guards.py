"""What every request passes: no foreign page may change anything, no page loads anything from elsewhere."""

from __future__ import annotations

from urllib.parse import urlsplit

import anyio
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stakhanov.web.failures import LARGE, told

#: Methods that change nothing.
SAFE = ("GET", "HEAD", "OPTIONS")
#: Own files only, no script and no style within a page, no frame around it.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
REFUSED = "origin: must be a page of this site; found another"
#: What a bare sentence of the framework is sent as.
BARE = "text/plain"
#: Seconds that a visitor may take to send what a form holds.
PATIENCE = 60.0


class Guards:
    """Refuses what a foreign page sends, and puts the rules for browsers on every answer."""

    def __init__(self, app: ASGIApp, patience: float = PATIENCE) -> None:
        self.app = app
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        guarded = Guarded(scope, receive, send)
        if scope["method"] == "HEAD":
            asked = {**scope, "method": "GET"}
            await self.app(asked, receive, Guarded(asked, receive, headed(send)))
        elif scope["method"] in SAFE:
            await self.app(scope, receive, guarded)
        elif is_own(Headers(scope=scope)):
            await self.app(scope, hurried(receive, self.patience), guarded)
        else:
            await told(Request(scope), 403, [REFUSED])(scope, receive, guarded)


class Guarded:
    """What sends one answer, with the rules for browsers on it.

    What the framework itself says of a request that is too large is said in the words of the site.
    """

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope, self.receive, self.send = scope, receive, send
        self.replaced = False

    async def __call__(self, message: Message) -> None:
        """One message of the answer."""
        if self.replaced:
            return
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if message["status"] == 413 and headers.get("content-type", "").startswith(BARE):
                await told(Request(self.scope), 413, [LARGE])(self.scope, self.receive, self)
                self.replaced = True
                return
            for name, value in HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-cache")
        await self.send(message)


def headed(send: Send) -> Send:
    """What sends the head of an answer and ends it there, however long its body would be."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b"", "more_body": False})

    return sent


def hurried(receive: Receive, patience: float) -> Receive:
    """What brings a request's body, and gives up on one that does not come to its end in time."""
    end = anyio.current_time() + patience
    whole = False

    async def received() -> Message:
        nonlocal whole
        if whole:  # only the end of the connection can still come
            return await receive()
        with anyio.move_on_after(end - anyio.current_time()):
            message = await receive()
            whole = not message.get("more_body", False)
            return message
        raise HTTPException(
            408, f"request: must be there within {patience:g} s; found a part of it"
        )

    return received


def is_own(headers: Headers) -> bool:
    """Whether a request that changes something comes from a page of this site, or from no page at all.

    Browsers say so in Sec-Fetch-Site, older ones in Origin; a program that sends neither has no user whose
    rights it could borrow.
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or _place(origin) == headers.get("host")


def _place(origin: str) -> str | None:
    """The host and port of an origin; none where it is no address."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None
