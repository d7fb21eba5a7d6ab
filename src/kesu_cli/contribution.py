"""What an entry adds to a standing (计入), and between which two figures the total lies."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kesu_cli.diagnostic import Dispute, DisputeKind, Place
from kesu_cli.model.amount import PER_CENT
from kesu_cli.model.plan import Task
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Entry
from kesu_cli.model.task_in_plan_file import Spread, Tally
from kesu_cli.model.window import AsOf, Precision, Window
from kesu_cli.pace import ONE, RANGES, UPPER_BOUNDS, ZERO, Bound

WHOLE = Fraction(100)


class Doubt(NamedTuple):
    """Why an entry may not count (存疑): the dispute, and what the finding of which rule says of it where."""

    dispute: Dispute
    code: str
    message: str
    place: Place


Doubts = Mapping[Place, tuple[Doubt, ...]]
NO_DOUBTS: Doubts = {}


class Contribution(NamedTuple):
    """What one entry added to a standing, or why it added nothing.

    ``why`` is empty when the entry may count; ``unknown`` says that it would count and its figure can't
    be used. ``passed_over`` says why, of several levels that may count, another one was taken.
    ``doubts`` dispute it; ``kept`` says that of entries that are one fact this one counts for certain.
    """

    entry: Entry
    amount: Fraction
    why: str
    passed_over: str = ""
    unknown: bool = False
    doubts: tuple[Doubt, ...] = ()
    kept: bool = False

    @property
    def counted(self) -> bool:
        """Whether it may count."""
        return not self.why

    @property
    def certain(self) -> bool:
        """Whether it counts whatever comes of the doubts."""
        return not self.why and (not self.doubts or self.kept)

    @property
    def disputed(self) -> bool:
        """Whether it counts only if the doubts are cleared."""
        return bool(self.doubts) and not self.why and not self.kept

    @property
    def decides(self) -> bool:
        """Whether the figure was made of it."""
        return not self.why and not self.passed_over

    @property
    def least(self) -> Fraction:
        """What it adds at least."""
        return self.amount if self.certain else min(ZERO, self.amount)

    @property
    def greatest(self) -> Fraction:
        """What it adds at most."""
        return self.amount if self.certain else max(ZERO, self.amount)


class Interval(NamedTuple):
    """Between which figures a total lies; None where there is no figure.

    ``certain`` is what the undisputed entries come to; ``least`` and ``greatest`` take in every way the
    doubts may end. Infinite is an end that nothing bounds, because something is not known.
    """

    certain: Fraction | None
    least: Bound | None
    greatest: Bound | None

    @property
    def is_unbounded(self) -> bool:
        """Whether something that is not known bears on the total."""
        return isinstance(self.least, float) or isinstance(self.greatest, float)

    def without_figure(self) -> "Interval":
        """Keep only what nothing bounds: nobody has given a figure, and none has been said to be nought."""
        least, greatest = (end if isinstance(end, float) else None for end in (self.least, self.greatest))
        return Interval(None, least, greatest)

    @property
    def known_ends(self) -> tuple[Fraction | None, Fraction | None]:
        """The ends that figures can be given for: an unbounded one is what is certain."""
        least = self.least if isinstance(self.least, Fraction) else self.certain
        return least, self.greatest if isinstance(self.greatest, Fraction) else self.certain


def weigh(task: Task, entry: Entry) -> Contribution:
    """Say what one entry adds to its task, and why where it adds nothing."""
    why = set_aside(task, entry)
    if why:
        return Contribution(entry, ZERO, why)
    fault = _value_fault(task, entry)
    if fault:
        return Contribution(entry, ZERO, fault, unknown=True)
    counts_one = task.tally is Tally.COUNT or entry.number is None
    return Contribution(entry, ONE if counts_one else entry.number or ZERO, "")


def set_aside(task: Task, entry: Entry) -> str:
    """Why the fact itself does not count here, whatever its figure."""
    if not task.owed_by(entry.unit):
        return f"{entry.unit}不是本任务的牵头或责任单位" if task.owners else f"由{task.accountable}报送"
    if entry.counted_by and entry.counted_by != entry.unit:
        return f"由{entry.counted_by}计数"
    if task.source_of_record and entry.unit != task.source_of_record:
        return f"以{task.source_of_record}的台账为准，这里是其中数"
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
    """Whether an entry is a fact on the date: when its last day has come, a month when it is over."""
    if entry.days.precision is Precision.MONTH:
        return as_of.has_ended(entry.days.end)
    return entry.days.end <= as_of.day


def considered(
    task: Task, window: Window, entries: Iterable[Entry], doubts: Doubts
) -> tuple[Contribution, ...]:
    """Weigh the entries of a window, with what disputes each."""
    weighed = [
        c._replace(doubts=doubts.get(c.entry.place, ())) if c.counted else c
        for c in _weighed(task, window, entries)
    ]
    if any(c.doubts for c in weighed):
        weighed = list(_with_kept(weighed))
    return tuple(sorted(_passed_over(task, weighed), key=lambda c: (c.entry.days.end, *c.entry[:2])))


def _weighed(task: Task, window: Window, entries: Iterable[Entry]) -> Iterator[Contribution]:
    """Weigh the entries of a window, and name those near it that are left out only because of their date."""
    for entry in entries:
        if window.days.contains(entry.days.end):
            yield weigh(task, entry)
        elif entry.days.precision is Precision.MONTH and entry.days.meets(window.days):
            why = set_aside(task, entry) or f"只写到月份，分不清是否在 {window.end} 以前"
            yield Contribution(entry, ZERO, why)
        elif task.has_deadline and entry.days.end > window.end and not _is_limit(task):
            why = set_aside(task, entry) or f"晚于到期日 {window.end}"
            yield Contribution(entry, ZERO, why)


def _is_limit(task: Task) -> bool:
    """Whether less may be better: a figure that is left out then hides something."""
    return task.row.target is not None and task.row.target.comparator in (*UPPER_BOUNDS, *RANGES)


def _with_kept(weighed: Sequence[Contribution]) -> Iterator[Contribution]:
    """Mark of entries that are one fact the least that nothing else disputes: it counts in any case."""
    members = {c.entry.place: c for c in weighed if c.doubts}
    kept = {c.entry.place for group in _facts(members) if (c := _least_sound(group))}
    for c in weighed:
        yield c._replace(kept=True) if c.entry.place in kept else c


def _facts(members: Mapping[Place, Contribution]) -> Iterator[list[Contribution]]:
    """Join the entries that are said to be one fact with another, directly or through others."""
    left = dict(members)
    while left:
        place, first = left.popitem()
        group, reached = [first], [place]
        while reached:
            beside = (other for doubt in members[reached.pop()].doubts for other in doubt.dispute.entries)
            for other in beside:
                if other in left:
                    group.append(left.pop(other))
                    reached.append(other)
        yield group


def _least_sound(group: Sequence[Contribution]) -> Contribution | None:
    sound = [c for c in group if all(doubt.dispute.kind is DisputeKind.ONE_OF for doubt in c.doubts)]
    return min(sound, key=lambda c: (c.amount, c.entry[:2]), default=None)


def figure(task: Task, counted: Sequence[Contribution]) -> Fraction | None:
    """Put entries together: named parts covered, or amounts first over time, then over units.

    None where a level has no entry yet.
    """
    if task.row.items:
        return Fraction(len(task.row.items) - len(items_missing(task, counted)))
    if task.tally not in (Tally.SUM, Tally.COUNT) and not counted:
        return None
    return _total(c.amount for c in deciding(task, counted))


def items_missing(task: Task, counted: Sequence[Contribution]) -> tuple[str, ...]:
    """Name the parts that no entry covers."""
    covered = {item for c in counted for item in c.entry.items}
    return tuple(item for item in task.row.items if item not in covered)


def interval(task: Task, weighed: Sequence[Contribution], unknown: Sequence[date]) -> Interval:
    """Say between which figures the total lies.

    ``unknown`` are the last days of which something is not known: a report or a figure that is missing.
    """
    counted = [c for c in weighed if c.counted]
    certain = figure(task, [c for c in counted if c.certain])
    least: Bound | None
    least, greatest = _ends(task, counted, certain)
    blind = [*unknown, *(c.entry.days.end for c in weighed if c.unknown)]
    if task.tally is Tally.LATEST:
        newest = max((c.entry.days.end for c in counted if c.certain), default=date.min)
        blind = [day for day in blind if day >= newest]
        least = -math.inf if blind and counted else least
    return Interval(certain, least, math.inf if blind and _is_limit(task) else greatest)


def _ends(
    task: Task, counted: Sequence[Contribution], certain: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
    """Return the least and the greatest total, as far as the entries go."""
    if all(c.certain for c in counted):
        return certain, certain
    if task.row.items or task.tally is Tally.MAX:
        return certain, figure(task, counted)
    if task.tally in (Tally.SUM, Tally.COUNT):
        return _total(c.least for c in counted), _total(c.greatest for c in counted)
    return _level_ends(task, counted)


def _level_ends(task: Task, counted: Sequence[Contribution]) -> tuple[Fraction | None, Fraction | None]:
    """Of every series, the newest certain level and each disputed one that is newer may be the last."""
    lows: list[Fraction] = []
    highs: list[Fraction] = []
    for levels in _series(task, counted).values():
        ordered = latest(levels)
        last = max((n for n, c in enumerate(ordered) if c.certain), default=None)
        may_be_last = [c.amount for c in ordered[last or 0 :]]
        highs.append(max(may_be_last))
        if last is not None:
            lows.append(min(may_be_last))
    return (_total(lows) if lows else None), _total(highs)


def _total(amounts: Iterable[Fraction]) -> Fraction:
    """Add up exactly; of each denominator the numerators first, a tenth of the cost of adding fractions."""
    numerators: dict[int, int] = {}
    for amount in amounts:
        below = amount.denominator
        numerators[below] = numerators.get(below, 0) + amount.numerator
    return sum((Fraction(above, below) for below, above in numerators.items()), ZERO)


def deciding(task: Task, counted: Sequence[Contribution]) -> Sequence[Contribution]:
    """Pick the entries that are added up: of levels the last or greatest, of each unit where units add up."""
    if task.tally in (Tally.SUM, Tally.COUNT):
        return counted
    series = _series(task, counted).values()
    if task.tally is Tally.MAX:
        return [max(one, key=_height) for one in series]
    return [latest(one)[-1] for one in series]


def _series(task: Task, counted: Sequence[Contribution]) -> dict[str, list[Contribution]]:
    """Put the levels of each unit together, or of all where any unit's latest is the figure."""
    series: dict[str, list[Contribution]] = {}
    for c in counted:
        series.setdefault("" if task.row.spread is Spread.ANY else c.entry.unit, []).append(c)
    return series


def _height(c: Contribution) -> tuple[Fraction, str, int]:
    """Order levels by amount; which of equal ones is taken must not hang on the order they come in."""
    return c.amount, c.entry.from_file, -c.entry.position


def _passed_over(task: Task, considered: Sequence[Contribution]) -> Iterator[Contribution]:
    """Mark the levels that may count and were not taken."""
    if task.tally in (Tally.SUM, Tally.COUNT):
        yield from considered
        return
    taken = {id(c) for c in deciding(task, [c for c in considered if c.counted])}
    why = "已有更大的数" if task.tally is Tally.MAX else "已有更近的数"
    for c in considered:
        yield c._replace(passed_over=why) if c.counted and id(c) not in taken else c


def latest(counted: Sequence[Contribution]) -> list[Contribution]:
    """Sort levels by date; on one day the greater amount comes last, of equal ones the better proven."""
    return sorted(
        counted, key=lambda c: (c.entry.days.end, c.entry.days.start, c.amount, len(c.entry.evidence))
    )


def evidence_needed(task: Task, policy: Policy) -> int:
    """How many pieces of evidence an entry of the task needs."""
    return int(getattr(policy.evidence, task.strength.value))
