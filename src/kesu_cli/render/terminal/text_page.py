"""A sheet: parts one below the other, the lines under its titles as long as the sheet is wide."""

from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.segment import Segment
from rich.text import Text

from kesu_cli.render.terminal.wrapped_text import Prose


@dataclass(frozen=True)
class Title:
    """The title of a section; the sheet draws the line behind it."""

    words: str


class TextPage:
    """Parts in their order, drawn within the width of the console and ruled to their own."""

    def __init__(self, parts: Iterable[RenderableType | Title]) -> None:
        self._parts = tuple(parts)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the parts; how wide the sheet is, is known when all are drawn."""
        drawn = [
            part if isinstance(part, Title) else console.render_lines(part, options, pad=False)
            for part in self._parts
        ]
        bodies = [line for lines in drawn if not isinstance(lines, Title) for line in lines]
        width = max((Segment.get_line_length(line) for line in bodies), default=0)
        for lines in drawn:
            if isinstance(lines, Title):
                yield _ruled(lines.words, min(width, options.max_width))
                continue
            for line in lines:
                yield from line
                yield Segment.line()


def _ruled(title: str, width: int) -> Text:
    if cell_len(title) + 1 >= width:
        return Prose(title, style="bold")
    line = Text(f"{title} ", style="bold", no_wrap=True)
    return line.append("─" * max(width - cell_len(title) - 1, 0), style="not bold dim")
