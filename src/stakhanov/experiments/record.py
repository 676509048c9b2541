"""The record of an answer: what its runs were made of, under which seeds, by what and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from stakhanov.experiments.trial import Design, engine_version
from stakhanov.foundation.record import machine, versions


def record_of(designs: Mapping[str, Design], seeds: Sequence[int]) -> dict[str, Any]:
    """Digests of campaigns and workforces by arm, sizes, seeds, versions and machine.

    Where an address was moved, the arm is what it was moved in.
    """
    return {
        "arms": {name: _arm(design) for name, design in designs.items()},
        "seeds": list(seeds),
        "engine": engine_version(),
        "versions": versions(),
        "machine": machine(),
    }


def _arm(design: Design) -> dict[str, Any]:
    about = {key: value for key, value in design.about().items() if key != "engine"}
    names = {
        "campaign_name": design.campaign.name,
        "workforce_name": design.workforce.name,
    }
    return {**names, **about, "digest": design.digest}
