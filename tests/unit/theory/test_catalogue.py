"""The catalogue: names and defaults that scripts rely on, text, sentences for bad input."""

from __future__ import annotations

import numpy as np
import pytest

from stakhanov import theory
from stakhanov.foundation.problem import BadInput
from stakhanov.theory.forms import Form, declare
from stakhanov.theory.parameters import number

INF = float("inf")
CONTRACT: dict[str, dict[str, object]] = {
    "piece-rate": {"rate": None, "ability": 1.0, "cost": 1.0},
    "linear-contract": {"risk_aversion": None, "cost": None, "variance": None, "product": 1.0},
    "multitask": {
        "value1": None,
        "value2": None,
        "cost1": None,
        "cost2": None,
        "cross_cost": None,
        "risk_aversion": None,
        "variance": None,
    },
    "tournament": {
        "prize": None,
        "entrants": 2.0,
        "winners": 1.0,
        "noise": None,
        "cost": 1.0,
        "distribution": "gaussian",
    },
    "ratchet": {"adjustment": None, "discount": None, "periods_left": INF, "group": 1.0},
    "asymmetric-ratchet": {
        "norm": None,
        "up": None,
        "down": None,
        "discount": None,
        "rate": 1.0,
        "ability": 1.0,
        "elasticity": 1.0,
    },
    "concave-kink": {"rate_below": None, "rate_above": None, "norm": None, "elasticity": None},
    "convex-hole": {"rate_below": None, "rate_above": None, "norm": None, "elasticity": None},
    "notch": {"rate": None, "bonus": None, "norm": None, "elasticity": None},
    "padding": {
        "bonus": None,
        "audit": None,
        "fine": None,
        "lying_cost": None,
        "fixed_fine": 0.0,
        "moral_cost": 0.0,
    },
    "truthful-target": {"alpha": None, "beta": None, "gamma": None, "mean": None, "sd": None},
    "efficiency-wage": {
        "outside": None,
        "effort": None,
        "detection": None,
        "separation_a": None,
        "separation_b": None,
        "interest": None,
    },
    "record": {"workers": None, "median": 1.0, "log_sd": None},
    "peers": {"slope": None},
    "diffusion": {"innovation": None, "imitation": None, "time": None},
    "period-effort": {
        "output": None,
        "time_left": None,
        "breakpoints": None,
        "rates": None,
        "jumps": None,
        "noise": None,
        "cost": 1.0,
        "risk_aversion": 0.0,
    },
    "hours-wall": {"hours": None},
}
VALUES: list[tuple[str, dict[str, object], float | dict[str, float]]] = [
    ("piece-rate", {"rate": "2", "ability": "1.5", "cost": "3"}, 1.0),
    ("linear-contract", {"risk_aversion": "2", "cost": ".5", "variance": "1"}, 0.5),
    ("tournament", {"prize": "10", "cost": "2", "noise": "3"}, 0.470158),
    (
        "tournament",
        {"prize": 1, "entrants": "10", "winners": "3", "noise": 1, "distribution": "gumbel"},
        0.235278,
    ),
    ("ratchet", {"adjustment": ".3", "discount": ".9", "periods_left": "inf"}, 0.270270),
    ("ratchet", {"adjustment": ".3", "discount": ".9", "periods_left": "4"}, 0.385224),
    ("asymmetric-ratchet", {"norm": 0.1, "up": 0.3, "down": 0, "discount": 0.9}, 0.270270),
    (
        "convex-hole",
        {"rate_below": "1", "rate_above": "2", "norm": "100", "elasticity": ".3"},
        {"low": 88.901726, "high": 109.450863},
    ),
    (
        "padding",
        {"bonus": 10, "audit": 0.2, "fine": 2, "lying_cost": "inf", "fixed_fine": 5},
        0.0,
    ),
    (
        "period-effort",
        {
            "output": "0",
            "time_left": "1",
            "breakpoints": ".9, 1.0",
            "rates": ".3,1.5,.3",
            "jumps": "0,.2",
            "noise": ".5",
        },
        0.464545,
    ),
    ("hours-wall", {"hours": "63"}, 56.005),
    ("peers", {"slope": ".15"}, 0.176471),
]


def sentences(name: str, **values: object) -> list[str]:
    """Address, demand and finding of each problem, in order."""
    with pytest.raises(BadInput) as caught:
        theory.catalogue()[name].evaluate(**values)
    return [f"{p.address}: {p.must}; found {p.found}" for p in caught.value.problems]


@pytest.mark.parametrize("name", CONTRACT)
def test_names_keys_and_defaults(name: str) -> None:
    defaults = {p.name: p.default for p in theory.catalogue()[name].parameters}
    for key, default in CONTRACT[name].items():
        assert key in defaults
        assert defaults[key] == default
    assert all(defaults[key] is not None for key in defaults if key not in CONTRACT[name])


@pytest.mark.parametrize(("name", "values", "expected"), VALUES)
def test_values_from_text(
    name: str, values: dict[str, object], expected: float | dict[str, float]
) -> None:
    assert theory.catalogue()[name].evaluate(**values) == pytest.approx(
        expected, abs=6e-7 if name != "hours-wall" else 6e-4
    )


def test_every_form_says_what_it_is() -> None:
    assert list(theory.catalogue()) == sorted(theory.catalogue())
    for name, form in theory.catalogue().items():
        assert form.name == name
        assert form.title
        assert form.formula
        assert form.gives
        assert form.source
        assert form.function.__doc__
        assert all(p.title for p in form.parameters)
        assert hasattr(theory, name.replace("-", "_")), name


def test_plain_numbers_give_plain_numbers_and_arrays_give_arrays() -> None:
    assert type(theory.tournament(prize=10, noise=3, cost=2)) is float
    assert np.shape(theory.tournament(prize=np.ones(3), noise=3)) == (3,)


def test_every_problem_is_told_at_once() -> None:
    assert sentences(
        "tournament", prize="-1", noice=3, cost="a", winners="1.5", distribution="x"
    ) == [
        'tournament.noice: must be a key of this form; found "noice"',
        "tournament.prize: must be a number of at least 0; found -1",
        "tournament.winners: must be a whole number of at least 1; found 1.5",
        "tournament.noise: must be given; found nothing",
        'tournament.cost: must be a number above 0; found "a"',
        'tournament.distribution: must be one of gaussian, gumbel; found "x"',
    ]


def test_hint_names_the_nearest_key() -> None:
    with pytest.raises(BadInput) as caught:
        theory.catalogue()["tournament"].evaluate(prize=1, noise=1, entrans=3)
    assert caught.value.problems[0].hint == "did you mean entrants?"
    with pytest.raises(BadInput) as caught:
        theory.catalogue()["peers"].evaluate(slope=0.1, xyz=3)
    assert caught.value.problems[0].hint == "it takes slope"


@pytest.mark.parametrize(
    ("name", "values", "sentence"),
    [
        ("peers", {"slope": 1}, "peers.slope: must be a number of at least 0 and below 1; found 1"),
        (
            "peers",
            {"slope": "nan"},
            "peers.slope: must be a number of at least 0 and below 1; found nan",
        ),
        (
            "peers",
            {"slope": True},
            "peers.slope: must be a number of at least 0 and below 1; found True",
        ),
        (
            "peers",
            {"slope": ""},
            'peers.slope: must be a number of at least 0 and below 1; found ""',
        ),
        (
            "peers",
            {"slope": "0.1,0.2"},
            "peers.slope: must be one number; found 2",
        ),
        ("peers", {"slope": [0.1, 0.2]}, "peers.slope: must be one number; found 2"),
        (
            "ratchet",
            {"adjustment": 1.2, "discount": 0.9},
            "ratchet.adjustment: must be a number from 0 to 1; found 1.2",
        ),
        (
            "contagion",
            {"contact": 1, "start": 0, "time": 1},
            "contagion.start: must be a number above 0 and below 1; found 0",
        ),
        (
            "hours-wall",
            {"hours": "inf"},
            "hours-wall.hours: must be a number from 0 to 168; found inf",
        ),
        (
            "gumbel-record",
            {"workers": 3, "location": "inf"},
            "gumbel-record.location: must be a finite number; found inf",
        ),
        (
            "tournament",
            {"prize": 1, "noise": 1, "winners": 2},
            "tournament.winners: must be fewer than the entrants; found winners 2, entrants 2",
        ),
        (
            "asymmetric-ratchet",
            {"norm": 1, "up": 0.1, "down": 0.3, "discount": 0.9},
            "asymmetric-ratchet.up: must be at least as large as the share down; "
            "found up 0.1, down 0.3",
        ),
        (
            "concave-kink",
            {"rate_below": 1, "rate_above": 2, "norm": 1, "elasticity": 1},
            "concave-kink.rate_above: must be at most the rate below; "
            "found rate_above 2, rate_below 1",
        ),
        (
            "convex-hole",
            {"rate_below": 2, "rate_above": 2, "norm": 1, "elasticity": 1},
            "convex-hole.rate_above: must be above the rate below; "
            "found rate_above 2, rate_below 2",
        ),
        (
            "notch",
            {"rate": 0, "bonus": 0, "norm": 1, "elasticity": 1},
            "notch.bonus: must be above 0 where there is no piece rate; found bonus 0, rate 0",
        ),
        (
            "truthful-target",
            {"alpha": 0.6, "beta": 0.5, "gamma": 0.7, "mean": 1, "sd": 1},
            "truthful-target.beta: must lie between alpha and gamma, also less the future cost; "
            "found beta 0.5, alpha 0.6, gamma 0.7, future_cost 0",
        ),
        (
            "multitask",
            {
                **dict.fromkeys(("value1", "value2", "cost1", "cost2", "variance"), 1),
                "cross_cost": 2,
                "risk_aversion": 0,
            },
            "multitask.cross_cost: must leave the cost convex: its square below cost1 times cost2; "
            "found cross_cost 2, cost1 1, cost2 1",
        ),
        (
            "distortion",
            {"wanted": "1,2,3", "measured": "1,2"},
            "distortion.measured: must have one number for each of wanted, not all 0; "
            "found measured 1,2, wanted 1,2,3",
        ),
    ],
)
def test_bad_input(name: str, values: dict[str, object], sentence: str) -> None:
    assert sentences(name, **values) == [sentence]


PERIOD = {"output": 0, "time_left": 1, "noise": 0.5}


@pytest.mark.parametrize(
    ("lists", "sentence"),
    [
        (
            {"breakpoints": "1,.9", "rates": "1,1,1", "jumps": "0,0"},
            "period-effort.breakpoints: must rise from one to the next; found breakpoints 1,0.9",
        ),
        (
            {"breakpoints": "1", "rates": "1", "jumps": "0"},
            "period-effort.rates: must be one more than the breakpoints; "
            "found rates 1, breakpoints 1",
        ),
        (
            {"breakpoints": "1", "rates": "1,2", "jumps": ""},
            "period-effort.jumps: must be as many as the breakpoints; "
            "found jumps no number, breakpoints 1",
        ),
        (
            {"breakpoints": "1,x", "rates": "1,2", "jumps": "0"},
            "period-effort.breakpoints: must be finite numbers with commas between them; "
            'found "1,x"',
        ),
    ],
)
def test_bad_schedules(lists: dict[str, str], sentence: str) -> None:
    assert sentences("period-effort", **PERIOD, **lists) == [sentence]


def test_functions_check_arrays_and_count_what_is_wrong() -> None:
    with pytest.raises(BadInput) as caught:
        theory.tournament(np.array([1.0, -2.0, -3.0]), noise=1.0)
    assert caught.value.problems[0].found == "-2 (2 of 3 values)"


def test_arguments_beyond_double_precision_are_told() -> None:
    tiny = {**PERIOD, "breakpoints": "1", "rates": "1,1", "jumps": "1", "noise": "1e-200"}
    assert sentences("period-effort", **tiny) == [
        "period-effort: must have arguments whose terms double precision can hold; found no number "
        "for output 0, time_left 1, breakpoints 1, rates 1,1, jumps 1, noise 1e-200, cost 1, "
        "risk_aversion 0, present_bias 1, immediate 0"
    ]
    with pytest.raises(BadInput, match="no number for 1 of 2 values"):
        theory.period_effort(
            0, 1, breakpoints=[1], rates=[1, 1], jumps=[1], noise=np.array([1.0, 1e-200])
        )


def test_two_forms_cannot_share_a_name() -> None:
    def peers(slope: float) -> float:
        return slope

    with pytest.raises(ValueError, match="two closed forms are called peers"):
        declare(number("slope", "x"), title="x", formula="x", gives="x", source="x")(peers)
    with pytest.raises(ValueError, match="declared parameters are not those of the function"):
        declare(number("other", "x"), title="x", formula="x", gives="x", source="x")(peers)


@pytest.mark.parametrize("form", theory.catalogue().values(), ids=lambda form: form.name)
def test_vectorised_equals_one_by_one(form: Form) -> None:
    points = random_points(form, 6)
    stacked = {
        p.name: points[0][p.name]
        if p.kind == "choice"
        else np.array([point[p.name] for point in points], dtype=float)
        for p in form.parameters
    }
    function = getattr(theory, form.name.replace("-", "_"))
    together = function(**stacked)
    for k, point in enumerate(points):
        alone = form.evaluate(**point)
        if isinstance(alone, dict):
            for key, value in alone.items():
                assert getattr(together, key)[k] == pytest.approx(value, rel=1e-12, abs=1e-300)
        else:
            assert together[k] == pytest.approx(alone, rel=1e-12, abs=1e-300)


def random_points(form: Form, count: int) -> list[dict[str, object]]:
    """Points inside the bounds of a form that also keep its relations, from a fixed seed."""
    rng = np.random.default_rng(99)
    points: list[dict[str, object]] = []
    for _ in range(20_000):
        point: dict[str, object] = {}
        for p in form.parameters:
            if p.kind == "choice":
                point[p.name] = p.choices[0]
            elif p.kind == "list":
                size = 3 if p.name == "rates" else 2
                point[p.name] = (
                    np.sort(rng.uniform(0.2, 1.5, size))
                    if p.name == "breakpoints"
                    else rng.uniform(0.2, 1.5, size)
                )
            elif p.kind == "whole":
                point[p.name] = float(rng.integers(int(p.low), int(p.low) + 9))
            else:
                low, high = max(p.low, 0.05), min(p.high, 2.0)
                point[p.name] = float(rng.uniform(low, high - 0.01))
        if not form.read(point)[1]:
            points.append(point)
        if len(points) == count:
            return points
    raise AssertionError(f"no valid points found for {form.name}")


@pytest.mark.parametrize(("name", "values", "expected"), VALUES)
def test_every_key_of_one_number_takes_a_list(
    name: str, values: dict[str, object], expected: float | dict[str, float]
) -> None:
    """Every number twice, and a key at a time: the same value twice."""
    form = theory.catalogue()[name]
    del expected
    one = form.evaluate(**values)
    plain = one if isinstance(one, dict) else {"value": one}
    numbers = [p.name for p in form.parameters if p.kind in ("number", "whole")]
    filled = {p.name: values.get(p.name, p.default) for p in form.parameters}
    for keys in [numbers, *([key] for key in numbers)]:
        twice = {key: f"{filled[key]},{filled[key]}" for key in keys}
        along = form.evaluate_along(**{**values, **twice})
        assert set(along.given) == set(keys)
        for key, value in plain.items():
            assert along.values[key] == pytest.approx([value, value], rel=1e-9)


def test_one_number_is_asked_for_where_one_is_needed() -> None:
    with pytest.raises(BadInput, match=r"peers\.slope: must be one number; found 2"):
        theory.catalogue()["peers"].evaluate(slope="0.1,0.2")
