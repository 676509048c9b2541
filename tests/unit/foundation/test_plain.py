"""Data as JSON knows it."""

from __future__ import annotations

import datetime
import math

import numpy as np

from stakhanov.foundation.plain import plain


def test_values_keep_their_kind() -> None:
    data = {
        "a": np.bool_(True),
        "b": np.int64(7),
        "c": np.float32(0.5),
        "d": (np.float64("nan"), 1),
    }
    found = plain(data)
    assert found == {"a": True, "b": 7, "c": 0.5, "d": [None, 1]}
    assert [type(value) for value in list(found.values())[:3]] == [bool, int, float]


def test_what_has_no_form_is_text_and_what_has_no_end_is_null() -> None:
    assert plain([datetime.date(1935, 8, 31), math.inf, None, "x"]) == [
        "1935-08-31",
        None,
        None,
        "x",
    ]
