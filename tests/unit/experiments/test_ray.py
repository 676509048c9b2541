"""A real Ray cluster of several nodes on this machine's loopback, one of which is killed in mid-sweep."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any

import pytest

# Not `importorskip`: where Ray may listen is settled when it is imported, after the environment is.
if find_spec("ray") is None:
    pytest.skip("the extra `ray` is not installed", allow_module_level=True)

from stakhanov.experiments.arms import Base
from stakhanov.experiments.executors import Executor, Inline
from stakhanov.experiments.executors import ray as of_ray
from stakhanov.experiments.executors.conformance import CHECKS, trials
from stakhanov.experiments.executors.ray import ALONE, QUIET, Ray
from stakhanov.experiments.laboratory import Laboratory
from stakhanov.experiments.reading import readings
from stakhanov.experiments.sweep import Sweep, axis_over, swept

# One process for all of this file: a cluster is heavy, and one is enough.
pytestmark = pytest.mark.xdist_group("ray")
NODES = 3
#: Seconds that a node may take to come up where the machine has other work.
PATIENCE = 120.0
HOST = "127.0.0.1"
NODE: dict[str, Any] = {
    "node_ip_address": HOST,
    "object_store_memory": 80 * 2**20,
    "include_dashboard": False,
}


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A head that makes no runs, and nodes of one core each."""
    before = dict(os.environ)
    here = [entry for entry in sys.path if entry]
    folder = tempfile.mkdtemp(prefix="ray-", dir="/tmp")  # sockets need a short path
    os.environ.update(QUIET | ALONE, PYTHONPATH=os.pathsep.join(here), RAY_TMPDIR=folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import ray
        from ray.cluster_utils import Cluster

        found = Cluster()
        try:
            found.add_node(wait=False, num_cpus=0, **NODE)
            for _ in range(NODES):
                found.add_node(wait=False, num_cpus=1, **NODE)
            found.wait_for_nodes(PATIENCE)
            ray.init(found.address, log_to_driver=False, logging_level=logging.CRITICAL)
            yield found
        finally:
            ray.shutdown()
            found.shutdown()
            os.environ.clear()
            os.environ.update(before)
            shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.parametrize("check", CHECKS, ids=[check.__name__ for check in CHECKS])
def test_it_does_what_executors_do(
    cluster: Any, check: Callable[[Callable[[], Executor]], None]
) -> None:
    check(Ray)


def sweep_by(executor: Executor, check: Callable[[Laboratory], None]) -> Sweep:
    base = Base.of("plain-piece-rate", "heavy-machine-building", workers=400, periods=6)
    axis = axis_over("norms.revision.up", [0.0, 0.1, 0.2, 0.3, 0.4, 0.5])
    room = Laboratory(executor=executor)
    room.check = lambda: check(room)
    with room:
        return swept(base, [axis], room, range(1, 6), readings(["true_output", "quit_rate"]))


def test_a_machine_that_dies_in_mid_sweep_changes_nothing_to_the_bit(cluster: Any) -> None:
    import ray

    killed: list[str] = []

    def kill_one(room: Laboratory) -> None:
        if room.made >= 6 and not killed:
            victim = next(iter(cluster.worker_nodes))
            killed.append(victim.node_id)
            cluster.remove_node(victim, allow_graceful=False)

    executor = Ray()
    found = sweep_by(executor, kill_one)
    assert len(killed) == 1
    assert len(found.points) * found.replicates == 30
    alive = {node["NodeID"]: node["Alive"] for node in noticed(ray.nodes, killed[0])}
    assert not alive[killed[0]]
    assert sum(alive.values()) == NODES  # the head and those that are left
    here = sweep_by(Inline(), lambda _: None)
    assert found.table.equals(here.table)
    for name, values in here.values.read.items():
        assert found.values.read[name].tobytes() == values.tobytes()


def noticed(nodes: Callable[[], list[dict[str, Any]]], node_id: str) -> list[dict[str, Any]]:
    """The nodes, once the head has noticed that one is gone; it looks every few seconds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        found = nodes()
        if not any(node["Alive"] and node["NodeID"] == node_id for node in found):
            return found
        time.sleep(0.2)
    return nodes()


def test_another_engine_at_a_machine_is_refused(cluster: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(of_ray, "engine_version", lambda: "another")
    with pytest.raises(RuntimeError, match=r"has another engine \(.* instead of another\)"):
        list(Ray().run(trials()[:1]))


def test_a_run_that_is_lost_again_and_again_is_given_up_with_its_name(
    cluster: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(of_ray, "made", die)
    monkeypatch.setattr(of_ray, "TRIES", 2)
    with pytest.raises(OSError, match=r"the run of time-wage, seed 1 was lost 2 times"):
        list(Ray().run(trials()[:1]))


def die(*_: Any) -> None:
    """As a process ends that the system kills for its memory."""
    os._exit(1)


def test_nobody_is_told_and_only_the_loopback_listens(cluster: Any) -> None:
    from ray._common.usage import usage_lib

    assert not usage_lib.usage_stats_enabled()
    assert cluster.address.startswith(f"{HOST}:")
    assert {node.node_ip_address for node in cluster.list_all_nodes()} == {HOST}
