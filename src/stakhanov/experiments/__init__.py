"""Experiments: questions asked of many runs, on shared luck."""

from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.load import library, load

__all__ = ["Experiment", "library", "load"]
