"""The door: the only place with clock, console, environment and exit code."""

import gc
import sys


def main() -> None:
    """Run kesu; whatever goes wrong ends in a sentence and an honest exit code."""
    gc.disable()  # a command makes many objects that last, hardly a cycle, and ends
    from kesu_cli.cli.app import run

    code = run(sys.argv[1:])
    gc.freeze()  # nor is there anything to look for at the end
    sys.exit(code)
