"""The table of figures: actual against target, completion against pace, and what is missing."""

from collections.abc import Callable, Iterable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from kesu_cli.model.amount import PER_CENT
from kesu_cli.render.standing_row import row_of
from kesu_cli.render.terminal.grid import Cell, Grid
from kesu_cli.render.terminal.page_part import bare_light, task_cell
from kesu_cli.render.wording import figure_words, lacking_words, unit_of_measure
from kesu_cli.standing import Standing

_NUMBERS = ("完成", "完成率", "序时\n进度", "进度差\n百分点", "预计")


class FigureTable:
    """Standings side by side; where a name would be broken, each stands on a line above its figures.

    ``note`` adds something about each.
    """

    def __init__(self, standings: Iterable[Standing], note: Callable[[Standing], str] | None = None) -> None:
        self._standings = tuple(standings)
        self._note = note

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw the table for the width that there is."""
        wide = self._wide()
        yield wide if wide.fits(options.max_width) else self._narrow()

    def _wide(self) -> Grid:
        table = Grid("任务", "目标", *_NUMBERS, "判定", "由谁办", right=_NUMBERS)
        for standing in self._standings:
            name = Text(task_cell(standing)).append(f"\n{self._below(standing)}", style="dim")
            table.add_row(name, *_figures(standing))
        return table

    def _narrow(self) -> Grid:
        table = Grid("目标", *_NUMBERS, "判定", "由谁办", right=_NUMBERS)
        for standing in self._standings:
            head = Text(task_cell(standing)).append(f"，{self._below(standing)}", style="dim")
            table.add_row(*_figures(standing), head=head)
        return table

    def _below(self, standing: Standing) -> str:
        """Say when the standing is about, what it lacks, and what of it is in doubt."""
        note = self._note(standing) if self._note else ""
        said = (standing.window.label, lacking_words(standing), note)
        return "，".join(words for words in said if words)


def _figures(standing: Standing) -> tuple[Cell, ...]:
    row = row_of(standing)
    sign = PER_CENT if unit_of_measure(standing.task) == PER_CENT else ""
    figures = (row.target, figure_words(standing, sign), row.completion, row.pace, row.gap, row.forecast)
    return *figures, bare_light(standing), row.owner
