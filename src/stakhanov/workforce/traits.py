"""What people are like: ability, effort, money, peers, aspiration, foresight, honesty, load and its effects."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

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
            "utils",
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
        Field(gt=0, le=10),
        About("Impatience", "a period", "assumed", "A monthly discount factor of .95"),
    ] = 0.05


class Honesty(Declaration):
    """What lying in a report costs a person."""

    lying_cost: Annotated[
        float,
        Field(gt=0, allow_inf_nan=True),
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


class Fatigue(Declaration):
    """The tiredness of days."""

    recovery: Annotated[
        float, Field(gt=0, le=1000), About("Recovery from fatigue", "shifts", "assumed", _MODEL)
    ] = 2.0
    load: Annotated[
        float, Field(ge=0, le=10), About("Load of a shift", "per effort squared", "assumed", _MODEL)
    ] = 0.10
    effect: Annotated[
        float, Field(ge=0, le=10), About("Effect on productivity", "log", "assumed", _MODEL)
    ] = 0.10
    rest: Annotated[
        float,
        Field(ge=0, le=100),
        About(
            "Fatigue at which productivity is normal",
            "level",
            "assumed",
            "load / (1 - e^(-1/recovery)): the level that effort 1 keeps up",
        ),
    ] = 0.25414940825367984


class Strain(Declaration):
    """The wear of months."""

    recovery: Annotated[
        float,
        Field(gt=0, le=10000),
        About("Recovery from strain", "shifts", "assumed", "A slow constant of two months"),
    ] = 60.0
    growth: Annotated[
        float,
        Field(ge=0, le=100),
        About(
            "Growth of strain",
            "per excess effort squared",
            "published",
            "Form: hours and output in Pencavel 2015, Economic Journal 125, 2052",
        ),
    ] = 1.06
    sustainable: Annotated[
        float, Field(ge=0, le=100), About("Effort that can be kept up", "effort", "assumed", _MODEL)
    ] = 1.2


class Morale(Declaration):
    """How the period's result moves morale."""

    recovery: Annotated[
        float,
        Field(ge=0, le=1),
        About("Recovery toward trust", "share a period", "assumed", _MODEL),
    ] = 0.4
    gain: Annotated[
        float,
        Field(ge=0, le=10),
        About("Gain for output above the aspiration", "per share", "assumed", _MODEL),
    ] = 0.2
    loss: Annotated[
        float,
        Field(ge=0, le=10),
        About("Loss for output below it", "per share", "assumed", "Twice the gain: loss aversion"),
    ] = 0.4
    norm_shock: Annotated[
        float,
        Field(ge=0, le=10),
        About("Loss when the norm is raised", "per share of the norm", "assumed", _MODEL),
    ] = 0.5
    caught: Annotated[
        float, Field(ge=0, le=10), About("Loss when caught padding", "level", "assumed", _MODEL)
    ] = 0.1


class Trust(Declaration):
    """The slow level to which morale recovers."""

    recovery: Annotated[
        float, Field(ge=0, le=1), About("Recovery of trust", "share a period", "assumed", _MODEL)
    ] = 0.02
    learning: Annotated[
        float, Field(ge=0, le=1), About("Trust follows morale", "share a period", "assumed", _MODEL)
    ] = 0.05
    norm_shock: Annotated[
        float,
        Field(ge=0, le=10),
        About("Loss when the norm is raised", "per share of the norm", "assumed", _MODEL),
    ] = 0.125
    lie: Annotated[
        float,
        Field(ge=0, le=1),
        About("Loss to records nobody believes", "a period", "assumed", _MODEL),
    ] = 0.01


class Quits(Declaration):
    """Leaving of one's own will: a hazard a shift."""

    base: Annotated[
        float,
        Field(ge=0, le=1),
        About(
            "Hazard of leaving",
            "a shift",
            "published",
            "About 7 % a month: labour turnover in Soviet industry of the mid-1930s",
        ),
    ] = 0.003
    strain: Annotated[
        float, Field(ge=0, le=100), About("Push of strain", "exponent", "assumed", _MODEL)
    ] = 1.5
    morale: Annotated[
        float, Field(ge=0, le=100), About("Hold of morale", "exponent", "assumed", _MODEL)
    ] = 3.0
    wage: Annotated[
        float,
        Field(ge=0, le=100),
        About("Hold of pay above the mean", "exponent", "assumed", _MODEL),
    ] = 1.0


class Accidents(Declaration):
    """Accidents that take a worker out: a hazard a shift."""

    base: Annotated[
        float, Field(ge=0, le=1), About("Hazard of an accident", "a shift", "assumed", _MODEL)
    ] = 0.0002
    fatigue: Annotated[
        float, Field(ge=0, le=100), About("Push of fatigue", "exponent", "assumed", _MODEL)
    ] = 1.0
    strain: Annotated[
        float, Field(ge=0, le=100), About("Push of strain", "exponent", "assumed", _MODEL)
    ] = 1.0


class Recruits(Declaration):
    """Those who come new."""

    skill: Annotated[
        float,
        Field(gt=0, le=1),
        About("Skill of a recruit", "share of own ability", "assumed", _MODEL),
    ] = 0.7
    learning: Annotated[
        float, Field(gt=0, le=1e5), About("Time constant of learning", "shifts", "assumed", _MODEL)
    ] = 75.0
