"""人、场、次一类的数带小数。

## 为什么

人、场、件只能是整数。带小数的多半是把平均数、比例或别的单位的数填了进来，也可能是小数点点错了位。

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
    value: 276.5  # expect: KS509
```

## 正确示例

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
    value: 276
  - task: M08-3
    date: 2024-09
    name: 农机手培训班
    value: 0.12万人次
```

## 怎么改

按实际人数、场次重新核对，填写整数。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule

_WHOLE_THINGS = frozenset(["名", "人", "人次", "个", "次", "场", "场次", "项", "家", "件", "期", "所"])


def check(context: Context) -> Iterator[Problem]:
    """Report fractions of things that there are only whole ones of."""
    for filing, entry in context.judged_entries():
        task = context.plan.by_id.get(entry.task)
        if task is None or task.tally is Tally.COUNT or entry.number is None or entry.number.denominator == 1:
            continue
        measure = _measure(task, entry)
        if measure in _WHOLE_THINGS:
            yield Problem(
                entry.place / "value",
                f"“{entry.name}”的数值是 {show_number(entry.number, 6)} {measure}，{measure}数应是整数",
                hint="请核对：是不是小数点点错了，或填的是平均数、比例；按实际的数填写整数",
                owners=(filing.unit,),
                unit=filing.unit,
                task=task.id,
                subject=f"{entry.name} {entry.days}",
            )


def _measure(task: Task, entry: Entry) -> str:
    return entry.measured_in or (task.row.target.unit if task.row.target else "")


RULE = Rule(
    "KS509",
    "fraction-of-whole",
    Severity.WARNING,
    Category.COMPARISON,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
)
