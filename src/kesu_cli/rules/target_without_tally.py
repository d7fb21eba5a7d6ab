"""任务有指标，却没有写明怎样累计。

## 为什么

同样报了 18 和 12，相加是 30，取最新是 12。不写 `tally` 时 kesu 按任务的类型取一种，转录的人未必是这个意思。

## 错误示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions:
  - id: A1
    name: 青少年科学素质提升行动
    lead: [市教体局]
    measures:
      - number: 6
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1
            name: 培训科技辅导员
            quote: 每年培训30名科技辅导员
            kind: quantity
            strength: hard
            target: {at_least: 30, unit: 名}  # expect: KS208
            every: year
```

## 正确示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions:
  - id: A1
    name: 青少年科学素质提升行动
    lead: [市教体局]
    measures:
      - number: 6
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1
            name: 培训科技辅导员
            quote: 每年培训30名科技辅导员
            kind: quantity
            strength: hard
            target: {at_least: 30, unit: 名}
            every: year
            tally: sum
```

## 怎么改

写明 `tally`：`sum` 各条相加，`latest` 取最新一条，`max` 取最大一条，`count` 数条数。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.rule import PLAN, Category, Context, Rule

_WORDS = {Tally.SUM: "各条相加", Tally.LATEST: "取最新一条", Tally.MAX: "取最大一条", Tally.COUNT: "数条数"}


def check(context: Context) -> Iterator[Problem]:
    """Report the targets that don't say how entries add up."""
    for task in context.plan.tasks:
        if task.row.target and task.row.tally is None:
            yield Problem(
                task.place / "target",
                f"任务 {task.id} {task.name}没有写明怎样累计，现按“{_WORDS[task.tally]}”判定",
                hint=f"请写明，例如 tally: {task.tally.value}",
                task=task.id,
            )


RULE = Rule("KS208", "target-without-tally", Severity.WARNING, Category.PLAN, PLAN, __doc__ or "", check)
