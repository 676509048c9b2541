"""`python -m stakhanov` and the command `stakhanov`."""

from __future__ import annotations

import sys


def start() -> None:
    """Run the command line and leave with its exit code; Ctrl-C while it loads is no failure to explain."""
    try:
        from stakhanov.cli.main import main

        code = main(sys.argv[1:])
    except KeyboardInterrupt:
        code = 3  # interrupted, before or after there was anything to say about it
    sys.exit(code)


if __name__ == "__main__":
    start()
