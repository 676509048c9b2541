"""The report of an inspection: one page that needs nothing else, and that asks instead of accusing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from pathlib import Path

import polars as pl

from stakhanov.engine.shown import percent
from stakhanov.evidence import Finding, Inspection
from stakhanov.evidence.curves import standing
from stakhanov.evidence.sample import FEWEST_WORKERS, Sample
from stakhanov.foundation.exports import write_table
from stakhanov.foundation.files import write_atomically
from stakhanov.foundation.record import versions
from stakhanov.foundation.result_folder import Kind, held_for
from stakhanov.foundation.written import counted
from stakhanov.summary.inspection_figures import line_figure, month_figure, period_figure
from stakhanov.summary.page import Drawn, Section, number, page, scrolled
from stakhanov.summary.page import table as table_of
from stakhanov.summary.rival_stories import rivals

REPORT, FINDINGS = "report.html", "findings.csv"
TITLE = "what the reports say"
INSPECTION = Kind(
    "an inspection",
    {REPORT: f"{TITLE}</title>".encode(), FINDINGS: b"test,group,estimate,low,high,"},
)
#: Groups that get charts of their own; the rest stand in the tables.
DRAWN = 12
HEADS = ("Test", "Group", "Estimate", "95 % interval", "False alarm", "Unusual", "What it is")


def written(found: Inspection, folder: Path) -> Path:
    """Put the report and the table of findings into a folder; gives the report. Raises BadInput, OSError."""
    with held_for(folder, INSPECTION):
        write_table(found.table, folder / FINDINGS)
        write_atomically(folder / REPORT, html_of(found).encode())
    return folder / REPORT


def html_of(found: Inspection) -> str:
    """The report of an inspection as one HTML page."""
    head, sections = parts_of(found)
    return page(f"{found.reports.name} - {TITLE}", head, sections)


def parts_of(found: Inspection) -> tuple[str, list[Section]]:
    """The head of the report, and its sections, for a page that has others beside them."""
    drawn = Drawn()
    sections = [
        _line_section(found, drawn),
        _time_section(found, drawn),
        _who_section(found),
        _found_section(found),
        _explained_section(found.unusual),
        _rival_section(found.unusual),
        _refused_section(found),
        _method_section(found),
    ]
    return _head(found), [section for section in sections if section is not None]


def headline(found: Inspection) -> str:
    """What stands out, in one sentence."""
    tested = counted(len(found.findings), "finding")
    if not found.findings:
        return "No test applies to these reports"
    if not found.unusual:
        return f"Of {tested} none is unusual"
    beside = [finding for finding in found.unusual if finding.test == "norm-excess"]
    if beside:
        best = max(beside, key=lambda finding: finding.estimate)
        where = "" if best.group == "all" else f"In {best.group} "
        counts = (f"{best.details[side]:,.0f}" for side in ("above", "below"))
        said = "{} reports stand just above the norm and {} as near below it".format(*counts)
        return f"{where}{said}"
    return f"Of {tested} {len(found.unusual)} {'is' if len(found.unusual) == 1 else 'are'} unusual"


def _head(found: Inspection) -> str:
    chosen = _chosen(found)
    told = "".join(f"<li>{escape(str(problem))}</li>" for problem in found.reports.problems)
    warned = f'<div class="warnings" role="note"><ul>{told}</ul></div>\n' if told else ""
    known = [standing(sample) for sample in found.samples]
    reports = sum(one.reports for one in known) or 1
    numbers = {
        "reports": f"{found.reports.rows:,}",
        "workers": f"{found.workers:,}",
        "periods": f"{found.periods:,}",
        "met the norm": percent(sum(one.met * one.reports for one in known) / reports),
        "from 100 up to 102 %": percent(sum(one.at * one.reports for one in known) / reports),
        "from 98 up to 100 %": percent(sum(one.below * one.reports for one in known) / reports),
    }
    cells = "".join(f"<div><dt>{k}</dt><dd>{v}</dd></div>" for k, v in numbers.items())
    lead = (
        "Unusual is a question and no answer: every finding has an interval, the rate at which honest"
        " reports would show as much, and innocent explanations."
    )
    return (
        f'<header>\n<p class="kicker">{escape(found.reports.name)}</p>\n'
        f'<h1>{escape(headline(found))}</h1>\n<p class="lead">{lead}</p>\n{warned}'
        f'<p class="soft">{escape(chosen)}</p>\n<dl class="numbers">{cells}</dl>\n</header>'
    )


def _chosen(found: Inspection) -> str:
    said = "Everything on this page is worked out from the report table alone."
    if found.chosen < 1.0:
        said += f" The table is large: whole workers were chosen, {percent(found.chosen)} of them."
    if found.hidden:
        groups = counted(found.hidden, "group")
        said += f" Hidden: {groups} of fewer than {FEWEST_WORKERS} workers."
    return said


def _shown_samples(found: Inspection) -> list[Sample]:
    """The groups that get charts: those with findings that stand out first."""
    odd = {finding.group for finding in found.unusual}
    ordered = sorted(found.samples, key=lambda sample: (sample.group not in odd, -sample.reports))
    return ordered[:DRAWN]


def _line_section(found: Inspection, drawn: Drawn) -> Section | None:
    shown = _shown_samples(found)
    figures = [line_figure(sample, wide=len(shown) == 1) for sample in shown]
    said = (
        "Where the outline leaves the band, reports stand where a smooth curve through the others would"
        " not put them."
    )
    inside = drawn.figure(figures[0]) if len(figures) == 1 else drawn.grid(figures)
    rest = len(found.samples) - len(shown)
    more = (
        f'<p class="soft">{counted(rest, "group")} more stand in the tables below.</p>'
        if rest
        else ""
    )
    return Section("line", "At the line", said, inside, more) if figures else None


def _time_section(found: Inspection, drawn: Drawn) -> Section | None:
    shown = _shown_samples(found)
    figures = [period_figure(sample, wide=len(shown) == 1) for sample in shown]
    stormed = {finding.group for finding in found.findings if finding.test == "storming"}
    months = [month_figure(sample) for sample in shown if sample.group in stormed]
    if len(figures) == 1:
        parts = [drawn.figure(figures[0])] + ([drawn.grid(months)] if months else [])
    else:
        parts = [drawn.grid([*figures, *months])]
    return Section("time", "Over time", "", *parts) if figures else None


def _who_section(found: Inspection) -> Section | None:
    """Shares by group; groups of fewer than five workers are not in it, and nobody is named."""
    if found.by is None:
        said = "No groups were asked for: --by names a column whose groups are shown apart."
        return Section("who", "Who", said)
    known = [(sample.group, standing(sample)) for sample in found.samples]
    rows = pl.DataFrame(
        {
            found.by: [group for group, _ in known],
            "workers": [one.workers for _, one in known],
            "reports": [one.reports for _, one in known],
            "met the norm": [100.0 * one.met for _, one in known],
            "from 100 up to 102 %": [100.0 * one.at for _, one in known],
            "from 98 up to 100 %": [100.0 * one.below for _, one in known],
        }
    ).sort("from 100 up to 102 %", descending=True)
    said = f"Groups and no names; groups of fewer than {FEWEST_WORKERS} workers are hidden."
    caption = "By group; shares in per cent of reports"
    return Section("who", "Who", said, scrolled(table_of(rows, caption, cards=True), caption))


def _found_section(found: Inspection) -> Section | None:
    if not found.findings:
        return None
    head = "".join(f'<th scope="col">{name}</th>' for name in HEADS)
    order = sorted(found.findings, key=lambda finding: (not finding.unusual, finding.false_alarm))
    body = "\n".join(_row(finding) for finding in order)
    said = (
        "False alarm: how often honest reports of this number and make would show as much. Unusual:"
        " stands out among all tests and groups together, at a false discovery rate of 5 %."
    )
    inside = (
        '<table class="cards"><caption>All findings, what stands out first</caption>'
        f"<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"
    )
    return Section("found", "What was found", said, scrolled(inside, "All findings"))


def _row(finding: Finding) -> str:
    off = ' class="off"' if finding.unusual else ""
    rate = "below 0.001" if finding.false_alarm < 0.001 else f"{finding.false_alarm:.3f}"
    cells = (
        ("Group", escape(finding.group), ""),
        ("Estimate", f"{number(finding.estimate)} {escape(finding.unit)}", off),
        ("95 % interval", _between(finding.low, finding.high), ""),
        ("False alarm", rate, ""),
        ("Unusual", "yes" if finding.unusual else "no", off),
        ("What it is", escape(finding.says), ""),
    )
    told = "".join(f'<td data-head="{name}"{kind}>{value}</td>' for name, value, kind in cells)
    return f'<tr><th scope="row">{escape(finding.test)}</th>{told}</tr>'


def _between(low: float, high: float) -> str:
    """An interval, which may be open on a side."""
    if math.isfinite(low) and math.isfinite(high):
        return f"{number(low)} to {number(high)}"
    if math.isfinite(low):
        return f"{number(low)} or more"
    return f"{number(high)} or less" if math.isfinite(high) else "any"


def _explained_section(unusual: Sequence[Finding]) -> Section | None:
    """The innocent explanations of every test that stands out."""
    parts = []
    for test in dict.fromkeys(finding.test for finding in unusual):
        own = [finding for finding in unusual if finding.test == test]
        groups = ", ".join(finding.group for finding in own)
        items = "".join(f"<li>{escape(sentence)}</li>" for sentence in own[0].explanations)
        parts.append(f"<h3>{escape(test)}: {escape(groups)}</h3>\n<ul>{items}</ul>")
    said = "Each of these brings a finding about without anybody's fault."
    return Section("explanations", "Innocent explanations", said, *parts) if parts else None


def _rival_section(unusual: Sequence[Finding]) -> Section | None:
    pairs = rivals(finding.test for finding in unusual)
    rows = "".join(
        f'<tr><td data-head="Alike">{escape(alike)}</td>'
        f'<td data-head="Would part them">{escape(parted)}</td></tr>'
        for alike, parted in pairs
    )
    inside = (
        '<table class="cards"><thead><tr><th scope="col">Look alike in these reports</th>'
        '<th scope="col">Data that would part them</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )
    told = scrolled(inside, "What looks alike, and what would part it")
    return Section("rivals", "What it cannot tell apart", "", told) if pairs else None


def _refused_section(found: Inspection) -> Section | None:
    reasons: dict[tuple[str, str], list[str]] = {}
    for refusal in found.refused:
        reasons.setdefault((refusal.test, refusal.reason), []).append(refusal.group)
    items = "".join(
        f"<li><b>{escape(test)}</b>, {escape(', '.join(groups))}: {escape(reason)}</li>"
        for (test, reason), groups in reasons.items()
    )
    return Section("refused", "Not tested", "", f"<ul>{items}</ul>") if items else None


def _method_section(found: Inspection) -> Section | None:
    reports = found.reports
    rows = {
        "Source": reports.name,
        "Rows": f"{reports.rows:,}",
        "Rows left out": f"{reports.left_out:,}",
        "Columns": ", ".join(reports.columns),
        "Groups by": found.by or "none",
        "Seed of the honest reports": str(found.seed),
        "Versions": ", ".join(f"{name} {one}" for name, one in versions().items()),
    }
    body = "".join(
        f'<tr><th scope="row">{name}</th><td><code>{escape(value)}</code></td></tr>'
        for name, value in rows.items()
    )
    said = (
        "Intervals are by worker: reports of one worker are not so many observations. Honest reports are"
        " drawn from smooth curves through this table, each worker keeping an own leaning. The same table"
        " and seed give the same page."
    )
    return Section("method", "How this was made", said, scrolled(f"<table>{body}</table>", "How"))
