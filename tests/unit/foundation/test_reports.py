"""Report tables: read from everywhere, and every kind of bad cell told where it stands."""

from __future__ import annotations

import datetime
import gc
import gzip
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import xlsxwriter

from stakhanov.foundation import report_problems
from stakhanov.foundation.problem import BadInput
from stakhanov.foundation.report_columns import COLUMNS
from stakhanov.foundation.reports import read

HEAD = "worker,period,norm,reported\n"
Written = Callable[[str | bytes], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(text: str | bytes) -> Path:
        place = tmp_path / "days.csv"
        place.write_bytes(text.encode() if isinstance(text, str) else text)
        return place

    return write


def told(source: Any, *more: Any, **options: Any) -> list[str]:
    with pytest.raises(BadInput) as caught:
        read(source, *more, **options)
    return [str(problem) for problem in caught.value.problems]


ROWS = {
    "worker": ["ada", "bob"],
    "period": [datetime.date(2015, 1, 31), datetime.date(2015, 2, 1)],
    "norm": [0.8, 0.75],
    "reported": [0.1 + 0.2, 0.9],
}
EXPECTED = pl.DataFrame(ROWS)


def csv_of(tmp_path: Path) -> Path:
    EXPECTED.write_csv(tmp_path / "t.csv")
    return tmp_path / "t.csv"


def parquet_of(tmp_path: Path) -> Path:
    EXPECTED.write_parquet(tmp_path / "t.parquet")
    return tmp_path / "t.parquet"


def folder_of(tmp_path: Path) -> Path:
    for k in range(2):
        (tmp_path / f"part={k}").mkdir()
        EXPECTED[k : k + 1].write_parquet(tmp_path / f"part={k}" / "0.parquet")
    return tmp_path


def excel_of(tmp_path: Path) -> str:
    place = tmp_path / "t.xlsx"
    with xlsxwriter.Workbook(place) as book:
        book.add_worksheet("notes").write(0, 0, "nothing here")
        sheet = book.add_worksheet("days")
        form = book.add_format({"num_format": "dd.mm.yyyy"})
        sheet.write_row(0, 0, list(ROWS))
        for k, row in enumerate(EXPECTED.iter_rows(), start=1):
            sheet.write(k, 0, row[0])
            sheet.write_datetime(k, 1, datetime.datetime.combine(row[1], datetime.time()), form)
            sheet.write_row(k, 2, row[2:])
    return f"{place}#days"


def duckdb_of(tmp_path: Path) -> str:
    with duckdb.connect(str(tmp_path / "t.duckdb")) as connection:
        connection.execute(
            "create table days (worker text, period date, norm double, reported double)"
        )
        connection.executemany(
            "insert into days values (?, ?, ?, ?)", [list(r) for r in EXPECTED.rows()]
        )
        connection.execute("create table other (x int)")
    return f"duckdb:///{tmp_path}/t.duckdb#days"


def sqlite_of(tmp_path: Path) -> str:
    with sqlite3.connect(tmp_path / "t.db") as connection:
        connection.execute("create table days (worker text, period text, norm real, reported real)")
        rows = [(w, str(p), n, r) for w, p, n, r in EXPECTED.iter_rows()]
        connection.executemany("insert into days values (?, ?, ?, ?)", rows)
    connection.close()
    return f"sqlite:///{tmp_path}/t.db#select * from days order by period"


SOURCES: dict[str, Callable[[Path], Any]] = {
    "csv": csv_of,
    "parquet": parquet_of,
    "folder": folder_of,
    "excel": excel_of,
    "duckdb": duckdb_of,
    "sqlite": sqlite_of,
    "polars": lambda _: EXPECTED,
    "lazy": lambda _: EXPECTED.lazy(),
    "pandas": lambda _: pd.DataFrame(ROWS),
    "arrow": lambda _: pa.table(ROWS),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_the_same_table_comes_from_everywhere(kind: str, tmp_path: Path) -> None:
    reports = read(SOURCES[kind](tmp_path))
    found = reports.collect().sort("period")
    floats = pl.selectors.float().round(12)  # a spreadsheet keeps sixteen digits
    assert found.select(EXPECTED.columns).with_columns(floats).equals(EXPECTED.with_columns(floats))
    assert found["segment"].to_list() == [0, 0]
    assert found["shifts"].to_list() == [1.0, 1.0]
    assert (reports.rows, reports.dated) == (2, True)


def test_the_columns_of_a_source_are_renamed(written: Written) -> None:
    text = "team,day,target,made,hall\n7,1,0.8,0.9,sewing\n7,1,0.7,0.7,finishing\n"
    columns = {
        "worker": "team",
        "period": "day",
        "norm": "target",
        "reported": "made",
        "group": "hall",
    }
    reports = read(written(text), columns)
    assert reports.person == ["worker", "group"]  # team 7 of another hall is another team
    assert reports.collect()["worker"].to_list() == ["7", "7"]
    assert not reports.dated


def test_a_missing_column_is_told_with_the_nearest(written: Written) -> None:
    assert told(written("worker,perod,norm,reported\na,1,1,1\n")) == [
        "days.csv: must have a column period (when); found none of that name"
        " (name it with --map period=perod; there are worker, perod, norm, reported)"
    ]


def test_a_map_that_does_not_fit_is_told(written: Written) -> None:
    sentences = told(written(HEAD + "a,1,1,1\n"), {"nrom": "norm", "pay": "wage"})
    assert sentences == [
        '--map nrom: must be a column of the report table; found "nrom" (did you mean norm?)',
        '--map pay: must be a column of days.csv; found "wage"'
        " (there are: worker, period, norm, reported)",
    ]


def test_bad_cells_are_told_by_line_and_column(written: Written) -> None:
    rows = "a,1,1,much\nb,1,0,1\nc,1,-2,1\nd,1,1,inf\n,1,1,1\ne,soon,1,1\nf,1,1,\n"
    assert told(written(HEAD + rows)) == [
        'days.csv line 2, reported: must be a number; found "much"',
        'days.csv line 3, norm: must be a number above 0; found "0"',
        'days.csv line 4, norm: must be a number above 0; found "-2"',
        'days.csv line 5, reported: must be a number; found "inf"',
        "days.csv line 6, worker: must be a name; found nothing",
        'days.csv line 7, period: must be a whole number; found "soon"',
        "days.csv line 8, reported: must be a number; found nothing",
    ]


def test_the_first_problems_are_told_and_the_rest_counted(written: Written) -> None:
    rows = "".join(f"w{k},1,1,text\n" for k in range(1234))
    sentences = told(written(HEAD + rows))
    assert len(sentences) == report_problems.TOLD + 1
    assert sentences[-1] == (
        "days.csv, reported: must be a number in every row;"
        " found 1,234 rows where it is not; the first 5 are told"
    )


def test_bad_rows_can_be_left_out(written: Written) -> None:
    reports = read(written(HEAD + "a,1,1,x\nb,1,1,2\n"), bad_rows="leave out")
    assert (reports.rows, reports.left_out) == (1, 1)
    assert [str(one) for one in reports.problems] == [
        'days.csv line 2, reported: must be a number; found "x"'
    ]
    assert reports.collect()["worker"].to_list() == ["b"]


@pytest.mark.parametrize("most", [1, 10])
def test_rows_of_one_key_are_left_out_all_of_them(
    written: Written, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """Which of two rows holds nobody can know; a row of the same name elsewhere is somebody else's."""
    monkeypatch.setattr("stakhanov.foundation.reports.IN_MEMORY", most)
    rows = "a,1,1,1,x\nb,1,1,1,x\na,1,1,2,x\na,1,1,3,y\nc,1,1,1,\nc,1,1,1,\nd,1,1,no,x\n"
    place = written(HEAD.rstrip("\n") + ",group\n" + rows)
    reports = read(place, bad_rows="leave out")
    assert reports.collect("worker", "reported").rows() == [("b", 1.0), ("a", 3.0)]
    assert (reports.rows, reports.left_out) == (2, 5)
    assert [str(one).partition(";")[0] for one in reports.problems] == [
        "days.csv line 8, reported: must be a number",
        "days.csv line 2 and line 4: must be the only row of its worker, period, segment, group",
        "days.csv line 6 and line 7: must be the only row of its worker, period, segment, group",
    ]
    nothing = written(HEAD + "a,1,1,1\na,1,1,2\n")
    assert told(nothing, bad_rows="leave out")[0] == (
        "days.csv: must have rows that will do; found none"
    )


def test_the_reports_of_a_run_are_called_by_its_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    EXPECTED.write_parquet(tmp_path / "mine" / "reports.parquet")
    (tmp_path / "mine" / "record.json").write_text("{}", encoding="utf-8")
    assert read(tmp_path / "mine").name == "mine"
    assert read(tmp_path / "mine" / "reports.parquet").name == "mine"


def test_a_key_that_stands_twice_is_told(written: Written) -> None:
    rows = "a,1,1,1\nb,1,1,1\na,1,1,2\n"
    assert told(written(HEAD + rows)) == [
        "days.csv line 2 and line 4: must be the only row of its worker, period, segment;"
        " found worker a, period 1, segment 0"
    ]


def test_keys_are_compared_in_parts(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_problems, "AT_A_TIME", 100)
    rows = "".join(f"w{k},1,1,1\n" for k in range(1000))
    assert read(written(HEAD + rows)).rows == 1000
    assert len(told(written(HEAD + rows + "w7,1,1,1\nw900,1,2,2\n"))) == 2


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2015-01-31", "31.01.2015", "1/31/2015"], [(1, 31)] * 3),  # three forms at once
        (["31/1/2015", "1/2/2015", "2015-03"], [(1, 31), (2, 1), (3, 1)]),
        (["2015/1/31", "2015-01-31 08:00:00", "2015-01-31T08:00"], [(1, 31)] * 3),
        (["20150131", "20150201"], [(1, 31), (2, 1)]),
        (["3/3/2015", "4-4-2015"], [(3, 3), (4, 4)]),  # nothing to choose between
    ],
)
def test_dates_are_read_in_many_forms(
    dates: list[str], expected: list[tuple[int, int]], written: Written
) -> None:
    rows = "".join(f"w{k},{text},1,1\n" for k, text in enumerate(dates))
    found = read(written(HEAD + rows)).collect()["period"]
    assert [(day.month, day.day) for day in found] == expected


def test_dates_that_can_be_read_both_ways_are_not_guessed(written: Written) -> None:
    text = HEAD + "a,1/2/2015,1,1\n"
    assert told(written(text)) == [
        "days.csv, period: must say whether day or month stands first;"
        " found 1 that can be read both ways (--dates dmy or --dates mdy)"
    ]
    assert read(written(text), dates="mdy").collect()["period"][0] == datetime.date(2015, 1, 2)
    assert read(written(text), dates="dmy").collect()["period"][0] == datetime.date(2015, 2, 1)


def test_dates_of_two_orders_are_told(written: Written) -> None:
    text = HEAD + "a,31/1/2015,1,1\na,1/31/2015,1,1\n"
    assert "1 with the day first, 1 with the month" in told(written(text))[0]
    assert told(written(text), dates="dmy") == [
        'days.csv line 3, period: must be a date; found "1/31/2015"'
    ]


def test_numbers_among_dates_are_told(written: Written) -> None:
    assert told(written(HEAD + "a,2015-01-01,1,1\na,7,1,1\n")) == [
        'days.csv line 3, period: must be a date; found "7"'
    ]


@pytest.mark.parametrize(
    "coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_codings_are_recognised(coding: str, written: Written) -> None:
    text = "worker;period;norm;reported\nСтаханов;1;7;102,5\n"
    found = read(written(text.encode(coding))).collect()
    assert found.select("worker", "norm", "reported").row(0) == ("Стаханов", 7.0, 102.5)


def test_another_coding_is_told(written: Written) -> None:
    sentence = told(written(HEAD.encode() + "Стаханов,1,7,102\n".encode("cp1251")))[0]
    assert sentence.startswith("days.csv: must be a table that can be read; found invalid utf-8")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "must have a heading and rows; found an empty file"),
        (HEAD, "must have rows; found none"),
        (HEAD + "\n\n", "must have rows; found none"),
    ],
)
def test_a_table_without_rows_is_told(text: str, found: str, written: Written) -> None:
    assert told(written(text)) == [f"days.csv: {found}"]


def test_a_line_with_too_many_cells_is_told(written: Written) -> None:
    assert "a line with more cells than the heading" in told(written(HEAD + "a,1,1,1,1\n"))[0]


def test_currencies_are_not_mixed(written: Written) -> None:
    text = "worker,period,norm,reported,pay,currency\na,1,1,1,5,rouble\nb,1,1,1,5,taka\n"
    assert told(written(text)) == [
        "days.csv, currency: must be one currency; found rouble, taka"
        " (amounts of different money do not add up; make a table of each)"
    ]


def test_pay_is_whole(written: Written) -> None:
    text = "worker,period,norm,reported,pay\na,1,1,1,12.5\nb,1,1,1,13.0\n"
    assert told(written(text)) == [
        'days.csv line 2, pay: must be a whole number of minor units; found "12.5"'
    ]
    assert read(written(text.replace("12.5", "12"))).collect()["pay"].to_list() == [12, 13]


def test_a_formula_is_a_text(written: Written) -> None:
    assert read(written(HEAD + "=1+1,1,1,1\n")).collect()["worker"][0] == "=1+1"
    assert told(written(HEAD + "a,1,1,=1+1\n")) == [
        'days.csv line 2, reported: must be a number; found "=1+1"'
    ]


def test_pseudonyms_are_the_same_for_the_same_key_only() -> None:
    one, again, other = (
        read(EXPECTED, key=key * 32).collect()["worker"].to_list() for key in (b"a", b"a", b"b")
    )
    assert one == again
    assert not set(one) & {"ada", "bob", *other}


def test_what_is_no_source_is_told(tmp_path: Path) -> None:
    assert "must be a file, a folder or a URL that is there" in told("nowhere.csv")[0]
    assert "must be a path, a URL, or a Polars, pandas or Arrow table" in told(3)[0]
    (tmp_path / "somebody" / "else").mkdir(parents=True)
    EXPECTED.write_parquet(tmp_path / "somebody" / "else" / "t.parquet")
    assert told(tmp_path) == [
        f"{tmp_path}: must be the folder of a run, or hold Parquet files; found neither"
    ]
    (tmp_path / "t.docx").write_text("x", encoding="utf-8")
    assert "must be of a kind that is known" in told(tmp_path / "t.docx")[0]
    assert (
        "must have the table that is named behind the #"
        in told(sqlite_of(tmp_path).partition("#")[0] + "#dyas")[0]
    )
    assert "must be a database that answers" in told("nothing://here")[0]
    nowhere = tmp_path / "nowhere.db"
    assert told(f"sqlite:///{nowhere}#days") == [
        f'reports: must be a file that is there; found "{nowhere}"'
    ]
    assert not nowhere.exists()
    assert "must have one table" in told(duckdb_of(tmp_path).partition("#")[0])[0]
    (tmp_path / "t.xlsx").write_text("x", encoding="utf-8")
    assert "must be a spreadsheet that can be read" in told(tmp_path / "t.xlsx")[0]


def test_a_large_text_is_gone_through_once(
    written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Periods are asked for one by one: not of the text, but of a Parquet file that goes with the table."""
    monkeypatch.setattr("stakhanov.foundation.reports.IN_MEMORY", 1)
    reports = read(
        written(HEAD + "a,1,1,1\nb,1,1,x\nb,1,1,2\n"), key=b"k" * 32, bad_rows="leave out"
    )
    assert "PARQUET SCAN" in reports.table.explain().upper()
    assert reports.collect("reported")["reported"].to_list() == [1.0, 2.0]
    assert reports.columns == ["worker", "period", "segment", "shifts", "norm", "reported"]
    beside = reports.kept.path  # type: ignore[attr-defined]
    assert beside.exists()
    del reports
    gc.collect()
    assert not beside.exists()


@pytest.mark.parametrize("coding", ["utf-8", "utf-16", "utf-16-be"])
def test_a_large_text_is_recoded_a_piece_at_a_time(
    coding: str, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pieces end within characters, the beginning as well; packed or not."""
    monkeypatch.setattr("stakhanov.foundation.report_sources.AT_A_TIME", 7)
    monkeypatch.setattr("stakhanov.foundation.report_sources.HEAD", 101)
    text = HEAD + "".join(f"Стаханов 𝔸{k},1,7,{k}\n" for k in range(200))
    place = written(text.encode(coding))
    packed = place.with_name("days.csv.gz")
    packed.write_bytes(gzip.compress(place.read_bytes()))
    for source in (place, packed):
        found = read(source).collect()
        assert found["worker"].to_list() == [f"Стаханов 𝔸{k}" for k in range(200)]
        assert found["reported"].sum() == 19_900


def test_a_packed_text_that_is_none_is_told(written: Written) -> None:
    place = written(HEAD + "a,1,1,1\n")
    packed = place.rename(place.with_name("days.csv.gz"))
    assert "must be a packed file that is whole; found not a gzipped file" in told(packed)[0]
    packed.write_bytes(gzip.compress(HEAD.encode() * 9)[:-9])
    assert "must be a packed file that is whole; found compressed file ended" in told(packed)[0]


def test_a_text_that_is_cut_within_a_character_is_told(written: Written) -> None:
    assert told(written((HEAD + "a,1,1,1\n").encode("utf-16") + b"x")) == [
        "days.csv: must be a table that can be read; found characters that its coding does not have"
        " (save it as UTF-8; UTF-16 with its mark is understood as well)"
    ]


def test_a_column_that_stands_twice_is_not_guessed(written: Written) -> None:
    assert told(written("worker,period,norm,reported,reported,x,x\na,1,7,7,8,1,2\n")) == [
        'days.csv: must have one column of each name that is read; found more than one "reported"'
    ]


@pytest.mark.parametrize("cells", ['"a,1,1,1', 'a"b,1,1,1', '"a"b,1,1,1'])
def test_quotation_marks_that_do_not_fit_are_told(cells: str, written: Written) -> None:
    assert told(written(HEAD + cells + "\nb,1,1,1\n")) == [
        "days.csv: must be a table that can be read; found quotation marks that do not come in pairs"
        " (they stand around a whole cell; one within it is written twice)"
    ]


@pytest.mark.parametrize(
    ("norm", "found"),
    [("0", '"0"'), ("-7", '"-7"'), ("nan", '"nan"'), ("1e999", '"1e999"'), ("", "nothing")],
)
def test_a_norm_is_a_number_above_nothing(norm: str, found: str, written: Written) -> None:
    assert told(written(HEAD + f"a,1,{norm},1\nb,1,7,1\n")) == [
        f"days.csv line 2, norm: must be a number above 0; found {found}"
    ]


def test_every_column_says_what_it_is() -> None:
    assert all(column.title and column.must for column in COLUMNS.values())


@pytest.mark.parametrize("numbered", [True, False])
def test_the_rows_of_one_period_are_sought_in_a_large_parquet_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, numbered: bool
) -> None:
    """The file itself is asked for them: what it says of its row groups spares reading the others."""
    monkeypatch.setattr("stakhanov.foundation.reports.IN_MEMORY", 1)
    days = [datetime.date(2020, 1, 1 + k % 3) for k in range(30)]
    frame = pl.DataFrame(
        {
            "worker": [f"w{k // 3}" for k in range(30)],
            "period": [k % 3 for k in range(30)] if numbered else days,
            "shifts": [25] * 30,
            "norm": [7.0] * 30,
            "reported": [float(k) for k in range(30)],
        }
    )
    frame.write_parquet(tmp_path / "large.parquet")
    reports = read(tmp_path / "large.parquet")
    wanted = reports.table.filter(pl.col("period") == frame["period"][1])
    assert "SELECTION: (" in wanted.explain()
    assert "FILTER" not in wanted.explain()
    assert wanted.collect()["reported"].to_list() == [float(k) for k in range(1, 30, 3)]
