"""The door: the only place with clock, console, environment and exit code."""

import sys


def main() -> None:
    """Run kesu; whatever goes wrong ends in a sentence and an honest exit code."""
    from kesu_cli.cli.app import run

    sys.exit(run(sys.argv[1:]))
