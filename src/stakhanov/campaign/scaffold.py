"""A campaign file to start from."""

from __future__ import annotations

import tomlkit

from stakhanov.campaign.load import load


def scaffold(name: str, base: str) -> str:
    """The text of a campaign file laid over a base, with the values one changes first as comments."""
    below = load(base)
    document = tomlkit.document()
    document.add(tomlkit.comment(f"A campaign laid over {base}: write only what differs."))
    document.add("format", tomlkit.item(1))
    header = tomlkit.table()
    header.add("name", name)
    header.add("title", name.replace("-", " ").capitalize())
    header.add("base", base)
    document.add("campaign", header)
    revision, pay, audits = below.norms.revision, below.pay, below.audits
    text = tomlkit.dumps(document)
    return text + "\n".join(
        [
            "",
            "# [norms.revision]",
            f"# every = {revision.every}        # periods",
            f"# up = {revision.up:g}          # share of the excess taken into the norm",
            f"# down = {revision.down:g}        # share of the shortfall taken off it",
            "",
            "# [pay]",
            f"# reference = {pay.reference}  # minor units for a shift at 100 %",
            "# bonus = [{ at = 1.0, amount = 5000 }]",
            "# scale = [{ from = 0.0, rate = 1.0 }, { from = 1.0, rate = 1.25 }]",
            "",
            "# [audits]",
            f"# probability = {audits.probability:g}",
            "",
            "# [[changes]]",
            "# at = 12                # a period, or a date such as 1936-01-01",
            '# set = { "norms.revision.up" = 0.5 }',
            "",
        ]
    )
