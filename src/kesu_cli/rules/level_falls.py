"""取最新数的指标，后报的数比先报的低。

## 为什么

这类指标要达到的是一个下限，以最新一次的数判定。数值往回走，可能是填错了，可能是统计口径变了，也可能把累计数填成了当期数。

## 错误示例

```yaml
# file: progress/2023/市科协.yaml
unit: 市科协
year: 2023
status: complete
submitted: 2024-01-08
entries:
  - {task: G-1, date: 2023-11-30, name: 公民科学素质抽样调查, value: 13.1%}
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: G-1
    date: 2024-11-30
    name: 公民科学素质抽样调查
    value: 12.8%  # expect: KS506
```

## 正确示例

```yaml
# file: progress/2023/市科协.yaml
unit: 市科协
year: 2023
status: complete
submitted: 2024-01-08
entries:
  - {task: G-1, date: 2023-11-30, name: 公民科学素质抽样调查, value: 13.1%}
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: G-1, date: 2024-11-30, name: 公民科学素质抽样调查, value: 14.2%}
```

## 怎么改

核对两次的数值、日期和口径；应填截至当日的总数，不是当期新增数。确实下降的，数值照实填，另附说明。
"""

from collections.abc import Iterator
from itertools import pairwise

from kesu_cli.contribution import Contribution, has_happened, latest, weigh
from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.model.target import Comparator
from kesu_cli.model.task_in_plan_file import Spread, Tally
from kesu_cli.model.window import Precision
from kesu_cli.rule import PROGRESS, Category, Context, Rule

_LOWER_BOUNDS = (Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.ABOUT)


def check(context: Context) -> Iterator[Problem]:
    """Report the levels that are lower than the one before."""
    judged = {filing.file for filing in context.judged}
    for task, series in _series(context):
        for before, after in pairwise(latest(task, series)):
            falls = after.amount < before.amount and _is_later(after.entry, before.entry)
            if falls and after.entry.from_file in judged:
                yield _problem(before, after, task)


def _series(context: Context) -> Iterator[tuple[Task, list[Contribution]]]:
    """Put together the levels of each unit, of all units where any of them may give the latest."""
    tasks = {task.id: task for task in context.plan.by_id.values() if _should_rise(task)}
    found: dict[tuple[str, str], list[Contribution]] = {}
    for filing in context.loaded.filings:
        for entry in filing.entries:
            task = tasks.get(entry.task)
            if task and has_happened(entry, context.as_of):
                level = weigh(task, entry)
                whose = "" if task.row.spread is Spread.ANY else entry.unit
                if level.counted:
                    found.setdefault((task.id, whose), []).append(level)
    for (name, _), levels in found.items():
        yield tasks[name], levels


def _should_rise(task: Task) -> bool:
    target = task.row.target
    return target is not None and task.tally is Tally.LATEST and target.comparator in _LOWER_BOUNDS


def _is_later(entry: Entry, other: Entry) -> bool:
    """Whether an entry is surely later than another: of a month nobody knows the day."""
    is_month = entry.days.precision is Precision.MONTH
    return (entry.days.start if is_month else entry.days.end) > other.days.end


def _problem(before: Contribution, after: Contribution, task: Task) -> Problem:
    entry, other = after.entry, before.entry
    target = task.row.target
    unit = target.unit if target else ""
    now, then = show_number(after.amount) + unit, show_number(before.amount) + unit
    return Problem(
        entry.place / "value",
        f"“{entry.name}”（{entry.days}）为 {now}，低于{other.unit}此前（{other.days}）报的 {then}",
        hint="请核对数值、日期和口径；确实下降的，说明原因",
        write="note: 原因",
        owners=tuple(dict.fromkeys((entry.unit, other.unit))),
        unit=entry.unit,
        task=entry.task,
        subject=f"{entry.name} {entry.days}",
        related=(Related(other.place / "value", f"此前报的数：{then}"),),
    )


RULE = Rule("KS506", "level-falls", Severity.WARNING, Category.COMPARISON, PROGRESS, __doc__ or "", check)
