"""What ships and a site shows to everybody, read once: campaigns, experiments, study guides."""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

from stakhanov import campaign as campaign_files
from stakhanov.campaign import Campaign
from stakhanov.experiments.declaration import Experiment
from stakhanov.experiments.load import library as experiment_names
from stakhanov.experiments.load import load as load_experiment
from stakhanov.guide.export.data import data
from stakhanov.guide.guides import Library
from stakhanov.guide.load import library
from stakhanov.guide.search import Index

#: Guides take seconds to read, so they are not read by many at once.
_READING = threading.Lock()


@cache
def campaigns() -> tuple[Campaign, ...]:
    """The campaigns that ship."""
    return tuple(campaign_files.load(name) for name in campaign_files.library())


@cache
def experiments() -> tuple[Experiment, ...]:
    """The experiments that ship."""
    return tuple(load_experiment(name) for name in experiment_names())


def shelf() -> Library:
    """The classes that ship; whoever comes while they are being read waits for that."""
    with _READING:
        return _shelf()


def index() -> Index:
    """All their terms, to be looked up."""
    with _READING:
        return _index()


@cache
def _shelf() -> Library:
    return library()


@cache
def _index() -> Index:
    return Index.of(_shelf())


@cache
def whole(name: str) -> dict[str, Any]:
    """A class in full, as `stakhanov guide export CLASS --to json` writes it. Raises KeyError."""
    return data(shelf().guides[name])
