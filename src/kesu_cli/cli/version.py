"""The version of kesu, from the installed package."""

from importlib.metadata import version

import typer


def kesu_version() -> str:
    """Return the version number."""
    return version("kesu-cli")


def show_version(wanted: bool) -> None:
    """Print the version and stop, where it was asked for."""
    if wanted:
        typer.echo(f"kesu {kesu_version()}")
        raise typer.Exit
