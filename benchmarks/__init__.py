"""Rates, memory and start-up, measured by scripts that write the pages of docs/benchmarks."""
