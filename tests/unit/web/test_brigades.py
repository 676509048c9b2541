"""The picture of brigades: what is drawn, what is said, and what the table tells."""

from __future__ import annotations

import re

import numpy as np
import pytest

from stakhanov.engine.sight import KEPT, Brigade, Worker
from stakhanov.web.brigades import HIGH, TOP, Scale, brigades_html, said_of


def worker(**given: float) -> Worker:
    usual: dict[str, float] = {
        "norm": 1.0,
        "reported": 1.2,
        "true": 1.2,
        "padded": False,
        "caught": False,
        "titled": False,
        "record": False,
        "strain": 0.0,
        "morale": 1.0,
        "left": False,
    }
    return Worker(**{**usual, **given})  # type: ignore[arg-type]


def brigade(*workers: Worker) -> Brigade:
    return Brigade("coal-and-peat", 3, np.array(list(workers), KEPT))


HONEST = worker()
PADDER = worker(reported=1.0, true=0.9, padded=True, caught=True, strain=0.5)
SHORT = worker(reported=0.7, true=0.7)
BEST = worker(reported=2.0, true=2.0, titled=True, record=True, left=True)


def test_the_words_count_reports_and_what_was_made_apart() -> None:
    said = said_of((HONEST, PADDER, SHORT, BEST))
    assert said == (
        "Of 4 at work 3 report their norm or more, 2 made it; 1 padded, 1 of them caught; 1 left."
        " Mean strain 0.12."
    )


def test_a_padded_report_is_a_column_and_a_paler_one_on_it() -> None:
    html = brigades_html((brigade(HONEST, PADDER),), "May 1936")
    high = [float(one) for one in re.findall(r'class="made"[^>]*height="([\d.]+)"/>', html)]
    padded = [float(one) for one in re.findall(r'class="padded"[^>]*height="([\d.]+)"/>', html)]
    unit = HIGH / 2.0  # the picture spans two norm-units
    assert high[:2] == pytest.approx([1.2 * unit, 0.9 * unit], abs=0.1)
    assert padded[:2] == pytest.approx([0.0, 0.1 * unit], abs=0.11)
    norms = re.findall(r'class="norm" x1="[\d.]+" x2="[\d.]+" y1="([\d.]+)"', html)
    assert float(norms[0]) == pytest.approx(TOP + unit, abs=0.1)


def test_marks_are_drawn_and_named() -> None:
    html = brigades_html((brigade(BEST, worker(titled=True)),), "May 1936")
    assert html.count('class="worker left"') == 1
    assert "\u2691" in html
    assert "\u2605" in html
    assert "title, record, left" in html
    assert "Coal and peat, brigade 3. Of 2 at work" in html
    assert "<strong>May 1936.</strong>" in html


def test_strain_fills_and_morale_bends() -> None:
    def drawn(**given: float) -> tuple[float, float]:
        html = brigades_html((brigade(worker(**given)),), "now")
        filled = re.search(r'fill-opacity="([\d.]+)"', html)
        mouth = re.search(r'class="mouth" d="M[^q]*q2\.6 (-?[\d.]+)', html)
        assert filled is not None
        assert mouth is not None
        return float(filled[1]), float(mouth[1])

    assert drawn() == (0.0, 0.0)
    assert drawn(strain=0.5)[0] == 0.5
    assert drawn(strain=3.0)[0] == 1.0
    assert drawn(morale=0.5)[1] < 0.0 < drawn(morale=1.3)[1]


def test_the_scale_makes_room_for_norms_that_rise() -> None:
    assert Scale.of((brigade(HONEST),)).most == 2.0
    risen = Scale.of((brigade(worker(norm=2.0)),))
    assert risen.most >= 3.0
    assert risen.up(0.0) == pytest.approx(TOP + HIGH)
    assert risen.up(99.0) == pytest.approx(TOP)


def test_nobody_at_work_is_no_picture() -> None:
    assert brigades_html((), "now") == ""
