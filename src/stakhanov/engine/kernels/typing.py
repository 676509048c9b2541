"""The type of what a rule computes with: one worker's number, or an array of them."""

from __future__ import annotations

from typing import Any, TypeAlias

#: A float scalar in a compiled loop, a NumPy array in the reference twin. The same text serves both.
Number: TypeAlias = Any
