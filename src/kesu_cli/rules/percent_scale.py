"""百分数写成了小数，或超过了 100%。

## 为什么

任务要求百分数时，0.15 可能是 15%，也可能真是 0.15%，相差一百倍；150% 多半是漏了小数点，或分子、分母写反。
kesu 不猜，这样的条目不计入。方案要求的本来就超过 100% 的，不在此列。

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
  - task: G-1
    date: 2024-12-05
    name: 公民科学素质抽样调查复核
    value: 142%  # expect: KS504
  - task: G-1  # expect: KS504
    date: 2024-12-06
    name: 公民科学素质抽样调查（按人数）
    numerator: 1500
    denominator: 1000
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
超过 100% 的核对小数点，以及分子、分母有没有写反。
"""

from collections.abc import Iterator

from kesu_cli.contribution import exceeds_whole, scale_in_doubt
from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule

_Said = tuple[str, str]


def check(context: Context) -> Iterator[Problem]:
    """Report bare values below one, and values above a hundred, where per cent are asked for."""
    for filing, entry in context.judged_entries():
        task = context.plan.by_id.get(entry.task)
        said = _said(task, entry) if task else None
        if said:
            message, hint = said
            yield Problem(
                entry.place / "value",
                f"“{entry.name}”的数值 {message}，没有计入",
                hint=hint,
                owners=(filing.unit,),
                unit=filing.unit,
                task=entry.task,
                subject=f"{entry.name} {entry.days}",
            )


def _said(task: Task, entry: Entry) -> _Said | None:
    if entry.number is None:
        return None
    if scale_in_doubt(task, entry):
        as_is, as_share = show_number(entry.number, 4), show_number(entry.number * 100, 4)
        return f"{as_is} 分不清是 {as_is}% 还是 {as_share}%", f"请写成带百分号的数：{as_share}% 或 {as_is}%"
    if exceeds_whole(task, entry):
        return f"{show_number(entry.number, 4)}% 超过了 100%", "请核对小数点，以及分子、分母有没有写反"
    return None


RULE = Rule(
    "KS504", "percent-scale", Severity.ERROR, Category.COMPARISON, PROGRESS, __doc__ or "", check, Reach.FILE
)
