"""百分数写成了小数，分不清是百分之几还是比例。

## 为什么

任务要求百分数时，0.15 可能是 15%，也可能真是 0.15%，相差一百倍。kesu 不猜，这样的条目不计入。

## 错误示例

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: G-1
    date: 2024-11-30
    name: 公民科学素质抽样调查
    value: 0.142  # expect: KS504
```

## 正确示例

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: G-1
    date: 2024-11-30
    name: 公民科学素质抽样调查
    value: 14.2%
```

## 怎么改

写成带百分号的数，如 `14.2%`；确实不到百分之一的，同样带上百分号，如 `0.15%`。
"""

from collections.abc import Iterator

from kesu_cli.finding import Problem, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.rule import PROGRESS, Context, Reach, Rule
from kesu_cli.standing import scale_in_doubt


def check(context: Context) -> Iterator[Problem]:
    """Report bare values below one where per cent are asked for."""
    for filing, entry in context.judged_entries():
        task = context.plan.by_id.get(entry.task)
        if task and entry.number is not None and scale_in_doubt(task, entry):
            as_is, as_share = show_number(entry.number, 4), show_number(entry.number * 100, 4)
            yield Problem(
                entry.place / "value",
                f"“{entry.name}”的数值 {as_is} 分不清是 {as_is}% 还是 {as_share}%，没有计入",
                hint=f"请写成带百分号的数：{as_share}% 或 {as_is}%",
                owners=(filing.unit,),
                unit=filing.unit,
                task=task.id,
                subject=f"{entry.name} {entry.days}",
            )


RULE = Rule("KS504", "percent-scale", Severity.ERROR, PROGRESS, __doc__ or "", check, Reach.FILE)
