"""Executors: who makes the runs that a question asks for."""

from stakhanov.experiments.executors.choose import NAMES, choose
from stakhanov.experiments.executors.inline import Inline
from stakhanov.experiments.executors.local import Local
from stakhanov.experiments.executors.protocol import Executor, RunLost

__all__ = ["NAMES", "Executor", "Inline", "Local", "RunLost", "choose"]
