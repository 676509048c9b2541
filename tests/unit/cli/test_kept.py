"""What a question of many runs leaves: how it was made stands on its page."""

from __future__ import annotations

from typing import Any

from stakhanov.cli.kept import made_of, page

ARM = {
    "campaign_name": "time-wage",
    "workforce_name": "metro-brigades",
    "workers": 1200,
    "periods": 1,
}


def record(seeds: list[int], **arms: dict[str, Any]) -> dict[str, Any]:
    return {"arms": arms, "seeds": seeds, "engine": "0.1.0+abc"}


def test_one_kind_of_run_is_told_once() -> None:
    said = made_of(record([1, 2, 3, 4], base=ARM, other=ARM))
    assert said == [
        "time-wage on metro-brigades, 1,200 workers, 1 period.",
        "Run under seeds 1 to 4 by stakhanov 0.1.0+abc; result.json has the record.",
    ]


def test_unlike_arms_are_told_by_name_and_seeds_by_their_runs() -> None:
    said = made_of(record([7, 1, 2], a=ARM, b={**ARM, "periods": 2}))
    assert said[:2] == [
        "a: time-wage on metro-brigades, 1,200 workers, 1 period.",
        "b: time-wage on metro-brigades, 1,200 workers, 2 periods.",
    ]
    assert said[2].startswith("Run under seeds 1 to 2, 7 by")
    assert made_of(record([5], a=ARM))[1].startswith("Run under seed 5 by")
    assert made_of({}) == []


def test_a_page_of_one_part_has_no_list_of_parts() -> None:
    assert "<nav" not in page("Heading", {})
    made = page("Heading", {}, (), ["By <hand>."])
    assert "<nav" in made
    assert "By &lt;hand&gt;." in made
