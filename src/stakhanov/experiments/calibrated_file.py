"""The workforce file that a calibration leaves: traits with their errors, over the workforce it began with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stakhanov.experiments.calibrate import Calibration, Estimate
from stakhanov.workforce.overlay import overlay

if TYPE_CHECKING:
    from stakhanov.workforce import Workforce

SOURCE = "reports"


def calibrated_file(
    found: Calibration, below: Workforce, base: str, reports: str, folder: Path
) -> str:
    """The text of the file; `base` is the name or path of the workforce `below`, `folder` where it will lie."""
    header: dict[str, Any] = {
        "name": f"{below.name}-calibrated",
        "title": f"{below.workforce.title or below.name}, calibrated",
        "sources": {SOURCE: f"{reports}: {found.reports:,} reports of {found.workers:,} workers"},
        "evidence": {one.unknown.address: _row(one, found) for one in found.estimates},
    }
    comment = f"Calibrated on {reports} under {found.base.campaign.name}."
    path = base.endswith(".toml") or os.sep in base or Path(base).is_file()
    told = Path(os.path.relpath(base, folder)).as_posix() if path else base
    return overlay(found.workforce, below, told, header, comment)


def _row(one: Estimate, found: Calibration) -> dict[str, str]:
    address = one.unknown.address
    note = f"{one.low:.4g} to {one.high:.4g} in 95 %"
    if one.met:
        note = f"The {one.met} end of the range in which it was sought"
    apart = [
        other for some in found.entangled if address in some for other in some if other != address
    ]
    if apart:
        note += f"; the reports cannot tell it from {', '.join(dict.fromkeys(apart))}"
    if address in found.hardly:
        note += "; the reports hardly tell it"
    return {"grade": "measured", "source": SOURCE, "note": f"{note}. In our model."}
