"""任务没有牵头单位，也没有责任单位。

## 为什么

没有单位的任务谁都可以不做，欠了也找不到人督办；谁都可以报数，报错了也找不到人核对。

## 错误示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
goals:
  tasks:
    - id: G-1
      name: 公民具备科学素质比例
      quote: 到2025年，公民具备科学素质比例达到15%
      kind: rate
      strength: hard
      target: {at_least: 15, unit: "%"}
      by: 2025-12-31
      tally: latest
      spread: any
      lead: []  # expect: KS204
actions: []
```

## 正确示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
goals:
  tasks:
    - id: G-1
      name: 公民具备科学素质比例
      quote: 到2025年，公民具备科学素质比例达到15%
      kind: rate
      strength: hard
      target: {at_least: 15, unit: "%"}
      by: 2025-12-31
      tally: latest
      spread: any
      lead: [市科协]
actions: []
```

## 怎么改

对照原文补上 `lead` 或 `responsible`。原文没有写单位的，由办公室研究后
在 `plan/policy.yaml` 的 `accountable_for` 里逐项指定，或用 `unowned_by: 单位` 一并指定。
指定以前，任何单位报的数都会计入。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the tasks that no unit owes or answers for."""
    for task in context.plan.tasks:
        if not task.owners and task.accountable is None:
            yield Problem(
                task.place / "lead",
                f"任务 {task.id} {task.name}没有牵头单位和责任单位",
                hint=f"请补上单位；原文没有写的，在 policy.yaml 的 accountable_for 里为 {task.id} 指定，"
                "或用 unowned_by 一并指定",
                task=task.id,
            )


RULE = Rule("KS204", "task-without-owner", Severity.WARNING, Category.PLAN, PLAN, __doc__ or "", check)
