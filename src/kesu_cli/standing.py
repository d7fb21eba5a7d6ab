"""How far a task stands (完成情况): pure arithmetic over plan and entries, exact to the last digit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kesu_cli.contribution import (
    NO_DOUBTS,
    Contribution,
    Doubt,
    Doubts,
    Interval,
    considered,
    has_happened,
    interval,
    items_missing,
    remarks_on,
    set_aside,
)
from kesu_cli.diagnostic import Severity
from kesu_cli.forecast import Forecast, forecast, remaining_per_month
from kesu_cli.model.plan import Task
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Entry, Unread
from kesu_cli.model.task_in_plan_file import Spread
from kesu_cli.model.window import AsOf, Days, Window
from kesu_cli.pace import ZERO, Bound, completion_of, has_pace, pace_of
from kesu_cli.verdict import Light, Verdict, light_of, verdict_at, weight_of, word_of

AWAITED = "尚未报送"


class Declaration(NamedTuple):
    """A unit's word that it has nothing to report for a task in a year."""

    unit: str
    year: int
    reason: str


class Source(NamedTuple):
    """A unit that a total comes from, in one year of its window.

    ``is_zero`` says that its signed report, or its own statement, holds nothing for the task; ``unknown``
    why what it may hold is not known (empty where it is, or is not due yet), with the ``file``.
    """

    unit: str
    year: int
    is_zero: bool
    unknown: str = ""
    file: str = ""

    @property
    def words(self) -> str:
        """Say what is not known."""
        return f"{self.file or f'{self.unit} {self.year} 年度报告'}{self.unknown}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How far one task stands in one window on one date.

    ``unit`` is set where every unit has its own standing. ``actual`` is the undisputed figure, ``interval``
    says between which figures it may lie. ``completion`` (完成率) and ``pace`` (序时进度) are fractions of
    one; ``completion`` and ``actual`` are None where there is nothing to measure, ``gap`` where there is no
    pace to keep. ``remaining_per_month`` is what is needed from now on. ``items_missing`` are named parts
    without an undisputed entry. ``unknown`` are the sources of which something is not known that bears on
    the figure. ``worst`` is the verdict at the worse end: its weight is the weight of the standing, whatever
    the word. ``over`` says that the window has ended, ``due`` that it should be known by now what was done:
    where the task has no day of its own, when the reports of its last year are due. ``review_due`` is the
    last day on which what is in doubt may be settled.
    ``retroactive`` (追溯) says that the window was over before the plan was issued.
    ``unwaived`` keeps the verdict under a waiver. ``declarations`` say that there is nothing to report.
    """

    task: Task
    window: Window
    unit: str
    actual: Fraction | None
    interval: Interval
    target: Fraction | None
    completion: Fraction | None
    pace: Fraction
    forecast: Forecast | None
    remaining_per_month: Fraction | None
    verdict: Verdict
    worst: Verdict
    light: Light
    over: bool
    due: bool
    review_due: date
    contributions: tuple[Contribution, ...]
    items_missing: tuple[str, ...]
    unknown: tuple[Source, ...] = ()
    retroactive: bool = False
    waiver: str = ""
    unwaived: Verdict | None = None
    declarations: tuple[Declaration, ...] = ()

    @property
    def is_paced(self) -> bool:
        """Whether time can be held against the figure."""
        return self.target is not None and has_pace(self.task)

    @property
    def gap(self) -> Fraction | None:
        """进度差 in fractions of one: completion minus pace."""
        if self.completion is None or not self.is_paced:
            return None
        return self.completion - self.pace

    @property
    def word(self) -> str:
        """The verdict as it is printed: before the reports are due nothing has been left unreported."""
        return AWAITED if self.is_awaited else word_of(self.verdict, self.task)

    @property
    def is_awaited(self) -> bool:
        """Whether nothing was reported of it, and nothing had to be yet."""
        return self.verdict is Verdict.UNREPORTED and not self.due

    @property
    def weighs_as(self) -> Verdict | None:
        """The verdict that a finding must speak of; None of what is waived or retroactive."""
        return None if self.retroactive or self.waiver else self.worst

    @property
    def weight(self) -> Severity | None:
        """How grave it is: by its worse end, whatever the word."""
        verdict = self.weighs_as
        return None if verdict is None else weight_of(verdict, self.task, due=self.due)

    @property
    def disputed(self) -> tuple[Contribution, ...]:
        """The entries that count only if what disputes them is cleared."""
        return tuple(c for c in self.contributions if c.disputed)

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """What disputes its entries, each once."""
        return tuple(dict.fromkeys(doubt for c in self.disputed for doubt in c.doubts))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What must stand wherever its figure stands: whose figure it is, and how sure."""
        return tuple(dict.fromkeys(remarks_on(self.task, self.contributions)))

    @property
    def in_doubt(self) -> Fraction | None:
        """How much lies between the undisputed figure and the greatest one; None where nothing does."""
        _, greatest = self.interval.known_ends
        if greatest is None or greatest == self.actual:
            return None
        return greatest - (self.actual or ZERO)

    @property
    def unread(self) -> tuple[str, ...]:
        """The files that could not be read and bear on it."""
        return tuple(sorted({source.file for source in self.unknown if source.file}))

    @property
    def is_silent(self) -> bool:
        """Whether nothing at all was reported for it, not even what can't be counted."""
        return self.actual is None and not self.contributions

    @property
    def only_declared(self) -> bool:
        """Whether all that was said of it is that there is nothing to report."""
        return bool(self.declarations) and not self.contributions

    @property
    def concluded(self) -> bool:
        """Whether the window is over and something was due in it (有事即报 without an event owes nothing)."""
        return self.over and not self.is_awaited and self.verdict is not Verdict.OPEN

    @property
    def awaited(self) -> bool:
        """Whether the window is not over and the task not met yet: it falls due."""
        return not self.over and self.verdict is not Verdict.MET

    @property
    def overdue(self) -> bool:
        """Whether the window is over and the task not met for certain."""
        return self.over and self.weight is not None


def finished_late(standing: Standing) -> Entry | None:
    """Return the first entry that did a plain duty after its last day; of amounts it says nothing."""
    task, end = standing.task, standing.window.end
    if task.row.target is not None or task.row.items:
        return None
    done = [
        c.entry for c in standing.contributions if c.entry.days.start > end and not set_aside(task, c.entry)
    ]
    return min(done, key=lambda entry: entry.days.end, default=None)


class Known(NamedTuple):
    """What is known beside the entries of a task.

    ``unread`` are reports that could not be read; ``declared`` the statements of whoever answers for the
    task that there is nothing to report; ``sources`` say of each unit that the total comes from whether
    its report is there; ``doubts`` what disputes entries, by place; ``issued`` is the day of the plan.
    """

    unread: Sequence[Unread] = ()
    declared: Sequence[Declaration] = ()
    sources: Sequence[Source] = ()
    doubts: Doubts = NO_DOUBTS
    issued: date = date.min


NOTHING_ELSE = Known()


def stand(
    task: Task,
    window: Window,
    unit: str,
    entries: Iterable[Entry],
    as_of: AsOf,
    policy: Policy,
    known: Known = NOTHING_ELSE,
) -> Standing:
    """Work out how far a task stands in one window.

    ``entries`` may hold any entries of the task: those of another window, after the date or (where
    ``unit`` is given) of another unit are left aside.
    """
    happened = (entry for entry in entries if unit in ("", entry.unit) and has_happened(entry, as_of))
    weighed = considered(task, window, happened, known.doubts)
    lost = _lost(task, Days(window.start, min(window.end, as_of.day)), unit, known.unread)
    unknown = tuple(source for source in (*known.sources, *lost) if source.unknown)
    is_zero = any(task.told_by(one.unit) for one in known.declared) or _is_zero(known.sources, weighed)
    has_spoken = is_zero or any(task.told_by(c.entry.unit) for c in weighed)
    is_nought = is_zero if task.row.target else has_spoken
    days = [(source.unit, _last_day(source, window, as_of)) for source in unknown]
    found = interval(task, weighed, days, is_nought=is_nought)
    has_spoken = has_spoken or any(source.file for source in unknown)
    over = as_of.has_ended(window.end)
    due = over and (task.has_deadline or as_of.report_overdue(policy.report_due.of(window.year)))
    judging = _Judging(task, window, as_of, policy, due, is_silent=not has_spoken)
    verdict, worst = judging.verdicts(found)
    retroactive = window.end < known.issued
    certain = [c for c in weighed if c.certain]
    pace = pace_of(task, window, as_of.day)
    light = judging.light(found, pace)
    return Standing(
        task=task,
        window=window,
        unit=unit,
        actual=found.certain,
        interval=found,
        target=_target(task),
        completion=_exact(_completion(task, found.certain)),
        pace=pace,
        forecast=None if over else forecast(task, window, certain, found.certain, as_of),
        remaining_per_month=remaining_per_month(task, window, found.certain, as_of, policy),
        verdict=verdict,
        worst=worst,
        light=Light.GREY if retroactive and weight_of(worst, task, due=due) else light,
        over=over,
        due=due,
        review_due=policy.review_due_of(window.end.year),
        contributions=weighed,
        items_missing=items_missing(task, certain),
        unknown=tuple(source for source in unknown if source.file or found.hangs_on_the_unknown),
        retroactive=retroactive,
        declarations=tuple(known.declared),
    )


class _Judging(NamedTuple):
    """What the verdicts at the ends of an interval are made by."""

    task: Task
    window: Window
    as_of: AsOf
    policy: Policy
    due: bool
    is_silent: bool

    def at(self, figure: Bound | None) -> Verdict:
        return verdict_at(self.task, self.window, figure, self.as_of, self.policy, silent=self.is_silent)

    def verdicts(self, found: Interval) -> tuple[Verdict, Verdict]:
        """Return the verdict to print, and the one at the worse end, which weighs."""
        decided, ends = self.at(found.certain), (self.at(found.least), self.at(found.greatest))
        best, _, worst = sorted((decided, *ends), key=self._badness)
        if self._badness(worst) == self._badness(best):
            return decided, decided
        if decided is Verdict.UNREPORTED:  # where nobody has said anything there is nothing to verify
            return decided, worst
        if not self.as_of.has_ended(self.window.end):
            return (worst if self._is_well(worst) is self._is_well(best) else Verdict.UNVERIFIED), worst
        review_due = self.policy.review_due_of(self.window.end.year)
        unbounded = [self.at(end) for end in (found.least, found.greatest) if isinstance(end, float)]
        is_settled = self.as_of.has_ended(review_due)
        is_settled = is_settled and all(verdict.rank >= decided.rank for verdict in unbounded)
        return (decided if is_settled else Verdict.UNVERIFIED), worst

    def light(self, found: Interval, pace: Fraction) -> Light:
        """Return the worst of the lights at the ends and at the undisputed figure."""
        ends = ((self.at(end), _completion(self.task, end)) for end in found)
        lights = (light_of(*end, pace, due=self.due, policy=self.policy) for end in ends)
        return max(lights, key=lambda light: light.badness)

    def _badness(self, verdict: Verdict) -> tuple[bool, int]:
        return not self._is_well(verdict), -verdict.rank

    def _is_well(self, verdict: Verdict) -> bool:
        """Whether nothing is held against it as things stand: silence is not, while there is time."""
        return weight_of(verdict, self.task, due=self.due) is None


def _is_zero(sources: Sequence[Source], weighed: Sequence[Contribution]) -> bool:
    """Whether there is a signed report in which nothing may count: it says that nothing was done."""
    telling = {c.entry.unit for c in weighed if c.counted or c.unknown}
    return any(source.is_zero and source.unit not in telling for source in sources)


def _exact(completion: Bound | None) -> Fraction | None:
    return completion if isinstance(completion, Fraction) else None


def _last_day(source: Source, window: Window, as_of: AsOf) -> date:
    """Return the last day that what is not known of a source may be dated to."""
    return min(date(source.year, 12, 31), window.end, as_of.day) if source.year else as_of.day


def _lost(task: Task, days: Days, unit: str, unread: Sequence[Unread]) -> Iterator[Source]:
    """Name the reports that could not be read and may hold something for the task."""
    years = range(days.start.year, days.end.year + 1)
    for lost in unread:
        in_time = not lost.year or lost.year in years
        of_unit = not lost.unit or (task.told_by(lost.unit) and unit in ("", lost.unit))
        if in_time and of_unit and (not lost.tasks or task.id in lost.tasks):
            yield Source(lost.unit, lost.year, is_zero=False, unknown="读不出来", file=lost.file)


def _target(task: Task) -> Fraction | None:
    if task.row.items:
        return Fraction(len(task.row.items))
    return Fraction(task.row.target.amount) if task.row.target else None


def _completion(task: Task, figure: Bound | None) -> Bound | None:
    if figure is None:
        return None
    return figure / len(task.row.items) if task.row.items else completion_of(task, figure)


def spread_units(task: Task) -> tuple[str, ...]:
    """Name the units that have a standing of their own; one empty name where there is a single standing."""
    return task.owners if task.row.spread is Spread.EACH else ("",)
