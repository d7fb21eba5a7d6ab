"""Progress against pace: one chart a number target, drawn by pygal, styled by the page."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from kesu_cli.course import Course, course_of
from kesu_cli.model.calendar import AsOf
from kesu_cli.render.page.light import UNFULFILLED, Cell, cell_of, figure, rank
from kesu_cli.render.table import is_figure
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

_WIDTH, _HEIGHT = 360, 190
_LONGEST_IN_MONTHS = 400
_QUARTER = 3
Track = tuple[str, list[tuple[float, float]]]


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
    cell: Cell


@dataclass(frozen=True, slots=True)
class Figure:
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


def figures(report: Report) -> tuple[Figure, ...]:
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


def _figure(number: int, latest: Standing, standings: Sequence[Standing], as_of: AsOf) -> Figure:
    task = latest.task
    line = _line(latest)
    said = (
        f"{line.window}：目标{target_words(task)}，实际 {line.actual}，完成率 {line.completion}，"
        f"序时进度 {line.pace}，{line.cell.words}"
    )
    title = f"{task.id} {task.name}：实际与序时进度"
    svg = _draw(number, title, said, standings, as_of)
    return Figure(task.id, number, title, said, svg, line, _before(standings, latest))


def _before(standings: Sequence[Standing], latest: Standing) -> str:
    short = (s for s in standings if s is not latest and s.over and s.verdict in UNFULFILLED)
    return "；".join(f"{s.window.label}{s.verdict.label} {figure(s)}".rstrip() for s in short)


def _draw(number: int, title: str, said: str, standings: Sequence[Standing], as_of: AsOf) -> str:
    tracks = [track for track in _tracks(standings, as_of) if track[1]]
    return _plain(_chart(standings, tracks).render_tree(), number, title, said, [kind for kind, _ in tracks])


def _tracks(standings: Sequence[Standing], as_of: AsOf) -> Iterator[Track]:
    """Yield the lines of a chart from back to front, each with its kind."""
    wanted = standings[0].target
    if wanted is not None:
        ends = (standings[0].window.start, standings[-1].window.end)
        yield "target", [_at(day, wanted) for day in ends]
    for standing in standings:
        course = course_of(standing, as_of)
        yield "pace", [_at(*point) for point in course.pace]
        yield "actual", _stairs(standing, course, as_of)
        yield "forecast", _ahead(standing, as_of)
    for standing in standings:
        yield "entry", [_at(*point) for point in course_of(standing, as_of).actual]


def _at(day: date, amount: Fraction) -> tuple[float, float]:
    return float(day.toordinal()), float(amount)


def _stairs(standing: Standing, course: Course, as_of: AsOf) -> list[tuple[float, float]]:
    """Draw what is reached as steps: between two entries nothing is known to have grown."""
    steps: list[tuple[float, float]] = []
    if standing.actual is None or not (course.actual or course.pace):
        return steps
    if course.pace and course.pace[0][1] == 0:
        steps.append(_at(standing.window.start, Fraction(0)))
    for day, amount in course.actual:
        if steps:
            steps.append((float(day.toordinal()), steps[-1][1]))
        steps.append(_at(day, amount))
    last = min(as_of.day, standing.window.end)
    return [*steps, (float(last.toordinal()), steps[-1][1])] if steps else steps


def _ahead(standing: Standing, as_of: AsOf) -> list[tuple[float, float]]:
    if standing.forecast is None or standing.actual is None:
        return []
    return [_at(as_of.day, standing.actual), _at(standing.window.end, standing.forecast.amount)]


def _chart(standings: Sequence[Standing], tracks: Iterable[Track]) -> Any:
    import pygal.style

    chart = pygal.XY(
        js=[],
        css=[],
        no_prefix=True,
        width=_WIDTH,
        height=_HEIGHT,
        margin=6,
        margin_right=14,
        spacing=4,
        show_legend=False,
        include_x_axis=True,
        dots_size=2.4,
        style=pygal.style.Style(label_font_size=13),
    )
    chart.x_labels = [{"value": day.toordinal(), "label": label} for day, label in _dates(standings)]
    wanted = standings[0].target or Fraction(0)
    unit = unit_of_measure(standings[0].task)
    chart.y_labels = [
        {"value": float(amount), "label": quantity(amount, unit) if amount else "0"}
        for amount in dict.fromkeys((Fraction(0), wanted / 2, wanted))
        if not amount or amount == wanted or amount.denominator == 1
    ]
    for kind, track in tracks:
        chart.add(kind, track, show_dots=kind == "entry", stroke=kind != "entry")
    return chart


def _dates(standings: Sequence[Standing]) -> Iterator[tuple[date, str]]:
    start, end = standings[0].window.start, standings[-1].window.end
    if (end - start).days > _LONGEST_IN_MONTHS:
        years = range(start.year, end.year + 1)
        yield from ((date(year, 1, 1), str(year)) for year in years if date(year, 1, 1) >= start)
        return
    for index in range(start.year * 12 + start.month - 1, end.year * 12 + end.month):
        year, month = divmod(index, 12)
        if month % _QUARTER == 0 and date(year, month + 1, 1) >= start:
            yield date(year, month + 1, 1), f"{month + 1}月"


def _plain(tree: Any, number: int, title: str, said: str, kinds: Sequence[str]) -> str:
    """Keep of pygal's drawing what is drawn: no styles, scripts, tooltips or comments with a date."""
    from xml.etree import ElementTree as ET

    ET.register_namespace("", _SVG)
    for parent in tree.iter():
        for child in list(parent):
            if not isinstance(child.tag, str) or _is_extra(child):
                parent.remove(child)
    for group in tree.iter():
        group.attrib.pop("style", None)
        name = group.get("class", "")
        if name.startswith("series serie-"):
            group.set("class", f"track {kinds[int(name.split()[1].removeprefix('serie-'))]}")
    _name(tree, number, title, said, ET)
    return ET.tostring(tree, encoding="unicode")


_SVG = "http://www.w3.org/2000/svg"
_EXTRA_TAGS = ("defs", "title", "desc", "style", "script")
_EXTRA_CLASSES = ("titles", "plot text-overlay", "plot tooltip-overlay")


def _is_extra(element: Any) -> bool:
    return element.tag.split("}")[-1] in _EXTRA_TAGS or element.get("class", "") in _EXTRA_CLASSES


def _name(tree: Any, number: int, title: str, said: str, etree: Any) -> None:
    """Give the drawing a name and a description for those who do not see it."""
    tree.attrib.pop("id", None)
    tree.set("role", "img")
    tree.set("aria-labelledby", f"figure-{number}-title figure-{number}-desc")
    for position, (tag, text) in enumerate((("title", title), ("desc", said))):
        element = etree.Element(tag, {"id": f"figure-{number}-{tag}"})
        element.text = text
        tree.insert(position, element)
