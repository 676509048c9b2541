"""`stakhanov run`: from options to a folder; every problem at once; stopping and going on."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from stakhanov.cli import progress
from stakhanov.cli.output import Line
from stakhanov.cli.progress import Watch, sentence
from stakhanov.engine import estimate
from stakhanov.engine.course import Progress
from stakhanov.engine.results import Run
from stakhanov.summary import report

Call = Callable[..., Any]


@pytest.fixture(autouse=True)
def no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The report has tests of its own; drawing it takes seconds."""
    monkeypatch.setattr(report, "write", _drawn)


def _drawn(_: Run, path: Path, warnings: list[str]) -> None:
    path.write_text("drawn", encoding="utf-8")


def test_a_run_answers_with_what_scripts_rely_on(
    stakhanov: Call, small: tuple[str, ...], tmp_path: Path
) -> None:
    said = stakhanov("run", "time-wage", *small, "--seed", "7", "--out", "here", "--json")
    assert said.code == 0
    data = said.data
    assert {"record", "measures", "worker_shifts", "seconds", "per_second"} <= data.keys()
    assert data["record"]["seed"] == 7
    assert re.fullmatch("[0-9a-f]{64}", data["record"]["digest"])
    assert data["measures"]["true_output"]["unit"] == "norm-units per worker-shift"
    assert {
        "record.json",
        "series.parquet",
        "histogram.parquet",
        "records.parquet",
        "reports.parquet",
        "report.html",
    } <= {path.name for path in (tmp_path / "here").iterdir()}
    kept = json.loads((tmp_path / "here" / "record.json").read_text(encoding="utf-8"))
    assert kept["record"] == data["record"]


def test_the_screen_shows_measures_and_where_the_report_is(
    stakhanov: Call, small: tuple[str, ...]
) -> None:
    said = stakhanov("run", "time-wage", *small, "--out", "here")
    assert said.code == 0
    assert "time-wage: 200 workers, 3 periods, seed 1" in said.out
    assert said.out.splitlines()[0] == "time-wage: 200 workers, 3 periods, seed 1"
    assert re.search(r"True output +[\d.]+ +norm-units a shift", said.out)
    assert "next: stakhanov explain time-wage" in said.out
    assert said.out.endswith("report, for a browser: here/report.html\n")


def test_what_to_do_next_names_what_was_typed(stakhanov: Call, small: tuple[str, ...]) -> None:
    """The campaign is called mine, the file is not: only the file's name leads back to it."""
    text = '[campaign]\nname = "mine"\nbase = "time-wage"\n'
    Path("my file.toml").write_text(text, encoding="utf-8")
    said = stakhanov("run", "my file.toml", *small, "--out", "here")
    [line] = [line for line in said.out.splitlines() if line.startswith("next: ")]
    command = shlex.split(line.removeprefix("next: stakhanov ").split("    ")[0])
    assert stakhanov(*command).code == 0
    again = [line for line in said.out.splitlines() if line.startswith("      stakhanov run ")]
    assert again == [
        "      stakhanov run 'my file.toml' --set audits.probability=0    the same under another rule"
    ]


TIRING = ("--set", "peers.conformity=10", "--set", "ability.log_sd=2", "--set", "money.value=10")


@pytest.mark.parametrize("there", [(), ("runs",), ("runs", "runs/new")])
def test_bad_input_that_shows_on_the_way_leaves_nothing(
    stakhanov: Call, small: tuple[str, ...], tmp_path: Path, there: tuple[str, ...]
) -> None:
    for name in there:
        Path(name).mkdir()
    said = stakhanov("run", "time-wage", *small, *TIRING, "--out", "runs/new")
    assert (said.code, said.out) == (2, "")
    assert "who tire without end" in said.err
    assert sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")) == list(there)


def test_bad_input_on_the_way_spares_what_was_there(
    stakhanov: Call, small: tuple[str, ...], tmp_path: Path
) -> None:
    assert stakhanov("run", "time-wage", *small, "--out", "used").code == 0
    Path("used/notes.txt").write_text("mine", encoding="utf-8")
    before = sorted(path.name for path in Path("used").iterdir())
    assert stakhanov("run", "time-wage", *small, *TIRING, "--out", "used").code == 2
    assert sorted(path.name for path in Path("used").iterdir()) == before
    assert stakhanov("run", "time-wage", *small, *TIRING, "--out", "used", "--force").code == 2
    assert Path("used/notes.txt").read_text(encoding="utf-8") == "mine"
    parted = stakhanov("run", "time-wage", *small, *TIRING, "--out", "fresh", "--resume")
    assert parted.code == 2
    assert Path("fresh").is_dir()


def test_the_folder_is_named_after_the_run_and_refused_when_in_use(
    stakhanov: Call, small: tuple[str, ...], tmp_path: Path
) -> None:
    first = stakhanov("run", "time-wage", *small, "--json")
    folder = first.data["folder"]
    assert re.fullmatch("runs/time-wage-1-[0-9a-f]{6}", folder)
    again = stakhanov("run", "time-wage", *small)
    assert (again.code, again.out) == (2, "")
    assert again.lines == [
        f"{folder}: must be empty or new; found a folder in use "
        "(--resume goes on with it, --force overwrites it)"
    ]
    other = stakhanov("run", "time-wage", *small, "--set", "ability.log_sd=0.3", "--json").data
    assert other["folder"] != folder
    resumed = stakhanov("run", "time-wage", *small, "--resume", "--json").data
    assert resumed["record"] == first.data["record"]
    assert resumed["measures"] == first.data["measures"]
    assert stakhanov("run", "time-wage", *small, "--force").code == 0
    assert len(list((tmp_path / "runs").iterdir())) == 2


def test_values_go_to_the_file_that_has_their_address(
    stakhanov: Call, small: tuple[str, ...]
) -> None:
    record = stakhanov(
        "run", "time-wage", *small, "--json",
        "--set", "pay.guarantee=0.9", "--set", "ability.log_sd=0.1", "--set", "norms.scope=branch",
    ).data["record"]  # fmt: skip
    assert record["campaign"]["pay"]["guarantee"] == 0.9
    assert record["campaign"]["norms"]["scope"] == "branch"
    assert record["workforce"]["ability"]["log_sd"] == 0.1


def test_every_problem_of_a_command_line_is_told_at_once(stakhanov: Call, tmp_path: Path) -> None:
    said = stakhanov(
        "run", "time-wage", "--workers", "few", "--periods", "0", "--seed", "-1", "--threads", "none",
        "--sample", "-2", "--at", "3", "--set", "guarantee", "--set", "pay.piece_share=2",
        "--set", "ability.log_sd=-1", "--set", "nothing.here=1", "--set", "abilty.log_sd=1",
    )  # fmt: skip
    assert (said.code, said.out) == (2, "")
    assert said.lines == [
        'workers: must be a whole number of at least 1, or "all"; found few',
        "periods: must be a whole number of at least 1; found 0",
        "seed: must be a whole number of at least 0; found -1",
        'sample: must be a whole number of at least 0, or "all"; found -2',
        "threads: must be a whole number of at least 1; found none",
        "--set: must be given as KEY=VALUE; found guarantee",
        "--from: must come with --at; found --at alone",
        "nothing.here: must begin with a chapter of the campaign or the workforce; found nothing",
        "abilty.log_sd: must begin with a chapter of the campaign or the workforce; found abilty "
        "(did you mean ability.log_sd?)",
        "pay.piece_share: must be at most 1; found 2",
        "ability.log_sd: must be at least 0; found -1",
    ]
    assert not list(tmp_path.iterdir())


def test_names_that_are_wrong_are_told_together(stakhanov: Call) -> None:
    said = stakhanov("run", "time-wagee", "--workforce", "soviet-industri")
    assert said.code == 2
    assert [line.split("(")[1] for line in said.lines] == [
        "did you mean time-wage?)",
        "did you mean soviet-industry?)",
    ]


def test_numbers_may_be_written_as_people_write_them(stakhanov: Call) -> None:
    data = stakhanov(
        "run", "time-wage", "--workers", "1e6", "--periods", "1_2", "--dry-run", "--json"
    ).data
    assert (data["workers"], data["periods"]) == (1_000_000, 12)


def test_a_dry_run_says_what_is_needed_and_writes_nothing(stakhanov: Call, tmp_path: Path) -> None:
    said = stakhanov(
        "run",
        "time-wage",
        "--workers",
        "4_000_000",
        "--periods",
        "10",
        "--threads",
        "2",
        "--dry-run",
        "--json",
    )
    assert said.code == 0
    assert said.data["worker_shifts"] == 4_000_000 * 10 * 25
    assert 4_000_000 * 57 < said.data["memory_bytes"] < 1e9
    twice = stakhanov(
        "run",
        "time-wage",
        "--workers",
        "8_000_000",
        "--periods",
        "10",
        "--threads",
        "2",
        "--dry-run",
        "--json",
    )
    assert twice.data["memory_bytes"] - said.data["memory_bytes"] == pytest.approx(324e6)
    assert said.data["seconds"] < twice.data["seconds"] < 2 * said.data["seconds"]
    free = shutil.disk_usage(tmp_path).free
    assert said.data["disk_free_bytes"] == pytest.approx(free, rel=0.2)
    shown = stakhanov("run", "time-wage", "--dry-run", "--out", "not/yet/there").out
    assert re.search(r"memory +\d+ MB of [\d,.]+ GB", shown)
    assert re.search(r"disk +\d+ MB of [\d,.]+ GB free", shown)
    assert re.search(r"time +about \d+ s", shown)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ["--workers", "10_000_000_000"],
            ["size.workers: must fit into this machine's memory (8.0 GB; about 95,680,246 workers);"
             " found 10,000,000,000 workers, which need 810.2 GB"],
        ),
        (["--workers", "1e30"], ["size.workers: must fit into this machine's memory (8.0 GB; about"]),
        (
            ["--sample", "all", "--workers", "1e6", "--periods", "100"],
            ["sample: must fit into this machine's memory (8.0 GB; about 279,759 workers);"
             " found reports of 1,000,000 workers, which need 27.4 GB"],
        ),
        (["--periods", "1e9"], ["periods: must lie between 1 and 100,000; found 1,000,000,000"]),
        (
            ["--periods", "99_999"],
            ["periods: must end before the year 10000; found 99,999 from 1935-01-01",
             "size.workers: must fit into this machine's memory (8.0 GB; about 0 workers)"],
        ),
        (["--seed", "18446744073709551616"], ["seed: must lie between 0 and 18446744073709551615;"]),
    ],
)  # fmt: skip
def test_absurd_sizes(
    stakhanov: Call,
    arguments: list[str],
    lines: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """On a machine of 8 GB: 300 MB for the program, 9.9 MB for 60 periods, 81 bytes a worker."""
    monkeypatch.setattr(estimate, "memory_of_machine", lambda: 8_000_000_000)
    said = stakhanov("run", "time-wage", *arguments)
    assert (said.code, said.out) == (2, "")
    assert len(said.lines) == len(lines)
    for line, start in zip(said.lines, lines, strict=True):
        assert line.startswith(start)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("threads", ["1000", "1e9"])
def test_any_number_of_threads_makes_the_same_run(
    stakhanov: Call, small: tuple[str, ...], threads: str
) -> None:
    one = stakhanov("run", "time-wage", *small, "--out", "one", "--json").data
    many = stakhanov(
        "run", "time-wage", *small, "--threads", threads, "--out", "many", "--json"
    ).data
    assert many["record"]["digest"] == one["record"]["digest"]


def test_a_sample_of_more_than_there_are_is_everybody(
    stakhanov: Call, small: tuple[str, ...]
) -> None:
    sizes = {
        name: stakhanov("run", "time-wage", *small, "--sample", name, "--out", name, "--json").code
        for name in ("0", "200", "1e9", "all")
    }
    assert set(sizes.values()) == {0}
    heights = [Run.load(name).reports.height for name in sizes]
    assert heights[0] == 0
    assert heights[1] == heights[2] == heights[3] > 400


def test_going_on_from_another_run_shares_its_past(stakhanov: Call, small: tuple[str, ...]) -> None:
    assert stakhanov("run", "time-wage", *small, "--seed", "5", "--out", "trunk").code == 0
    said = stakhanov(
        "run",
        "--from",
        "trunk",
        "--at",
        "2",
        "--periods",
        "4",
        "--set",
        "pay.guarantee=0.5",
        "--out",
        "branch",
        "--json",
    )
    assert said.code == 0
    record = said.data["record"]
    assert (record["seed"], record["workers"]) == (5, 200)
    assert record["campaign"]["campaign"]["name"] == "time-wage"
    assert record["branch"]["period"] == 2
    trunk, branch = (
        Run.load(name).series.filter(pl.col("period") < 2) for name in ("trunk", "branch")
    )
    assert trunk.equals(branch)


def test_a_branch_may_part_at_a_date(stakhanov: Call, small: tuple[str, ...]) -> None:
    """Two months after a start on the first of January 1935 two periods are over."""
    stakhanov("run", "time-wage", *small, "--out", "trunk")
    said = stakhanov(
        "run",
        "--from",
        "trunk",
        "--at",
        "1935-03-01",
        "--out",
        "branch",
        "--periods",
        "3",
        "--json",
    )
    assert said.data["record"]["branch"]["period"] == 2


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--from", "trunk"], "--from: must come with --at; found --from alone"),
        (
            ["--from", "trunk", "--at", "9"],
            "at: must lie between 1 and 3, the run's periods; found 9",
        ),
        (
            ["--from", "trunk", "--at", "soon"],
            "at: must be a whole number of at least 1; found soon",
        ),
        (
            ["--from", "nothing", "--at", "1"],
            "nothing: a run's folder must hold record.json; found none",
        ),
        (
            ["--from", "trunk", "--at", "1", "--workers", "300"],
            "workers: must be as many as in the run that it goes on from (200); found 300",
        ),
    ],
)
def test_a_branch_that_cannot_be(
    stakhanov: Call, small: tuple[str, ...], arguments: list[str], line: str
) -> None:
    stakhanov("run", "time-wage", *small, "--out", "trunk")
    said = stakhanov("run", *arguments, "--out", "branch")
    assert said.code == 2
    assert line in said.lines
    assert not Path("branch").exists()


def test_the_line_of_progress_has_a_rate_and_the_time_left() -> None:
    """30 of 120 periods in 15 s leave 90 at half a second each."""
    now = Progress(30, 120, 15.0, 45_000_000, {})
    assert sentence(now) == "period 30 of 120, 45 s left, 3.0 million worker-shifts a second"
    assert sentence(now, before=20).startswith("period 30 of 120, 2 min 15 s left")


def test_the_clock_of_the_estimate_starts_when_the_rules_are_compiled(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """40 s to the end of the first period, then 10 periods in 5 s: 89 more take 44.5 s."""
    kept = iter([0, 12, 12, 12])
    monkeypatch.setattr(progress, "kernels_kept", lambda: next(kept))
    watch = Watch(Line(quiet=0.0, soon=0.0))
    watch.prepare()
    watch(Progress(1, 100, 40.0, 1_000_000, {}))
    watch(Progress(11, 100, 45.0, 11_000_000, {}))
    assert capsys.readouterr().err.splitlines() == [
        "compiling the rules for this machine, once: about half a minute",
        "period 1 of 100, the rules are compiled",
        "period 11 of 100, 44 s left, 2.0 million worker-shifts a second",
    ]
    assert watch.whole(11_000_000, 45.0) == (
        "11,000,000 worker-shifts in 45 s, 40 s of it compiling the rules, once;"
        " 2,000,000 a second after that"
    )


def test_a_period_that_compiles_later_moves_the_clock_too(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = iter([10, 10, 12, 12])
    monkeypatch.setattr(progress, "kernels_kept", lambda: next(kept))
    watch = Watch(Line())
    for period, seconds in ((1, 1.0), (2, 31.0), (3, 32.0)):
        watch(Progress(period, 3, seconds, 100 * period, {}))
    assert watch.compiling_seconds == 31.0
    assert watch.whole(300, 32.0).endswith("; 100 a second after that")


def test_a_slow_rate_is_no_nought() -> None:
    now = Progress(1, 2, 10.0, 4_100, {})
    assert sentence(now) == "period 1 of 2, 10 s left, 410 worker-shifts a second"


@pytest.mark.parametrize("option", [("--dry-run",), ()])
def test_more_workers_than_people_is_cautioned(stakhanov: Call, option: tuple[str, ...]) -> None:
    Path("few.toml").write_text(
        '[workforce]\nname = "few"\n[size]\nworkers = 60\n', encoding="utf-8"
    )
    asked = ("run", "time-wage", "--workforce", "few.toml", "--periods", "1", *option)
    said = "workers: 80 are simulated for the 60 people that few has at most"
    told = stakhanov(*asked, "--workers", "80", "--out", "many", "--json").data["cautions"]
    assert [one.partition(";")[0] for one in told] == [said]
    assert stakhanov(*asked, "--workers", "all", "--out", "all", "--json").data["cautions"] == []
    shown = stakhanov(*asked, "--workers", "80", "--out", "third")
    assert said in shown.out + shown.err


def test_a_request_to_stop_ends_the_run_between_periods(capsys: pytest.CaptureFixture[str]) -> None:
    watch = Watch(Line())
    watch(Progress(1, 3, 0.1, 100, {}))
    watch.stop(signal.SIGINT, None)
    assert "at the end of this period" in capsys.readouterr().err
    with pytest.raises(KeyboardInterrupt):
        watch(Progress(2, 3, 0.2, 200, {}))
    watch(Progress(3, 3, 0.3, 300, {}))


def test_an_interrupted_run_goes_on_to_the_same_result(
    stakhanov: Call, small: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = stakhanov("run", "time-wage", *small, "--out", "whole", "--json")
    with monkeypatch.context() as patched:
        patched.setattr(progress.Watch, "__call__", _interrupted_after_two)
        said = stakhanov("run", "time-wage", *small, "--out", "parted", "--json")
    assert (said.code, said.out) == (3, "")
    assert said.lines[-1] == "interrupted; the run so far is in parted: --resume goes on with it"
    resumed = stakhanov("run", "time-wage", *small, "--out", "parted", "--resume", "--json")
    assert resumed.data["record"]["digest"] == whole.data["record"]["digest"]
    assert resumed.data["measures"] == whole.data["measures"]


def _interrupted_after_two(_: Watch, now: Progress) -> None:
    if now.period == 2:
        raise KeyboardInterrupt


def test_ctrl_c_in_a_shell_leaves_a_run_to_go_on_with(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "stakhanov",
        "run",
        "time-wage",
        "--workers",
        "20_000",
        "--periods",
        "600",
    ]
    command += ["--threads", "1", "--out", "long"]
    started = subprocess.Popen(
        command, cwd=tmp_path, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    waited = time.monotonic()
    while not (tmp_path / "long").exists() and time.monotonic() - waited < 60.0:
        time.sleep(0.05)
    time.sleep(0.5)
    os.kill(started.pid, signal.SIGINT)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out) == (3, "")
    noise = ("caution:", "compiling", "period ")
    told = [line for line in err.splitlines() if not line.startswith(noise)]
    assert told == [
        "stopping at the end of this period; once more stops at once",
        "interrupted; the run so far is in long: --resume goes on with it",
    ]
    assert (tmp_path / "long" / "checkpoint.npz").exists()
