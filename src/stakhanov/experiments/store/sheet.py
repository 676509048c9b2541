"""A run's outcome as a Parquet file that says what it is, with a check sum of itself.

Files of runs with the same measures and periods differ only in their values and in what they say of
themselves, at the same places. Parquet is laid out once for all of them and then filled in: to lay it out
anew for every small run would take longer than much of the rest of the work.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import polars as pl
from numpy.typing import NDArray

from stakhanov.experiments.trial import Outcome, Trial

#: Before the check sum in a run's file.
CHECK, DIGITS = "sha256 with noughts here: ", 64
#: What a file says of itself is filled up with spaces to a multiple of so many letters.
STEP = 256
KEY = "stakhanov"
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Layout:
    """What decides the places in a file: measures of the whole run, series, periods, letters of its words."""

    whole: tuple[str, ...]
    names: tuple[str, ...]
    periods: int
    room: int

    def file(self, values: Values, words: str) -> bytes:
        """A file laid out by Polars, with noughts for a check sum."""
        measures = [*self.whole, *np.repeat(self.names, self.periods).tolist()]
        counted = np.tile(np.arange(self.periods), len(self.names)).tolist()
        nothing = [None] * len(self.whole)
        table = pl.DataFrame(
            {
                "measure": measures,
                "period": pl.Series([*nothing, *counted], dtype=pl.Int32),
                "value": values,
            }
        )
        content = io.BytesIO()
        told = {KEY: words, "check": f"{CHECK}{'0' * DIGITS}"}
        table.write_parquet(content, compression="uncompressed", statistics=False, metadata=told)
        return content.getvalue()


@dataclass(frozen=True)
class Form:
    """A file of a layout, and where its values and its words stand."""

    content: bytes
    values: int
    words: int

    def filled(self, values: bytes, words: bytes) -> bytes:
        """The file with these instead, which are as long."""
        content = bytearray(self.content)
        content[self.values : self.values + len(values)] = values
        content[self.words : self.words + len(words)] = words
        return bytes(content)


@lru_cache(maxsize=16)
def form_of(layout: Layout) -> Form | None:
    """A file to fill in; none where its values or its words do not stand in one piece, once."""
    # No two alike, and none that could be taken for text: what stands where they stand is them.
    number = len(layout.whole) + len(layout.names) * layout.periods
    values = np.arange(number, dtype=np.float64) + 1.0 / 3.0
    words = "~" * layout.room
    content = layout.file(values, words)
    for piece in (values.tobytes(), words.encode()):
        if not piece or content.count(piece) != 1:
            return None
    return Form(content, content.index(values.tobytes()), content.index(words.encode()))


def encoded(trial: Trial, outcome: Outcome, reports: bytes = b"") -> bytes:
    """An outcome as a Parquet file that says what it is, and which reports belong to it."""
    periods = trial.design.periods
    whole, names = list(outcome.measures), list(outcome.series)
    about = {
        "trial": trial.digest,
        "design": trial.design.digest,
        "seed": trial.seed,
        "periods": periods,
        "measures": whole,
        "series": names,
        "worker_shifts": outcome.worker_shifts,
        "seconds": outcome.seconds,
        "reports": hashlib.sha256(reports).hexdigest() if reports else None,
    }
    values = np.concatenate(
        [
            np.array([outcome.measures[name] for name in whole], np.float64),
            *(outcome.series[name] for name in names),
        ]
    )
    words = json.dumps(about)  # in letters of one byte
    words += " " * (-len(words) % STEP)
    layout = Layout(tuple(whole), tuple(names), periods, len(words))
    form = form_of(layout)
    content = (
        layout.file(values, words)
        if form is None
        else form.filled(values.tobytes(), words.encode())
    )
    return _sealed(content)


def decoded(content: bytes, trial: Trial, reports: bytes = b"") -> Outcome | None:
    """The outcome in a file; none where it or its reports are damaged, or it holds another run.

    Nothing damaged is given to the reader of Parquet, which may break over it.
    """
    if not _is_whole(content):
        return None
    about = json.loads(pl.read_parquet_metadata(io.BytesIO(content))[KEY])
    kept = about["reports"]
    if about["trial"] != trial.digest or kept not in (None, hashlib.sha256(reports).hexdigest()):
        return None
    values = pl.read_parquet(io.BytesIO(content), columns=["value"])["value"].to_numpy()
    whole, names, periods = about["measures"], about["series"], about["periods"]
    rows = values[len(whole) :].reshape(len(names), periods)
    return Outcome(
        measures=dict(zip(whole, values.tolist(), strict=False)),
        series=dict(zip(names, rows, strict=True)),
        worker_shifts=about["worker_shifts"],
        seconds=about["seconds"],
        reports=None if kept is None else pl.read_parquet(io.BytesIO(reports)),
    )


def _sealed(content: bytes) -> bytes:
    """A file with the check sum of itself, reckoned with noughts in its place, where it says so."""
    at = content.rindex(CHECK.encode()) + len(CHECK)
    check = hashlib.sha256(content).hexdigest().encode()
    return content[:at] + check + content[at + DIGITS :]


def _is_whole(content: bytes) -> bool:
    at = content.rfind(CHECK.encode()) + len(CHECK)
    if at < len(CHECK):
        return False
    bare = content[:at] + b"0" * DIGITS + content[at + DIGITS :]
    return hashlib.sha256(bare).hexdigest().encode() == content[at : at + DIGITS]
