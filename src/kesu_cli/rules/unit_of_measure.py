"""条目的计量单位与任务要求的不同。

## 为什么

单位不同的数不能相加。人和人次、场和场次是不同的量：
一个人参加三次培训，是 1 人、3 人次。单位不符的条目不计入。
同一个量的两种写法（如名和人）由 `plan/policy.yaml` 的 `same_measure` 列出，可以通用。

## 错误示例

```yaml
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M08-3
    date: 2024-06
    name: 高素质农民培训班
    value: 500  # expect: KS503
    unit: 人
  - task: M08-3
    date: 2024-09
    name: 农机手培训班
    value: 60场  # expect: KS503
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班, value: 20人}
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M08-3
    date: 2024-06
    name: 高素质农民培训班
    value: 1500
    unit: 人次
  - task: M08-3
    date: 2024-09
    name: 农机手培训班
    value: 0.12万人次
```

## 怎么改

按任务要求的计量单位重新统计后填报；不要只改单位、不改数值。
"""

from collections.abc import Iterator

from kesu_cli.contribution import unit_differs
from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report figures in another unit of measure; where entries are only counted, figures do not matter."""
    for filing, entry in context.judged_entries():
        task = context.plan.by_id.get(entry.task)
        if task is None or task.row.target is None or task.tally is Tally.COUNT:
            continue
        if unit_differs(task, entry):
            wanted = task.row.target.unit
            yield Problem(
                entry.place / "value",
                f"“{entry.name}”的计量单位是“{entry.measured_in}”，{task.id} 要求“{wanted}”，没有计入",
                hint=f"请按“{wanted}”重新统计后填报；人和人次、场和场次是不同的量，不要只改单位",
                owners=(filing.unit,),
                unit=filing.unit,
                task=task.id,
                subject=f"{entry.name} {entry.days}",
            )


RULE = Rule(
    "KS503",
    "unit-of-measure",
    Severity.ERROR,
    Category.COMPARISON,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
)
