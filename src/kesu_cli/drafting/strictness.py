"""Says whether a changed target, time or strength asks for more or for less."""

from datetime import date

from kesu_cli.model.plan import Task
from kesu_cli.model.plan_diff import PlanChangeKind
from kesu_cli.model.target import Comparator, Target
from kesu_cli.model.task_in_plan_file import Strength, TaskRow
from kesu_cli.model.window import Rhythm

_LOWER_BOUNDS = (Comparator.ABOUT, Comparator.AT_LEAST, Comparator.MORE_THAN)
_UPPER_BOUNDS = (Comparator.AT_MOST, Comparator.LESS_THAN)
_RHYTHMS = (Rhythm.YEAR, Rhythm.HALF, Rhythm.SEMESTER, Rhythm.QUARTER, Rhythm.MONTH)
_YEAR_END = (12, 31)
_STRENGTHS = (Strength.SOFT, Strength.FIRM, Strength.HARD)


def of_target(old: Task, new: Task) -> PlanChangeKind | None:
    """Compare what two versions of a task ask for: a number, or named parts."""
    if old.row.items or new.row.items:
        return _of_items(old.row, new.row)
    one, other = old.row.target, new.row.target
    if one is None or other is None:
        if one is other:
            return None
        return PlanChangeKind.TARGET_RAISED if other else PlanChangeKind.TARGET_LOWERED
    if one.words == other.words:
        return None
    return _directed(_step(one, other), PlanChangeKind.TARGET_RAISED, PlanChangeKind.TARGET_LOWERED)


def _of_items(old: TaskRow, new: TaskRow) -> PlanChangeKind | None:
    one, other = set(old.items), set(new.items)
    if one == other:
        return None
    if other > one and not old.target:
        return PlanChangeKind.TARGET_RAISED
    if other < one and not new.target:
        return PlanChangeKind.TARGET_LOWERED
    return PlanChangeKind.TARGET_CHANGED


def _directed(step: int, more: PlanChangeKind, less: PlanChangeKind) -> PlanChangeKind:
    if not step:
        return PlanChangeKind.TARGET_CHANGED
    return more if step > 0 else less


def _step(old: Target, new: Target) -> int:
    """Return how much harder the new target is to reach: below 0 easier, 0 where they can't be compared."""
    if old.unit != new.unit:
        return 0
    for bounds, sign in ((_LOWER_BOUNDS, 1), (_UPPER_BOUNDS, -1)):
        if old.comparator in bounds and new.comparator in bounds:
            if old.amount != new.amount:
                return sign if new.amount > old.amount else -sign
            return bounds.index(new.comparator) - bounds.index(old.comparator)
    if old.comparator is new.comparator is Comparator.EQUAL:
        return 1 if new.amount > old.amount else -1
    return 0


def of_time(old: Task, new: Task) -> PlanChangeKind | None:
    """Compare when two versions of a task are due."""
    one, other = _due(old.row), _due(new.row)
    if one and other and one != other:
        return PlanChangeKind.DEADLINE_LATER if other > one else PlanChangeKind.DEADLINE_EARLIER
    if old.row.when == new.row.when:
        return None
    if old.row.every and new.row.every:
        return _of_rhythm(old.row, new.row, old.row.every, new.row.every)
    if old.row.every and not new.row.every:
        return PlanChangeKind.RHYTHM_LOOSER
    if one and not new.row.every and not other:
        return PlanChangeKind.DEADLINE_LATER
    return PlanChangeKind.TIME_CHANGED


def _of_rhythm(old: TaskRow, new: TaskRow, one: Rhythm, other: Rhythm) -> PlanChangeKind:
    """Compare two rhythms that differ, or the days on which the same year ends."""
    if one is not other:
        faster = _RHYTHMS.index(other) > _RHYTHMS.index(one)
        return PlanChangeKind.RHYTHM_TIGHTER if faster else PlanChangeKind.RHYTHM_LOOSER
    is_later = (new.until or _YEAR_END) > (old.until or _YEAR_END)
    return PlanChangeKind.DEADLINE_LATER if is_later else PlanChangeKind.DEADLINE_EARLIER


def _due(row: TaskRow) -> date | None:
    return row.by or (date(row.during, 12, 31) if row.during else None)


def of_strength(old: Task, new: Task) -> PlanChangeKind | None:
    """Compare how binding the words are."""
    step = _STRENGTHS.index(new.strength) - _STRENGTHS.index(old.strength)
    if not step:
        return None
    return PlanChangeKind.STRENGTH_RAISED if step > 0 else PlanChangeKind.STRENGTH_LOWERED
