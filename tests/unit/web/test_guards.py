"""What every request passes: a body that does not come is not waited for."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from starlette.exceptions import HTTPException
from starlette.types import Message

from stakhanov.web.guards import hurried


def sending(parts: list[Message]) -> list[Message]:
    """What an application gets of a sender who says so much and then nothing."""
    got: list[Message] = []

    async def receive() -> Message:
        if not parts:
            await anyio.sleep_forever()
        return parts.pop(0)

    async def listen() -> None:
        received = hurried(receive, 0.05)
        while not got or got[-1].get("more_body"):
            got.append(await received())

    # In a thread of its own: a browser's test may have left a loop in this one.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(anyio.run, listen).result()
    return got


def test_a_whole_body_is_brought() -> None:
    parts: list[Message] = [
        {"type": "http.request", "body": b"a", "more_body": True},
        {"type": "http.request", "body": b"b", "more_body": False},
    ]
    assert [one["body"] for one in sending(parts)] == [b"a", b"b"]


@pytest.mark.parametrize("begun", [0, 1])
def test_a_sender_who_stops_in_the_middle_is_given_up(begun: int) -> None:
    parts: list[Message] = [{"type": "http.request", "body": b"a", "more_body": True}][:begun]
    with pytest.raises(HTTPException, match=r"request: must be there within 0.05 s") as found:
        sending(parts)
    assert found.value.status_code == 408
