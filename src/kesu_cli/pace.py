"""What a figure is held against (序时进度, 完成率): the days gone by, the target, its comparator."""

import operator
from collections.abc import Callable
from datetime import date
from fractions import Fraction
from itertools import pairwise

from kesu_cli.model.plan import Task
from kesu_cli.model.policy import Policy
from kesu_cli.model.target import Comparator
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.model.window import Window, day_before

ONE = Fraction(1)
ZERO = Fraction(0)

Bound = Fraction | float  # an exact figure, or math.inf where nothing bounds it

UPPER_BOUNDS = (Comparator.AT_MOST, Comparator.LESS_THAN)
RANGES = (Comparator.BETWEEN, Comparator.EQUAL)

_COMPARISONS: dict[Comparator, Callable[[Bound, Fraction], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.MORE_THAN: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.LESS_THAN: operator.lt,
    Comparator.EQUAL: operator.eq,
    Comparator.ABOUT: operator.ge,
    Comparator.BETWEEN: operator.ge,
}


def pace_of(task: Task, window: Window, day: date) -> Fraction:
    """序时进度 = (day − start + 1) / (end − start + 1) in days, clamped to 0–1.

    Where the office has split the target (``interim``), linear between the interim points.
    """
    points = _interim_points(task, window)
    if points is None:
        elapsed = Fraction((day - window.start).days + 1, window.days.length)
        return min(max(elapsed, ZERO), ONE)
    for (start, low), (end, high) in pairwise(points):
        if day <= end:
            share = Fraction((day - start).days, (end - start).days)
            return low + (high - low) * max(share, ZERO)
    return ONE


def _interim_points(task: Task, window: Window) -> list[tuple[date, Fraction]] | None:
    target = task.row.target
    inside = sorted((row.day, row.amount.number) for row in task.interim if window.days.contains(row.day))
    if target is None or not inside:
        return None
    points = {day_before(window.start): ZERO}
    reached = ZERO
    for day, amount in inside:
        # a point beyond the target or below an earlier one must not send the pace backwards
        reached = min(max(reached, Fraction(completion_of(task, Fraction(amount)) or ZERO)), ONE)
        points[day] = reached
    points[window.end] = ONE
    return sorted(points.items())


def has_pace(task: Task) -> bool:
    """Whether time can be held against the figure: it accumulates, or has a baseline or interim points."""
    if task.tally is not Tally.LATEST:
        return task.row.target is None or task.row.target.comparator not in (*UPPER_BOUNDS, *RANGES)
    target = task.row.target
    is_ceiling = target is not None and target.comparator in UPPER_BOUNDS
    return task.baseline is not None or (bool(task.interim) and not is_ceiling)


def completion_of(task: Task, actual: Bound) -> Bound | None:
    """完成率 = actual ÷ target; with a baseline (actual − baseline) ÷ (target − baseline).

    An upper bound without a baseline has none; None also where it would mean dividing by zero.
    """
    target = task.row.target
    if target is None:
        return None
    wanted = Fraction(target.amount)
    if task.baseline is not None:
        baseline = Fraction(task.baseline.number)
        return (actual - baseline) / (wanted - baseline)
    if target.comparator in UPPER_BOUNDS:
        return None
    return actual / wanted if wanted else None


def reaches(task: Task, actual: Bound, policy: Policy) -> bool:
    """Whether a figure satisfies the comparator of the target; without one, whether the duty is done."""
    target = task.row.target
    if target is None:
        return actual >= (len(task.row.items) or 1)
    amount = Fraction(target.amount)
    if target.comparator is Comparator.ABOUT:
        amount -= amount * Fraction(policy.about_within.number) / 100
    holds = _COMPARISONS[target.comparator](actual, amount)
    return holds and (target.comparator is not Comparator.BETWEEN or actual <= Fraction(target.high))
