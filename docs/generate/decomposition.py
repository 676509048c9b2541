"""Share the flagship's outcomes out among its rules: writes docs/explanation/which-rule-added-what.md and its chart.

    python docs/generate/decomposition.py --run [FOLDER]   make the runs (half an hour on two cores) and write;
                                                           FOLDER keeps them, and goes on where it was stopped
    python docs/generate/decomposition.py --check          exit 1 where a rule or a measure is missing

Without either it says how it is asked, since the runs take too long to be made with the other pages.
"""

from __future__ import annotations

import sys
from pathlib import Path

import stakhanov
from stakhanov.experiments.decomposition import Decomposition
from stakhanov.experiments.figures import decomposition_figure
from stakhanov.experiments.rules import RULES
from stakhanov.foundation.markdown import piped

PAGE = Path(__file__).resolve().parent.parent / "explanation" / "which-rule-added-what.md"
CHART = PAGE.with_suffix(".svg")
NAME = "stakhanovite-1935"
WORKERS = 2_000
REPLICATES = 3
YEAR = "1937-01..1937-12"
MEASURES = {
    f"true_output@{YEAR}": "True output a shift in 1937",
    f"effort_mean@{YEAR}": "Effort in 1937",
    f"strain_mean@{YEAR}": "Strain in 1937",
    f"quit_rate@{YEAR}": "Quits a month in 1937",
    f"padded_share@{YEAR}": "Padded share of reports in 1937",
    "norm_level@last": "Norm at the end of 1940",
}
TOGETHER = 5
HEAD = """# Which rule added what

Written by `docs/generate/decomposition.py`. Every set of the flagship's rules is run with the rules outside it put to
their neutral values, all on the same people and the same luck; the Shapley value of a rule is what it adds, averaged
over all orders in which the rules could be put in. The shares of a table add up to the difference between all rules and
none. Everything here is "in our model": the growth of technology is an assumption of the campaign, and so are the sizes
that the [flagship's page](flagship.md) grades as assumed.
"""


def shares(found: Decomposition, title: str) -> list[str]:
    """One measure: what each rule adds, with its interval, and the pairs that do most together."""
    unit = found.what.about.unit
    lines = [f"## {title}", "", f"`{found.what}`, {unit}.", ""]
    rows = [
        (
            f"`{one.rule.name}`",
            one.rule.title,
            f"{one.share.mean:+.3g}",
            f"{one.share.low:+.3g} to {one.share.high:+.3g}",
        )
        for one in found.shares
    ]
    whole = f"all together: from {found.nothing.mean:.3g} to {found.everything.mean:.3g}"
    rows.append(("", whole, f"{found.total:+.3g}", ""))
    lines += [*piped(["rule", "what it is", "adds", "95 % interval"], rows), ""]
    pairs = sorted(found.together, key=lambda pair: -abs(pair.value.mean))[:TOGETHER]
    told = [
        f"{pair.rules[0].title} with {pair.rules[1].title}: {pair.value.mean:+.3g}"
        f" ({pair.value.low:+.3g} to {pair.value.high:+.3g})"
        for pair in pairs
    ]
    return [
        *lines,
        "Beyond what each of two adds alone, the largest:",
        "",
        *(f"- {one}" for one in told),
        "",
    ]


def page(store: str | None) -> tuple[str, str]:
    """The page and its chart, as SVG."""
    parts: list[str] = []
    chart = ""
    for measure, title in MEASURES.items():
        found = stakhanov.decompose(
            NAME, measure, workers=WORKERS, replicates=REPLICATES, store=store
        )
        if not parts:
            figure = decomposition_figure(found)
            chart = figure.picture()
            runs = 2 ** len(found.shares) * found.replicates
            parts += [
                HEAD,
                f"{runs} runs: {2 ** len(found.shares)} sets of {len(found.shares)} rules under"
                f" {found.replicates} seeds, {WORKERS:,} workers, 96 months.",
                "",
                f"![{figure.label}]({CHART.name})",
                "",
            ]
        parts += shares(found, title)
    return "\n".join(parts).rstrip() + "\n", chart


def missing(text: str) -> list[str]:
    """What the page should have and has not."""
    wanted = [f"`{rule.name}`" for rule in RULES] + [f"`{measure}`" for measure in MEASURES]
    return [one for one in wanted if one not in text]


def main() -> int:
    """Write, check, or say how it is asked."""
    asked = sys.argv[1:]
    if "--check" in asked:
        gaps = missing(PAGE.read_text(encoding="utf-8"))
        for gap in gaps:
            sys.stderr.write(f"{PAGE.name}: must have {gap}; run with --run\n")
        return int(bool(gaps))
    if asked[:1] != ["--run"]:
        sys.stderr.write(
            f"{PAGE.name}: left as it is; {Path(__file__).name} --run makes its runs\n"
        )
        return 0
    text, chart = page(asked[1] if len(asked) > 1 else None)
    PAGE.write_text(text, encoding="utf-8")
    CHART.write_text(chart, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
