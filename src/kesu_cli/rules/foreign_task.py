"""单位填报了不归自己的任务。

## 为什么

只有牵头和责任单位的条目才计入任务；原文没有写单位的，由 `plan/policy.yaml` 的 `accountable_for`
或 `unowned_by` 指定的单位报送。别的单位填报的不计数，做了工作却没有体现；也可能是任务编号写错了。

## 错误示例

```yaml
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1  # expect: KS410
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 30
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
    value: 30
    jointly_with: [市农业农村局]
```

## 怎么改

核对任务编号；配合别的单位开展的，由牵头或责任单位填报，在它的条目里用 `jointly_with` 写上本单位。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the entries of units that neither lead nor share their task."""
    for filing, entry in context.judged_entries():
        task = context.plan.by_id.get(entry.task)
        if task and filing.unit and not task.owed_by(filing.unit):
            yield Problem(
                entry.place / "task",
                f"{filing.unit}不是 {task.id} {task.name}的牵头或责任单位"
                f"（应为{'、'.join(task.owners or task.answering(None))}），"
                f"“{entry.name}”没有计入",
                hint="请核对任务编号；配合开展的，由牵头或责任单位填报，把本单位写作合办单位",
                write=f"jointly_with: [{filing.unit}]",
                owners=(filing.unit,),
                unit=filing.unit,
                task=task.id,
                subject=f"{entry.name} {entry.days}",
            )


RULE = Rule(
    "KS410", "foreign-task", Severity.WARNING, Category.ENTRY, PROGRESS, __doc__ or "", check, Reach.FILE
)
