"""Elementary functions that rules are written in.

Here they are NumPy's, for arrays of either precision. Compiled rules, and the twin that must agree with
them to a few units in the last place, get those of `single.py` instead; the text of the rules is one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

exp = np.exp
log = np.log
sqrt = np.sqrt
reciprocal = np.reciprocal
floor = np.floor
absolute = np.abs
maximum = np.maximum
minimum = np.minimum
select: Any = np.where
