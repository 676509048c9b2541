"""The data check: two samples with known answers, and tables that nobody should have sent."""

from __future__ import annotations

import gzip
import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from stakhanov.evidence import inspect
from stakhanov.evidence.simulated import Truth, simulated
from stakhanov.foundation.plain import plain
from stakhanov.web.checking import sample
from tests.unit.web.conftest import over

HEAD = "worker,period,norm,reported\n"


def sent(site: TestClient, content: bytes | str, **fields: str) -> Any:
    data = content.encode() if isinstance(content, str) else content
    files = {"file": ("../../reports.csv", data, "text/csv")}
    return site.post("/check", data=fields, files=files, follow_redirects=False)


def found(site: TestClient, answer: Any) -> dict[str, Any]:
    assert answer.status_code == 303, answer.text
    key = re.match(r"/runs/(\w+)", answer.headers["location"])
    assert key is not None
    result = over(site, key[1])["result"]
    assert isinstance(result, dict)
    return result


def test_the_padded_sample_is_unusual_and_the_honest_one_is_not(site: TestClient) -> None:
    results = {}
    for name in ("honest", "padded"):
        answer = site.post(
            "/check", data={"sample": name}, files={"file": ("", b"")}, follow_redirects=False
        )
        results[name] = found(site, answer)
    assert not [one for one in results["honest"]["findings"] if one["unusual"]]
    piled = next(one for one in results["padded"]["findings"] if one["test"] == "norm-excess")
    assert piled["unusual"]
    assert 0.0 < piled["low"] <= piled["estimate"]
    assert piled["high"] is None or piled["estimate"] <= piled["high"]  # open where nobody is below
    assert piled["explanations"]


def test_a_file_gives_what_the_command_gives(site: TestClient) -> None:
    truth = simulated(Truth(padded=0.1), workers=60, periods=6, seed=7).drop("true")
    result = found(site, sent(site, truth.write_csv()))
    expected = plain(inspect(truth).plain())
    assert result["findings"] == expected["findings"]
    assert (result["rows"], result["workers"], result["periods"]) == (360, 60, 6)


def test_columns_are_named_and_groups_tested_apart(site: TestClient) -> None:
    rows = ["team;month;goal;made;shop"]
    rows += [
        f"{team};{month};1,0;{0.7 + (team * 7 + month * 3) % 10 / 10:.1f};{'ab'[team % 2]}".replace(
            ".", ","
        )
        for team in range(20)
        for month in range(4)
    ]
    names = {
        "worker": "team",
        "period": "month",
        "norm": "goal",
        "reported": "made",
        "group": "shop",
    }
    result = found(site, sent(site, "\n".join(rows), **names, apart="yes"))
    assert result["rows"] == 80
    tested = {one["group"] for one in [*result["findings"], *result["refused"]]}
    assert tested == {"a", "b"}


def test_the_page_shows_findings_with_charts_and_a_question(site: TestClient) -> None:
    answer = sent(site, sample("padded"))
    found(site, answer)
    page = site.get(answer.headers["location"]).text
    assert re.search(
        r"<h2>\d+ reports stand just above the norm and \d+ as near below it</h2>", page
    )
    assert "Unusual is a question and no answer" in page
    assert "<svg" in page
    assert not re.findall(r"<style|\sstyle=|<script(?![^>]*src=)", page)


def test_the_findings_are_taken_away_as_csv(site: TestClient) -> None:
    answer = sent(site, sample("padded"))
    result = found(site, answer)
    place = answer.headers["location"].partition("?")[0]
    assert f'href="{place}/table.csv"' in site.get(place).text
    assert 'href="/check" aria-current="page"' in site.get(place).text
    rows = site.get(f"{place}/table.csv").text.splitlines()
    assert rows[0].startswith("test,group,estimate,low,high")
    assert [row.split(",")[0] for row in rows[1:]] == [one["test"] for one in result["findings"]]


def test_the_table_is_let_go(site: TestClient) -> None:
    answer = sent(site, sample("honest"))
    found(site, answer)
    key = answer.headers["location"].split("/")[2].split("?")[0]
    job = site.app.state.seats.job(key)  # type: ignore[attr-defined]
    assert job.work.reports is None


@pytest.mark.parametrize("way", ["file", "text", "json"])
def test_a_large_table_never_touches_the_disk(
    site: TestClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, way: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a file was made")

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", refuse)
    monkeypatch.setattr(tempfile, "mkstemp", refuse)
    rows = simulated(Truth(), workers=1000, periods=95, seed=3).drop("true")
    content = rows.write_csv().encode().replace(b"\n", b" " * 20 + b"\n")[:4_900_000]
    content = content[: content.rindex(b"\n") + 1]
    assert len(content) > 3_000_000
    if way == "json":
        answer = site.post(
            "/api/v1/inspections", content=content, headers={"content-type": "text/csv"}
        )
        key = answer.json()["id"]
    else:
        answer = sent(site, content if way == "file" else b"", **_text(way, content))
        key = answer.headers["location"].split("/")[2].split("?")[0]
    assert site.delete(f"/api/v1/runs/{key}").status_code == 200
    assert list(tmp_path.iterdir()) == []


def _text(way: str, content: bytes) -> dict[str, str]:
    return {"text": content.decode()} if way == "text" else {}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "reports: must be a file or text with a heading and rows; found nothing"),
        (HEAD, "reports.csv: must have rows; found none"),
        ("who,when\na,1\n", "reports.csv: must have a column worker"),
        (HEAD + "a,1,0,1\n", "must be a number above 0"),
        (HEAD + "a,1,1,=1+1\n", "reported: must be a number; found &#34;=1+1&#34;"),
        (HEAD + "a,1,1,2,3\n", "reports.csv: must be a table that can be read"),
        (HEAD + "a,1,1,1\na,1,1,1\n", "a"),
        (
            gzip.compress(HEAD.encode(), mtime=0),
            "reports.csv: must be CSV text; found a packed file",
        ),
        (b"PK\x03\x04....", "reports.csv: must be CSV text; found a packed file"),
        (",".join(f"c{n}" for n in range(201)) + "\n1\n", "must have at most 200 columns"),
        (HEAD + "a,1,1,1\n" * 100_002, "must have at most 100,000 rows; found 100,003"),
        (b"\xff\xfe\x00", "reports.csv"),
    ],
)
def test_a_strange_table_is_told_in_a_sentence(
    site: TestClient, content: bytes | str, said: str
) -> None:
    answer = sent(site, content)
    assert answer.status_code == 422
    assert said in answer.text
    assert "--map" not in answer.text


def test_markup_in_a_heading_is_text(site: TestClient) -> None:
    answer = sent(site, "<script>alert(1)</script>,b\n1,2\n")
    assert answer.status_code == 422
    assert "<script>alert" not in answer.text


def test_a_table_that_is_too_large_is_not_read(site: TestClient) -> None:
    assert sent(site, b"a" * 5_100_000).status_code == 413


def test_what_is_no_form_is_refused(site: TestClient) -> None:
    assert site.post("/check", json={"a": 1}).status_code == 422
    broken = {"content-type": "multipart/form-data; boundary=x"}
    assert site.post("/check", content=b"--y\r\n", headers=broken).status_code in (400, 422)
    assert (
        site.post(
            "/check", content=b"x", headers={"content-type": "multipart/form-data"}
        ).status_code
        == 400
    )


def test_samples_can_be_taken_away(site: TestClient) -> None:
    text = site.get("/check/padded.csv").text
    assert text.startswith(HEAD)
    assert text.encode() == sample("padded")
    assert site.get("/check/other.csv").status_code == 404
