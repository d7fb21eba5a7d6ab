"""Progress against pace: the figures and the chart of every task that has a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu_cli.model.window import AsOf
from kesu_cli.render.standing_row import StandingRow, row_of
from kesu_cli.render.tallies import is_figure, is_in_doubt, is_unfulfilled
from kesu_cli.render.web.chart import draw
from kesu_cli.render.web.lights import LightCell, cell_of, colour, figure, rank
from kesu_cli.render.wording import NONE, verdict_words
from kesu_cli.report import Report
from kesu_cli.standing import Standing


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of the table of figures: the words of a standing, and its light."""

    row: StandingRow
    cell: LightCell


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """The chart of one task over all its judged windows; the latest that has begun gives the figures.

    ``cell`` is the light of the worst of them.
    """

    id: str
    number: int
    title: str
    description: str
    svg: str
    latest: StandingRow
    cell: LightCell
    before: str


def figure_lines(report: Report) -> tuple[FigureLine, ...]:
    """Return the figures of every standing that has a number and is not one of many units' own."""
    return tuple(_line(standing) for standing in _figures(report))


def _figures(report: Report) -> Iterator[Standing]:
    return (standing for standing in report.standings if is_figure(standing) and not standing.unit)


def _line(standing: Standing) -> FigureLine:
    return FigureLine(row_of(standing), cell_of([standing]))


def figures(report: Report) -> tuple[FigureBlock, ...]:
    """Draw every number target, the worst first."""
    by_task: dict[str, list[Standing]] = {}
    for standing in _figures(report):
        by_task.setdefault(standing.task.id, []).append(standing)
    drawn = [(_latest(group, report.as_of), group) for group in by_task.values()]
    drawn.sort(key=lambda pair: (min(map(rank, pair[1])), rank(pair[0])))
    return tuple(_figure(n, latest, group, report.as_of) for n, (latest, group) in enumerate(drawn))


def _latest(standings: Sequence[Standing], as_of: AsOf) -> Standing:
    begun = [standing for standing in standings if standing.window.start <= as_of.day]
    return begun[-1] if begun else standings[0]


def _figure(number: int, latest: Standing, standings: Sequence[Standing], as_of: AsOf) -> FigureBlock:
    row = row_of(latest)
    said = _described(row)
    title = f"{row.title}：实际与序时进度"
    svg = draw(number, title, said, standings, as_of)
    cell = _worst(standings, latest)
    return FigureBlock(row.task, number, title, said, svg, row, cell, _before(standings, latest))


def _described(row: StandingRow) -> str:
    said = {"实际": row.actual, "完成率": row.completion, "序时进度": row.pace}
    figures = "".join(f"{name} {figure}，" for name, figure in said.items() if figure != NONE)
    return f"{row.window}：目标{row.asked}，{figures}{row.verdict}"


def _worst(standings: Sequence[Standing], latest: Standing) -> LightCell:
    """Show the worst of the windows, named where it is not the one whose figures are given."""
    worst = min(standings, key=rank)
    if worst is latest or rank(worst) == rank(latest):
        return cell_of([latest])
    words = verdict_words(worst, with_reason=False)
    return LightCell(colour(worst), f"{worst.window.label}{words}", figure(worst))


def _before(standings: Sequence[Standing], latest: Standing) -> str:
    short = (s for s in standings if s is not latest and (is_unfulfilled(s) or is_in_doubt(s)))
    return "；".join(f"{s.window.label}{verdict_words(s)} {figure(s)}".rstrip() for s in short)
