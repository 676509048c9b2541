"""Runs, fast: `simulate()` is the only door."""
