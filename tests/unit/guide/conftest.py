"""A small class to read with a neighbour beside it, and a copy of both to break."""

from __future__ import annotations

import shutil
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from stakhanov.guide.load import load
from stakhanov.guide.lock import Held, Lock, Ran, Result, bar_of

HERE = Path(__file__).parent
ENGINE = "today"


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small class, for a test to change; no class ships beside it."""
    monkeypatch.setattr(import_module("stakhanov.guide.load"), "SHIPPED", tmp_path / "shipped")
    shutil.copytree(HERE / "neighbour", tmp_path / "labour-history")
    made = Path(shutil.copytree(HERE / "example", tmp_path / "soviet-labour"))
    page = made / "terms" / "stakhanovite-movement.md"
    text = page.read_text("utf-8").replace("on: 2026-11-23", f"on: {date.today()}")  # never old
    page.write_text(text, "utf-8")
    return made


@pytest.fixture
def locked(example: Path) -> Path:
    """The same with a lock, as a verification of today would have left it."""
    guide, _ = load(example)
    assert guide is not None
    experiment = guide.experiments["rare-audits"].experiment
    [expectation] = experiment.expectations
    bar = bar_of(expectation)
    ran = Ran(
        hash=experiment.digest,
        engine=ENGINE,
        on=date.today().isoformat(),
        seeds=(1, 2, 3),
        workers=200,
        periods=2,
        arms={
            "rare": {"padded_share": Result(mean=0.0314, low=0.0199, high=0.0428, unit="share")},
            "many": {"padded_share": Result(mean=0.00002, low=-1e-06, high=0.00005, unit="share")},
        },
        expectations={
            "audits-deter": Held(
                holds=True, difference=-0.0313, low=-0.0428, high=-0.0199, bar=bar, first=bar
            )
        },
    )
    Lock(experiments={"rare-audits": ran}).write(example)
    return example
