"""A run as its users meet it: the same bits again, faults survived, bad input told."""

from __future__ import annotations

import numpy as np
import pytest

import stakhanov as sk
from stakhanov.engine import checkpoint
from stakhanov.engine import course as course_module
from stakhanov.engine import world as world_module
from stakhanov.foundation.problem import BadInput

SMALL = {"workers": 2000, "periods": 4}


def test_threads_and_block_size_change_nothing(monkeypatch) -> None:
    one = sk.simulate("stakhanovite-1935", threads=1, **SMALL)
    assert (
        sk.simulate("stakhanovite-1935", threads=3, **SMALL).record["digest"]
        == one.record["digest"]
    )
    monkeypatch.setattr(world_module.World, "block_size", 300)
    monkeypatch.setattr(
        world_module.World,
        "blocks",
        lambda self: world_module.blocks_of(self.state.layout, self.state.employed, 300),
    )
    assert (
        sk.simulate("stakhanovite-1935", threads=2, **SMALL).record["digest"]
        == one.record["digest"]
    )


def test_another_seed_is_another_run() -> None:
    one, two = (sk.simulate("plain-piece-rate", seed=seed, **SMALL) for seed in (1, 2))
    assert one.record["digest"] != two.record["digest"]
    assert one.measures["true_output"]["value"] != two.measures["true_output"]["value"]


def test_keeping_more_reports_changes_nothing_else() -> None:
    few, many = (sk.simulate("plain-piece-rate", sample=size, **SMALL) for size in (10, "all"))
    assert few.series.equals(many.series)
    assert many.reports.height > few.reports.height


def test_a_branch_under_the_same_rules_is_the_run_itself(tmp_path) -> None:
    sk.simulate("stakhanovite-1935", workers=2000, periods=2, out=tmp_path / "trunk")
    whole = sk.simulate("stakhanovite-1935", **SMALL)
    going_on = sk.simulate("stakhanovite-1935", branch=(tmp_path / "trunk", 2), **SMALL)
    earlier = sk.simulate("stakhanovite-1935", branch=(tmp_path / "trunk", 1), **SMALL)
    for run in (going_on, earlier):
        assert run.series.equals(whole.series)
        assert run.histogram.equals(whole.histogram)
    other = sk.load("stakhanovite-1935").with_({"audits.probability": 0.9})
    assert not sk.simulate(other, branch=(tmp_path / "trunk", 2), **SMALL).series.equals(
        whole.series
    )


def test_an_interrupted_run_goes_on_to_the_same_digest(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(course_module, "CHECKPOINT_SECONDS", 0.0)
    whole = sk.simulate("stakhanovite-1935", out=tmp_path / "whole", **SMALL)

    class Stop(Exception):
        pass

    def stop(progress) -> None:
        if progress.period == 3:
            raise Stop

    with pytest.raises(Stop):
        sk.simulate("stakhanovite-1935", out=tmp_path / "cut", on_period=stop, **SMALL)
    resumed = sk.simulate("stakhanovite-1935", out=tmp_path / "cut", resume=True, **SMALL)
    assert resumed.record["digest"] == whole.record["digest"]
    again = sk.simulate("stakhanovite-1935", out=tmp_path / "cut", resume=True, **SMALL)
    assert again.record["digest"] == whole.record["digest"]


def test_a_damaged_checkpoint_is_refused_and_kept(tmp_path) -> None:
    sk.simulate("plain-piece-rate", out=tmp_path / "run", **SMALL)
    (tmp_path / "run" / "record.json").unlink()
    place = tmp_path / "run" / checkpoint.NAME
    content = bytearray(place.read_bytes())
    content[len(content) // 2] ^= 0xFF
    place.write_bytes(content)
    with pytest.raises(BadInput, match="a checkpoint must be whole"):
        sk.simulate("plain-piece-rate", out=tmp_path / "run", resume=True, **SMALL)
    assert place.read_bytes() == bytes(content)


def test_a_folder_in_use_is_refused(tmp_path) -> None:
    sk.simulate("plain-piece-rate", out=tmp_path / "run", **SMALL)
    with pytest.raises(BadInput, match="--resume"):
        sk.simulate("plain-piece-rate", out=tmp_path / "run", **SMALL)
    with pytest.raises(BadInput, match="another run"):
        sk.simulate("plain-piece-rate", out=tmp_path / "run", seed=9, resume=True, **SMALL)
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("keep me")
    with pytest.raises(BadInput, match="must hold a run to be overwritten"):
        sk.simulate("plain-piece-rate", out=tmp_path / "letters", force=True, **SMALL)
    assert (tmp_path / "letters" / "dear.txt").exists()


@pytest.mark.parametrize(
    ("sizes", "said"),
    [
        ({"workers": 10_000_000_000}, "must fit into this machine's memory"),
        ({"workers": 0}, "size.workers: must be at least 1; found 0"),
        ({"periods": 0}, "periods: must lie between 1 and 100,000; found 0"),
        ({"seed": -1}, "seed: must lie between 0"),
        ({"backend": "abacus"}, "backend: must be one of"),
    ],
)
def test_absurd_sizes_are_told(sizes, said) -> None:
    with pytest.raises(BadInput, match=said):
        sk.simulate("plain-piece-rate", **sizes)


def test_one_worker_and_one_shift() -> None:
    for campaign, workers in (
        ("plain-piece-rate", 1),
        ("stakhanovite-1935", 1),
        ("stakhanovite-1935", 3),
    ):
        alone = sk.simulate(campaign, workers=workers, periods=2)
        assert np.isfinite(alone.measures["true_output"]["value"])
    campaign = sk.load("plain-piece-rate").with_({"plan.shifts_per_period": 1})
    brief = sk.simulate(campaign, workers=500, periods=3)
    assert brief.measures["storming_index"]["value"] == pytest.approx(1.0, abs=1e-5)


def test_a_norm_that_does_not_move_never_moves() -> None:
    campaign = sk.load("plain-piece-rate").with_(
        {"norms.revision.up": 0.0, "norms.revision.down": 0.0, "norms.revision.every": 1}
    )
    run = sk.simulate(campaign, **SMALL)
    assert set(run.series.filter(measure="norm_level")["value"].round(12)) == {1.0}


def test_reports_are_true_where_padding_gains_nothing() -> None:
    people = sk.load_workforce("soviet-industry").with_({"honesty.lying_cost": float("inf")})
    campaign = sk.load("plain-piece-rate").with_({"pay.bonus": [{"at": 1.0, "amount": 2000}]})
    run = sk.simulate(campaign, people, sample="all", **SMALL)
    assert run.measures["padded_share"]["value"] == 0.0
    reports = run.reports
    apart = np.abs((reports["true"] - reports["reported"]).to_numpy())
    assert np.all(apart <= 0.0005 / 25 * reports["norm"].to_numpy() + 1e-6)


def test_whoever_is_caught_stays_caught_in_the_reports_even_after_leaving() -> None:
    people = sk.load_workforce("soviet-industry").with_({"quits.base": 0.9})
    campaign = sk.load("plain-piece-rate").with_(
        {"pay.bonus": [{"at": 1.0, "amount": 2000}], "audits.probability": 0.5, "audits.fine": 0.2}
    )
    run = sk.simulate(campaign, people, workers=3000, periods=1, sample="all")
    padded = run.measures["audited_caught_share"]["value"] > 0.3
    assert padded
    assert run.reports["caught"].sum() > 10


def test_an_interruption_within_a_period_leaves_no_half_lived_state(tmp_path, monkeypatch) -> None:
    """People have worked the period but not been paid when the interruption comes."""
    monkeypatch.setattr(course_module, "CHECKPOINT_SECONDS", 0.0)
    whole = sk.simulate("stakhanovite-1935", **SMALL)
    from stakhanov.engine import order

    calls = []
    settle = order.settle

    def interrupted(*given, **named):
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return settle(*given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(order, "settle", interrupted)
        with pytest.raises(KeyboardInterrupt):
            sk.simulate("stakhanovite-1935", out=tmp_path / "run", **SMALL)
    resumed = sk.simulate("stakhanovite-1935", out=tmp_path / "run", resume=True, **SMALL)
    assert resumed.record["digest"] == whole.record["digest"]
