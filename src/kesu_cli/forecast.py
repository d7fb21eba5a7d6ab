"""Where a standing is heading (预计完成), and what is needed a month to arrive."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from kesu_cli.contribution import Contribution, latest
from kesu_cli.model.plan import Task
from kesu_cli.model.policy import Policy
from kesu_cli.model.task_in_plan_file import Spread, Tally
from kesu_cli.model.window import AsOf, Days, Window
from kesu_cli.pace import ONE, RANGES, UPPER_BOUNDS, ZERO, reaches

DAYS_PER_MONTH = Fraction(365, 12)
SHORTEST_FORECAST = 90
FEWEST_FOR_FORECAST = 2


class Forecast(NamedTuple):
    """预计完成: the figure at the end of the window if things go on as over ``span``."""

    amount: Fraction
    span: Days


def forecast(
    task: Task, window: Window, counted: Sequence[Contribution], actual: Fraction | None, as_of: AsOf
) -> Forecast | None:
    """Extend a straight line to the window's end; only with two dated entries and 90 days behind them."""
    if task.row.target is None or actual is None:
        return None
    moments = sorted({c.entry.days.end for c in counted})
    if len(moments) < FEWEST_FOR_FORECAST:
        return None
    if task.tally in (Tally.SUM, Tally.COUNT):
        span = Days(window.start, as_of.day)
        grown = actual * window.days.length / span.length
        return Forecast(grown, span) if span.length >= SHORTEST_FORECAST else None
    span = Days(moments[0], moments[-1])
    if (span.end - span.start).days < SHORTEST_FORECAST or not _is_one_line(task, counted):
        return None
    levels = latest(task, counted)
    slope = (levels[-1].amount - levels[0].amount) / (span.end - span.start).days
    return Forecast(max(levels[-1].amount + slope * (window.end - span.end).days, ZERO), span)


def _is_one_line(task: Task, counted: Sequence[Contribution]) -> bool:
    """Whether the levels are those of one thing over time, so that a line can be drawn through them."""
    units = {c.entry.unit for c in counted}
    if len({c.entry.survey.area for c in counted}) > 1:
        return False
    return task.tally is Tally.LATEST and (task.row.spread is Spread.ANY or len(units) == 1)


def remaining_per_month(
    task: Task, window: Window, actual: Fraction | None, as_of: AsOf, policy: Policy
) -> Fraction | None:
    """Say what is needed a month from now on to reach a lower bound (a month is 365/12 days).

    With less than a month left it is all that lacks.
    """
    target = task.row.target
    if (
        target is None
        or actual is None
        or target.comparator in (*UPPER_BOUNDS, *RANGES)
        or reaches(task, actual, policy)
    ):
        return None
    lacking = Fraction(target.amount) - actual
    days = (window.end - as_of.day).days + (0 if as_of.over else 1)
    if lacking <= 0 or days <= 0 or as_of.day < window.start:
        return None
    return lacking / max(days / DAYS_PER_MONTH, ONE)
