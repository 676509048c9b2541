"""One file per row, `row_NN_subject.py`, each with a function ``table(fast: bool) -> Table``."""
