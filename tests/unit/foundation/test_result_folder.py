"""A result's folder: new, ours, or somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from stakhanov.foundation.lock import held
from stakhanov.foundation.problem import BadInput
from stakhanov.foundation.result_folder import Kind, held_for, usable

KIND = Kind("a list", {"list.csv": b"name,count", "list.html": b"<title>List"}, ".list.parts")
OURS = {"list.csv": "name,count\na,1\n", "list.html": "<title>List</title>"}


def folder_of(place: Path, files: dict[str, str]) -> Path:
    place.mkdir()
    for name, text in files.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.mark.parametrize(
    "files",
    [{}, {".list.csv.77.part": "half"}, OURS, {"list.csv": OURS["list.csv"], "notes.txt": "mine"}],
)
def test_what_is_new_or_ours_may_be_written_to(files: dict[str, str], tmp_path: Path) -> None:
    usable(folder_of(tmp_path / "out", files), KIND, force=True)
    usable(tmp_path / "deep" / "new", KIND, force=False)
    assert not (tmp_path / "deep").exists()


@pytest.mark.parametrize(
    ("files", "force", "said"),
    [
        (
            OURS,
            False,
            "must be empty or new; found a folder in use (--force overwrites a list there)",
        ),
        (
            {"notes.txt": "mine"},
            False,
            "must be empty or new; found a folder in use (choose another folder)",
        ),
        (
            {"notes.txt": "mine"},
            True,
            "must hold a list to be overwritten; found notes.txt (choose another folder)",
        ),
        (
            OURS | {"list.html": "somebody else's"},
            True,
            "must hold a list to be overwritten; found list.html (choose another folder)",
        ),
    ],
)
def test_what_is_somebody_elses_may_not(
    files: dict[str, str], force: bool, said: str, tmp_path: Path
) -> None:
    place = folder_of(tmp_path / "out", files)
    with pytest.raises(BadInput) as refused:
        usable(place, KIND, force=force)
    assert str(refused.value) == f"{place}: {said}"


def test_a_file_is_no_folder_and_has_none(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    with pytest.raises(BadInput, match="must be a folder; found a file"):
        usable(file, KIND, force=True)
    with (
        pytest.raises(
            BadInput, match=r"must be a folder one may write to; found .*not a directory"
        ),
        held_for(file / "in", KIND),
    ):
        pass


def test_one_process_at_a_time_and_no_left_overs(tmp_path: Path) -> None:
    place = folder_of(tmp_path / "out", {".list.csv.77.part": "half", "notes.txt": "mine"})
    with held(place), pytest.raises(BadInput, match="one process at a time"), held_for(place, KIND):
        pass
    with held_for(place, KIND):
        assert [entry.name for entry in place.iterdir()] == ["notes.txt"]
