"""A first look at a table, tests that are chosen, and what is taken away of an answer."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from stakhanov.cli.main import main
from stakhanov.evidence.inspection import TESTS
from stakhanov.web.app import create_app
from stakhanov.web.checking import sample
from stakhanov.web.manner import TITLES, Manner, manner_of
from stakhanov.web.settings import Settings
from tests.unit.web.conftest import over
from tests.unit.web.test_check import HEAD, found, sent

WRONG = (
    "team;month;goal;made;remark\n"
    "Petrov;1935-09;7,0;7,7;\n"
    "Ivanov;1935-09;nought;3,5;<b>late</b>\n"
    ";1935-09;7,0;7,1;\n"
    "Orlov;1935-10;-1;=1+1;\n"
)
NAMES = {"worker": "team", "period": "month", "norm": "goal", "reported": "made"}


def look(site: TestClient, content: bytes | str, **fields: str) -> Any:
    return sent(site, content, look="yes", **fields)


def unfit(text: str) -> list[tuple[str, str]]:
    """Cells that are marked, and what they must be."""
    return re.findall(r'<td class="unfit">(.*?)<br><strong>✗ (.*?)</strong></td>', text)


def test_a_look_marks_every_cell_that_will_not_do(site: TestClient) -> None:
    answer = look(site, WRONG, **NAMES)
    assert answer.status_code == 200
    assert unfit(answer.text) == [
        ("nought", "must be a number above 0"),
        ("nothing", "must be a name"),
        ("-1", "must be a number above 0"),
        ("=1+1", "must be a number"),
    ]
    assert "4 rows, 3 of them with a cell that will not do" in answer.text
    assert re.findall(r"<br><span class=\"soft\">(.*?)</span>", answer.text) == [
        *(f"read as {one}" for one in NAMES),
        "not read",
    ]
    assert "&lt;b&gt;late&lt;/b&gt;" in answer.text
    assert 'value="team"' in answer.text.split("<datalist")[0]  # the form keeps what was said


def test_a_look_at_columns_that_are_not_named_says_which_are_missing(site: TestClient) -> None:
    text = look(site, WRONG).text
    assert "Which column is worker, which is period, which is norm, which is reported?" in text
    assert '<option value="team">' in text.split("<datalist")[1]
    assert unfit(text) == []


def test_bad_rows_far_down_are_shown_with_their_lines(site: TestClient) -> None:
    rows = [f"w{n},1,1,{n}\n" for n in range(500)]
    rows[400] = "w400,1,1,many\n"
    text = look(site, HEAD + "".join(rows)).text
    assert unfit(text) == [("many", "must be a number")]
    assert '<th scope="row">line 402</th>' in text
    assert text.count('<th scope="row">') == 7  # six from the beginning and the bad one


def test_nothing_wrong_is_said_so_and_nothing_is_kept(site: TestClient) -> None:
    text = look(site, sample("honest")).text
    assert "2400 rows, and all of them will do" in text
    assert unfit(text) == []
    assert not site.app.state.seats.jobs.waiting  # type: ignore[attr-defined]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", HEAD + 'a,1,1,"2\n', HEAD + "a,1,1,2,3\n"])
def test_a_look_at_what_is_no_table_is_a_sentence(site: TestClient, content: bytes | str) -> None:
    answer = look(site, content)
    assert answer.status_code == 422
    assert "must be" in answer.text


def test_chosen_tests_are_made_and_no_others(site: TestClient) -> None:
    form = {"file": ("a.csv", sample("padded"), "text/csv")}
    answer = site.post(
        "/check",
        data={"test": ["storming", "norm-excess"]},
        files=form,
        follow_redirects=False,
    )
    result = found(site, answer)
    made = {one["test"] for one in [*result["findings"], *result["refused"]]}
    assert made == {"storming", "norm-excess"}
    assert set(TITLES) == set(TESTS)


def test_rows_that_will_not_do_are_left_out_where_that_is_said(site: TestClient) -> None:
    content = sample("honest") + b"somebody,1,1,nothing\n"
    assert sent(site, content).status_code == 422
    result = found(site, sent(site, content, **{"leave-out": "yes"}))
    assert (result["rows"], result["left_out"]) == (2400, 1)


def test_dates_are_read_as_the_form_says(site: TestClient) -> None:
    rows = "".join(f"w{n},0{m}/0{m + 1}/1935,1,1\n" for n in range(9) for m in range(1, 5))
    refused = look(site, HEAD + rows).text
    assert "whether day or month stands first" in refused
    assert "--dates" not in refused
    assert "all of them will do" in look(site, HEAD + rows, dates="dmy").text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"dates": "ymd"}, "dates: must be dmy or mdy; found ymd"),
        ({"test": "magic"}, "test: must be the name of a test; found magic"),
        ({"worker": "x" * 201}, "worker: must have at most 200 letters; found 201"),
    ],
)
def test_a_manner_that_is_none_is_told(site: TestClient, fields: dict[str, str], said: str) -> None:
    answer = sent(site, sample("honest"), **fields)
    assert answer.status_code == 422
    assert said in answer.text


def test_report_and_parameters_are_taken_away(site: TestClient) -> None:
    answer = sent(site, sample("padded"), test="norm-excess")
    result = found(site, answer)
    place = answer.headers["location"].partition("?")[0]
    page = site.get(place).text
    for name in ("report.html", "parameters.json"):
        assert f'href="{place}/{name}"' in page
        taken = site.get(f"{place}/{name}").headers["content-disposition"]
        assert taken == f'attachment; filename="{name}"'
    report = site.get(f"{place}/report.html").text
    assert report.startswith("<!DOCTYPE html>")
    assert "stand just above the norm" in report
    assert not re.findall(r'(?:src|href)="(?!#|data:)', report)
    said = site.get(f"{place}/parameters.json").json()
    assert (said["rows"], said["tests"], said["table"]) == (2400, ["norm-excess"], "reports.csv")
    assert said["rows"] == result["rows"]


def test_the_command_among_the_parameters_gives_the_same_findings(
    site: TestClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    content = sample("padded").replace(b"worker", b"team a", 1)
    fields = {"worker": "team a", "test": "bunching", "leave-out": "yes"}
    answer = sent(site, content, **fields)
    result = found(site, answer)
    place = answer.headers["location"].partition("?")[0]
    command = site.get(f"{place}/parameters.json").json()["command"]
    (tmp_path / "reports.csv").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert main([*shlex.split(command)[1:], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == result["findings"]


def test_only_a_check_has_a_report(site: TestClient) -> None:
    wish = {"campaign": "time-wage", "workers": 60, "periods": 2}
    key = site.post("/api/v1/runs", json=wish).json()["id"]
    over(site, key)
    for name in ("report.html", "parameters.json"):
        assert site.get(f"/runs/{key}/{name}").status_code == 404
        assert site.get(f"/runs/none/{name}").status_code == 404


def test_the_json_interface_takes_the_same_manner(site: TestClient) -> None:
    table = {"content": sample("padded") + b"x,1,1,?\n", "headers": {"content-type": "text/csv"}}
    query = "test=storming&test=bunching&leave_out=true&dates=dmy"
    key = site.post(f"/api/v1/inspections?{query}", **table).json()["id"]  # type: ignore[arg-type]
    result = over(site, key)["result"]
    assert isinstance(result, dict)
    assert {one["test"] for one in result["findings"]} <= {"storming", "bunching"}
    assert result["left_out"] == 1
    refused = site.post("/api/v1/inspections?test=magic", **table)  # type: ignore[arg-type]
    assert refused.status_code == 422


def test_all_tests_ticked_are_all_tests() -> None:
    assert manner_of({}, list(TITLES)) == Manner() == manner_of({}, [])


@pytest.mark.parametrize("address", ["/check", "/api/v1/inspections"])
def test_no_more_tables_are_received_than_there_is_room_for(address: str) -> None:
    with ThreadPoolExecutor(
        1
    ) as apart:  # a browser of other tests may keep this thread's loop busy
        asked = apart.submit(lambda: asyncio.run(_two_at_a_door_for_one(address)))
        assert asked.result() == ["first", "second"]


async def _two_at_a_door_for_one(address: str) -> list[str]:
    """Who is asked for the table, in order: the second only when the first was read."""
    app = create_app(Settings(hosts=("testserver",)))
    app.state.seats.doors.total_tokens = 1
    asked: list[str] = []
    go = asyncio.Event()
    form = address == "/check"
    kind = b"multipart/form-data; boundary=x" if form else b"text/csv"
    table = b"a,1,1,1\n"
    scope = {
        "type": "http", "method": "POST", "path": address, "raw_path": address.encode(), "query_string": b"",
        "http_version": "1.1", "scheme": "http", "server": ("testserver", 80), "client": ("here", 1),
        "root_path": "", "headers": [(b"host", b"testserver"), (b"content-type", kind)],
    }  # fmt: skip

    async def one(name: str) -> None:
        async def receive() -> dict[str, Any]:
            asked.append(name)
            await go.wait()
            return {"type": "http.request", "body": b"--x--\r\n" if form else table}

        async def send(message: Any) -> None:
            del message

        await app({**scope, "state": {}}, receive, send)

    first = asyncio.create_task(one("first"))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(one("second"))
    await asyncio.sleep(0.2)
    waiting = list(asked)
    go.set()
    await asyncio.gather(first, second)
    assert waiting == ["first"]
    return asked


def test_programs_look_at_a_table_too(site: TestClient) -> None:
    csv = {"content-type": "text/csv"}
    answer = site.post("/api/v1/inspections/look", params=NAMES, content=WRONG, headers=csv)
    told = answer.json()
    assert (told["rows"], told["bad_rows"], told["missing"]) == (4, 3, [])
    assert told["heads"][:2] == [["team", "worker"], ["month", "period"]]
    marked = [
        (cell["text"], cell["must"]) for _, row in told["lines"] for cell in row if cell["must"]
    ]
    assert marked == [
        (text.replace("nothing", ""), must) for text, must in unfit(look(site, WRONG, **NAMES).text)
    ]
    assert site.post("/api/v1/inspections/look", content=WRONG).status_code == 415
    unnamed = site.post("/api/v1/inspections/look", content=WRONG, headers=csv)
    assert unnamed.status_code == 422
    assert unnamed.json()["problems"][0] == (
        "worker: must be a column of the table, or be told which is; found none of that name"
        " (there are team, month, goal, made, remark)"
    )
