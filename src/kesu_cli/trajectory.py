"""How a standing grew through its window (走势): the steps of the actual, and the line of the pace."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from kesu_cli.contribution import Contribution, figure
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.model.window import AsOf
from kesu_cli.pace import ZERO, has_pace, pace_of
from kesu_cli.standing import Standing

Point = tuple[date, Fraction]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """Points in the task's unit of measure; ``pace`` is empty where time says nothing of the figure.

    ``actual`` is what is undisputed; ``doubtful`` takes in what is disputed, empty where nothing is.
    """

    actual: tuple[Point, ...]
    pace: tuple[Point, ...]
    doubtful: tuple[Point, ...] = ()


def trajectory_of(standing: Standing, as_of: AsOf) -> Trajectory:
    """Follow a standing that has a target or named parts from the first day of its window to the date."""
    counted = sorted((c for c in standing.contributions if c.counted), key=lambda c: _day(c, as_of))
    certain = [c for c in counted if c.certain]
    doubtful = _grown(standing, counted, as_of) if standing.disputed else ()
    return Trajectory(tuple(_grown(standing, certain, as_of)), tuple(_pace(standing)), tuple(doubtful))


def _grown(standing: Standing, counted: Sequence[Contribution], as_of: AsOf) -> Iterator[Point]:
    days = ((day, list(group)) for day, group in groupby(counted, key=lambda c: _day(c, as_of)))
    return _actual(standing, days)


def _day(contribution: Contribution, as_of: AsOf) -> date:
    return min(contribution.entry.days.end, as_of.day)


def _actual(standing: Standing, days: Iterator[tuple[date, list[Contribution]]]) -> Iterator[Point]:
    task = standing.task
    so_far: list[Contribution] = []
    reached = ZERO
    for day, fresh in days:
        so_far += fresh
        if task.row.items:
            reached = Fraction(len(_covered(so_far) & set(task.row.items)))
        elif task.tally in (Tally.SUM, Tally.COUNT):
            reached += sum((c.amount for c in fresh), ZERO)
        else:
            reached = figure(task, so_far) or ZERO
        yield day, reached


def _covered(contributions: Sequence[Contribution]) -> set[str]:
    return {item for c in contributions for item in c.entry.items}


def _pace(standing: Standing) -> Iterator[Point]:
    task, window, wanted = standing.task, standing.window, standing.target
    if wanted is None or not has_pace(task):
        return
    base = Fraction(task.baseline.number) if task.baseline else ZERO
    yield window.start, base
    inside = sorted(point.day for point in task.interim if window.days.contains(point.day))
    for day in dict.fromkeys((*inside, window.end)):
        yield day, base + (wanted - base) * pace_of(task, window, day)
