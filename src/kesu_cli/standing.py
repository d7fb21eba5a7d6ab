"""How far a task stands (完成情况): pure arithmetic over plan and entries, exact to the last digit."""

import operator
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from kesu_cli.model.amount import PER_CENT
from kesu_cli.model.plan import Task
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Entry, Unread
from kesu_cli.model.target import Comparator
from kesu_cli.model.task_in_plan_file import Spread, Tally
from kesu_cli.model.window import AsOf, Days, Precision, Window, day_before

ONE = Fraction(1)
ZERO = Fraction(0)
WHOLE = Fraction(100)
DAYS_PER_MONTH = Fraction(365, 12)
SHORTEST_FORECAST = 90
AWAITED = "尚未报送"
FEWEST_FOR_FORECAST = 2

_UPPER_BOUNDS = (Comparator.AT_MOST, Comparator.LESS_THAN)
_MAY_TURN = (*_UPPER_BOUNDS, Comparator.BETWEEN, Comparator.EQUAL)

_COMPARISONS: dict[Comparator, Callable[[Fraction, Fraction], bool]] = {
    Comparator.AT_LEAST: operator.ge,
    Comparator.MORE_THAN: operator.gt,
    Comparator.AT_MOST: operator.le,
    Comparator.LESS_THAN: operator.lt,
    Comparator.EQUAL: operator.eq,
    Comparator.ABOUT: operator.ge,
    Comparator.BETWEEN: operator.ge,
}


class Verdict(StrEnum):
    """How a task stands in a window on a date."""

    MET = "met"
    ON_PACE = "on_pace"
    BEHIND = "behind"
    MISSED = "missed"
    UNREPORTED = "unreported"
    OPEN = "open"
    UPCOMING = "upcoming"
    UNVERIFIED = "unverified"
    WAIVED = "waived"

    @property
    def label(self) -> str:
        """The word that is printed."""
        return _VERDICT_LABELS[self]


_VERDICT_LABELS = {
    Verdict.MET: "达标",
    Verdict.ON_PACE: "达进度",
    Verdict.BEHIND: "欠进度",
    Verdict.MISSED: "未达标",
    Verdict.UNREPORTED: "未报送",
    Verdict.OPEN: "进行中",
    Verdict.UPCOMING: "未到期",
    Verdict.UNVERIFIED: "待核实",
    Verdict.WAIVED: "已豁免",
}


class Light(StrEnum):
    """亮灯: colour beside the word."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    GREY = "grey"


class Contribution(NamedTuple):
    """What one entry added to a standing, or why it added nothing.

    ``why`` is empty when the entry may count; ``passed_over`` says why, of several levels that may
    count, another one was taken.
    """

    entry: Entry
    amount: Fraction
    why: str
    passed_over: str = ""

    @property
    def counted(self) -> bool:
        """Whether it may count."""
        return not self.why

    @property
    def decides(self) -> bool:
        """Whether the figure was made of it."""
        return not self.why and not self.passed_over


class Forecast(NamedTuple):
    """预计完成: the figure at the end of the window if things go on as over ``span``."""

    amount: Fraction
    span: Days


class Declaration(NamedTuple):
    """A unit's word that it has nothing to report for a task in a year."""

    unit: str
    year: int
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one task stands in one window on one date.

    ``unit`` is set where every unit has its own standing. ``completion`` (完成率) and ``pace``
    (序时进度) are fractions of one; ``completion`` and ``actual`` are None where there is nothing to
    measure. ``remaining_per_month`` is what is needed from now on. ``items_missing`` are named parts
    without an entry. ``unread`` names files that could not be read and might change the verdict.
    ``doubt`` says why a verdict is unverified. ``unwaived`` keeps the verdict under a waiver.
    ``declarations`` say that there is nothing to report.
    """

    task: Task
    window: Window
    unit: str
    actual: Fraction | None
    target: Fraction | None
    completion: Fraction | None
    pace: Fraction
    forecast: Forecast | None
    remaining_per_month: Fraction | None
    verdict: Verdict
    light: Light
    over: bool
    contributions: tuple[Contribution, ...]
    items_missing: tuple[str, ...]
    unread: tuple[str, ...]
    doubt: str = ""
    waiver: str = ""
    unwaived: Verdict | None = None
    declarations: tuple[Declaration, ...] = ()

    @property
    def gap(self) -> Fraction | None:
        """进度差 in fractions of one: completion minus pace."""
        return None if self.completion is None else self.completion - self.pace

    @property
    def word(self) -> str:
        """The verdict as it is printed: before the window is over nothing has been left unreported."""
        is_awaited = self.verdict is Verdict.UNREPORTED and not self.over
        return AWAITED if is_awaited else self.verdict.label

    @property
    def only_declared(self) -> bool:
        """Whether all that was said of it is that there is nothing to report."""
        return bool(self.declarations) and not self.contributions

    @property
    def concluded(self) -> bool:
        """Whether the window is over and something was due in it (有事即报 without an event owes nothing)."""
        return self.over and self.verdict is not Verdict.OPEN

    @property
    def awaited(self) -> bool:
        """Whether the window is not over and the task not met yet: it falls due."""
        return not self.over and self.verdict is not Verdict.MET

    @property
    def overdue(self) -> bool:
        """Whether the window is over and the task not met."""
        return self.over and self.verdict in (Verdict.MISSED, Verdict.UNREPORTED)


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
    inside = sorted((row.day, row.amount.number) for row in task.row.interim if window.days.contains(row.day))
    if target is None or not inside:
        return None
    points = {day_before(window.start): ZERO}
    reached = ZERO
    for day, amount in inside:
        # a point beyond the target or below an earlier one must not send the pace backwards
        reached = min(max(reached, completion_of(task, Fraction(amount)) or ZERO), ONE)
        points[day] = reached
    points[window.end] = ONE
    return sorted(points.items())


def completion_of(task: Task, actual: Fraction) -> Fraction | None:
    """完成率 = actual ÷ target; with a baseline (actual − baseline) ÷ (target − baseline).

    For an upper bound without baseline the mirror, target ÷ actual. None where it would mean
    dividing by zero.
    """
    target = task.row.target
    if target is None:
        return None
    wanted = Fraction(target.amount)
    if task.row.baseline is not None:
        baseline = Fraction(task.row.baseline.number)
        return (actual - baseline) / (wanted - baseline)
    if target.comparator in _UPPER_BOUNDS:
        return wanted / actual if actual else None
    return actual / wanted if wanted else None


def reaches(task: Task, actual: Fraction, policy: Policy) -> bool:
    """Whether a figure satisfies the comparator of the target; without one, whether the duty is done."""
    target = task.row.target
    if target is None:
        return actual >= (len(task.row.items) or 1)
    amount = Fraction(target.amount)
    if target.comparator is Comparator.ABOUT:
        amount -= amount * Fraction(policy.about_within.number) / 100
    holds = _COMPARISONS[target.comparator](actual, amount)
    return holds and (target.comparator is not Comparator.BETWEEN or actual <= Fraction(target.high))


def weigh(task: Task, entry: Entry) -> Contribution:
    """Say what one entry adds to its task, and why where it adds nothing."""
    why = _refusal(task, entry)
    if why:
        return Contribution(entry, ZERO, why)
    if task.tally is Tally.COUNT or entry.number is None:
        return Contribution(entry, ONE, "")
    return Contribution(entry, entry.number, "")


def _refusal(task: Task, entry: Entry) -> str:
    return set_aside(task, entry) or _value_fault(task, entry)


def finished_late(standing: Standing) -> Entry | None:
    """Return the first entry that did a plain duty after its last day; of amounts it says nothing."""
    task, end = standing.task, standing.window.end
    if task.row.target is not None or task.row.items:
        return None
    done = [
        c.entry for c in standing.contributions if c.entry.days.start > end and not set_aside(task, c.entry)
    ]
    return min(done, key=lambda entry: entry.days.end, default=None)


def set_aside(task: Task, entry: Entry) -> str:
    """Why the fact itself does not count here, whatever its figure."""
    if not task.owed_by(entry.unit):
        return f"{entry.unit}不是本任务的牵头或责任单位" if task.owners else f"由{task.accountable}报送"
    if entry.counted_by and entry.counted_by != entry.unit:
        return f"由{entry.counted_by}计数"
    return "" if entry.done else "尚未办结"


def _value_fault(task: Task, entry: Entry) -> str:
    """Why the figure of an entry can't be used."""
    if task.row.items and not any(item in task.row.items for item in entry.items):
        return "没有写明是点名的哪一项"
    if task.row.target is None or task.tally is Tally.COUNT:
        return ""
    if entry.number is None:
        return "没有填写数值"
    if unit_differs(task, entry):
        return f"计量单位是“{entry.measured_in}”，任务要求“{task.row.target.unit}”"
    if scale_in_doubt(task, entry):
        return "百分数写成了小数，分不清是百分之几还是比例；请写成 15% 这样的百分数"
    return "百分数超过了 100%" if exceeds_whole(task, entry) else ""


def unit_differs(task: Task, entry: Entry) -> bool:
    """Whether the entry names another unit of measure than its task."""
    return task.row.target is not None and bool(entry.measured_in) and entry.measured_in not in task.measures


def scale_in_doubt(task: Task, entry: Entry) -> bool:
    """Whether a bare value below one stands where per cent are asked for (0.15 or 15 %)."""
    target = task.row.target
    if target is None or target.unit != PER_CENT or entry.measured_in or entry.number is None:
        return False
    return 0 < entry.number < 1


def exceeds_whole(task: Task, entry: Entry) -> bool:
    """Whether more than 100 % stand where the plan asks for no more than that."""
    target = task.row.target
    if target is None or target.unit != PER_CENT or entry.number is None:
        return False
    return entry.number > max(WHOLE, Fraction(target.high))


def has_happened(entry: Entry, as_of: AsOf) -> bool:
    """Whether an entry is a fact on the date: a month from its first day, all else from its last."""
    if entry.days.precision is Precision.MONTH:
        return entry.days.start <= as_of.day
    return entry.days.end <= as_of.day


def stand(
    task: Task,
    window: Window,
    unit: str,
    entries: Iterable[Entry],
    as_of: AsOf,
    policy: Policy,
    unread: Sequence[Unread] = (),
    *,
    declared: Sequence[Declaration] = (),
) -> Standing:
    """Work out how far a task stands in one window.

    ``entries`` may hold any entries of the task: those of another window, after the date or (where
    ``unit`` is given) of another unit are left aside. ``declared`` are the statements of whoever
    answers for the task that there is nothing to report.
    """
    happened = (entry for entry in entries if unit in ("", entry.unit) and has_happened(entry, as_of))
    considered = tuple(_considered(task, window, happened))
    counted = tuple(c for c in considered if c.counted)
    missing = _items_missing(task, counted)
    reported = bool(declared) or any(task.owed_by(c.entry.unit) for c in considered)
    actual = _actual(task, counted, missing) if reported else None
    over = as_of.has_ended(window.end)
    blocked = _blocked_by(task, window, unit, unread)
    verdict = _verdict(task, window, actual, reported, as_of, policy)
    doubt = _doubt(task, verdict, considered, policy)
    if blocked and _could_change(task, verdict, actual):
        doubt = doubt or "有文件读不出来"
    if doubt:
        verdict = Verdict.UNVERIFIED
    completion = None if actual is None else _completion(task, actual)
    pace = pace_of(task, window, as_of.day)
    return Standing(
        task=task,
        window=window,
        unit=unit,
        actual=actual,
        target=_target(task),
        completion=completion,
        pace=pace,
        forecast=None if over else _forecast(task, window, counted, actual, as_of),
        remaining_per_month=_remaining(task, window, actual, as_of, policy),
        verdict=verdict,
        light=_light(verdict, completion, pace, over, policy),
        over=over,
        contributions=tuple(
            sorted(_passed_over(task, considered), key=lambda c: (c.entry.days.end, *c.entry[:2]))
        ),
        items_missing=missing,
        unread=blocked,
        declarations=tuple(declared),
        doubt=doubt,
    )


def _considered(task: Task, window: Window, entries: Iterable[Entry]) -> Iterator[Contribution]:
    """Weigh the entries of a window, and name those near it that are left out only because of their date."""
    for entry in entries:
        if window.days.contains(entry.days.end):
            yield weigh(task, entry)
        elif entry.days.precision is Precision.MONTH and entry.days.meets(window.days):
            why = set_aside(task, entry) or f"只写到月份，分不清是否在 {window.end} 以前"
            yield Contribution(entry, ZERO, why)
        elif task.has_deadline and entry.days.end > window.end and not _may_turn(task):
            why = set_aside(task, entry) or f"晚于到期日 {window.end}"
            yield Contribution(entry, ZERO, why)


def _target(task: Task) -> Fraction | None:
    if task.row.items:
        return Fraction(len(task.row.items))
    return Fraction(task.row.target.amount) if task.row.target else None


def _items_missing(task: Task, counted: Sequence[Contribution]) -> tuple[str, ...]:
    covered = {item for c in counted for item in c.entry.items}
    return tuple(item for item in task.row.items if item not in covered)


def _actual(task: Task, counted: Sequence[Contribution], missing: Sequence[str]) -> Fraction | None:
    if task.row.items:
        return Fraction(len(task.row.items) - len(missing))
    return tally(task, counted)


def tally(task: Task, counted: Sequence[Contribution]) -> Fraction | None:
    """Put entries together, first over time, then over units; None where a level has no entry yet."""
    if task.tally not in (Tally.SUM, Tally.COUNT) and not counted:
        return None
    return _total(c.amount for c in _deciding(task, counted))


def _total(amounts: Iterable[Fraction]) -> Fraction:
    """Add up exactly; of each denominator the numerators first, a tenth of the cost of adding fractions."""
    numerators: dict[int, int] = {}
    for amount in amounts:
        below = amount.denominator
        numerators[below] = numerators.get(below, 0) + amount.numerator
    return sum((Fraction(above, below) for below, above in numerators.items()), ZERO)


def _deciding(task: Task, counted: Sequence[Contribution]) -> Sequence[Contribution]:
    """Pick the entries that are added up: of levels the last or greatest, of each unit where units add up."""
    if task.tally in (Tally.SUM, Tally.COUNT):
        return counted
    series: dict[str, list[Contribution]] = {}
    for c in counted:
        series.setdefault("" if task.row.spread is Spread.ANY else c.entry.unit, []).append(c)
    if task.tally is Tally.MAX:
        return [max(one, key=_height) for one in series.values()]
    return [latest(one)[-1] for one in series.values()]


def _height(c: Contribution) -> tuple[Fraction, str, int]:
    """Order levels by amount; which of equal ones is taken must not hang on the order they come in."""
    return c.amount, c.entry.from_file, -c.entry.position


def _passed_over(task: Task, considered: Sequence[Contribution]) -> Iterator[Contribution]:
    """Mark the levels that may count and were not taken."""
    if task.tally in (Tally.SUM, Tally.COUNT):
        yield from considered
        return
    deciding = {id(c) for c in _deciding(task, [c for c in considered if c.counted])}
    why = "已有更大的数" if task.tally is Tally.MAX else "已有更近的数"
    for c in considered:
        yield c._replace(passed_over=why) if c.counted and id(c) not in deciding else c


def latest(counted: Sequence[Contribution]) -> list[Contribution]:
    """Sort levels by date; on one day the greater amount comes last, of equal ones the better proven."""
    return sorted(
        counted, key=lambda c: (c.entry.days.end, c.entry.days.start, c.amount, len(c.entry.evidence))
    )


def _completion(task: Task, actual: Fraction) -> Fraction | None:
    if task.row.items:
        return actual / len(task.row.items)
    return completion_of(task, actual)


def _verdict(
    task: Task, window: Window, actual: Fraction | None, reported: bool, as_of: AsOf, policy: Policy
) -> Verdict:
    if as_of.day < window.start:
        return Verdict.UPCOMING
    if task.row.on_event:
        return Verdict.MET if actual and reaches(task, actual, policy) else Verdict.OPEN
    over = as_of.has_ended(window.end)
    if task.row.target is None:
        return _duty_verdict(task, actual, over, policy)
    if not reported:
        return Verdict.UNREPORTED
    if actual is None:
        return Verdict.MISSED if over else Verdict.OPEN
    return _figure_verdict(task, window, actual, as_of, policy)


def _duty_verdict(task: Task, actual: Fraction | None, over: bool, policy: Policy) -> Verdict:
    """Judge a duty that is done or not done: there is no half of it to hold against the pace."""
    if actual is not None and reaches(task, actual, policy):
        return Verdict.MET
    if not over:
        return Verdict.OPEN
    return Verdict.UNREPORTED if actual is None else Verdict.MISSED


def _figure_verdict(task: Task, window: Window, actual: Fraction, as_of: AsOf, policy: Policy) -> Verdict:
    over = as_of.has_ended(window.end)
    if reaches(task, actual, policy):
        return Verdict.MET if over or not _may_turn(task) else Verdict.ON_PACE
    if over or _beyond_repair(task, actual):
        return Verdict.MISSED
    completion = completion_of(task, actual)
    if completion is None:
        return Verdict.OPEN
    # a level that has run past a target it must hit is no more on pace than one below it
    on_pace = pace_of(task, window, as_of.day) <= completion <= ONE
    return Verdict.ON_PACE if on_pace else Verdict.BEHIND


def _may_turn(task: Task) -> bool:
    """Whether a target that is reached today can still be lost before the window ends."""
    return task.row.target is not None and task.row.target.comparator in _MAY_TURN


def _beyond_repair(task: Task, actual: Fraction) -> bool:
    """Whether an upper bound is already broken by a figure that can only grow."""
    target = task.row.target
    if target is None or not _may_turn(task) or task.tally is Tally.LATEST:
        return False
    if target.comparator is Comparator.LESS_THAN:
        return actual >= target.amount
    return actual > target.high


def _doubt(task: Task, verdict: Verdict, considered: Sequence[Contribution], policy: Policy) -> str:
    """Say whether a good verdict rests on entries that lack evidence or on leaving a figure out."""
    if verdict not in (Verdict.MET, Verdict.ON_PACE):
        return ""
    if _may_turn(task) and any(not c.counted and not set_aside(task, c.entry) for c in considered):
        return "有条目没有计入"
    is_short = verdict is Verdict.MET and not _holds_with_evidence(task, considered, policy)
    return "佐证材料不够" if is_short else ""


def _holds_with_evidence(task: Task, considered: Sequence[Contribution], policy: Policy) -> bool:
    """Whether the target is still reached when only entries with enough evidence count."""
    counted = [c for c in considered if c.counted]
    # an older level, however well proven, says nothing about where things stand now
    telling = _deciding(task, counted) if task.tally is Tally.LATEST else counted
    needed = evidence_needed(task, policy)
    proven = [c for c in telling if len(c.entry.evidence) >= needed]
    if len(proven) == len(telling):
        return True
    if task.row.target and task.row.target.comparator in _UPPER_BOUNDS:
        return False
    actual = _actual(task, proven, _items_missing(task, proven))
    return actual is not None and reaches(task, actual, policy)


def _could_change(task: Task, verdict: Verdict, actual: Fraction | None) -> bool:
    """Whether what stands in a report that can't be read might change the verdict."""
    if verdict in (Verdict.MET, Verdict.ON_PACE):
        return _may_turn(task) or task.tally is Tally.LATEST
    if verdict is Verdict.MISSED:
        return actual is None or not _beyond_repair(task, actual)
    return verdict in (Verdict.BEHIND, Verdict.UNREPORTED)


def evidence_needed(task: Task, policy: Policy) -> int:
    """How many pieces of evidence an entry of the task needs."""
    return int(getattr(policy.evidence, task.strength.value))


def _blocked_by(task: Task, window: Window, unit: str, unread: Sequence[Unread]) -> tuple[str, ...]:
    years = range(window.start.year, window.end.year + 1)
    return tuple(
        sorted(
            lost.file
            for lost in unread
            if (not lost.year or lost.year in years)
            and (not lost.unit or (task.owed_by(lost.unit) and unit in ("", lost.unit)))
            and (not lost.tasks or task.id in lost.tasks)
        )
    )


def _light(
    verdict: Verdict, completion: Fraction | None, pace: Fraction, over: bool, policy: Policy
) -> Light:
    if verdict in (Verdict.MET, Verdict.ON_PACE):
        return Light.GREEN
    if verdict is Verdict.UNVERIFIED:
        return Light.YELLOW
    if verdict is Verdict.MISSED or (verdict is Verdict.UNREPORTED and over):
        return Light.RED
    if verdict is not Verdict.BEHIND:
        return Light.GREY
    allowed = Fraction(policy.lights.yellow_within.number) / 100
    near = completion is not None and pace - completion <= allowed
    return Light.YELLOW if near else Light.RED


def _forecast(
    task: Task, window: Window, counted: Sequence[Contribution], actual: Fraction | None, as_of: AsOf
) -> Forecast | None:
    """Extend a straight line to the window's end; only with two dated entries and 90 days behind them."""
    if task.row.target is None or actual is None:
        return None
    moments = sorted({min(c.entry.days.end, as_of.day) for c in counted})
    if len(moments) < FEWEST_FOR_FORECAST:
        return None
    if task.tally in (Tally.SUM, Tally.COUNT):
        span = Days(window.start, as_of.day)
        grown = actual * window.days.length / span.length
        return Forecast(grown, span) if span.length >= SHORTEST_FORECAST else None
    span = Days(moments[0], moments[-1])
    if (span.end - span.start).days < SHORTEST_FORECAST or not _is_one_line(task, counted):
        return None
    levels = latest(counted)
    slope = (levels[-1].amount - levels[0].amount) / (span.end - span.start).days
    return Forecast(max(levels[-1].amount + slope * (window.end - span.end).days, ZERO), span)


def _is_one_line(task: Task, counted: Sequence[Contribution]) -> bool:
    """Whether the levels are those of one thing over time, so that a line can be drawn through them."""
    units = {c.entry.unit for c in counted}
    return task.tally is Tally.LATEST and (task.row.spread is Spread.ANY or len(units) == 1)


def _remaining(
    task: Task, window: Window, actual: Fraction | None, as_of: AsOf, policy: Policy
) -> Fraction | None:
    """Say what is needed a month from now on to reach a lower bound (a month is 365/12 days).

    With less than a month left it is all that lacks.
    """
    target = task.row.target
    if target is None or actual is None or _may_turn(task) or reaches(task, actual, policy):
        return None
    lacking = Fraction(target.amount) - actual
    days = (window.end - as_of.day).days + (0 if as_of.over else 1)
    if lacking <= 0 or days <= 0 or as_of.day < window.start:
        return None
    return lacking / max(days / DAYS_PER_MONTH, ONE)


def spread_units(task: Task) -> tuple[str, ...]:
    """Name the units that have a standing of their own; one empty name where there is a single standing."""
    return task.owners if task.row.spread is Spread.EACH else ("",)
