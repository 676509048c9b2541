"""The record of a run as a part of a page: what it is, and what it takes to make it again."""

from __future__ import annotations

from html import escape

from stakhanov.summary.again import command_of, script_of
from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.page import Section, number, scrolled


def record_section(opened: OpenRun) -> Section:
    """Inputs, versions and digests of a run; what the record lacks is left out."""
    record, run = opened.run.record, opened.run
    versions = ", ".join(f"{name} {v}" for name, v in record.get("versions", {}).items())
    machine = ", ".join(f"{name} {v}" for name, v in record.get("machine", {}).items())
    branch = record.get("branch")
    rows = {
        "Campaign": opened.campaign.campaign.name,
        "Workforce": record.get("workforce", {}).get("workforce", {}).get("name"),
        "Goes on from": f"{branch['run']}, period {branch['period']}" if branch else None,
        "Workers": record.get("workers"),
        "Periods": record.get("periods"),
        "Seed": record.get("seed"),
        "Workers whose reports were kept": record.get("sample"),
        "Worker-shifts": run.worker_shifts,
        "Seconds": run.seconds,
        "Backend": record.get("backend"),
        "Versions": versions,
        "Machine": machine,
        "Digest of the run": record.get("digest"),
        "Digest of its inputs": record.get("inputs"),
        "Digest of the campaign": record.get("campaign_digest"),
        "Digest of the workforce": record.get("workforce_digest"),
    }
    body = "\n".join(
        f'<tr><th scope="row">{name}</th><td><code>{escape(number(value))}</code></td></tr>'
        for name, value in rows.items()
        if value not in (None, "")
    )
    said = (
        "The same inputs and seed give the same digest, on any number of threads. The tables in full"
        " precision are the Parquet files beside this page; record.json holds campaign and workforce"
        " in full."
    )
    table = scrolled(f'<table class="record">{body}</table>', "The record")
    return Section("record", "The run's record", said, table, _again(opened))


def _again(opened: OpenRun) -> str:
    command = command_of(opened.run)
    first = f"<pre><code>{escape(command)}</code></pre>\n" if command else ""
    rest = "or, in Python, from the folder of this page:"
    if not command:
        rest = "In Python, from the folder of this page:"
    return (
        f"<h3>To make it again</h3>\n{first}<p>{rest}</p>\n"
        f"<pre><code>{escape(script_of(opened.run))}</code></pre>"
    )
