"""任务临近到期，尚未完成。

## 为什么

到期前提醒一次，比到期后通报管用。提前多少天提醒由 `plan/policy.yaml` 的 `due_soon_days` 决定。

## 错误示例

```yaml
# as-of: 2024-11-20
# file: plan/measures.yaml
title: 示例市方案
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions: []
phases:
  - id: P2
    name: 深入实施
    period: {from: 2022-01-01, to: 2025-12-31}
    tasks:
      - id: P2-1
        name: 建设农民培训基地
        quote: 2024年建设农民培训基地
        kind: deliverable
        strength: hard
        during: 2024
        lead: [市农业农村局]
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: draft
entries:  # expect: KS303
  - task: P2-1
    date: 2024-11-05
    name: 农民培训基地选址
    status: ongoing
```

## 正确示例

```yaml
# as-of: 2024-11-20
# file: plan/measures.yaml
title: 示例市方案
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions: []
phases:
  - id: P2
    name: 深入实施
    period: {from: 2022-01-01, to: 2025-12-31}
    tasks:
      - id: P2-1
        name: 建设农民培训基地
        quote: 2024年建设农民培训基地
        kind: deliverable
        strength: hard
        during: 2024
        lead: [市农业农村局]
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: draft
entries:
  - task: P2-1
    date: 2024-11-05
    name: 农民培训基地挂牌
    evidence: [{kind: 照片, url: "https://example.invalid/1"}]
```

## 怎么改

在到期日以前办结并填报；办不完的，到期以前按程序报请延期，到期以后再报的按未完成论。
"""

from collections.abc import Iterator
from dataclasses import replace

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Rule, shortfall
from kesu_cli.standing import Standing
from kesu_cli.verdict import Verdict

_UNFINISHED = (Verdict.OPEN, Verdict.BEHIND, Verdict.UNREPORTED)


def check(context: Context) -> Iterator[Problem]:
    """Report the dated duties that fall due within the days the policy names."""
    for standing in context.standings:
        ahead = (standing.window.end - context.as_of.day).days
        if ahead <= context.policy.due_soon_days and _is_awaited(standing):
            left = context.as_of.remaining(standing.window.end)
            message = f"{standing.window.end} 到期，{left}，现在{standing.word}"
            hint = "请在到期前办结并填报；办不完的，到期前按程序报请延期"
            yield replace(shortfall(context, standing, message, hint), severity=Severity.NOTE)


def _is_awaited(standing: Standing) -> bool:
    task = standing.task
    is_dated = task.has_deadline or (task.is_hard and not task.row.on_event)
    return is_dated and not standing.over and standing.weighs_as in _UNFINISHED


RULE = Rule("KS303", "due-soon", Severity.NOTE, Category.STANDING, PROGRESS, __doc__ or "", check)
