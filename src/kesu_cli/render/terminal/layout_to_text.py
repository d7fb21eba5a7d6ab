"""Rich layouts as plain text: a fixed width and no colours, whatever terminal there is."""

import io

from rich.console import Console, RenderableType

WIDTH = 100


def to_text(layout: RenderableType, width: int = WIDTH) -> str:
    """Print a layout as plain text, trailing blanks removed."""
    stream = io.StringIO()
    console = Console(
        file=stream, width=width, color_system=None, force_terminal=False, legacy_windows=False, _environ={}
    )
    console.print(layout, highlight=False, markup=False, emoji=False)
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    return "\n".join(lines) + "\n"


def to_bytes(layout: RenderableType, width: int = WIDTH) -> bytes:
    """Print a layout as a text file holds it."""
    return to_text(layout, width).encode()
