"""同一件事由两个单位各报一次，被计了两次。

## 为什么

全市合计的任务，几个单位联合办的一件事只能计一次。同一任务、日期重叠、名称相同（不计空格、标点、全半角和数字写法）
的按重复计数报错；名称相近的提醒核对，相近的标准是 `plan/policy.yaml` 的 `same_fact_similarity`。
名称里的数字不同（第1期、第2期）的，是两件事。

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
from heapq import heappop, heappush
from typing import NamedTuple

from kesu_cli.finding import Problem, Related, Severity
from kesu_cli.model.plan_file import Spread
from kesu_cli.model.progress import Entry
from kesu_cli.model.similar import fold, numbers_in
from kesu_cli.rule import PROGRESS, Context, Rule
from kesu_cli.standing import has_happened, weigh

SAME = 100.0

_Running = dict[str, dict[str, Entry]]  # folded name → unit → its entry that lasts longest


class _Twins(NamedTuple):
    """Two entries that look like one fact, the later in file order first."""

    later: Entry
    earlier: Entry
    likeness: float


def check(context: Context) -> Iterator[Problem]:
    """Report the facts that two units both count."""
    judged = {filing.file for filing in context.judged}
    for entries in _comparable(context):
        for twins in _sweep(entries, context.policy.same_fact_similarity):
            if twins.later.from_file in judged or twins.earlier.from_file in judged:
                yield _problem(twins)


def _comparable(context: Context) -> Iterator[list[Entry]]:
    """Put together the entries of one task whose names hold the same numbers: others are other facts."""
    tasks = {task.id: task for task in context.plan.by_id.values() if task.row.spread is Spread.TOTAL}
    reported: dict[str, list[Entry]] = {}
    for filing in context.filings:
        for entry in filing.entries:
            if entry.task in tasks and entry.unit:
                reported.setdefault(entry.task, []).append(entry)
    for task, entries in reported.items():
        for group in _by_numbers(entries):
            if len({entry.unit for entry in group}) > 1:
                happened = (entry for entry in group if has_happened(entry, context.as_of))
                yield [entry for entry in happened if weigh(tasks[task], entry).counted]


def _by_numbers(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    groups: dict[tuple[str, ...], list[Entry]] = {}
    for entry in entries:
        groups.setdefault(numbers_in(fold(entry.name)), []).append(entry)
    return groups.values()


def _sweep(entries: Iterable[Entry], cutoff: int) -> Iterator[_Twins]:
    """Go through the entries by first day; each is compared only with those that still run on that day."""
    running: _Running = {}
    ends: list[tuple[int, str, str]] = []
    for entry in sorted(entries, key=lambda entry: (*entry.days[:2], *entry[:2])):
        name = fold(entry.name)
        _expire(running, ends, entry.days.start.toordinal())
        twin, likeness = _twin(entry, name, running, cutoff)
        if twin:
            later, earlier = (entry, twin) if entry[:2] > twin[:2] else (twin, entry)
            yield _Twins(later, earlier, likeness)
        units = running.setdefault(name, {})
        if entry.unit not in units or units[entry.unit].days.end < entry.days.end:
            units[entry.unit] = entry
            heappush(ends, (entry.days.end.toordinal(), name, entry.unit))


def _expire(running: _Running, ends: list[tuple[int, str, str]], today: int) -> None:
    while ends and ends[0][0] < today:
        _, name, unit = heappop(ends)
        units = running.get(name, {})
        if unit in units and units[unit].days.end.toordinal() < today:
            del units[unit]
        if not units:
            running.pop(name, None)


def _twin(entry: Entry, name: str, running: _Running, cutoff: int) -> tuple[Entry | None, float]:
    """Return the running entry of another unit that is most like this one, and how like it is in per cent."""
    for other in running.get(name, {}).values():
        if other.unit != entry.unit:
            return other, SAME
    if not running:
        return None, 0.0
    from rapidfuzz import fuzz, process

    near = process.extract(name, list(running), scorer=fuzz.ratio, score_cutoff=cutoff, limit=None)
    for other_name, likeness, _ in near:
        for other in running[other_name].values():
            if other.unit != entry.unit and not _name_themselves(entry, other):
                return other, likeness
    return None, 0.0


def _name_themselves(one: Entry, other: Entry) -> bool:
    """Whether the names differ in the unit they name: each of the two then did it for itself."""
    return any((unit in one.name) != (unit in other.name) for unit in (one.unit, other.unit))


def _problem(twins: _Twins) -> Problem:
    later, earlier, likeness = twins
    is_same = likeness == SAME
    alike = (
        "是同一件事，被计了两次"
        if is_same
        else f"名称相似 {int(likeness)}%、日期重叠，可能是同一件事计了两次"
    )
    return Problem(
        later.place,
        f"“{later.name}”（{later.days}）与{earlier.unit}报送的“{earlier.name}”（{earlier.days}）{alike}",
        hint="请两家商定由谁计数，另一家在条目里写 counted_by: 计数的单位；确是两件事的，把名称写得能够分清",
        owners=(later.unit, earlier.unit),
        unit=later.unit,
        task=later.task,
        subject=f"{later.name} {later.days} {earlier.unit}",
        related=(Related(earlier.place, f"{earlier.unit}的条目"),),
        severity=Severity.ERROR if is_same else Severity.WARNING,
    )


RULE = Rule("KS501", "double-count", Severity.ERROR, PROGRESS, __doc__ or "", check)
