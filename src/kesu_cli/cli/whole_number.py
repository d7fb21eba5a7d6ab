"""Reads a whole number of the command line; what is none is refused in our words, not in typer's."""

import typer


def whole_number(text: str) -> int:
    """Return the number, or refuse the option that it stands with."""
    try:
        return int(text)
    except ValueError:
        raise typer.BadParameter(f"“{text}”不是整数") from None
