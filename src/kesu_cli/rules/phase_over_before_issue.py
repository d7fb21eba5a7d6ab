"""方案印发时，其中一个阶段已经结束。

## 为什么

方案印发以前，各单位还不知道有这些任务。这个阶段的任务逾期与否，要由办公室结合印发日期来看。

## 错误示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2022-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions: []
phases:
  - id: P1
    name: 制定方案
    period: {from: 2021-01-01, to: 2021-12-31}  # expect: KS203
    tasks: []
  - id: P2
    name: 深入实施
    period: {from: 2022-01-01, to: 2025-12-31}
    tasks: []
```

## 正确示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions: []
phases:
  - id: P1
    name: 制定方案
    period: {from: 2021-01-01, to: 2021-12-31}
    tasks: []
```

## 怎么改

核对印发日期和阶段起止。原文如此的不用改；印发前已到期、确实无法补做的任务，可按程序写进 `plan/waivers.yaml`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the phases that were over when the plan was issued."""
    plan = context.plan
    issued = Related(plan.place / "issued", "印发日期")
    for index, phase in enumerate(plan.phases):
        if phase.period.end < plan.file.issued:
            yield Problem(
                plan.place / "phases" / index / "period",
                f"阶段 {phase.id} {phase.name}于 {phase.period.end} 结束，方案 {plan.file.issued} 才印发",
                hint="请核对日期；原文如此的，这一阶段的任务由办公室结合印发日期判断",
                subject=phase.id,
                related=(issued,),
            )


RULE = Rule("KS203", "phase-over-before-issue", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
