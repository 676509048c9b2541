"""Files as people bring them: every kind of file is read or told, in one sentence with its line."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from stakhanov.foundation import toml
from stakhanov.foundation.problem import BadInput
from stakhanov.foundation.toml import names_in, read_over_base, read_toml, resolve

TEXT = 'format = 1\n[campaign]\nname = "größer"\n'
WHOLE = {"format": 1, "campaign": {"name": "größer"}}

READ = {
    "plain": TEXT.encode(),
    "with a mark": b"\xef\xbb\xbf" + TEXT.encode(),
    "from Windows": TEXT.replace("\n", "\r\n").encode(),
    "without an end of line": TEXT.strip().encode(),
}


@pytest.mark.parametrize("kind", READ)
def test_files_that_are_read(kind: str, tmp_path: Path) -> None:
    place = tmp_path / "a.toml"
    place.write_bytes(READ[kind])
    assert read_toml(place) == WHOLE


TOLD = {
    "UTF-16": (
        TEXT.encode("utf-16"),
        "a.toml: must be text in UTF-8; found text in UTF-16 (save it as UTF-8)",
    ),
    "UTF-16 without a mark": (
        TEXT.encode("utf-16-le"),
        "a.toml:3: must be text in UTF-8; found the byte 0xf6, which is none (it holds zero bytes",
    ),
    "UTF-16 without a mark or an umlaut": (
        "[campaign]".encode("utf-16-le"),
        "a.toml:1: must be TOML; found .* (it holds zero bytes: text must be saved as UTF-8)$",
    ),
    "Latin-1": (
        TEXT.encode("latin-1"),
        "a.toml:3: must be text in UTF-8; found the byte 0xf6, which is none",
    ),
    "no text at all": (
        bytes(range(256)),
        "a.toml:[0-9]+: must be text in UTF-8; found the byte 0x80",
    ),
    "old Macintosh": (TEXT.replace("\n", "\r").encode(), "a.toml:1: must be TOML; found "),
    "a key twice": (
        TEXT.encode() + b'name = "b"\n',
        "a.toml:4: must be TOML; found cannot overwrite",
    ),
    "a table left open": (b"[campaign\n", "a.toml:1: must be TOML; found expected ']'"),
    "a text left open": (b'a = "b', "a.toml: must be TOML; found "),
    "a day that is none": (b"a = 1935-02-30\n", "a.toml:1: must be TOML; found "),
    "a huge number": (
        b"a = " + b"9" * 5000,
        "a.toml: must be TOML; found a number of too many digits",
    ),
    "a deep key": (
        TEXT.encode() + b"[" + b"a." * 30_000 + b"b]\nc = 1\n",
        "a.toml:4: must be TOML with keys of at most 100 steps; found a longer one",
    ),
    "a deep list": (b"a = " + b"[" * 5000, "a.toml: must be TOML; found lists or tables within"),
}


@pytest.mark.parametrize("kind", TOLD)
def test_files_that_are_told(kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content, sentence = TOLD[kind]
    monkeypatch.chdir(tmp_path)
    Path("a.toml").write_bytes(content)
    with pytest.raises(BadInput) as told:
        read_toml(Path("a.toml"))
    assert re.match(sentence.replace("(", r"\(").replace(")", r"\)"), str(told.value))
    assert len(told.value.problems) == 1


def test_places_that_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    for name, sentence in (
        ("nowhere.toml", "nowhere.toml: must be a file; found none"),
        (".", ".: must be a file; found a folder"),
        ("file/a.toml", "file/a.toml: must be a file one may read; found not a directory"),
        ("a" * 5000, f"{'a' * 5000}: must be a file one may read; found file name too long"),
    ):
        with pytest.raises(BadInput, match=f"^{re.escape(sentence)}$"):
            read_toml(Path(name))


def test_a_file_without_end_is_not_read_to_its_end(tmp_path: Path) -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("this system has no file without end")
    with pytest.raises(
        BadInput, match="/dev/zero: must be a file of at most 4 MB; found a larger one"
    ):
        read_toml(Path("/dev/zero"))


def test_a_pipe_is_read(tmp_path: Path) -> None:
    """As a shell gives it: `check <(make-a-campaign)`."""
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(TEXT.encode())
    place = Path(f"/dev/fd/{reading}")
    if not place.exists():
        pytest.skip("this system has no files for open pipes")
    assert read_toml(place) == WHOLE
    os.close(reading)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("99", r"^format: must be 1; found 99 \(written by a newer stakhanov\)$"),
        ("0", "^format: must be 1; found 0$"),
        ('"1"', '^format: must be 1; found "1"$'),
        ("1.0", "^format: must be 1; found 1.0$"),
        ("true", "^format: must be 1; found true$"),
    ],
)
def test_formats(written: str, told: str, tmp_path: Path) -> None:
    place = tmp_path / "a.toml"
    place.write_text(f"format = {written}\n")
    with pytest.raises(BadInput, match=told):
        read_over_base(place, tmp_path, "campaign")


def test_a_file_without_a_format_is_of_todays(tmp_path: Path) -> None:
    place = tmp_path / "a.toml"
    place.write_text('[campaign]\nname = "a"\n')
    assert read_over_base(place, tmp_path, "campaign") == {"campaign": {"name": "a"}}
    assert toml.FORMAT == 1


def test_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is the library's before it is a file's here; nothing is no name, nor a way out of the library."""
    library = tmp_path / "library"
    library.mkdir()
    (library / "plain.toml").touch()
    monkeypatch.chdir(tmp_path)
    Path("plain").touch()
    Path("mine").touch()
    Path("ours").mkdir()
    assert names_in(library) == ["plain"]
    assert resolve("plain", library, "campaign") == library / "plain.toml"
    assert resolve("mine", library, "campaign") == Path("mine")
    for name, shown in (
        ("", "nothing"),
        ("..", "a folder"),
        ("plane", "plane"),
        ("ours", "a folder"),
        ("x" * 5000, "x"),
    ):
        with pytest.raises(
            BadInput, match=f"must be the name of a campaign or a file; found {shown}"
        ):
            resolve(name, library, "campaign")
    Path("ours.toml").touch()
    with pytest.raises(BadInput, match=r"found a folder \(did you mean ours.toml\?\)"):
        resolve("ours", library, "campaign")
