"""Where report tables come from: files, folders, databases and frames, all as one lazy table."""

from __future__ import annotations

import codecs
import io
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, cast

import polars as pl

from stakhanov.foundation.problem import BadInput, Problem
from stakhanov.foundation.report_databases import Spool, open_database, open_duckdb

BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
WIDE_BOMS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
UTF_8 = "save it as UTF-8; UTF-16 with its mark is understood as well"
#: The beginning of a text, from which its coding and its separator are read; pieces in which it is copied.
HEAD, AT_A_TIME = 4096, 2**20
SEPARATORS = ",;\t|"
SHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt", ".gz")
DUCKS = (".duckdb", ".ddb")
TABLES = (".parquet", ".pq")
#: What a run's folder holds: its reports, and what it is made of.
OF_RUN, RECORD = "reports.parquet", "record.json"


@dataclass(frozen=True)
class Opened:
    """A source that was opened: its name, its lazy table, and how its rows are counted."""

    name: str
    frame: pl.LazyFrame
    first_line: int | None = None  # of the rows, where people count lines
    decimal_comma: bool = False
    parsed: bool = False  # every reading of it goes through all of the text again
    kept: object = None

    def place(self, row: int) -> str:
        """What people call a row: the line of a file, the number of a row elsewhere."""
        if self.first_line is not None:
            return f"line {row + self.first_line}"
        return f"row {row + 1}"


def open_source(source: Any) -> Opened:
    """Open a path, a URL or a frame. Raises BadInput where it is none of them or cannot be read."""
    if isinstance(source, Opened):
        return source
    if isinstance(source, pl.LazyFrame):
        return Opened("the frame", source)
    if isinstance(source, pl.DataFrame):
        return Opened("the frame", source.lazy())
    if isinstance(source, (str, Path)):
        try:
            return _open_named(str(source))
        except pl.exceptions.PolarsError as error:
            raise BadInput([told_by_polars(Path(str(source)).name, error)]) from None
    return Opened("the frame", _frame(source).lazy())


def told_by_polars(name: str, error: pl.exceptions.PolarsError) -> Problem:
    """A table that will not be read, in one sentence."""
    said = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    hint = ""
    if "utf-8" in said:
        hint = UTF_8
    elif "found more fields" in said:
        said = "a line with more cells than the heading"
        hint = "text that holds the separator must stand in quotation marks"
    elif said.startswith(("could not parse", "CSV malformed")):
        said = "quotation marks that do not come in pairs"
        hint = "they stand around a whole cell; one within it is written twice"
    return Problem(name, "must be a table that can be read", said, hint)


def _frame(source: Any) -> pl.DataFrame:
    """A pandas or Arrow table, or anything that offers itself as one."""
    try:
        made = pl.DataFrame(source)
    except (TypeError, ValueError, pl.exceptions.PolarsError) as error:
        must = "must be a path, a URL, or a Polars, pandas or Arrow table"
        found = f"{type(source).__name__} ({str(error).splitlines()[0]})"
        raise BadInput([Problem("reports", must, found)]) from None
    return made


def _open_named(text: str) -> Opened:
    if "://" in text and not Path(text).exists():
        return _database(text)
    place, _, part = (text, "", "") if Path(text).exists() else text.partition("#")
    path = Path(place)
    if not path.exists():
        must = "must be a file, a folder or a URL that is there"
        raise BadInput([Problem("reports", must, f'"{text}"', "a URL has :// in it")])
    if path.is_dir():
        return _folder(path)
    opener = _OPENERS.get(path.suffix.lower())
    if opener is None:
        hint = f"kinds: {', '.join(sorted(_OPENERS))}"
        raise BadInput(
            [Problem(path.name, "must be of a kind that is known", path.suffix or "none", hint)]
        )
    return opener(path, part)


def _database(url: str) -> Opened:
    address, _, part = url.partition("#")
    if address.startswith("duckdb:"):
        return _duckdb(Path(address.removeprefix("duckdb:").removeprefix("///")), part)
    frame, kept = open_database(address, part)
    name = address.split("://")[0] + (f" {part}" if part else "")
    return Opened(name, frame, kept=kept)


def _duckdb(path: Path, part: str) -> Opened:
    frame, kept = open_duckdb(path, part)
    return Opened(path.name, frame, kept=kept)


def _folder(path: Path) -> Opened:
    """The reports of a run, or the Parquet files of a folder."""
    try:
        if (path / OF_RUN).exists():
            return _parquet(path / OF_RUN, "")
        files = sorted(_tables_in(path))
    except OSError as error:
        found = f"{error.filename}: {(error.strerror or str(error)).lower()}"
        raise BadInput([Problem(str(path), "must be a folder that can be read", found)]) from None
    if not files:
        must = "must be the folder of a run, or hold Parquet files"
        raise BadInput([Problem(str(path), must, "neither")])
    return Opened(path.resolve().name, pl.scan_parquet(files))


def _tables_in(path: Path) -> Iterator[Path]:
    """The Parquet files of a folder and of its partitions (`year=1935`); other folders are somebody else's."""
    for place in path.iterdir():
        if place.is_dir():
            if "=" in place.name:
                yield from _tables_in(place)
        elif place.suffix.lower() in TABLES:
            yield place


def _parquet(path: Path, part: str) -> Opened:
    """A file; the reports of a run are called by its folder."""
    del part
    of_run = path.name == OF_RUN and (path.parent / RECORD).exists()
    return Opened(path.resolve().parent.name if of_run else path.name, pl.scan_parquet(path))


def _excel(path: Path, part: str) -> Opened:
    """A sheet, every cell as text: the first one unless it is named behind a #."""
    try:
        import fastexcel
    except ImportError:
        raise BadInput([lacking(path.name, "fastexcel")]) from None
    try:
        book = fastexcel.read_excel(path)
        names = book.sheet_names
        if part and part not in names:
            raise BadInput(
                [
                    Problem(
                        path.name,
                        "must have the sheet that was named",
                        part,
                        f"has {', '.join(names)}",
                    )
                ]
            )
        frame = pl.read_excel(path, sheet_name=part or names[0], infer_schema_length=0)
    except (fastexcel.FastExcelError, pl.exceptions.NoDataError) as error:
        said = str(error).splitlines()[0]
        raise BadInput(
            [Problem(path.name, "must be a spreadsheet that can be read", said)]
        ) from None
    return Opened(path.name, frame.cast(pl.String).lazy(), first_line=2)


def lacking(name: str, package: str) -> Problem:
    """The problem of a package that only some tables need."""
    hint = "pip install 'stakhanov[tables]'"
    return Problem(name, f"must be read with the package {package}", "it is not installed", hint)


def _text(path: Path, part: str) -> Opened:
    """A CSV file, every cell as text; UTF-8, or UTF-16 with or without its mark; packed or not."""
    del part
    packed = path.suffix.lower() == ".gz"
    with _bytes_of(path, packed=packed) as file:
        head = file.read(HEAD)
    coding = _coding(head)
    if coding is None and not packed:
        return replace(_cells(path, head, path.name), parsed=True)
    spool = Spool()
    place = spool.path / "table.csv"
    with (
        _bytes_of(path, packed=packed) as file,
        io.TextIOWrapper(file, coding or "utf-8-sig", newline="") as text,
    ):
        first = _recoded(text, place, path.name)
    return replace(_cells(place, first.encode(), path.name), parsed=True, kept=spool)


def _recoded(text: IO[str], place: Path, name: str) -> str:
    """Put a text into a file of UTF-8, a piece at a time; gives its beginning. Raises BadInput."""
    try:
        first = text.read(HEAD).lstrip("\ufeff")
        with place.open("w", encoding="utf-8", newline="") as to:
            to.write(first)
            shutil.copyfileobj(text, to, AT_A_TIME)
    except UnicodeError:
        found = "characters that its coding does not have"
        raise BadInput([Problem(name, "must be a table that can be read", found, UTF_8)]) from None
    return first


@contextmanager
def _bytes_of(path: Path, *, packed: bool) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked. Raises BadInput where it is not packed as its name says."""
    if not packed:
        with path.open("rb") as file:
            yield file
        return
    import gzip
    import zlib

    try:
        with gzip.open(path) as unpacked:
            yield cast("IO[bytes]", unpacked)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        said = str(error).lower()
        raise BadInput([Problem(path.name, "must be a packed file that is whole", said)]) from None


def open_text(content: bytes, name: str) -> Opened:
    """A CSV table that is in memory, under a name for its problems. Raises BadInput."""
    coding = _coding(content[:HEAD])
    if coding is not None:
        content = content.decode(coding, errors="replace").lstrip("\ufeff").encode()
    try:
        return _cells(content, content[:HEAD], name)
    except pl.exceptions.PolarsError as error:
        raise BadInput([told_by_polars(name, error)]) from None


def _cells(content: Path | bytes, head: bytes, name: str) -> Opened:
    """Text as a table; the separator is the one that the first line has most of."""
    first = head.removeprefix(codecs.BOM_UTF8).split(b"\n")[0].decode("utf-8", errors="replace")
    separator = max(SEPARATORS, key=first.count)
    try:
        frame = pl.scan_csv(content, separator=separator, infer_schema=False)
        names = frame.collect_schema().names()
    except pl.exceptions.NoDataError:
        raise BadInput([Problem(name, "must have a heading and rows", "an empty file")]) from None
    frame = frame.rename({one: one.strip() for one in names if one != one.strip()})
    return Opened(name, frame, first_line=2, decimal_comma=separator == ";")


def _coding(head: bytes) -> str | None:
    """UTF-16 by its mark, or by every other byte being zero; none for what Polars reads itself."""
    if head.startswith(WIDE_BOMS):
        return "utf-32"
    if head.startswith(BOMS):
        return "utf-16"
    if len(head) >= 4 and head[1:200:2].count(0) > len(head[1:200:2]) // 2:
        return "utf-16-le"
    if len(head) >= 4 and head[0:200:2].count(0) > len(head[0:200:2]) // 2:
        return "utf-16-be"
    return None


_OPENERS: dict[str, Callable[[Path, str], Opened]] = {
    **dict.fromkeys(TABLES, _parquet),
    **dict.fromkeys(SHEETS, _excel),
    **dict.fromkeys(TEXTS, _text),
    **dict.fromkeys(DUCKS, _duckdb),
}
