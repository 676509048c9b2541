"""Stakhanov: a laboratory and study guide of quota systems."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from stakhanov import theory
    from stakhanov.campaign import Campaign, load
    from stakhanov.engine.results import Run
    from stakhanov.engine.simulate import simulate
    from stakhanov.evidence import inspect
    from stakhanov.experiments.calibrate import calibrate
    from stakhanov.experiments.comparison import compare
    from stakhanov.experiments.decomposition import decompose
    from stakhanov.experiments.load import load as load_experiment
    from stakhanov.experiments.optimise import optimise
    from stakhanov.experiments.sensitivity import sensitivity
    from stakhanov.experiments.sweep import sweep
    from stakhanov.experiments.verdict import conduct
    from stakhanov.foundation.problem import BadInput
    from stakhanov.workforce import Workforce
    from stakhanov.workforce import load as load_workforce

__all__ = [
    "BadInput",
    "Campaign",
    "Run",
    "Workforce",
    "calibrate",
    "compare",
    "conduct",
    "decompose",
    "inspect",
    "load",
    "load_experiment",
    "load_workforce",
    "optimise",
    "sensitivity",
    "simulate",
    "sweep",
    "theory",
]
__version__ = "0.1.0"

_WHERE = {
    "BadInput": ("stakhanov.foundation.problem", "BadInput"),
    "Campaign": ("stakhanov.campaign", "Campaign"),
    "Run": ("stakhanov.engine.results", "Run"),
    "Workforce": ("stakhanov.workforce", "Workforce"),
    "calibrate": ("stakhanov.experiments.calibrate", "calibrate"),
    "compare": ("stakhanov.experiments.comparison", "compare"),
    "conduct": ("stakhanov.experiments.verdict", "conduct"),
    "decompose": ("stakhanov.experiments.decomposition", "decompose"),
    "inspect": ("stakhanov.evidence", "inspect"),
    "load": ("stakhanov.campaign", "load"),
    "load_experiment": ("stakhanov.experiments.load", "load"),
    "load_workforce": ("stakhanov.workforce", "load"),
    "optimise": ("stakhanov.experiments.optimise", "optimise"),
    "sensitivity": ("stakhanov.experiments.sensitivity", "sensitivity"),
    "simulate": ("stakhanov.engine.simulate", "simulate"),
    "sweep": ("stakhanov.experiments.sweep", "sweep"),
    "theory": ("stakhanov.theory", None),
}


if not TYPE_CHECKING:  # a type checker reads the imports above, and tells a name that is not there

    def __getattr__(name: str) -> Any:
        """Load what is asked for, when it is asked for: starting stays light."""
        if name not in _WHERE:
            raise AttributeError(f"module 'stakhanov' has no attribute {name!r}")
        module, attribute = _WHERE[name]
        found = import_module(module)
        return found if attribute is None else getattr(found, attribute)


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
