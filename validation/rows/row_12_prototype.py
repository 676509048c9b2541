"""Row 12: signs, order and bands of the schemes, all mechanisms on."""

from __future__ import annotations

from validation.prototype import bonus_table, first_table
from validation.prototype_years import ordered_norms, publicity
from validation.tables import Table

ABOUT = (
    "The whole model under different schemes, the same people and the same luck, beside what a prototype "
    "of 4,000 workers printed before the engine was written. Its numbers are loose cross-checks, signs "
    "and order are not. Slacks are the same for all: outputs and efforts .04, shares of reports a third "
    "of the figure or .015, quits a fifth. The first eight schemes are of the first form of the model "
    "(less noise, other strain, no aspirations, no newcomers to teach), those with a bonus of the form "
    "that was kept: piece rate .22, bonus .5 utils, audits of a fifth. Publicity runs for a year on "
    "people who see it at once (aspiration weight .2, published pull .1), against the same without; "
    "fifths are those of each month. The prototype held rates when norms followed output; the engine cuts "
    "them, which costs the scheme with an enterprise norm some output."
)


def table(fast: bool) -> Table:
    """Two tables of schemes, a year of publicity, and norms raised by order."""
    workers = 4_000 if fast else 20_000
    checks = (
        *first_table(workers),
        *bonus_table(workers),
        *publicity(3 * workers if fast else workers),
        *ordered_norms(workers),
    )
    return Table(12, "Schemes side by side", ABOUT, checks)
