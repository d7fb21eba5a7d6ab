"""Progress against pace: the figures and the chart of every task that has a number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu_cli.model.window import AsOf
from kesu_cli.render.tallies import is_figure
from kesu_cli.render.web.chart import draw
from kesu_cli.render.web.lights import UNFULFILLED, LightCell, cell_of, figure, rank
from kesu_cli.render.wording import (
    forecast_words,
    owner_words,
    per_cent,
    points,
    quantity,
    short_target,
    target_words,
    unit_of_measure,
)
from kesu_cli.report import Report
from kesu_cli.standing import Standing


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of the table of figures: actual against target, completion against pace."""

    task: str
    name: str
    window: str
    target: str
    actual: str
    completion: str
    pace: str
    gap: str
    forecast: str
    owner: str
    cell: LightCell


@dataclass(frozen=True, slots=True)
class FigureBlock:
    """The chart of one task over all its judged windows; the latest that has begun gives the figures."""

    id: str
    number: int
    title: str
    description: str
    svg: str
    latest: FigureLine
    before: str


def figure_lines(report: Report) -> tuple[FigureLine, ...]:
    """Return the figures of every standing that has a number and is not one of many units' own."""
    return tuple(_line(standing) for standing in _figures(report))


def _figures(report: Report) -> Iterator[Standing]:
    return (standing for standing in report.standings if is_figure(standing) and not standing.unit)


def _line(standing: Standing) -> FigureLine:
    task = standing.task
    return FigureLine(
        task=task.id,
        name=task.name,
        window=standing.window.label,
        target=short_target(task),
        actual=quantity(standing.actual, unit_of_measure(task)),
        completion=per_cent(standing.completion),
        pace=per_cent(standing.pace),
        gap=points(standing.gap),
        forecast=forecast_words(standing),
        owner=owner_words(task),
        cell=cell_of([standing]),
    )


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
    task = latest.task
    line = _line(latest)
    said = (
        f"{line.window}：目标{target_words(task)}，实际 {line.actual}，完成率 {line.completion}，"
        f"序时进度 {line.pace}，{line.cell.words}"
    )
    title = f"{task.id} {task.name}：实际与序时进度"
    svg = draw(number, title, said, standings, as_of)
    return FigureBlock(task.id, number, title, said, svg, line, _before(standings, latest))


def _before(standings: Sequence[Standing], latest: Standing) -> str:
    short = (s for s in standings if s is not latest and s.over and s.verdict in UNFULFILLED)
    return "；".join(f"{s.window.label}{s.word} {figure(s)}".rstrip() for s in short)
