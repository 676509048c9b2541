"""Checkpoints: the state and the ledger at the end of a period, in one file.

A checkpoint is written beside its place and renamed, so that a crash leaves the old one or the new one.
The file is a NumPy archive whose members carry check sums; a damaged one is refused.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from stakhanov.engine.layout import Layout
from stakhanov.engine.ledger import Ledger
from stakhanov.engine.state import Groups, Nation, People, State
from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.problem import BadInput, Problem

FORMAT = 1
NAME = "checkpoint.npz"
_WHOLE = ("employed", "padded_share", "marks", "holders", "record_output", "record_multiple")


class Checkpoint(NamedTuple):
    """A run at the end of `periods` periods, and the digest of what it was run with."""

    inputs: str
    periods: int
    state: State
    ledger: Ledger
    worker_shifts: int = 0  # lived so far
    seconds: float = 0.0  # that they took


def save(folder: Path, checkpoint: Checkpoint) -> None:
    """Write the checkpoint of a run into its folder, replacing the one before."""
    arrays = _arrays(checkpoint)
    write_atomically(folder / NAME, lambda file: np.savez(file, **arrays))  # type: ignore[arg-type]


def _arrays(checkpoint: Checkpoint) -> dict[str, NDArray[np.generic]]:
    state = checkpoint.state
    text, books = checkpoint.ledger.frozen()
    header = {
        "format": FORMAT,
        "inputs": checkpoint.inputs,
        "periods": checkpoint.periods,
        "worker_shifts": checkpoint.worker_shifts,
        "seconds": checkpoint.seconds,
        "nation": asdict(state.nation),
        "branches": state.layout.branch_names,
        "prizes": state.prizes,
        "queues": state.queues,
        "brigade_size": state.layout.brigade_size,
    }
    return {
        "header": _bytes(json.dumps(header)),
        "ledger": _bytes(text),
        **{f"ledger.{name}": array for name, array in books.items()},
        **{f"people.{name}": array for name, array in state.people.arrays().items()},
        **{f"groups.{name}": getattr(state.groups, name) for name in ("norm", "rate", "above")},
        **{f"layout.{name}": getattr(state.layout, name) for name in _LAYOUT},
        **{name: getattr(state, name) for name in _WHOLE},
    }


_LAYOUT = ("workers_of_branch", "workers_of_enterprise", "workers_of_brigade")


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def load(folder: Path) -> Checkpoint | None:
    """The checkpoint in a folder, None if there is none. Raises BadInput for a damaged or newer one."""
    place = folder / NAME
    if not place.exists():
        return None
    try:
        with np.load(place, allow_pickle=False) as archive:
            if archive.zip.testzip() is not None:
                raise zipfile.BadZipFile
            return _read(place, archive)
    except (BadInput, MemoryError):
        raise
    except Exception as error:  # damage shows itself in every way there is
        must, hint = "a checkpoint must be whole", "restore the file, or start again with --force"
        raise BadInput([Problem(str(place), must, "a damaged file", hint)]) from error


def _read(place: Path, archive: np.lib.npyio.NpzFile) -> Checkpoint:
    header = json.loads(archive["header"].tobytes())
    if header["format"] > FORMAT:
        must = f"a checkpoint must have a format of at most {FORMAT}"
        raise BadInput([Problem(str(place), must, str(header["format"]), "use a newer stakhanov")])
    layout = Layout(
        branch_names=tuple(header["branches"]),
        **{name: archive[f"layout.{name}"] for name in _LAYOUT},
        brigade_size=header["brigade_size"],
    )
    books = {name[7:]: archive[name] for name in archive.files if name.startswith("ledger.")}
    state = State(
        layout=layout,
        people=People(**{name: archive[f"people.{name}"] for name in People.empty(0).arrays()}),
        groups=Groups(*(archive[f"groups.{name}"] for name in ("norm", "rate", "above"))),
        nation=Nation(**header["nation"]),
        prizes=tuple(header["prizes"]),
        queues=tuple(header["queues"]),
        **{name: archive[name] for name in _WHOLE},
    )
    ledger = Ledger.thawed(archive["ledger"].tobytes().decode(), books)
    clock = (header["worker_shifts"], header["seconds"])
    return Checkpoint(header["inputs"], header["periods"], state, ledger, *clock)
