"""A chart of one number target: actual, pace, forecast, target; drawn by pygal, styled by the page."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from types import ModuleType
from xml.etree import ElementTree as ET

from kesu_cli.model.window import AsOf
from kesu_cli.render.wording import forecast_amount, quantity, unit_of_measure
from kesu_cli.standing import Standing
from kesu_cli.trajectory import Point, trajectory_of

_WIDTH, _HEIGHT = 360, 190
_LONGEST_IN_MONTHS = 400
_QUARTER = 3
Track = tuple[str, list[tuple[float, float]]]


def draw(number: int, title: str, said: str, standings: Sequence[Standing], as_of: AsOf) -> str:
    """Draw the standings of one task over time as an SVG that names and describes itself."""
    tracks = [track for track in _tracks(standings, as_of) if track[1]]
    drawing = _chart(standings, tracks)
    _strip(drawing, [kind for kind, _ in tracks])
    _name(drawing, number, title, said)
    return ET.tostring(drawing, encoding="unicode")


def _tracks(standings: Sequence[Standing], as_of: AsOf) -> Iterator[Track]:
    """Yield the lines of a chart from back to front, each with its kind."""
    wanted = standings[0].target
    if wanted is not None:
        ends = (standings[0].window.start, standings[-1].window.end)
        yield "target", [_at(day, wanted) for day in ends]
    for standing in standings:
        course = trajectory_of(standing, as_of)
        yield "pace", [_at(*point) for point in course.pace]
        if course.doubtful:
            yield "doubt", _stairs(standing, course.doubtful, course.pace, as_of)
        yield "actual", _stairs(standing, course.actual, course.pace, as_of)
        yield "forecast", _ahead(standing, as_of)
    for standing in standings:
        yield "entry", [_at(*point) for point in trajectory_of(standing, as_of).actual]


def _at(day: date, amount: Fraction) -> tuple[float, float]:
    return float(day.toordinal()), float(amount)


def _stairs(
    standing: Standing, reached: Sequence[Point], pace: Sequence[Point], as_of: AsOf
) -> list[tuple[float, float]]:
    """Draw what is reached as steps: between two entries nothing is known to have grown."""
    steps: list[tuple[float, float]] = []
    if standing.actual is None or not (reached or pace):
        return steps
    if pace and pace[0][1] == 0:
        steps.append(_at(standing.window.start, Fraction(0)))
    for day, amount in reached:
        if steps:
            steps.append((float(day.toordinal()), steps[-1][1]))
        steps.append(_at(day, amount))
    last = min(as_of.day, standing.window.end)
    return [*steps, (float(last.toordinal()), steps[-1][1])] if steps else steps


def _ahead(standing: Standing, as_of: AsOf) -> list[tuple[float, float]]:
    expected = forecast_amount(standing)
    if expected is None or standing.actual is None:
        return []
    return [_at(as_of.day, standing.actual), _at(standing.window.end, expected)]


@cache
def _pygal() -> ModuleType:
    """Import pygal, and take its import hook away again: it is of an old kind that every import warns of."""
    import pygal.style

    hooks = [finder for finder in sys.meta_path if type(finder).__module__ == pygal.__name__]
    for hook in hooks:
        sys.meta_path.remove(hook)
    module: ModuleType = pygal
    return module


def _chart(standings: Sequence[Standing], tracks: Iterable[Track]) -> ET.Element:
    pygal = _pygal()
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
    return ET.fromstring(chart.render(is_unicode=True))  # noqa: S314 - pygal has just written it


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


def _strip(drawing: ET.Element, kinds: Sequence[str]) -> None:
    """Keep of pygal's drawing what is drawn: no styles, scripts, tooltips or comments with a date."""
    for parent in drawing.iter():
        for child in list(parent):
            if _is_extra(child):
                parent.remove(child)
    for element in drawing.iter():
        element.tag = element.tag.removeprefix(_SVG)
        element.attrib.pop("style", None)
        name = element.get("class", "")
        if name.startswith("series serie-"):
            element.set("class", f"track {kinds[int(name.split()[1].removeprefix('serie-'))]}")


_SVG = "{http://www.w3.org/2000/svg}"
_EXTRA_TAGS = ("defs", "title", "desc", "style", "script")
_EXTRA_CLASSES = ("titles", "plot text-overlay", "plot tooltip-overlay")


def _is_extra(element: ET.Element) -> bool:
    return element.tag.removeprefix(_SVG) in _EXTRA_TAGS or element.get("class", "") in _EXTRA_CLASSES


def _name(drawing: ET.Element, number: int, title: str, said: str) -> None:
    """Give the drawing a name and a description for those who do not see it."""
    drawing.attrib.pop("id", None)
    drawing.set("role", "img")
    drawing.set("aria-labelledby", f"figure-{number}-title figure-{number}-desc")
    for position, (tag, text) in enumerate((("title", title), ("desc", said))):
        element = ET.Element(tag, {"id": f"figure-{number}-{tag}"})
        element.text = text
        drawing.insert(position, element)
