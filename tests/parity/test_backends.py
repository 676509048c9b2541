"""One text, three ways to compute: compiled, its twin in single precision, the reference in double."""

from __future__ import annotations

import numpy as np
import pytest

import stakhanov as sk

RUN = {"workers": 1500, "periods": 2, "sample": "all", "threads": 1}


@pytest.fixture(scope="module")
def runs():
    campaign = sk.load("stakhanovite-1935")
    backends = ("cpu", "reference-single", "reference")
    return {name: sk.simulate(campaign, backend=name, **RUN) for name in backends}


def test_compiled_agrees_with_its_twin_worker_by_worker(runs) -> None:
    """One period of 25 shifts: rounding may move a worker across a mark, but hardly anyone."""
    one, other = (
        runs[name].reports.filter(period=0)["true"].to_numpy()
        for name in ("cpu", "reference-single")
    )
    apart = np.abs(one - other)
    assert np.median(apart) < 2e-6
    assert np.mean(apart > 1e-3) < 0.01


@pytest.mark.parametrize("other", ["reference-single", "reference"])
def test_aggregates_agree(runs, other) -> None:
    for name in ("true_output", "reported_output", "morale_mean", "strain_mean", "storming_index"):
        one, two = (runs[backend].measures[name]["value"] for backend in ("cpu", other))
        assert one == pytest.approx(two, rel=2e-4), name


@pytest.mark.parametrize("brigade", [1, 7, 50, 333])
def test_brigades_of_any_size_find_room(brigade) -> None:
    """Tables hold 80 workers; brigades that do not fill them, or overflow them, change nothing."""
    people = sk.load_workforce("soviet-industry").with_({"size.brigade": brigade})
    run = {"workers": 1100, "periods": 1, "sample": "all", "threads": 1}
    one, other = (
        sk.simulate("metro-1933", people, backend=name, **run).reports["true"].to_numpy()
        for name in ("cpu", "reference-single")
    )
    assert np.median(np.abs(one - other)) < 2e-6
    assert np.mean(np.abs(one - other) > 1e-3) < 0.01


@pytest.mark.parametrize(
    "name", ["plain-piece-rate", "metro-1933", "norm-revision-1939", "sales-quota", "time-wage"]
)
def test_aggregates_of_other_campaigns_agree(name) -> None:
    """Whoever is flung across a mark by rounding moves a share by one in 1,200; means move less."""
    campaign = sk.load(name)
    one, other = (
        sk.simulate(campaign, backend=backend, workers=600, periods=2, threads=1).measures
        for backend in ("cpu", "reference")
    )
    for measure, told in one.items():
        expected = other[measure]["value"]
        slack = 2 / 1200 if told["unit"].startswith(("share", "per worker")) else 2e-4
        assert told["value"] == pytest.approx(expected, rel=5e-4, abs=slack), measure
