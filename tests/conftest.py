"""What every test shares: fixed profiles of generated tests, and data that may not be at hand."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data"

# What is started in the background by a shell ignores Ctrl-C, and behind nohup the end of a terminal too; so
# would all that the tests start.
for number, usual in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, usual)

# Streams that keep nothing back are not what people have.
os.environ.pop("PYTHONUNBUFFERED", None)

settings.register_profile("ci", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("dev", deadline=None, max_examples=50)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--all` also runs what takes minutes."""
    parser.addoption("--all", action="store_true", help="also run what takes minutes")


@pytest.fixture
def data_file() -> Callable[[str], Path]:
    """A real data set by file name; the test is skipped, with the reason, where it is not at hand."""

    def found(name: str) -> Path:
        place = DATA / name
        if not place.is_file():
            pytest.skip(f"the data set {name} is not at hand (looked in ../shared/data)")
        return place

    return found
