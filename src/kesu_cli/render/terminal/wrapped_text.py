"""Text that breaks like Chinese: words, codes and paths stay whole, no line begins with a comma."""

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.measure import Measurement
from rich.text import Text

from kesu_cli.linewrap import breaks, pieces


class Prose(Text):
    """A rich text with line breaks of its own."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Break into lines none of which is wider than the width; nothing but blanks is lost."""
        del overflow, tab_size, no_wrap
        lines = Lines()
        for line in self.split(allow_blank=True):
            parts = line.divide(breaks(line.plain, max(width, 2), cell_len))
            for part in parts:
                part.rstrip()
            lines.extend(parts)
        if justify in ("right", "center"):
            lines.justify(console, width, justify=justify)
        return lines

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Measure the longest piece that is kept whole, and the longest line."""
        del console, options
        lines = self.plain.split("\n")
        longest = max(cell_len(line.rstrip()) for line in lines)
        whole = max((cell_len(piece.rstrip()) for line in lines for piece in pieces(line)), default=0)
        return Measurement(whole, longest)


def prose(content: str | Text) -> Prose:
    """Return a text that breaks like prose, its styles kept."""
    if isinstance(content, Prose):
        return content
    if isinstance(content, str):
        return Prose(content)
    text = Prose()
    text.append_text(content)
    return text
