"""Stores of runs: each run by the digest of what it is made of, so that none is made twice."""

from stakhanov.experiments.store.folder import FolderStore
from stakhanov.experiments.store.memory import MemoryStore
from stakhanov.experiments.store.protocol import Store

__all__ = ["FolderStore", "MemoryStore", "Store"]
