"""Answers to questions as scripts read them: the same from a command and from a site."""

from __future__ import annotations

from typing import Any

from stakhanov.experiments.breaking import Break
from stakhanov.experiments.decomposition import Decomposition
from stakhanov.experiments.verdict import Finding, Verdict


def verdict_told(verdict: Verdict) -> dict[str, Any]:
    """The answer of an experiment: its arms, its expectations, and what it does not support."""
    asked = verdict.experiment
    return {
        "id": asked.id,
        "title": asked.title,
        "question": asked.question,
        "replicates": verdict.replicates,
        "holds": verdict.holds,
        "expectations": [_finding_told(one) for one in verdict.findings],
        "arms": {
            arm: {
                str(what): {**one.plain(), "unit": what.about.unit}
                for what, one in measures.items()
            }
            for arm, measures in verdict.measures.items()
        },
        "assumptions": asked.assumptions,
        "does_not_support": asked.does_not_support,
        "cautions": [
            {"address": one.address, "sentence": one.sentence} for one in verdict.cautions
        ],
    }


def _finding_told(one: Finding) -> dict[str, Any]:
    asked = one.expectation
    return {
        "id": asked.id,
        "holds": one.holds,
        "difference": one.gap.mean,
        "low": one.gap.low,
        "high": one.gap.high,
        "unit": one.unit,
        "measure": asked.measure,
        "arm": asked.arm,
        "versus": asked.versus,
        "than": asked.than,
        "op": asked.op,
        "min_gap": asked.min_gap,
        "max_gap": asked.max_gap,
        "arm_value": one.arm,
        "versus_value": one.versus,
    }


def decomposition_told(found: Decomposition) -> dict[str, Any]:
    """What each rule adds, and which rules help or replace each other."""
    return {
        "measure": str(found.what),
        "unit": found.what.about.unit,
        "total": found.total,
        "without": found.nothing.mean,
        "with": found.everything.mean,
        "replicates": found.replicates,
        "rules": [
            {
                "rule": one.rule.name,
                "share": one.share.mean,
                "low": one.share.low,
                "high": one.share.high,
            }
            for one in found.shares
        ],
        "interactions": [
            {
                "rules": [rule.name for rule in one.rules],
                **one.value.plain(),
            }
            for one in found.together
        ],
        "absent": [rule.name for rule in found.absent],
    }


def break_told(found: Break) -> dict[str, Any]:
    """Where an expectation stops holding, with every value that was tried."""
    return {
        "address": found.address,
        "holds_until": found.holds_until,
        "fails_from": found.fails_from,
        "expectation": found.expectation.id,
        "replicates": found.replicates,
        "sentence": found.sentence,
        "tried": [
            {
                "value": value,
                "holds": one.holds,
                "difference": one.gap.mean,
                "low": one.gap.low,
                "high": one.gap.high,
                "unit": one.unit,
            }
            for value, one in found.tried
        ],
    }
