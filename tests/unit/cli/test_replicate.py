"""`stakhanov replicate`: JSON, what is skipped, and 1 where something is lost."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from stakhanov.cli.main import main
from stakhanov.evidence.data_sets import GARMENT
from stakhanov.summary import replication
from stakhanov.summary.replication import Row


def only(monkeypatch: pytest.MonkeyPatch, *, holds: bool) -> None:
    # What compares numbers of NumPy's gives a truth of NumPy's.
    row = Row("garment-factory", "team-days", "389", "17", np.bool_(holds))  # type: ignore[arg-type]
    monkeypatch.setattr(replication, "KNOWN", {GARMENT: lambda _: [row]})


@pytest.mark.parametrize(("holds", "code"), [(True, 0), (False, 1)])
def test_a_lost_row_is_a_failed_check(
    holds: bool, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    only(monkeypatch, holds=holds)
    assert main(["replicate", "--json"]) == code
    data = json.loads(capsys.readouterr().out)
    assert data["holds"] is holds
    assert data["rows"][0]["holds"] is holds
    assert data["rows"][0]["expected"] == "389"
    assert main(["replicate"]) == code
    assert ("LOST" in capsys.readouterr().out) is not holds


def test_a_folder_that_is_not_there_is_bad_input(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["replicate", "--data", str(tmp_path / "nowhere")]) == 2
    assert "must be a folder that is there" in capsys.readouterr().err
