"""A disk that is full or fails: one sentence, exit 4, nothing lost, and it goes on once there is room."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from stakhanov.engine import checkpoint
from tests.faults.conftest import Nursery, Shell, assert_tidy, digest_in


def assert_told(said: str) -> None:
    """One sentence: which file, what happened, what to do."""
    assert len(said.splitlines()) == 1
    assert "--resume" in said


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, where this system lends one."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a small disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode != 0:
        pytest.skip("this system mounts no small disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def grow(disk: Path, kilobytes: int) -> None:
    size = f"remount,size={kilobytes}k"
    subprocess.run(["mount", "-o", size, str(disk)], check=True)


def test_a_disk_that_fills_at_every_stage(nursery: Nursery, whole: Path, small_disk: Path) -> None:
    """The disk grows by little and little: each time the run comes further, and never to harm."""
    folder = small_disk / "run"
    failures, lived = 0, 0
    for kilobytes in range(8, 1000, 12):
        grow(small_disk, kilobytes)
        said = nursery(folder, "--resume")
        if said.code == 0:
            break
        failures += 1
        assert said.code == 4
        assert_told("\n".join(said.told))
        assert "the disk is full" in said.text
        assert str(folder) in said.text
        assert not list(folder.rglob("*.part"))
        point = checkpoint.load(folder)
        assert (point.periods if point else 0) >= lived
        lived = point.periods if point else 0
    assert failures > 5
    assert digest_in(folder) == digest_in(whole)
    assert_tidy(folder)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.999])
def test_files_that_may_not_grow(
    nursery: Nursery, whole: Path, share: float, tmp_path: Path
) -> None:
    """A limit on the size of files, below the smallest and just below the largest."""
    folder = tmp_path / "run"
    largest = max(path.stat().st_size for path in whole.iterdir())
    said = nursery(folder, largest=int(share * largest))
    assert said.code == 4
    assert_told("\n".join(said.told))
    assert "larger than a file may be here" in said.text
    assert not list(folder.rglob("*.part"))
    assert nursery(folder, "--resume").code == 0
    assert digest_in(folder) == digest_in(whole)


def test_the_old_checkpoint_outlives_a_failed_one(
    nursery: Nursery, whole: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    assert nursery(folder, moment=24, signal=int(signal.SIGKILL)).code == -signal.SIGKILL
    before = (folder / checkpoint.NAME).read_bytes()
    assert nursery(folder, "--resume", largest=len(before) // 2).code == 4
    assert (folder / checkpoint.NAME).read_bytes() == before
    assert nursery(folder, "--resume").code == 0
    assert digest_in(folder) == digest_in(whole)


def test_a_device_is_no_folder(nursery: Nursery) -> None:
    said = nursery(Path("/dev/full"))
    assert (said.code, said.told) == (2, ["/dev/full: must be a folder; found a file"])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("arguments", [["theory", "--json"], ["check", "time-wage"], ["doctor"]])
def test_an_answer_that_cannot_be_written(
    arguments: list[str], stakhanov: Shell, tmp_path: Path
) -> None:
    command = 'exec "$0" "$@" > /dev/full'
    done = stakhanov(*arguments, before=["sh", "-c", command])
    assert (done.returncode, done.stderr) == (4, "standard output: the disk is full\n")
