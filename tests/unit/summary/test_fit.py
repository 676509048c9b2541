from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stakhanov.engine.results import Run
from stakhanov.foundation.declaration import declared
from stakhanov.foundation.problem import BadInput
from stakhanov.summary.fit import fit_sentence, fit_table, history_of
from stakhanov.summary.targets import (
    History,
    checked_history,
    history_names,
    load_history,
)

Make = Callable[..., Run]


def target(**changes: Any) -> dict[str, Any]:
    return {
        "id": "morale",
        "title": "Morale in 1936",
        "role": "tested",
        "value": 0.9,
        "low": 0.85,
        "high": 0.95,
        "source": "book",
        "trust": "book",
        "model": {
            "kind": "series",
            "series": ["morale_mean"],
            "during": ["1936-01-01", "1936-12-01"],
        },
        **changes,
    }


def history(*targets: dict[str, Any], uncovered: tuple[dict[str, Any], ...] = ()) -> History:
    return declared(
        History,
        {
            "history": {"campaign": "made", "sources": {"book": "A. Writer: A Book, 1936"}},
            "targets": list(targets),
            "uncovered": list(uncovered),
        },
    )


def test_a_row_inside_its_band_and_one_outside(made_run: Make) -> None:
    inside, outside = fit_table(
        made_run(), history(target(), target(id="high", value=2.0, low=1.0, high=None))
    )
    assert (inside.model, inside.inside) == (pytest.approx(0.9), True)
    assert (outside.model, outside.inside) == (pytest.approx(0.9), False)
    assert inside.source == "A. Writer: A Book, 1936"
    assert inside.trust == "a book or the press of the time"
    assert inside.history == "0.9"


def test_a_run_that_does_not_reach_says_so(made_run: Make) -> None:
    later = {
        "kind": "series",
        "series": ["morale_mean"],
        "during": ["1940-01-01", "1940-12-01"],
    }
    (row,) = fit_table(made_run(), history(target(model=later, note="A note.")))
    assert (row.model, row.inside) == (None, None)
    assert row.note == "the run ends in 1936; A note."


def test_what_the_model_leaves_out_stands_in_the_table(made_run: Make) -> None:
    left_out = {
        "id": "steel",
        "title": "Steel",
        "said": "17.7 million t",
        "source": "book",
        "trust": "book",
        "reason": "The model has no furnaces.",
    }
    rows = fit_table(made_run(), history(target(), uncovered=(left_out,)))
    assert [row.role for row in rows] == ["tested", "not covered"]
    assert rows[1].note == "The model has no furnaces."
    assert fit_sentence(rows) == (
        "Inside the band: 1 of 1 tested; 1 figure is not covered by the model."
    )


def test_a_campaign_without_history_has_no_table(made_run: Make) -> None:
    assert history_of(made_run()) is None
    assert fit_table(made_run()) == []
    assert fit_sentence([]) == "No figure of history can be held against this run."


def test_the_history_is_found_by_the_campaign_s_name(made_run: Make) -> None:
    rows = fit_table(made_run(name="stakhanovite-1935"))
    by_id = {row.id: row for row in rows}
    assert by_id["first-record"].model == 15.0
    assert by_id["first-record"].inside is False
    assert by_id["productivity-1933-37"].note.startswith("the run ends in 1936")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"low": None, "high": None}, "must have a band"),
        ({"low": 2.0, "high": 1.0}, "must have a band with `low` at most `high`"),
        ({"value": None}, "must give `value` or `said`"),
        (
            {
                "model": {
                    "kind": "series",
                    "series": ["x"],
                    "during": ["1936-01-01", "1936-12-01"],
                    "transform": "growth",
                }
            },
            "must say `against` for a ratio or growth, and only there",
        ),
    ],
)
def test_a_target_that_cannot_be_read_is_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput) as refused:
        history(target(**changes))
    assert sentence in str(refused.value)


def test_ids_and_sources_are_checked() -> None:
    with pytest.raises(BadInput) as refused:
        checked_history(history(target(), target(source="a letter")))
    assert [str(problem) for problem in refused.value.problems] == [
        "targets: must have ids of their own; found morale twice",
        "targets.morale.source: must name sources of the file; found a letter",
    ]


@pytest.mark.parametrize("name", history_names())
def test_every_history_that_ships_can_be_read(name: str) -> None:
    loaded = load_history(name)
    assert loaded.history.campaign == name
    used = {
        key.strip()
        for entry in (*loaded.targets, *loaded.uncovered)
        for key in entry.source.split(";")
    }
    assert set(loaded.history.sources) <= used, "works cited by no row"
    page = Path(__file__).resolve().parents[3] / "docs" / "explanation" / "history-sources.md"
    known = page.read_text(encoding="utf-8")
    assert [key for key in loaded.history.sources if f"`{key}`" not in known] == []
    for entry in loaded.targets:
        if entry.value is not None:
            assert entry.low is None or entry.low <= entry.value
            assert entry.high is None or entry.value <= entry.high


@pytest.mark.parametrize("name", history_names())
def test_nothing_from_memory_is_given_or_tuned_to(name: str) -> None:
    for entry in load_history(name).targets:
        if entry.trust in ("weak", "derived-recalled"):
            assert entry.role == "tested", entry.id
