"""Other languages, locked homes, odd terminals, readers that leave: the same answer, or one sentence."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.faults.conftest import SMALL, Nursery, Shell, digest_in

LANGUAGES: dict[str, dict[str, str]] = {
    "none": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "German": {"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
    "Turkish": {"LC_ALL": "tr_TR", "PYTHONUTF8": "0"},
    "letters of 1963": {"PYTHONIOENCODING": "ascii"},
    "western": {"PYTHONIOENCODING": "latin-1"},
    "wide": {"PYTHONIOENCODING": "utf-16"},
}


#: Three commands of one process, for starting takes longest; what each left with goes into a file.
THREE = """
import sys
from stakhanov.cli.main import main
codes = [
    main(["check", sys.argv[1], "--json"]),
    main(["explain", sys.argv[1]]),
    main(["check", *sys.argv[1:]]),
]
open("codes", "w").write(str([int(code) for code in codes]))
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_campaign_in_any_language(language: str, tmp_path: Path) -> None:
    """Files are UTF-8 and numbers have points, whatever the terminal speaks."""
    text = '[campaign]\nname = "Größer"\n[[prizes]]\nname = "İki ığdır"\nby = "rank"\nper_thousand = 2.5\n'
    (tmp_path / "größer.toml").write_text(text, encoding="utf-8")
    (tmp_path / "three.py").write_text(THREE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "three.py", "größer.toml", "--set", "norms.start=zwölf"],
        cwd=tmp_path,
        env={**os.environ, **LANGUAGES[language]},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "codes").read_text() == "[0, 0, 2]", done.stderr
    if language != "wide":
        assert json.JSONDecoder().raw_decode(done.stdout)[0]["problems"] == []
        assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("language", ["none", "Turkish", "letters of 1963"])
def test_a_run_in_any_language(
    language: str, stakhanov: Shell, nursery: Nursery, whole: Path
) -> None:
    done = stakhanov(*SMALL, "--out", str(whole), "--resume", **LANGUAGES[language])
    assert done.returncode == 0, done.stderr
    assert done.stdout.isascii() or language == "Turkish"
    assert "report" in done.stdout


def test_a_folder_in_letters_that_the_locale_lacks(stakhanov: Shell, tmp_path: Path) -> None:
    """Tables are kept under names that are text; a locale without those letters is told the way out."""
    done = stakhanov(*SMALL, "--out", "папка", **LANGUAGES["none"])
    assert (done.returncode, done.stdout) == (2, "")
    assert "must be in letters of the locale" in done.stderr
    assert "PYTHONUTF8=1" in done.stderr
    assert not list(tmp_path.iterdir())
    (tmp_path / "a.toml").write_text('[campaign]\nname = "a"\nbase = "größer.toml"\n', "utf-8")
    done = stakhanov("check", "a.toml", "--json", **LANGUAGES["none"])
    assert done.returncode == 2
    assert json.loads(done.stdout)["problems"][0]["must"] == "must be in letters of the locale"


def test_a_python_without_docstrings_is_refused(stakhanov: Shell, tmp_path: Path) -> None:
    done = stakhanov(*SMALL, "--out", "run", PYTHONOPTIMIZE="2")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert done.stderr.startswith("python: must keep docstrings")


def test_another_python_makes_the_same_run(stakhanov: Shell, whole: Path, tmp_path: Path) -> None:
    """Warnings are errors, assertions are off, hashes and clocks are others."""
    other = {
        "PYTHONWARNINGS": "error",
        "PYTHONOPTIMIZE": "1",
        "PYTHONHASHSEED": "7",
        "TZ": "Asia/Omsk",
    }
    done = stakhanov(*SMALL, "--out", "run", "--json", **other)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["record"]["digest"] == digest_in(whole)
    assert (tmp_path / "run" / "report.html").stat().st_size > 10_000


def test_from_another_folder(stakhanov: Shell, tmp_path: Path) -> None:
    """A base is told from the file that names it, not from where one stands."""
    there = tmp_path / "with space" / "campaigns"
    there.mkdir(parents=True)
    (there / "base.toml").write_text('[campaign]\nname = "base"\n[pay]\nguarantee = 0.4\n')
    (there / "mine.toml").write_text('[campaign]\nname = "mine"\nbase = "base.toml"\n')
    done = stakhanov("diff", str(there / "base.toml"), "with space/campaigns/mine.toml", "--json")
    assert done.returncode == 0, done.stderr
    assert not [a for a in json.loads(done.stdout)["differences"] if not a.startswith("campaign.")]


def test_a_folder_that_is_gone(tmp_path: Path) -> None:
    """Whoever stands in a removed folder is told, or answered."""
    script = 'mkdir gone; cd gone; rmdir ../gone; exec "$0" -m stakhanov "$@"'
    for arguments, codes in (
        (["theory", "peers", "--set", "slope=0.1"], {0}),
        (list(SMALL), {2, 4}),
    ):
        done = subprocess.run(
            ["sh", "-c", script, sys.executable, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in codes, done.stderr
        assert len(done.stderr.splitlines()) <= 1


COMPILING = textwrap.dedent(
    """
    import resource, sys
    import numpy as np
    if len(sys.argv) > 1:
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
    from stakhanov.engine import compile, kernel_cache
    def doubled(values):
        for i in range(values.size):
            values[i] = values[i] * 2.0
    values = np.ones(3, np.float32)
    double = compile.program(doubled)
    double(values)
    print(values.tolist(), list(double.stats.cache_hits.values()), kernel_cache.troubles())
    """
)


def compiled(
    tmp_path: Path, *arguments: str, before: list[str] | None = None, **home: str | None
) -> str:
    """What becomes of a program that is compiled: its values, whether it was found, what is told."""
    (tmp_path / "compiling.py").write_text(COMPILING)
    surroundings = {**os.environ, "STAKHANOV_CACHE": None, "XDG_CACHE_HOME": None, **home}
    done = subprocess.run(
        [*(before or []), sys.executable, str(tmp_path / "compiling.py"), *arguments],
        env={name: value for name, value in surroundings.items() if value is not None},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("[2.0, 2.0, 2.0] ")
    return done.stdout[len("[2.0, 2.0, 2.0] ") :].strip()


def test_rules_are_kept_found_again_and_compiled_anew_where_damaged(tmp_path: Path) -> None:
    home = {"STAKHANOV_CACHE": str(tmp_path / "cache")}
    assert compiled(tmp_path, **home) == "[] []"
    for kind, wrong in (("*.nbc", b"\x80\x05garbage"), ("*.nbi", b"")):
        places = list((tmp_path / "cache").rglob(kind))
        assert places
        for place in places:
            place.write_bytes(wrong)
        assert compiled(tmp_path, **home) == "[] []"
    assert compiled(tmp_path, **home) == "[1] []"


def test_rules_that_cannot_be_kept(tmp_path: Path, unprivileged: list[str]) -> None:
    """A file in place of the folder, a locked one, no room: told, and compiled each time."""
    (tmp_path / "file").touch()
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(0o555)
    told = compiled(tmp_path, STAKHANOV_CACHE=str(tmp_path / "file"))
    assert re.search(r"cannot be kept in .*/file/.*: (not a directory|file exists); each run", told)
    told = compiled(tmp_path, HOME=str(locked), before=unprivileged)
    assert re.search(r"cannot be kept in .*/locked/.*: permission denied; each run", told)
    told = compiled(tmp_path, "1000", STAKHANOV_CACHE=str(tmp_path / "full"))
    assert re.search(r"cannot be kept in .*/full/.*: file too large; each run", told)
    assert not list((tmp_path / "full").rglob("*.tmp.*"))


def test_what_is_told_of_rules_that_cannot_be_kept(
    nursery: Nursery, tmp_path: Path, stakhanov: Shell
) -> None:
    (tmp_path / "file").touch()
    done = stakhanov("doctor", STAKHANOV_CACHE=str(tmp_path / "file"))
    assert done.returncode == 1
    assert "must be a folder one may write to; found a locked one" in done.stdout


def in_a_terminal(command: list[str], columns: int, **surroundings: str) -> str:
    """What a terminal of so many columns shows of a command."""
    import fcntl
    import pty
    import struct
    import termios

    main, other = pty.openpty()
    fcntl.ioctl(other, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    started = subprocess.Popen(
        command,
        stdin=other,
        stdout=other,
        stderr=other,
        env={**environment, "TERM": "xterm-256color", **surroundings},
    )
    os.close(other)
    shown = b""
    while True:
        try:
            more = os.read(main, 65536)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        shown += more
    os.close(main)
    assert started.wait() == 0
    return shown.decode("utf-8", "replace")


@pytest.mark.parametrize(
    ("columns", "kind"),
    [(40, "xterm-256color"), (120, "dumb"), (0, "xterm-256color")],
)
def test_no_line_is_wider_than_its_terminal(columns: int, kind: str, whole: Path) -> None:
    """Nor is a bar broken in two: the line of the first period has its end. A terminal of 0 does not say."""
    command = [sys.executable, "-m", "stakhanov", *SMALL, "--out", str(whole), "--resume"]
    shown = in_a_terminal(command, columns, TERM=kind)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    lines = re.split(r"[\r\n]+", plain)
    wide = [line for line in lines if len(line) > (columns or 80) and str(whole) not in line]
    assert not wide
    assert re.search(r"^1 .*[█▒] *\|", plain.replace("\r", ""), re.MULTILINE)


def test_colour_is_for_terminals_that_want_it() -> None:
    command = [sys.executable, "-m", "stakhanov", "theory"]
    assert "\x1b[" in in_a_terminal(command, 80)
    assert "\x1b[" not in in_a_terminal(command, 80, NO_COLOR="1")
    assert "\x1b[" not in in_a_terminal(command, 80, TERM="dumb")
    assert "\x1b[" not in subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("option", [(), ("--json",)])
def test_a_reader_that_leaves(option: tuple[str, ...], whole: Path) -> None:
    script = 'set -o pipefail; "$0" -m stakhanov "$@" | head -1'
    done = subprocess.run(
        ["bash", "-c", script, sys.executable, *SMALL, "--out", str(whole), "--resume", *option],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(done.stdout.splitlines()) == 1


def test_streams_that_are_closed(whole: Path) -> None:
    script = '"$0" -m stakhanov "$@" <&- >&-; a=$?; "$0" -m stakhanov run --seed none <&- >&- 2>&-; echo $a $?'
    done = subprocess.run(
        ["sh", "-c", script, sys.executable, *SMALL, "--out", str(whole), "--resume"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("0 2\n", "")
    assert digest_in(whole)
