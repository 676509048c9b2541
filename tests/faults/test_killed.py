"""A run that is killed or stopped at any moment, and gone on with, is the run to which nothing happened."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stakhanov.engine import checkpoint
from tests.faults.conftest import SMALL, Nursery, assert_tidy, digest_in

PARTS = 4


@pytest.fixture(scope="module")
def moments(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> int:
    """Moments of a run from its first folder to its report."""
    return len(nursery(tmp_path_factory.mktemp("count") / "run").moments)


@pytest.mark.parametrize("part", range(PARTS))
def test_killed_at_every_moment(
    nursery: Nursery, whole: Path, moments: int, part: int, tmp_path: Path
) -> None:
    """Before, during and after every write: checkpoints, reports, tables, record, page."""
    assert moments > 50
    want = digest_in(whole)
    for moment in range(1 + part, moments + 1, PARTS):
        folder = tmp_path / str(moment)
        assert nursery(folder, moment=moment, signal=int(signal.SIGKILL)).code == -signal.SIGKILL
        said = nursery(folder, "--resume", "--threads", str(1 + moment % 3), block=40)
        assert said.code == 0, f"{moment}: {said.text}"
        assert digest_in(folder) == want, moment
        assert_tidy(folder)


def test_killed_while_an_old_run_makes_room(nursery: Nursery, whole: Path, tmp_path: Path) -> None:
    """Whatever of the old run is still there, the folder is known for a run's and can be gone on with."""
    other = ("--seed", "2", "--force")
    removals = 0
    for moment in range(1, 14):
        folder = tmp_path / str(moment)
        shutil.copytree(whole, folder)
        assert nursery(folder, *other, moment=moment, signal=int(signal.SIGKILL)).code == -9
        if (folder / "record.json").exists():
            assert digest_in(folder) == digest_in(whole)
            continue
        removals += 1
        assert nursery(folder, "--seed", "2", "--resume").code == 0
        assert digest_in(folder) != digest_in(whole)
        assert_tidy(folder)
    assert removals > 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_asked_to_stop_at_some_moments(
    nursery: Nursery, whole: Path, moments: int, number: signal.Signals, tmp_path: Path
) -> None:
    """It leaves with 3 and a sentence, or had nothing left to do; nothing half written stays."""
    codes = set()
    for moment in range(2 + number % 5, moments + 1, 9):
        folder = tmp_path / str(moment)
        said = nursery(folder, moment=moment, signal=int(number))
        codes.add(said.code)
        assert said.code in (0, 3), said.text
        assert "Traceback" not in said.text
        if said.code == 3:
            assert said.told[-1].startswith("interrupted; the run")
        left = [path.name for path in folder.rglob("*.part")]
        assert not left
        assert nursery(folder, "--resume").code == 0
        assert digest_in(folder) == digest_in(whole)
    assert 3 in codes


def test_killed_at_random_as_often_as_it_takes(tmp_path: Path) -> None:
    """A process that nobody prepared, killed again and again on its way, with other threads each time."""
    luck = random.Random(1935)
    command = [sys.executable, "-m", "stakhanov", "run", "time-wage", "--workers", "2000"]
    command += ["--periods", "200", "--sample", "20", "--out", "run", "--resume"]
    killed = 0
    while True:
        started = subprocess.Popen(
            [*command, "--threads", str(luck.randint(1, 3))],
            cwd=tmp_path,
            stderr=subprocess.DEVNULL,
        )
        try:
            code = started.wait(timeout=luck.uniform(1.0, 4.0) if killed < 3 else None)
            break
        except subprocess.TimeoutExpired:
            number = luck.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM])
            started.send_signal(number)
            assert started.wait() in (-number, 3, 0)
            killed += 1
    assert code == 0
    from stakhanov import simulate

    want = simulate("time-wage", workers=2000, periods=200, sample=20).record["digest"]
    assert digest_in(tmp_path / "run") == want
    assert_tidy(tmp_path / "run")


def test_a_second_request_stops_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "stakhanov", "run", "time-wage", "--workers", "2_000_000"]
    command += ["--periods", "60", "--out", "run"]
    started = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True)
    while not (tmp_path / "run").exists() and started.poll() is None:
        time.sleep(0.02)
    os.kill(started.pid, signal.SIGINT)
    time.sleep(0.3)
    os.kill(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=60)
    assert started.returncode == 3
    assert "once more stops at once" in said
    assert "--resume goes on" in said.splitlines()[-1]


def test_ctrl_c_while_the_program_loads(tmp_path: Path) -> None:
    """No traceback, as if nothing had been started."""
    (tmp_path / "typer.py").write_text("raise KeyboardInterrupt")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-m", "stakhanov", "theory"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (3, "", "")


def test_what_is_ignored_stays_ignored(nursery: Nursery, tmp_path: Path) -> None:
    """`nohup`: the terminal goes, the run stays."""
    code = (
        "import signal, sys; signal.signal(signal.SIGHUP, signal.SIG_IGN);"
        "import stakhanov.cli.stopping as s;"
        "\nwith s.heard(s.interrupt): assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN"
        "\nwith s.heard(s.interrupt): assert signal.getsignal(signal.SIGTERM) is s.interrupt"
        "\nassert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_going_on_with_what_is_no_such_run(nursery: Nursery, whole: Path, tmp_path: Path) -> None:
    """Finished or not: another campaign, seed or sample is refused, and nothing is lost."""
    folder = tmp_path / "run"
    assert nursery(folder, moment=20, signal=int(signal.SIGKILL)).code == -9
    for place in (folder, whole):
        before = {path.name: path.read_bytes() for path in place.glob("[!.]*.*")}
        for other in (("--seed", "2"), ("--sample", "6"), ("--set", "pay.guarantee=0.5")):
            said = nursery(place, *other, "--resume")
            assert said.code == 2
            assert (
                "must hold a run of the same campaign, workforce, sizes and seed" in said.told[-1]
            )
        assert {path.name: path.read_bytes() for path in place.glob("[!.]*.*")} == before


def test_going_on_may_be_longer_but_not_shorter_than_what_was_lived(
    nursery: Nursery, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    longer = (*SMALL[:5], "5", *SMALL[6:])
    code = nursery(folder, arguments=longer, moment=45, signal=int(signal.SIGTERM)).code
    assert code == 3
    lived = checkpoint.load(folder)
    assert lived is not None
    assert 1 < lived.periods < 5
    shorter = (*SMALL[:5], "1", *SMALL[6:])
    said = nursery(folder, "--resume", arguments=shorter)
    assert said.code == 2
    assert f"must be at least the {lived.periods} that the run" in said.told[-1]
    longest = (*SMALL[:5], "6", *SMALL[6:])
    assert nursery(folder, "--resume", arguments=longest).code == 0
    assert nursery(tmp_path / "at once", arguments=longest).code == 0
    assert digest_in(folder) == digest_in(tmp_path / "at once")


def test_a_finished_run_is_told_again(nursery: Nursery, whole: Path) -> None:
    said = nursery(whole, "--resume", "--threads", "2")
    assert said.code == 0
    assert said.moments == [] or set(said.moments) <= {"os.mkdir .", "os.rmdir reports"}
    assert "report.html" in said.text
