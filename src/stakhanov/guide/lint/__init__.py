"""The linter of guides: what numbers, links and bookkeeping can show to be wrong."""
