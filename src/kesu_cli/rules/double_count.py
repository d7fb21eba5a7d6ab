"""同一件事由两个单位各报一次，被计了两次。

## 为什么

全市合计的数量任务，几个单位联合办的一件事只能计一次。同一任务、日期重叠、名称相同（不计年份、词序、空格、标点、
“举办”“的”一类的字和数字写法）的按重复计数报错；名称相近的、名称相同而数值不同的提醒核对，
相近的标准是 `plan/policy.yaml` 的 `same_fact_similarity`。两家互写 `jointly_with` 而都计了数的，
名称不同也提醒。

名称里的数字不同（第1期、第2期）的，是两件事。同属一个单位组的（如各街道），常在同一天各办各的活动：
名称相同、数值也相同的才提醒。没有数量的任务不存在重复计数。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班（第1期）
    value: 18
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1  # expect: KS501
    date: {from: 2024-07-15, to: 2024-07-17}
    name: 暑期科技辅导员培训班 第一期
    value: 18
```

名称差一两个字：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 全市中小学科技辅导员暑期培训班
    value: 18
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1  # expect: KS501
    date: 2024-07
    name: 全市中小学科技辅导员暑期培训
    value: 18
```

互相写了联合开展，名称不同：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 中小学科学教师研修
    value: 18
    jointly_with: [市科协]
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1  # expect: KS501
    date: 2024-07-16
    name: 科技辅导员暑期培训
    value: 18
    jointly_with: [市教体局]
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班（第1期）
    value: 18
    jointly_with: [市科协]
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班（第1期）
    value: 18
    counted_by: 市教体局
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班（第2期）
    value: 12
```

## 怎么改

两家商定由谁计数，另一家保留条目并写上 `counted_by: 计数的单位`；确实是两件事的，把名称写得能够分清。
"""

from collections.abc import Iterable, Iterator
from enum import Enum
from fractions import Fraction
from heapq import heappop, heappush
from typing import NamedTuple

from kesu_cli.contribution import has_happened, weigh
from kesu_cli.diagnostic import Dispute, DisputeKind, Place, Problem, Related, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.name_similarity import alike, gist, jumbled, numbers_in
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.model.task_in_plan_file import Spread, Tally
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule

SAME = 100.0

_Holder = tuple[str, Fraction | None]  # a unit and the figure it reports
_Running = dict[str, dict[_Holder, Entry]]  # name → holder → its entry that lasts longest


class _Likeness(Enum):
    """In what two entries are alike."""

    NAME = "name"
    SIMILAR_NAME = "similar name"
    JOINT = "joint"


class _Twins(NamedTuple):
    """Two entries that look like one fact, the later in file order first; ``per_cent`` of similar names."""

    later: Entry
    earlier: Entry
    likeness: _Likeness
    per_cent: float = SAME

    @property
    def differ_in_figure(self) -> bool:
        return self.later.number != self.earlier.number


def check(context: Context) -> Iterator[Problem]:
    """Report the facts that two units both count."""
    for task, entries in _comparable(context):
        said: set[frozenset[Place]] = set()
        for twins in (*_by_name(context, task, entries), *_joint(context, task, entries)):
            pair = frozenset((twins.later.place, twins.earlier.place))
            if pair not in said and _matters(task, twins):
                yield _problem(task, twins)
            said.add(pair)


def _matters(task: Task, twins: _Twins) -> bool:
    """Whether it changes a figure that two units report one fact: a level only where they differ."""
    return task.row.spread is Spread.TOTAL or twins.differ_in_figure


def _comparable(context: Context) -> Iterator[tuple[Task, list[Entry]]]:
    """Put together what was reported for each figure that is added up over units."""
    tasks = context.plan.by_id.values()
    found: dict[str, list[Entry]] = {
        task.id: [] for task in tasks if task.row.target and task.row.spread is not Spread.EACH
    }
    for filing in context.reported:
        for entry in filing.entries:
            if entry.task in found and entry.unit:
                found[entry.task].append(entry)
    for name, entries in found.items():
        yield context.plan.by_id[name], entries


def _counted(context: Context, task: Task, entries: Iterable[Entry]) -> list[Entry]:
    happened = (entry for entry in entries if has_happened(entry, context.as_of))
    return [entry for entry in happened if weigh(task, entry).counted]


def _by_name(context: Context, task: Task, entries: Iterable[Entry]) -> Iterator[_Twins]:
    """Compare the entries whose names hold the same numbers: others are other facts."""
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(numbers_in(gist(entry.name)), []).append(entry)
    for group in groups.values():
        if len({entry.unit for entry in group}) > 1:
            counted = _counted(context, task, group)
            yield from _sweep(task, counted, context.policy.same_fact_similarity)


def _sweep(task: Task, entries: Iterable[Entry], cutoff: int) -> Iterator[_Twins]:
    """Go through the entries by first day; each is compared only with those that still run on that day."""
    running: _Running = {}
    ends: list[tuple[int, str, _Holder]] = []
    for entry in sorted(entries, key=lambda entry: (*entry.days[:2], *entry[:2])):
        name = jumbled(entry.name)
        _expire(running, ends, entry.days.start.toordinal())
        twins = _same(task, entry, running.get(name, {})) or _similar(task, entry, running, cutoff)
        if twins:
            yield twins
        holders, holder = running.setdefault(name, {}), (entry.unit, entry.number)
        if holder not in holders or holders[holder].days.end < entry.days.end:
            holders[holder] = entry
            heappush(ends, (entry.days.end.toordinal(), name, holder))


def _expire(running: _Running, ends: list[tuple[int, str, _Holder]], today: int) -> None:
    while ends and ends[0][0] < today:
        _, name, holder = heappop(ends)
        holders = running.get(name, {})
        if holder in holders and holders[holder].days.end.toordinal() < today:
            del holders[holder]
        if not holders:
            running.pop(name, None)


def _same(task: Task, entry: Entry, holders: dict[_Holder, Entry]) -> _Twins | None:
    """Find the running entry of another unit that has the same name, best with the same figure."""
    others = [other for other in holders.values() if other.unit != entry.unit]
    others.sort(key=lambda other: other.number != entry.number)
    found = (_twins(entry, other, _Likeness.NAME) for other in others if _may_be_one(task, entry, other))
    return next(found, None)


def _similar(task: Task, entry: Entry, running: _Running, cutoff: int) -> _Twins | None:
    """Find the running entry of another unit whose name is most like this one."""
    name = jumbled(entry.name)
    for other_name, per_cent in alike(name, running, cutoff):
        for other in running[other_name].values():
            is_other = other_name != name and other.unit != entry.unit and not _name_themselves(entry, other)
            if is_other and _may_be_one(task, entry, other):
                return _twins(entry, other, _Likeness.SIMILAR_NAME, per_cent)
    return None


def _twins(entry: Entry, other: Entry, likeness: _Likeness, per_cent: float = SAME) -> _Twins:
    later, earlier = (entry, other) if entry[:2] > other[:2] else (other, entry)
    return _Twins(later, earlier, likeness, per_cent)


def _may_be_one(task: Task, one: Entry, other: Entry) -> bool:
    """Whether names say enough: members of one group hold their own events under the same general name."""
    return not _are_peers(task, one, other) or (one.number is not None and one.number == other.number)


def _are_peers(task: Task, one: Entry, other: Entry) -> bool:
    group = task.through.get(one.unit)
    return group is not None and group == task.through.get(other.unit)


def _name_themselves(one: Entry, other: Entry) -> bool:
    """Whether the names differ in the unit they name: each of the two then did it for itself."""
    return any((unit in one.name) != (unit in other.name) for unit in (one.unit, other.unit))


def _joint(context: Context, task: Task, entries: Iterable[Entry]) -> Iterator[_Twins]:
    """Compare the entries of units that name each other as partners: one of the two should count."""
    offered: dict[tuple[str, str], list[Entry]] = {}
    joint = _counted(context, task, (entry for entry in entries if entry.jointly_with))
    for entry in sorted(joint, key=lambda entry: entry[:2]):
        for partner in context.units.expand(entry.jointly_with):
            for other in offered.get((partner, entry.unit), ()):
                if other.days.meets(entry.days) and not _tell_apart(entry, other):
                    yield _twins(entry, other, _Likeness.JOINT)
            offered.setdefault((entry.unit, partner), []).append(entry)


def _tell_apart(one: Entry, other: Entry) -> bool:
    """Whether both names are numbered, and differently."""
    numbers, others = numbers_in(gist(one.name)), numbers_in(gist(other.name))
    return bool(numbers and others) and numbers != others


def _surplus(task: Task, twins: _Twins) -> str:
    """Say how much is counted twice."""
    unit = task.row.target.unit if task.row.target else ""
    amounts = sorted({weigh(task, twins.later).amount, weigh(task, twins.earlier).amount})
    twice = " 或 ".join(f"{show_number(amount)} {unit}" for amount in amounts)
    return f"，多计 {twice}" if task.tally in (Tally.SUM, Tally.COUNT) else f"，重复的数是 {twice}"


def _problem(task: Task, twins: _Twins) -> Problem:
    later, earlier = twins.later, twins.earlier
    is_sure = twins.likeness is _Likeness.NAME and not (
        twins.differ_in_figure or _are_peers(task, later, earlier)
    )
    return Problem(
        later.place,
        f"“{later.name}”（{later.days}）与{earlier.unit}报送的“{earlier.name}”（{earlier.days}）"
        + ("是同一件事，被计了两次" if is_sure else _doubt(twins))
        + (_surplus(task, twins) if twins.likeness is _Likeness.NAME else ""),
        hint="请两家商定由谁计数，另一家在条目里写明；确是两件事的，把名称写得能够分清",
        write="counted_by: 计数的单位",
        owners=(later.unit, earlier.unit),
        unit=later.unit,
        task=later.task,
        subject=f"{later.name} {later.days} {earlier.unit}",
        related=(Related(earlier.place, f"{earlier.unit}的条目"),),
        severity=Severity.ERROR if is_sure else Severity.WARNING,
        disputes=Dispute(DisputeKind.ONE_OF, (earlier.place, later.place), "同一件事计了两次"),
    )


def _doubt(twins: _Twins) -> str:
    alike = {
        _Likeness.NAME: "名称相同",
        _Likeness.SIMILAR_NAME: f"名称相似 {int(twins.per_cent)}%",
        _Likeness.JOINT: "互相写为合办单位",
    }[twins.likeness]
    figures = "数值不同，" if twins.likeness is _Likeness.NAME and twins.differ_in_figure else ""
    return f"{alike}、日期重叠，{figures}可能是同一件事计了两次"


RULE = Rule(
    "KS501",
    "double-count",
    Severity.ERROR,
    Category.COMPARISON,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.ENTRIES,
    disputes=True,
)
