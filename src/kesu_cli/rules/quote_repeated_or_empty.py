"""任务没有摘录原文，或两项任务摘录了同一句话。

## 为什么

每项任务都要能指到方案里的一句话，否则就是转录的人自己加的；同一句话拆成两项任务，同一件事会考核两次。

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
            target: {at_least: 30, unit: 名}
            every: year
            tally: sum
          - id: M06-2
            name: 科技辅导员培训
            quote: 每年培训30名科技辅导员  # expect: KS205
            kind: recurrence
            strength: hard
            every: year
          - id: M06-3
            name: 新科技知识培训
            quote: ""  # expect: KS205
            kind: direction
            strength: firm
            throughout: true
          - id: M06-4  # expect: KS205
            name: 科学教师队伍建设
            kind: direction
            strength: firm
            throughout: true
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
          - id: M06-2
            name: 新科技知识培训
            quote: 加强新科技知识和技能培训
            kind: direction
            strength: firm
            throughout: true
```

## 怎么改

对照原文补上 `quote`，一字不改；摘录相同的，删去重复的任务，或各自摘录自己那一分句。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.plan import Task
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report tasks without words of the document, and those that share them with an earlier task."""
    first: dict[str, Task] = {}
    for task in context.plan.tasks:
        words = "".join(task.quote.split())
        if not words:
            yield Problem(
                task.place / "quote",
                f"任务 {task.id} {task.name}没有摘录原文",
                hint="请在 quote 里照抄方案里的那句话",
                task=task.id,
            )
            continue
        other = first.setdefault(words, task)
        if other is not task:
            yield _repeated(task, other)


def _repeated(task: Task, other: Task) -> Problem:
    return Problem(
        task.place / "quote",
        f"任务 {task.id} 与 {other.id} 摘录了同一句话",
        hint="请删去重复的任务，或各自摘录自己那一分句",
        task=task.id,
        subject=other.id,
        related=(Related(other.place / "quote", f"{other.id} {other.name}"),),
    )


RULE = Rule("KS205", "quote-repeated-or-empty", Severity.ERROR, Category.PLAN, PLAN, __doc__ or "", check)
