"""The plan as it is judged: every task with its owners, its period and its place in the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from kesu_cli.diagnostic import Place
from kesu_cli.model.amount import PER_CENT, Amount
from kesu_cli.model.plan_file import ActionRow, PhaseRow, PlanFile
from kesu_cli.model.policy import FirstAmongLeads, Policy
from kesu_cli.model.task_in_plan_file import (
    Interim,
    Kind,
    Spread,
    Strength,
    Tally,
    TaskRow,
    baseline_fault,
)
from kesu_cli.model.unit import Units, Via
from kesu_cli.model.window import Days, Rhythm, Window, windows, year_of


class Mention(NamedTuple):
    """A unit name as the plan or the policy writes it, and where."""

    place: Place
    name: str


class Chapter(NamedTuple):
    """The part of the document that a task stands in, as it is printed."""

    id: str
    name: str


@dataclass(frozen=True)
class Task:
    """One checkable duty (任务).

    ``lead`` and ``responsible`` are canonical unit names, groups expanded; ``through`` names the group
    by which a unit came in; ``accountable`` is the one unit that answers for it (None where nobody
    does); ``measure`` is None outside the measures; ``measures`` are the units of measure that the
    figures of its entries may be in; ``stands_for`` names the body of the document that a unit reports for;
    ``source_of_record`` the one unit whose entries count, where the office has named one. ``baseline`` and
    ``interim`` are the document's own, or else the office's. ``area`` is what our own area is called,
    ``accepted_areas`` are the others whose figures the office takes for ours.
    """

    row: TaskRow
    place: Place
    chapter: Chapter
    measure: int | None
    period: Days
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    through: Mapping[str, str]
    accountable: str | None
    windows: tuple[Window, ...]
    measures: frozenset[str] = frozenset()
    stands_for: Mapping[str, str] = field(default_factory=dict)
    source_of_record: str = ""
    baseline: Amount | None = None
    interim: tuple[Interim, ...] = ()
    area: str = ""
    accepted_areas: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The task id."""
        return self.row.id

    @property
    def name(self) -> str:
        """The short name."""
        return self.row.name

    @property
    def quote(self) -> str:
        """The exact words of the document."""
        return self.row.quote or ""

    @property
    def strength(self) -> Strength:
        """How binding the words are."""
        return self.row.strength

    @property
    def is_hard(self) -> bool:
        """Whether the words hold a number, a date or an explicit rhythm."""
        return self.row.strength is Strength.HARD

    @cached_property
    def has_deadline(self) -> bool:
        """Whether it is due once, by a day, rather than coming round."""
        return self.row.by is not None or self.row.during is not None

    @property
    def is_dated(self) -> bool:
        """Whether its day binds: the words are hard, or it is due once."""
        return self.is_hard or self.has_deadline or self.row.until is not None

    def is_after_its_day(self, day: date, window: Window) -> bool:
        """Whether a day is too late for a window that ends on a day of its own (每年12月15日前)."""
        if self.has_deadline:
            return day > window.end
        return self.row.until is not None and window.end < day <= year_of(window.end.year).end

    @cached_property
    def tally(self) -> Tally:
        """How entries add up over time; without a target they are counted, a level is taken at its latest."""
        if self.row.target is None:
            return Tally.COUNT
        if self.row.tally:
            return self.row.tally
        is_level = self.row.kind is Kind.RATE or self.row.spread is Spread.ANY
        return Tally.LATEST if is_level else Tally.SUM

    @cached_property
    def owners(self) -> tuple[str, ...]:
        """Lead units, then responsible ones, each once."""
        return tuple(dict.fromkeys((*self.lead, *self.responsible)))

    @cached_property
    def _owning(self) -> frozenset[str]:
        return _set_of(self.owners)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The units whose reports its figure comes from."""
        if self.source_of_record:
            return (self.source_of_record,)
        return self.owners or ((self.accountable,) if self.accountable else ())

    def owed_by(self, unit: str) -> bool:
        """Whether the unit may report for the task: it owes or answers for it, or nobody does."""
        return unit in self._owning or unit == self.accountable or not self.answering(None)

    def told_by(self, unit: str) -> bool:
        """Whether the unit's word makes the figure: it owes the task, and no other's ledger counts."""
        return self.owed_by(unit) and self.source_of_record in ("", unit)

    def answering(self, unit: str | None) -> tuple[str, ...]:
        """Who must act on a shortfall: the unit itself, the accountable one, or the leads."""
        if unit:
            return (unit,)
        if self.accountable:
            return (self.accountable,)
        return self.lead or self.owners

    def answered_by(self, unit: str) -> bool:
        """Whether the unit puts the task together (汇总): its own share where each unit has one."""
        if self.row.spread is Spread.EACH:
            return unit in self._owning
        return unit in self.answering(None)


@lru_cache(maxsize=256)
def _set_of(owners: tuple[str, ...]) -> frozenset[str]:
    """Share one set between the tasks of an action: it may hold thousands of units."""
    return frozenset(owners)


@dataclass(frozen=True)
class Plan:
    """One plan (方案), assembled from its file, the units and the policy."""

    file: PlanFile
    place: Place
    tasks: tuple[Task, ...]
    mentions: tuple[Mention, ...]

    @property
    def title(self) -> str:
        """The title of the document."""
        return self.file.title

    @property
    def period(self) -> Days:
        """The days the plan covers."""
        return self.file.period.days

    @cached_property
    def by_id(self) -> dict[str, Task]:
        """Tasks by id in the order of the document; of two with one id, the first."""
        found: dict[str, Task] = {}
        for task in self.tasks:
            found.setdefault(task.id, task)
        return found

    @property
    def years(self) -> range:
        """The calendar years that the plan covers."""
        return range(self.period.start.year, self.period.end.year + 1)

    @cached_property
    def phases(self) -> tuple[PhaseRow, ...]:
        """The phases as written."""
        return self.file.phases


class _Slot(NamedTuple):
    """A task row together with what its surroundings give it."""

    row: TaskRow
    place: Place
    chapter: Chapter
    period: Days
    measure: int | None = None
    action: ActionRow | None = None
    action_place: Place | None = None


def assemble(file: PlanFile, place: Place, units: Units, policy: Policy) -> Plan:
    """Resolve owners, periods and windows of every task.

    A name that units.yaml does not declare is left out of the owners; it stays among the mentions,
    where a rule finds it.
    """
    slots = tuple(_slots(file, place))
    register = _Register(units, policy)
    tasks = tuple(_task(slot, units, policy, register) for slot in slots)
    mentions = (*_action_mentions(file, place), *(m for slot in slots for m in _task_mentions(slot)))
    return Plan(file, place, tasks, mentions)


def _slots(file: PlanFile, place: Place) -> Iterator[_Slot]:
    whole = file.period.days
    if file.goals:
        goals = Chapter("G", "工作目标")
        yield from _rows(file.goals.tasks, place / "goals", goals, whole)
    for index, action in enumerate(file.actions):
        yield from _action_slots(action, place / "actions" / index, whole)
    for index, section in enumerate(file.safeguards):
        chapter = Chapter(section.id, section.title)
        yield from _rows(section.tasks, place / "safeguards" / index, chapter, whole)
    for index, phase in enumerate(file.phases):
        chapter = Chapter(phase.id, phase.name)
        yield from _rows(phase.tasks, place / "phases" / index, chapter, phase.period.days)


def _action_slots(action: ActionRow, place: Place, period: Days) -> Iterator[_Slot]:
    chapter = Chapter(action.id, action.name)
    for slot in _rows(action.tasks, place, chapter, period):
        yield _Slot(slot.row, slot.place, chapter, period, None, action, place)
    for index, measure in enumerate(action.measures):
        for slot in _rows(measure.tasks, place / "measures" / index, chapter, period):
            yield _Slot(slot.row, slot.place, chapter, period, measure.number, action, place)


def _rows(rows: tuple[TaskRow, ...], place: Place, chapter: Chapter, period: Days) -> Iterator[_Slot]:
    for index, row in enumerate(rows):
        yield _Slot(row, place / "tasks" / index, chapter, period)


class _Owners(NamedTuple):
    """Who owes a task, as its action or its own row names them."""

    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    through: Mapping[str, str]
    stands_for: Mapping[str, str]


class _Register:
    """Finds the owners behind names; most tasks of an action share them, so they are looked up once."""

    def __init__(self, units: Units, policy: Policy) -> None:
        self._units = units
        self._policy = policy
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], _Owners] = {}

    def owners(self, lead: tuple[str, ...], responsible: tuple[str, ...]) -> _Owners:
        if (lead, responsible) not in self._known:
            self._known[lead, responsible] = self._find(lead, responsible)
        return self._known[lead, responsible]

    def _find(self, lead_names: tuple[str, ...], names: tuple[str, ...]) -> _Owners:
        lead = _reporters(self._units.expand(lead_names), self._policy, self._units)
        others = _reporters(self._units.expand(names), self._policy, self._units)
        responsible = tuple(unit for unit in others if unit not in lead)
        named = (*lead_names, *names)
        stand_ins = _stand_ins(self._units.expand(named), self._policy, self._units)
        return _Owners(lead, responsible, _groups(named, self._units), stand_ins)


def _task(slot: _Slot, units: Units, policy: Policy, register: _Register) -> Task:
    row, action = slot.row, slot.action
    lead_names = row.lead if row.lead is not None else action.lead if action else ()
    inherited = action.responsible if action and row.lead is None else ()
    owners = register.owners(lead_names, row.responsible if row.responsible is not None else inherited)
    return Task(
        row=row,
        place=slot.place,
        chapter=slot.chapter,
        measure=slot.measure,
        period=slot.period,
        lead=owners.lead,
        responsible=owners.responsible,
        through=owners.through,
        accountable=_accountable(row, owners, units, policy),
        windows=_windows(row, slot.period, policy),
        stands_for=owners.stands_for,
        source_of_record=_record_of(row, units, policy),
        measures=policy.equal_measures(row.target.unit) if row.target else frozenset(),
        baseline=row.baseline or _office_baseline(row, policy),
        interim=row.interim or _office_interim(row, policy),
        area=policy.area or "",
        accepted_areas=policy.accept_area.get(row.id, ()),
    )


def _office_baseline(row: TaskRow, policy: Policy) -> Amount | None:
    given = policy.baselines.get(row.id)
    return None if given is None or baseline_refused(row, given, policy) else given


def _office_interim(row: TaskRow, policy: Policy) -> tuple[Interim, ...]:
    given = policy.interims.get(row.id, ())
    return () if any(amount_refused(row, point.amount, policy) for point in given) else given


def baseline_refused(row: TaskRow, given: Amount, policy: Policy) -> str:
    """Say why the task can't be reckoned from a baseline that the office has set; empty where it can."""
    refused = amount_refused(row, given, policy)
    return refused or (baseline_fault(row.target, given) if row.target else "")


def amount_refused(row: TaskRow, given: Amount, policy: Policy) -> str:
    """Say why an amount that the office has set can't be one of the task; empty where it can."""
    if row.target is None:
        return "这项任务没有目标数；请核对任务编号"
    if given.unit and given.unit not in policy.equal_measures(row.target.unit):
        return f"计量单位是“{given.unit}”，任务要求“{row.target.unit}”；请按“{row.target.unit}”写"
    if row.target.unit == PER_CENT and not given.unit and 0 < given.number < 1:
        return "百分数写成了小数，分不清是百分之几还是比例；请写成 8.5% 这样的百分数"
    return ""


def _record_of(row: TaskRow, units: Units, policy: Policy) -> str:
    named = policy.source_of_record.get(row.id, "")
    return units.find_one(named) or named


def _groups(names: tuple[str, ...], units: Units) -> dict[str, str]:
    """Say by which group each unit came in; a unit that is named itself came in by no group."""
    matches = [(name, units.find(name)) for name in names]
    grouped = {
        unit: name for name, match in matches if match and match.via is Via.GROUP for unit in match.units
    }
    named = {match.unit for _, match in matches if match and match.via is not Via.GROUP}
    return {unit: name for unit, name in grouped.items() if unit not in named}


def _reporters(names: tuple[str, ...], policy: Policy, units: Units) -> tuple[str, ...]:
    """Replace a body that hands in no report by the unit that reports for it."""
    instead = _instead(policy, units)
    return tuple(dict.fromkeys(instead.get(name, name) for name in names))


def _stand_ins(names: tuple[str, ...], policy: Policy, units: Units) -> dict[str, str]:
    """Say for whom a unit reports that the document does not name itself."""
    instead = _instead(policy, units)
    return {instead[name]: name for name in names if name in instead and instead[name] not in names}


def _instead(policy: Policy, units: Units) -> dict[str, str]:
    return {
        units.find_one(name) or name: units.find_one(other) or other
        for name, other in policy.reports_through.items()
    }


def _accountable(row: TaskRow, owners: _Owners, units: Units, policy: Policy) -> str | None:
    lead = owners.lead
    unowned_by = None if lead or owners.responsible else policy.unowned_by
    named = row.accountable or policy.accountable_for.get(row.id) or unowned_by
    if named:
        unit = units.find_one(named)
        return _reporters((unit,), policy, units)[0] if unit else None
    if len(lead) == 1 or policy.accountable is FirstAmongLeads.FIRST_LEAD:
        return lead[0] if lead else None
    return None


def _windows(row: TaskRow, period: Days, policy: Policy) -> tuple[Window, ...]:
    if row.by is not None:
        start = min(period.start, row.by)
        return (Window(Days(start, row.by), _until(start, row.by)),)
    if row.during is not None:
        return (Window(year_of(row.during), f"{row.during}年"),)
    rhythm = row.every or policy.throughout
    found = windows(rhythm, period, policy.school_year, row.until)
    if found or (rhythm is Rhythm.SEMESTER and not policy.semesters):
        return found
    # a phase shorter than half a year is judged as a whole, or its tasks would never be
    return (Window(period, _until(period.start, period.end)),)


def _until(start: date, end: date) -> str:
    if start.year == end.year:
        return f"{end.year}年" if (end.month, end.day) == (12, 31) else f"截至{end}"
    return f"{start.year}—{end.year}年" if (end.month, end.day) == (12, 31) else f"截至{end}"


def _action_mentions(file: PlanFile, place: Place) -> Iterator[Mention]:
    for index, action in enumerate(file.actions):
        yield from _named(place / "actions" / index / "lead", action.lead)
        yield from _named(place / "actions" / index / "responsible", action.responsible)


def _task_mentions(slot: _Slot) -> Iterator[Mention]:
    yield from _named(slot.place / "lead", slot.row.lead or ())
    yield from _named(slot.place / "responsible", slot.row.responsible or ())
    if slot.row.accountable:
        yield Mention(slot.place / "accountable", slot.row.accountable)


def _named(place: Place, names: tuple[str, ...]) -> Iterator[Mention]:
    for index, name in enumerate(names):
        yield Mention(place / index, name)
