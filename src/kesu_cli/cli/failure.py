"""How a command ends when it cannot judge: a sentence on stderr and exit code 2."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import typer

from kesu_cli.cli.exit_code import COULD_NOT_JUDGE


def usage_error(message: str) -> NoReturn:
    """Say what is wrong and stop with exit code 2."""
    typer.echo(f"错误：{message}", err=True)
    raise typer.Exit(COULD_NOT_JUDGE)


@contextmanager
def said_plainly(*also: type[Exception]) -> Iterator[None]:
    """Turn what the engine refuses, and what else a command names, into a sentence and exit code 2."""
    from kesu_cli.engine.check import UnknownUnit
    from kesu_cli.engine.selection import NothingToCheck
    from kesu_cli.source.workspace import LayoutError

    refusals: tuple[type[Exception], ...] = (LayoutError, NothingToCheck, UnknownUnit, *also)
    try:
        yield
    except refusals as refused:
        usage_error(str(refused))
