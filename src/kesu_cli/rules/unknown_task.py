"""任务编号在方案里没有。

## 为什么

编号写错的条目不知道算给哪项任务，只能不计。表格软件会把 `6-1` 改成日期，所以编号一律写成 `M06-1` 这样。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: 6-1  # expect: KS108
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 18
  - task: M06-11  # expect: KS108
    date: 2024-11-20
    name: 秋季科技辅导员培训班
    value: 12
nothing_to_report:
  - task: M99-1  # expect: KS108
    reason: 本年度上级未安排
```

豁免和办公室的决定也要写对任务编号：

```yaml
# file: plan/waivers.yaml
waivers:
  - task: M6-1  # expect: KS108
    unit: 市教体局
    reason: 暑期防汛，培训顺延
    document: 乐科素办〔2024〕12号
    approved_by: 市全民科学素质工作领导小组办公室
    until: 2026-12-31
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
accountable_for:
  M66-1: 市科协  # expect: KS108
source_of_record:
  M6-1: 市教体局  # expect: KS108
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
nothing_to_report:
  - {task: M04-2, reason: 本年度由市科协统一组织}
```

## 怎么改

照提示改成方案里的编号，写成任务名称的也会提示编号；`kesu plan show` 列出全部任务。方案里没有的工作不必填报。
"""

from collections.abc import Iterable, Iterator

from kesu_cli.diagnostic import FixKind, Place, Problem, Severity
from kesu_cli.model.progress import Filing
from kesu_cli.model.task_suggestion import meant_by, siblings
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the task ids of reports, waivers and the policy that the plan does not have."""
    known = context.plan.by_id
    for filing in context.judged:
        yield from _of_filing(context, filing)
    for waiver in context.waivers:
        task = waiver.row.task
        if task is not None and task not in known:
            yield _problem(context, waiver.place / "task", task, waiver.unit(context.units), "豁免")
    for place, title, tasks in _in_policy(context):
        for task in tasks:
            if task not in known:
                yield _problem(context, place / task, task, "", title)


def _in_policy(context: Context) -> Iterator[tuple[Place, str, Iterable[str]]]:
    """Yield the keys of the policy under which tasks are named, each with its title."""
    policy, place = context.policy, context.policy_place
    yield place / "accountable_for", "汇总单位", policy.accountable_for
    yield place / "source_of_record", "以谁的台账为准", policy.source_of_record
    yield place / "accept_area", "认定别的地区的数", policy.accept_area
    yield place / "baselines", "基数", policy.baselines
    yield place / "interims", "分期目标", policy.interims
    yield place / "evidence" / "tasks", "佐证材料", policy.evidence.tasks


def _of_filing(context: Context, filing: Filing) -> Iterator[Problem]:
    known, unit = context.plan.by_id, filing.unit
    for entry in filing.entries:
        if entry.task not in known:
            yield _problem(context, entry.place / "task", entry.task, unit, f"{entry.name} {entry.days}")
    for index, row in enumerate(filing.nothing):
        if row.task not in known:
            place = filing.place / "nothing_to_report" / index / "task"
            yield _problem(context, place, row.task, unit, f"{filing.year}年无内容可报")


def _problem(context: Context, place: Place, task: str, unit: str, subject: str) -> Problem:
    near, others = meant_by(task, context.plan.by_id), siblings(task, context.plan.by_id)
    listed = f"这里的任务有：{others}" if others else "用 kesu plan show 可列出全部任务"
    return Problem(
        place,
        f"方案里没有任务“{task}”" + (f"；{near}" if near else ""),
        hint=f"请核对任务编号；{listed}",
        owners=(unit,) if unit else (),
        unit=unit,
        task=task,
        subject=subject,
    )


RULE = Rule(
    "KS108",
    "unknown-task",
    Severity.ERROR,
    Category.FILE,
    PLAN,
    __doc__ or "",
    check,
    waivable=False,
    fix=FixKind.TASK_ID,
)
