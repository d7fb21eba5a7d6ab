"""Tables for pages of any width: cells break like prose, columns share the room by what they need."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

from kesu_cli.render.format import one_line
from kesu_cli.render.terminal.wrapped_text import Prose, prose

_INDENT = 2
Cell = str | Text


@dataclass(frozen=True)
class GridRow:
    """The cells of one row, if any; ``head`` is a line of its own above them, as wide as the table."""

    cells: tuple[Prose, ...]
    head: Prose | None = None


class Grid:
    """A table: columns with their names, and rows.

    ``gap`` is the blank between columns; ``first`` is the style and ``floor`` the least width of the first
    one. Without names there is no header.
    """

    def __init__(
        self,
        *names: str,
        right: Iterable[str] = (),
        gap: int = 2,
        header: bool = True,
        first: str = "",
        floor: int = 0,
    ) -> None:
        self._names = tuple(Prose(name) for name in names)
        numbers = set(right)
        self._right = tuple(name in numbers for name in names)
        self._gap = gap
        self._header = header
        self._first = first
        self._floor = floor
        self.rows: list[GridRow] = []

    def add_row(self, *cells: Cell, head: Cell | None = None) -> None:
        """Add a row of as many cells as there are columns."""
        # what breaks a line of its own is a Text; in a bare text others wrote the break
        first, *rest = (prose(one_line(cell) if isinstance(cell, str) else cell) for cell in cells)
        if self._first:
            first = _styled(first, self._first)
        self.rows.append(GridRow((first, *rest), None if head is None else prose(head)))

    def add_head(self, head: Cell) -> None:
        """Add a line of its own above all rows that follow."""
        self.rows.append(GridRow((), prose(head)))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """Measure the whole table."""
        del console
        return Measurement(min(self._sum(0), options.max_width), min(self._sum(1), options.max_width))

    def fits(self, width: int) -> bool:
        """Whether no cell needs to be broken."""
        return self._sum(1) <= width

    def _sum(self, which: int) -> int:
        spans = (self._span(column)[which] for column in range(len(self._names)))
        return sum(spans) + self._gap * (len(self._names) - 1)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the table within the width that there is."""
        indent = _INDENT if any(row.head for row in self.rows) else 0
        room = options.max_width - self._gap * (len(self._names) - 1) - indent
        spans = [self._span(column) for column in range(len(self._names))]
        if sum(least for least, _ in spans) > room:
            yield from self._stacked()
            return
        widths = shares(spans, room)
        if self._header:
            header = [_styled(name, "bold") for name in self._names]
            yield from self._lines(console, header, widths, indent, at_bottom=True)
            yield Prose("─" * self._drawn(widths, indent, console, options), style="dim")
        for row in self.rows:
            if row.head:
                yield from row.head.wrap(console, options.max_width)
            if row.cells:
                yield from self._lines(console, row.cells, widths, indent)

    def _stacked(self) -> Iterator[Prose]:
        """Write each row as a sentence: for a page too narrow for the columns."""
        for row in self.rows:
            head, rest = (row.head, row.cells) if row.head else (row.cells[0], row.cells[1:])
            names = self._names[len(row.cells) - len(rest) :] if row.cells else ()
            line = prose(head.copy())
            for number, (name, cell) in enumerate(zip(names, rest, strict=True)):
                if self._header:
                    line.append("：" if number == 0 else "，").append("".join(name.plain.split()))
                line.append(" ").append_text(cell)
            yield line

    def _span(self, column: int) -> tuple[int, int]:
        """Return the least and the greatest width that a column can make use of."""
        cells = [row.cells[column] for row in self.rows if row.cells]
        if self._header:
            cells.append(self._names[column])
        measured = [_measure(cell) for cell in cells]
        least = max((least for least, _ in measured), default=0)
        most = max((most for _, most in measured), default=0)
        return (least, most) if column else (max(least, self._floor), max(most, self._floor))

    def _drawn(self, widths: Sequence[int], indent: int, console: Console, options: ConsoleOptions) -> int:
        """Return how wide the table comes out, the lines above its rows included."""
        heads = [row.head for row in self.rows if row.head]
        longest = [cell_len(line.plain) for head in heads for line in head.wrap(console, options.max_width)]
        return max([sum(widths) + self._gap * (len(widths) - 1) + indent, *longest])

    def _lines(
        self,
        console: Console,
        cells: Sequence[Prose],
        widths: Sequence[int],
        indent: int,
        *,
        at_bottom: bool = False,
    ) -> Iterator[Text]:
        wrapped = [cell.wrap(console, width) for cell, width in zip(cells, widths, strict=True)]
        height = max(len(lines) for lines in wrapped)
        for number in range(height):
            line = Text(" " * indent)
            for column, (lines, width) in enumerate(zip(wrapped, widths, strict=True)):
                position = number - (height - len(lines)) if at_bottom else number
                part = lines[position] if 0 <= position < len(lines) else Text()
                blank = " " * (width - cell_len(part.plain))
                line.append(blank if self._right[column] else "").append_text(part)
                line.append("" if self._right[column] else blank)
                line.append(" " * self._gap)
            line.rstrip()
            line.no_wrap = True
            yield line


class Fitting:
    """A table, and how to draw it where the page is too narrow for it."""

    def __init__(self, wide: Grid, narrow: Grid) -> None:
        self._wide, self._narrow = wide, narrow

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the one that the width allows."""
        del console
        yield self._wide if self._wide.fits(options.max_width) else self._narrow


def _measure(cell: Prose) -> tuple[int, int]:
    measured = Prose.__rich_measure__(cell, None, None)  # type: ignore[arg-type]  # neither is looked at
    return measured.minimum, measured.maximum


def _styled(text: Prose, style: str) -> Prose:
    styled = Prose(style=style)
    styled.append_text(text)
    return styled


def shares(spans: Sequence[tuple[int, int]], room: int) -> list[int]:
    """Share the room among columns by their least and greatest widths.

    There must be room for the least of all. No column gets more than it can use; the narrowest grow
    first, so that short columns stay on one line and long ones share what is left.
    """
    widths = [least for least, _ in spans]
    while sum(widths) < room:
        growing = [n for n, width in enumerate(widths) if width < spans[n][1]]
        if not growing:
            break
        widths[min(growing, key=lambda n: (widths[n], n))] += 1
    return widths
