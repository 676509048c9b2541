"""What people are like: ability, effort, money, peers, aspiration, foresight, honesty."""

from __future__ import annotations

import math
from typing import Annotated

from pydantic import Field, PlainSerializer

from stakhanov.foundation.about import About
from stakhanov.foundation.declaration import Declaration

_MODEL = "Scaled in trials of this model"


class Ability(Declaration):
    """How people differ in what an hour of effort yields."""

    log_sd: Annotated[
        float,
        Field(ge=0, le=2),
        About(
            "Spread of ability",
            "standard deviation of the log",
            "published",
            "DellaVigna and Pope 2018, Review of Economic Studies 85(2): spread of output within a treatment",
        ),
    ] = 0.25


class Effort(Declaration):
    """What effort costs, what drives it without pay, how noisy output is."""

    cost: Annotated[
        float, Field(gt=0, le=1e6), About("Cost of effort", "utils", "assumed", "Normalisation")
    ] = 1.0
    drive: Annotated[
        float,
        Field(gt=0, le=1e6),
        About(
            "Drive: supervision and own motive",
            "utils",
            "assumed",
            "Normalisation: effort 1 on a time wage",
        ),
    ] = 1.0
    noise: Annotated[
        float,
        Field(gt=0, le=3),
        About("Noise of output", "share of own output per root shift", "assumed", _MODEL),
    ] = 0.40


class Money(Declaration):
    """How money becomes motive."""

    value: Annotated[
        float,
        Field(ge=0, le=10),
        About(
            "Worth of a reference day's pay",
            "utils per reference day's wage",
            "published",
            "Gives the +20 % of Shearer 2004, Review of Economic Studies 71, 513",
        ),
    ] = 0.22


class Peers(Declaration):
    """How people hold each other to the brigade's output."""

    conformity: Annotated[
        float,
        Field(ge=0, le=10),
        About(
            "Conformity",
            "psi",
            "published",
            "Slope .15 on peers: Mas and Moretti 2009, American Economic Review 99, 112; "
            "Falk and Ichino 2006, Journal of Labor Economics 24, 39",
        ),
    ] = 0.176


class Aspiration(Declaration):
    """The output people hold themselves to, and how it moves."""

    weight: Annotated[
        float, Field(ge=0, le=10), About("Weight of aspiration", "utils", "assumed", _MODEL)
    ] = 0.10
    loss_aversion: Annotated[
        float,
        Field(ge=1, le=10),
        About(
            "Loss aversion",
            "ratio",
            "published",
            "2.25: Tversky and Kahneman 1992, Journal of Risk and Uncertainty 5, 297",
        ),
    ] = 2.25
    width: Annotated[
        float,
        Field(gt=0, le=10),
        About("Width of the bend at the aspiration", "log", "assumed", _MODEL),
    ] = 0.2
    own: Annotated[
        float, Field(ge=0, le=1), About("Pull of own output", "share a period", "assumed", _MODEL)
    ] = 0.4
    brigade: Annotated[
        float,
        Field(ge=0, le=1),
        About("Pull of the brigade's output", "share a period", "assumed", _MODEL),
    ] = 0.1
    published: Annotated[
        float,
        Field(ge=0, le=1),
        About("Pull of published records", "share a period", "assumed", _MODEL),
    ] = 0.05
    belief: Annotated[
        float,
        Field(ge=0, le=1),
        About(
            "Speed at which credibility follows what people see",
            "share a period",
            "assumed",
            _MODEL,
        ),
    ] = 0.3


class Foresight(Declaration):
    """Whether people see that output raises norms."""

    share: Annotated[
        float,
        Field(ge=0, le=1),
        About("Foresight of norm revision", "share", "assumed", "1: everybody sees it"),
    ] = 1.0
    interest: Annotated[
        float,
        Field(ge=0, le=1),
        About("Impatience", "a period", "assumed", "A monthly discount factor of .95"),
    ] = 0.05
    learning: Annotated[
        float,
        Field(ge=0, le=1),
        About(
            "How fast the mark that is expected to win a prize follows the last one that did",
            "share a period",
            "assumed",
            _MODEL,
        ),
    ] = 0.5


class Honesty(Declaration):
    """What lying in a report costs a person."""

    lying_cost: Annotated[
        float,
        Field(ge=0, allow_inf_nan=True),
        PlainSerializer(lambda cost: "inf" if math.isinf(cost) else cost, when_used="json"),
        About(
            "Cost of lying, median",
            "utils per norm-unit squared",
            "published",
            "Prevalence of 4 to 5 % and more: Jacob and Levitt 2003, Quarterly Journal of Economics 118, 843",
        ),
    ] = 0.05
    log_sd: Annotated[
        float,
        Field(ge=0, le=5),
        About("Spread of the cost of lying", "standard deviation of the log", "assumed", _MODEL),
    ] = 0.75
    moral_cost: Annotated[
        float, Field(ge=0, le=1e6), About("Cost of lying at all", "utils", "assumed")
    ] = 0.0
    complicity: Annotated[
        float,
        Field(ge=0, le=1),
        About("How far mates who pad make lying cheaper", "share", "assumed", _MODEL),
    ] = 0.5
    foresight: Annotated[bool, About("Padding is foreseen while working")] = True
