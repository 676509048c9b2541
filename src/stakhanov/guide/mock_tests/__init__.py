"""Mock tests: drawn from a class's blueprint, sat, and scored; predicted before, compared after."""
