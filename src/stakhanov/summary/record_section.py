"""The record of a run as a part of a page: what it takes to make the run again."""

from __future__ import annotations

from html import escape

from stakhanov.summary.open_run import OpenRun
from stakhanov.summary.page import number, section


def record_section(opened: OpenRun) -> str:
    """Inputs, versions and digests of a run; what the record lacks is left out."""
    record, run = opened.run.record, opened.run
    versions = ", ".join(f"{name} {v}" for name, v in record.get("versions", {}).items())
    machine = ", ".join(f"{name} {v}" for name, v in record.get("machine", {}).items())
    rows = {
        "Campaign": opened.campaign.campaign.name,
        "Workforce": record.get("workforce", {}).get("workforce", {}).get("name"),
        "Workers": record.get("workers"),
        "Periods": record.get("periods"),
        "Seed": record.get("seed"),
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
    said = "The same inputs and seed give the same digest, on any number of threads."
    return section("The run's record", said, f'<div class="wide-table"><table>{body}</table></div>')
