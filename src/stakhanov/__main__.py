"""`python -m stakhanov`: the same as the command `stakhanov`."""

from stakhanov.cli.main import start

if __name__ == "__main__":
    start()
