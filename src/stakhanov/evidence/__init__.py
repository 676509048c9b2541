"""What reports say: tests for what smooth and honest reports would not show, with their error rates.

Low on purpose: an estimator does not know whether its table came from an archive or from a simulation.
"""

from stakhanov.evidence.finding import Finding, Refusal
from stakhanov.evidence.inspection import Inspection, inspect

__all__ = ["Finding", "Inspection", "Refusal", "inspect"]
