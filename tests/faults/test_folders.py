"""Folders that are locked, damaged, somebody else's, or written to by two at once."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from stakhanov.engine import checkpoint
from tests.faults.conftest import SMALL, Nursery, Shell, digest_in

TABLES = ("series", "histogram", "records", "reports")


@pytest.fixture(scope="module")
def parted(nursery: Nursery, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that was killed after its first checkpoint."""
    folder = tmp_path_factory.mktemp("parted") / "run"
    assert nursery(folder, moment=24, signal=int(signal.SIGKILL)).code == -signal.SIGKILL
    assert checkpoint.load(folder) is not None
    return folder


@pytest.fixture
def copied(parted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(parted, tmp_path / "run"))


def flipped(place: Path, byte: int) -> None:
    content = bytearray(place.read_bytes())
    content[byte % len(content)] ^= 0x10
    place.write_bytes(content)


def rewritten(place: Path, **header: object) -> None:
    """A checkpoint with other words in its header, whole in itself."""
    with np.load(place) as archive:
        arrays = {name: archive[name] for name in archive.files}
    plain = json.loads(arrays["header"].tobytes()) | header
    arrays["header"] = np.frombuffer(json.dumps(plain).encode(), np.uint8)
    np.savez(place, **arrays)


HURT: dict[str, tuple[Callable[[Path], object], str]] = {
    "empty": (lambda place: place.write_bytes(b""), "must be whole"),
    "cut short": (lambda place: place.write_bytes(place.read_bytes()[:-1000]), "must be whole"),
    "a bit in its head": (lambda place: flipped(place, 0), "must be whole"),
    "a bit in an array": (lambda place: flipped(place, place.stat().st_size // 2), "must be whole"),
    "a bit in its list": (lambda place: flipped(place, -8), "must be whole"),
    "something else": (lambda place: place.write_text("dear diary"), "must be whole"),
    "a newer one": (lambda place: rewritten(place, format=99), "must have a format of at most"),
    "another run's": (
        lambda place: rewritten(place, inputs="0" * 64),
        "must hold a run of the same",
    ),
    "longer than asked": (lambda place: rewritten(place, periods=9), "must be at least the 9"),
}


@pytest.mark.parametrize("hurt", HURT)
def test_a_checkpoint_that_will_not_do(nursery: Nursery, copied: Path, hurt: str) -> None:
    """It is told and kept as it is; --force starts again."""
    damage, sentence = HURT[hurt]
    damage(copied / checkpoint.NAME)
    before = (copied / checkpoint.NAME).read_bytes()
    said = nursery(copied, "--resume")
    assert said.code == 2
    assert sentence in "\n".join(said.told)
    assert (copied / checkpoint.NAME).read_bytes() == before
    assert nursery(copied, "--force").code == 0


def test_reports_that_are_damaged_or_gone(nursery: Nursery, copied: Path, whole: Path) -> None:
    settled = min((copied / "reports").glob("[!.]*"))
    flipped(settled, 1000)
    said = nursery(copied, "--resume")
    assert said.code == 2
    assert f"{settled}: must hold the reports of the run so far, whole; found" in said.text
    shutil.rmtree(copied / "reports")
    said = nursery(copied, "--resume")
    assert said.code == 2
    assert re.search(r"found those of 0 of \d periods \(--force starts again\)", said.text)
    assert nursery(copied, "--force").code == 0
    assert digest_in(copied) == digest_in(whole)


@pytest.mark.parametrize("name", [*(f"{table}.parquet" for table in TABLES), "record.json"])
@pytest.mark.parametrize("hurt", ["gone", "empty", "cut", "flipped", "text"])
def test_a_finished_run_that_is_damaged(
    nursery: Nursery, whole: Path, tmp_path: Path, name: str, hurt: str
) -> None:
    """Told, not shown: numbers that nobody computed are worse than none."""
    folder = Path(shutil.copytree(whole, tmp_path / "run"))
    place = folder / name
    if hurt == "gone":
        place.unlink()
    elif hurt == "flipped":
        flipped(place, place.stat().st_size // 2)
    else:
        place.write_bytes({"empty": b"", "cut": place.read_bytes()[:-20], "text": b"[1]"}[hurt])
    said = nursery(folder, "--resume")
    assert said.code == 2
    assert "--force" in said.told[-1]
    assert re.match(f"{re.escape(str(folder))}(/{name}|/reports)?: must ", said.told[-1])
    said = nursery(folder.parent / "branch", "--from", str(folder), "--at", "1")
    if name == "record.json":
        assert said.code == 2
    else:
        assert said.code == 0, "what is missing is lived again"


def test_a_page_that_is_damaged_or_of_another_run_is_drawn_again(
    nursery: Nursery, whole: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(whole, tmp_path / "run"))
    page = (folder / "report.html").read_bytes()
    for wrong in (b"", b"<p>another run"):
        (folder / "report.html").write_bytes(wrong)
        assert nursery(folder, "--resume").code == 0
        assert (folder / "report.html").read_bytes() == page


def test_what_is_not_ours_is_never_removed(nursery: Nursery, whole: Path, tmp_path: Path) -> None:
    """Beside a run: kept. Without a run: refused, whatever its names."""
    folder = Path(shutil.copytree(whole, tmp_path / "run"))
    (folder / "notes.txt").write_text("keep me")
    (folder / "reports").mkdir()
    (folder / "reports" / "annual.parquet").write_text("keep me too")
    assert nursery(folder, "--force").code == 0
    assert (folder / "notes.txt").read_text() == "keep me"
    assert (folder / "reports" / "annual.parquet").read_text() == "keep me too"
    for name in ("dear.txt", "record.json", "checkpoint.npz", "report.html", "reports/dear.txt"):
        place = tmp_path / name.replace("/", "-") / name
        place.parent.mkdir(parents=True)
        place.write_text("keep me")
        top = tmp_path / name.replace("/", "-")
        for option, word in (("--force", "overwritten"), ("--resume", "gone on with")):
            if (option, name) == ("--resume", "record.json"):
                continue
            said = nursery(top, option)
            assert said.code == 2
            assert f"must hold a run to be {word}" in said.text
            assert place.read_text() == "keep me"


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "locked"
    place.mkdir()
    place.chmod(0o555)
    yield place
    place.chmod(0o755)


def test_a_locked_folder(stakhanov: Shell, unprivileged: list[str], locked: Path) -> None:
    for out in (locked, locked / "run", locked / "a" / "b"):
        done = stakhanov(*SMALL, "--out", str(out), before=unprivileged)
        assert done.returncode == 2
        assert done.stderr.startswith(f"{out}: must be a folder one may write to; found")
        assert len(done.stderr.splitlines()) == 1
    done = stakhanov("new", "mine", "--out", str(locked / "mine.toml"), before=unprivileged)
    assert done.returncode == 4
    assert done.stderr == f"{locked / 'mine.toml'}: this may not be read or written by you\n"
    assert not list(locked.iterdir())


def test_a_file_in_place_of_a_folder(nursery: Nursery, tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("keep me")
    said = nursery(place, "--force")
    assert (said.code, said.told) == (2, [f"{place}: must be a folder; found a file"])
    said = nursery(place / "run")
    assert said.code == 2
    assert said.told[0].startswith(f"{place / 'run'}: must be a folder one may write to; found ")
    assert place.read_text() == "keep me"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="this system has no /proc")
def test_a_place_where_nothing_can_be_made(nursery: Nursery) -> None:
    said = nursery(Path("/proc/run"))
    assert said.code == 2
    assert "must be a folder one may write to" in said.text


def test_a_disk_that_is_read_only(nursery: Nursery, whole: Path, tmp_path: Path) -> None:
    place = tmp_path / "mounted"
    place.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root may mount a disk read-only")
    options = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    if subprocess.run(options, capture_output=True, check=False).returncode != 0:
        pytest.skip("this system mounts no disk")
    try:
        shutil.copytree(whole, place / "run")
        subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
        for out, options in ((place / "new", []), (place / "run", ["--resume"])):
            said = nursery(out, *options)
            assert said.code == 2
            assert "must be a folder one may write to" in said.text
        said = nursery(tmp_path / "branch", "--from", str(place / "run"), "--at", "1")
        assert said.code == 0
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_two_at_once_and_a_lock_that_no_dead_process_keeps(
    nursery: Nursery, whole: Path, tmp_path: Path
) -> None:
    """While one lives nobody else may write there, with any option; once it is killed, anybody may."""
    folder = tmp_path / "run"
    slow = (
        "import sys, time; from stakhanov.engine import simulate;"
        "choose = simulate.choose;"
        "simulate.past_of = simulate.begun = lambda *a: (open(sys.argv[1], 'w'), time.sleep(600));"
        "from stakhanov.cli.main import main; main(sys.argv[2:])"
    )
    sign = tmp_path / "under way"
    first = subprocess.Popen(
        [sys.executable, "-c", slow, str(sign), *SMALL, "--out", str(folder)],
        stderr=subprocess.PIPE,
    )
    while not sign.exists():
        assert first.poll() is None
        time.sleep(0.02)
    for option in ((), ("--resume",), ("--force",)):
        said = nursery(folder, *option)
        assert said.code == 2
        assert "must be written to by one process at a time; found another one at it" in said.text
    first.kill()
    first.communicate()
    assert nursery(folder).code == 0
    assert digest_in(folder) == digest_in(whole)
