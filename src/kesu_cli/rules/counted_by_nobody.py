"""写了由别的单位计数，那个单位却没有相应的条目。

## 为什么

`counted_by` 是说这件事由对方计数，本单位不再计。对方没有报同一任务、日期重叠的条目，
这个数就哪里都没有算进去。
对方的报告还没有到期、也没有报送完毕的，只作提示。

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
    name: 暑期科技辅导员培训班
    value: 18
    counted_by: 市科协  # expect: KS508
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-11-20
    name: 秋季科技辅导员培训班
    value: 12
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
    name: 暑期科技辅导员培训班
    value: 18
    counted_by: 市科协
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: {from: 2024-07-15, to: 2024-07-17}
    name: 科技辅导员培训班（与市教体局合办）
    value: 18
```

## 怎么改

请对方补报这一条；对方不计数的，删去本单位条目里的 `counted_by`。日期写得不一致的，两家核对一致。
"""

from collections.abc import Iterator

from kesu_cli.contribution import has_happened, set_aside
from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.rule import PROGRESS, Category, Context, Rule, severity_of


def check(context: Context) -> Iterator[Problem]:
    """Report the entries left to another unit that does not count them."""
    left = [entry for _, entry in context.judged_entries() if _is_left_to_another(context, entry)]
    wanted = {(entry.task, entry.counted_by) for entry in left}
    theirs: dict[tuple[str, str], list[Entry]] = {}
    for filing in context.loaded.filings:
        for entry in filing.entries:
            if (entry.task, entry.unit) in wanted and has_happened(entry, context.as_of):
                theirs.setdefault((entry.task, entry.unit), []).append(entry)
    for entry in left:
        task = context.plan.by_id[entry.task]
        others = theirs.get((entry.task, entry.counted_by), ())
        if not any(_counts_for(task, other, entry) for other in others) and not _is_lost(context, entry):
            yield _problem(context, task, entry)


def _is_left_to_another(context: Context, entry: Entry) -> bool:
    task, named = context.plan.by_id.get(entry.task), entry.counted_by
    if not named or task is None or named == entry.unit or named not in context.units.names:
        return False
    return entry.done and task.told_by(entry.unit) and has_happened(entry, context.as_of)


def _is_lost(context: Context, entry: Entry) -> bool:
    """Whether the other unit's report can't be read: what it holds is not known."""
    years = range(entry.days.start.year, entry.days.end.year + 1)
    return any(
        lost.unit == entry.counted_by and lost.year in years and (not lost.tasks or entry.task in lost.tasks)
        for lost in context.loaded.unread
    )


def _counts_for(task: Task, other: Entry, entry: Entry) -> bool:
    return other.days.meets(entry.days) and not set_aside(task, other)


def _problem(context: Context, task: Task, entry: Entry) -> Problem:
    unit, other = entry.unit, entry.counted_by
    why = "没有同一任务、日期重叠的条目"
    if not task.told_by(other):
        why = f"不承担 {task.id}" if not task.owed_by(other) else f"的条目只作其中数（以{unit}的台账为准）"
        why += "，报了也不计入"
    return Problem(
        entry.place / "counted_by",
        f"“{entry.name}”（{entry.days}）写了由{other}计数，{other}{why}，这个数哪里都没有算进去",
        hint=f"请{other}补报这一条；对方不计数的，改由本单位计数",
        write="删去 counted_by 这一行",
        owners=(unit, other),
        unit=unit,
        task=task.id,
        subject=f"{entry.name} {entry.days}",
        severity=severity_of(task) if _has_spoken(context, entry) else Severity.NOTE,
    )


def _has_spoken(context: Context, entry: Entry) -> bool:
    """Whether the other unit's report of that year is finished or overdue: nothing more is to be expected."""
    year = entry.days.end.year
    filing = context.loaded.filing_of.get((entry.counted_by, year))
    return (filing is not None and filing.complete) or context.as_of.report_overdue(
        context.policy.report_due.of(year)
    )


RULE = Rule("KS508", "counted-by-nobody", Severity.ERROR, Category.COMPARISON, PROGRESS, __doc__ or "", check)
