"""How a command ends that refuses: a sentence on stderr and exit code 2."""

import typer

from kesu_cli.cli.exit_code import COULD_NOT_JUDGE
from kesu_cli.diagnostic import Refusal


def refused(refusal: Refusal) -> int:
    """Say why nothing was done, and return the exit code of that."""
    typer.echo(f"错误：{refusal}", err=True)
    return COULD_NOT_JUDGE
