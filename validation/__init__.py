"""Slow proofs: what must come out, row by row, against closed forms, published effects and data."""
