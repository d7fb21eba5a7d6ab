"""几个单位共同牵头，没有明确由谁负责汇总。

## 为什么

几家牵头而不分主次，汇总、报告、说明原因就没有人出面。通行的做法是列第一位的牵头单位负责；
办公室在 `plan/policy.yaml` 里取消了这一条的，要逐项指定。

## 错误示例

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
accountable: none
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions:
  - id: A1
    name: 青少年科学素质提升行动
    lead: [市教体局, 团市委]
    measures:
      - number: 6
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1  # expect: KS206
            name: 培训科技辅导员
            quote: 每年培训30名科技辅导员
            kind: quantity
            strength: hard
            target: {at_least: 30, unit: 名}
            every: year
            tally: sum
          - id: M06-2
            name: 开展新科技知识培训
            quote: 团市委、市科协共同开展新科技知识培训
            kind: event
            strength: firm
            throughout: true
            lead: [团市委, 市科协]  # expect: KS206
```

## 正确示例

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
accountable: none
accountable_for: {M06-1: 市教体局}
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions:
  - id: A1
    name: 青少年科学素质提升行动
    lead: [市教体局, 团市委]
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

在 `plan/policy.yaml` 的 `accountable_for` 里逐项指定，或恢复 `accountable: first_lead`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the tasks with several lead units of which none answers."""
    for task in context.plan.tasks:
        if len(task.lead) > 1 and task.accountable is None:
            yield Problem(
                task.place / "lead",
                f"任务 {task.id} {task.name}由{'、'.join(task.lead)}共同牵头，没有明确由谁负责汇总",
                hint=f"请在 policy.yaml 的 accountable_for 里为 {task.id} 指定一个单位",
                owners=task.lead,
                task=task.id,
            )


RULE = Rule("KS206", "no-accountable", Severity.WARNING, Category.PLAN, PLAN, __doc__ or "", check)
