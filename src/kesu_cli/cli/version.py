"""The version of kesu, from the installed package."""

import typer


def kesu_version() -> str:
    """Return the version number; looked up only when asked for, it costs 10 ms."""
    from importlib.metadata import version

    return version("kesu-cli")


def show_version(wanted: bool) -> None:
    """Print the version and stop, where it was asked for."""
    if wanted:
        typer.echo(f"kesu {kesu_version()}")
        raise typer.Exit
