"""What an entry adds to a standing (计入), and between which two figures the total lies."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kesu_cli.diagnostic import Dispute, DisputeKind, Place
from kesu_cli.model.amount import PER_CENT, show_number
from kesu_cli.model.evidence import Evidence
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
    def hangs_on_the_unknown(self) -> bool:
        """Whether something that is not known bears on the total."""
        return self.certain is None or isinstance(self.least, float) or isinstance(self.greatest, float)

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
    if (area := foreign_area(task, entry)) and area not in task.accepted_areas:
        return f"是{area}的数，本级没有数据"
    return "" if entry.done else "尚未办结"


def foreign_area(task: Task, entry: Entry) -> str:
    """Name the other area whose figure an entry gives; empty where it is our own."""
    return "" if entry.survey.area == task.area else entry.survey.area


def remarks_on(task: Task, weighed: Sequence[Contribution]) -> Iterator[str]:
    """Say what must stand beside a figure: whose it is, and that it may be on either side of its target."""
    counted = [c for c in weighed if c.counted]
    certain = [c for c in counted if c.certain]
    for c in (*deciding(task, certain), *deciding(task, counted)):
        if area := foreign_area(task, c.entry):
            yield f"用的是{area}的数，由办公室认定"
        if task.tally in (Tally.LATEST, Tally.MAX):
            yield from _within_error(task, c)


def _within_error(task: Task, c: Contribution) -> Iterator[str]:
    target, margin = task.row.target, c.entry.survey.margin
    if target is None or margin is None:
        return
    away = min(abs(c.amount - Fraction(end)) for end in (target.amount, target.high))
    if away <= margin:
        unit = "个百分点" if target.unit == PER_CENT else target.unit
        yield f"与目标相差 {show_number(away)} {unit}，在调查误差（上下 {show_number(margin)} {unit}）以内"


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
        weighed = list(_with_kept(task, weighed))
    return tuple(sorted(_passed_over(task, weighed), key=lambda c: (c.entry.days.end, *c.entry[:2])))


def _weighed(task: Task, window: Window, entries: Iterable[Entry]) -> Iterator[Contribution]:
    """Weigh the entries of a window, and name those near it that are left out only because of their date."""
    for entry in entries:
        if window.days.contains(entry.days.end):
            yield weigh(task, entry)
        elif entry.days.precision is Precision.MONTH and entry.days.meets(window.days):
            yield _left_out(task, entry, f"只写到月份，分不清是否在 {window.end} 以前", unknown=True)
        elif task.is_after_its_day(entry.days.end, window) and not _is_limit(task):
            yield _left_out(task, entry, f"晚于到期日 {window.end}", unknown=False)


def _left_out(task: Task, entry: Entry, why: str, *, unknown: bool) -> Contribution:
    aside = set_aside(task, entry)
    return Contribution(entry, ZERO, aside or why, unknown=unknown and not aside)


def _is_limit(task: Task) -> bool:
    """Whether less may be better: a figure that is left out then hides something."""
    return task.row.target is not None and task.row.target.comparator in (*UPPER_BOUNDS, *RANGES)


def _with_kept(task: Task, weighed: Sequence[Contribution]) -> Iterator[Contribution]:
    """Mark of entries that are one fact the least that nothing else disputes: it counts in any case."""
    members = {c.entry.place: c for c in weighed if c.doubts}
    sure = [c for c in weighed if c.certain]
    kept: set[Place] = set()
    for group in sorted(_facts(members), key=lambda group: min(c.entry[:2] for c in group)):
        if least := _least_sound(task, sure, group):
            kept.add(least.entry.place)
            sure.append(least)
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


def _least_sound(
    task: Task, sure: Sequence[Contribution], group: Sequence[Contribution]
) -> Contribution | None:
    """Pick the member that makes the least of the total: to the levels of one unit it may add nothing."""
    sound = [c for c in group if all(doubt.dispute.kind is DisputeKind.ONE_OF for doubt in c.doubts)]
    adds_up = task.tally in (Tally.SUM, Tally.COUNT) or task.row.spread is not Spread.TOTAL

    def made(c: Contribution) -> Fraction:
        return ZERO if adds_up else figure(task, [*sure, c]) or ZERO

    return min(sound, key=lambda c: (made(c), c.amount, c.entry[:2]), default=None)


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


def interval(
    task: Task, weighed: Sequence[Contribution], unknown: Iterable[tuple[str, date]], *, is_nought: bool
) -> Interval:
    """Say between which figures the total lies.

    ``unknown`` are the units of which something is not known (a report, a figure), with the last day that it
    may be of. It adds nothing where more is better, and nothing bounds it where less is. ``is_nought`` says
    that without an entry the total is known to be nought.
    """
    counted = [c for c in weighed if c.counted]
    certain, least, greatest = _totals(task, counted) if counted or is_nought else (None, None, None)
    blind = [*unknown, *((c.entry.unit, c.entry.days.end) for c in weighed if c.unknown)]
    if task.tally is Tally.LATEST:
        blind = _newer(task, counted, blind)
        least = -math.inf if blind or (counted and least is None) else least
    elif least is None and (blind or counted):
        least = ZERO
    return Interval(certain, least, math.inf if blind and _is_limit(task) else greatest)


def _newer(
    task: Task, counted: Iterable[Contribution], blind: Iterable[tuple[str, date]]
) -> list[tuple[str, date]]:
    """Leave out what can't be newer than the newest certain level of its series."""
    series = _series(task, [c for c in counted if c.certain])
    newest = {whose: max(c.entry.days.end for c in levels) for whose, levels in series.items()}
    is_one = task.row.spread is Spread.ANY
    return [(unit, day) for unit, day in blind if day >= newest.get("" if is_one else unit, date.min)]


def _totals(
    task: Task, counted: Sequence[Contribution]
) -> tuple[Fraction | None, Bound | None, Bound | None]:
    """Return the certain, the least and the greatest total, as far as the entries go."""
    certain = figure(task, [c for c in counted if c.certain])
    return certain, *_ends(task, counted, certain)


def _ends(
    task: Task, counted: Sequence[Contribution], certain: Fraction | None
) -> tuple[Fraction | None, Fraction | None]:
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
        ordered = latest(task, levels)
        last = next((c for c in reversed(ordered) if c.certain), None)
        newest = last.entry.days.end if last else date.min
        may_be_last = [c.amount for c in ordered if c is last or (c.disputed and c.entry.days.end >= newest)]
        highs.append(max(may_be_last))
        if last:
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
    return [latest(task, one)[-1] for one in series]


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


def latest(task: Task, counted: Sequence[Contribution]) -> list[Contribution]:
    """Sort levels by date; of those of one day the one that is worse for the target comes last."""
    sign = 1 if _is_limit(task) else -1
    return sorted(
        counted, key=lambda c: (c.entry.days.end, c.entry.days.start, sign * c.amount, len(c.entry.evidence))
    )


class EvidenceNeed(NamedTuple):
    """How many pieces of evidence an entry needs, and of which kinds it needs one each."""

    number: int
    kinds: tuple[str, ...] = ()

    def kinds_lacking(self, pieces: Iterable[Evidence]) -> tuple[str, ...]:
        """Name the kinds of which there is no piece."""
        there = {piece.kind for piece in pieces}
        return tuple(kind for kind in self.kinds if kind not in there)

    def is_met(self, pieces: Sequence[Evidence]) -> bool:
        """Whether these pieces are enough."""
        return len(pieces) >= self.number and not self.kinds_lacking(pieces)


def evidence_needed(task: Task, policy: Policy) -> EvidenceNeed:
    """Say what evidence an entry of the task needs: as the office says of it, or by its strength."""
    of_task = policy.evidence.tasks.get(task.id)
    number = int(getattr(policy.evidence, task.strength.value))
    if of_task is None:
        return EvidenceNeed(number)
    kinds = tuple(dict.fromkeys(of_task.kinds))
    return EvidenceNeed(max(number if of_task.at_least is None else of_task.at_least, len(kinds)), kinds)
