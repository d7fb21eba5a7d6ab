"""Compares two versions of a plan: tasks, units, the rest of the document, and what the office decided."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kesu_cli.drafting.matching import match
from kesu_cli.drafting.statement import of_document, of_policy, of_waivers, written
from kesu_cli.drafting.strictness import of_strength, of_target, of_time
from kesu_cli.model.plan import Task
from kesu_cli.model.plan_diff import PlanChange, PlanChangeKind
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.unit import GroupRow, UnitRow, Units


def compare(old: Terms, new: Terms, missed: Mapping[str, tuple[str, ...]]) -> tuple[PlanChange, ...]:
    """Return every change, tasks first; ``missed`` are the windows that tasks of the old version missed."""
    return (
        *_tasks(old, new, missed),
        *_units(old.units, new.units),
        *_facts(PlanChangeKind.DOCUMENT, of_document(old.plan.file), of_document(new.plan.file)),
        *_facts(PlanChangeKind.POLICY, of_policy(old.policy), of_policy(new.policy)),
        *_facts(PlanChangeKind.WAIVER, of_waivers(old.waivers or ()), of_waivers(new.waivers or ())),
    )


def _tasks(old: Terms, new: Terms, missed: Mapping[str, tuple[str, ...]]) -> Iterator[PlanChange]:
    heirs = _heirs(old.units, new.units)
    for one, other in match(old.plan.by_id.values(), new.plan.by_id.values()):
        task = other or one
        windows = missed.get(one.id, ()) if one else ()
        for change in _task(one, other, heirs):
            named = replace(change, task=task.id, name=task.name) if task else change
            yield replace(named, missed=windows) if change.kind.loosens else named


def _task(old: Task | None, new: Task | None, heirs: Mapping[str, str]) -> Iterator[PlanChange]:
    if old is None and new is not None:
        yield PlanChange(PlanChangeKind.TASK_NEW, after=(new.quote,))
    if old is not None and new is None:
        yield PlanChange(PlanChangeKind.TASK_GONE, before=(old.quote,))
    if old is not None and new is not None:
        yield from _identity(old, new)
        yield from _demand(old, new)
        yield from _owners(old, new, heirs)
        yield from _reckoning(old, new)


def _identity(old: Task, new: Task) -> Iterator[PlanChange]:
    if old.id != new.id:
        yield PlanChange(PlanChangeKind.TASK_RENUMBERED, before=(old.id,), after=(new.id,))
    elif (old.chapter.id, old.measure) != (new.chapter.id, new.measure):
        yield PlanChange(PlanChangeKind.TASK_MOVED, before=(_where(old),), after=(_where(new),))
    yield from _changed(PlanChangeKind.NAME, old.name, new.name)
    yield from _changed(PlanChangeKind.QUOTE, old.quote, new.quote)


def _where(task: Task) -> str:
    return f"{task.chapter.id} 措施 {task.measure}" if task.measure else task.chapter.id


def _demand(old: Task, new: Task) -> Iterator[PlanChange]:
    asked = of_target(old, new)
    if asked:
        yield PlanChange(asked, before=_asked(old), after=_asked(new))
    due = of_time(old, new)
    if due:
        yield PlanChange(due, before=(old.row.when,), after=(new.row.when,))
    strength = of_strength(old, new)
    if strength:
        yield PlanChange(strength, before=(old.strength,), after=(new.strength,))


def _asked(task: Task) -> tuple[str, ...]:
    """Return the named parts or the target; for a plain duty, which is done or not done, nothing."""
    return task.row.items or ((task.row.target.words,) if task.row.target else ())


def _owners(old: Task, new: Task, heirs: Mapping[str, str]) -> Iterator[PlanChange]:
    """Compare who owes a task; a unit that only goes by another name is the same."""
    for kind, one, other in (
        (PlanChangeKind.LEAD, old.lead, new.lead),
        (PlanChangeKind.RESPONSIBLE, old.responsible, new.responsible),
    ):
        renamed = [heirs.get(unit, unit) for unit in one]
        gone = [unit for unit in one if heirs.get(unit, unit) not in other]
        come = [unit for unit in other if unit not in renamed]
        yield from _members(kind, _named(old, gone, new), _named(new, come, old))
    answers = old.accountable or ""
    if heirs.get(answers, answers) != (new.accountable or ""):
        yield from _changed(PlanChangeKind.ACCOUNTABLE, answers, new.accountable or "")


def _named(task: Task, units: Sequence[str], other: Task) -> tuple[str, ...]:
    """Name units by their group where it came or went as a whole, not where only its members changed."""
    kept = set(other.through.values())
    groups = {unit: name for unit, name in task.through.items() if name not in kept}
    return tuple(dict.fromkeys(groups.get(unit, unit) for unit in units))


def _members(
    kind: PlanChangeKind, gone: tuple[str, ...], come: tuple[str, ...], subject: str = ""
) -> Iterator[PlanChange]:
    if gone or come:
        yield PlanChange(kind, subject=subject, before=gone, after=come)


def _reckoning(old: Task, new: Task) -> Iterator[PlanChange]:
    """Compare how a task is worked out."""
    one, other = old.row, new.row
    yield from _changed(PlanChangeKind.SPREAD, one.spread, other.spread)
    if one.target and other.target:
        yield from _changed(PlanChangeKind.TALLY, old.tally, new.tally)
    yield from _changed(PlanChangeKind.TASK_KIND, one.kind, other.kind)
    for kind, before, after in (
        (PlanChangeKind.STRETCH, one.target and one.target.stretch, other.target and other.target.stretch),
        (PlanChangeKind.BASELINE, one.baseline, other.baseline),
        (PlanChangeKind.INTERIM, one.interim, other.interim),
        (PlanChangeKind.OPEN_ENDED, one.open_ended, other.open_ended),
        (PlanChangeKind.READING, one.reading, other.reading),
    ):
        yield from _changed(kind, written(before), written(after))


def _changed(kind: PlanChangeKind, before: str, after: str) -> Iterator[PlanChange]:
    if before != after:
        yield PlanChange(kind, before=(before,) if before else (), after=(after,) if after else ())


def _facts(kind: PlanChangeKind, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[PlanChange]:
    for subject in dict.fromkeys((*old, *new)):
        for change in _changed(kind, old.get(subject, ""), new.get(subject, "")):
            yield replace(change, subject=subject)


def _units(old: Units, new: Units) -> Iterator[PlanChange]:
    rows, others = {row.name: row for row in old.rows}, {row.name: row for row in new.rows}
    heirs = _heirs(old, new)
    ancestors = {heir: name for name, heir in heirs.items()}
    for name, row in others.items():
        before = rows.get(ancestors.get(name, name))
        if before is None:
            yield PlanChange(PlanChangeKind.UNIT_NEW, subject=name)
            continue
        yield from _unit(before, row)
    for name in rows:
        if name not in others and name not in heirs:
            yield PlanChange(PlanChangeKind.UNIT_GONE, subject=name)
    yield from _groups({row.name: row for row in old.groups}, {row.name: row for row in new.groups}, heirs)


def _heirs(old: Units, new: Units) -> dict[str, str]:
    """Say by which name a unit goes on: the new one must declare the old one as its other name."""
    left = (name for name in old.names if name not in new.names)
    found = ((name, new.find_one(name)) for name in left)
    return {name: heir for name, heir in found if heir and heir not in old.names}


def _unit(old: UnitRow, new: UnitRow) -> Iterator[PlanChange]:
    if old.name != new.name:
        yield PlanChange(PlanChangeKind.UNIT_RENAMED, subject=new.name, before=(old.name,), after=(new.name,))
    yield from _aliases(_names(old), tuple(name for name in _names(new) if name != old.name), new.name)
    before, after = (f"{row.kind}，{'' if row.reports else '不'}单独报送" for row in (old, new))
    for change in _changed(PlanChangeKind.UNIT_CHANGED, before, after):
        yield replace(change, subject=new.name)


def _names(row: UnitRow | GroupRow) -> tuple[str, ...]:
    roles = row.roles if isinstance(row, UnitRow) else ()
    return (*(written(alias) for alias in row.aliases), *roles)


def _aliases(old: tuple[str, ...], new: tuple[str, ...], subject: str) -> Iterator[PlanChange]:
    gone = tuple(name for name in old if name not in new)
    come = tuple(name for name in new if name not in old)
    if gone:
        yield PlanChange(PlanChangeKind.ALIAS_GONE, subject=subject, before=gone)
    if come:
        yield PlanChange(PlanChangeKind.ALIAS_NEW, subject=subject, after=come)


def _groups(
    old: Mapping[str, GroupRow], new: Mapping[str, GroupRow], heirs: Mapping[str, str]
) -> Iterator[PlanChange]:
    for name in dict.fromkeys((*old, *new)):
        before, after = old.get(name), new.get(name)
        members = tuple(heirs.get(member, member) for member in before.members) if before else ()
        others = tuple(heirs.get(member, member) for member in after.members) if after else ()
        gone = tuple(member for member in members if member not in others)
        come = tuple(member for member in others if member not in members)
        yield from _members(PlanChangeKind.MEMBERS, gone, come, name)
        yield from _aliases(_names(before) if before else (), _names(after) if after else (), name)
