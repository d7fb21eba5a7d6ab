"""责任单位以“等单位”收尾，没有列全。

## 为什么

“等单位”包括谁，原文没有说：没列出名字的单位不知道自己有责任，出了缺口也找不到人。

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
    responsible: [团市委, 各街道]
    open_ended: true  # expect: KS216
    measures:
      - number: 6
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1
            name: 科技下乡
            quote: 大力开展科技下乡
            kind: event
            strength: firm
            throughout: true
            lead: [市科协]
            open_ended: true  # expect: KS216
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
    responsible: [团市委]
    measures:
      - number: 6
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1
            name: 科技下乡
            quote: 大力开展科技下乡
            kind: event
            strength: firm
            throughout: true
```

## 怎么改

起草时把单位列全，或写明由谁确定名单。已经印发的，由办公室明确“等”包括谁，写进 `responsible`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Place, Problem, Related, Severity
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the lists of units that the document leaves open."""
    plan = context.plan
    for index, action in enumerate(plan.file.actions):
        if action.open_ended:
            last = (*action.lead, *action.responsible)[-1:]
            yield _problem(plan.place / "actions" / index, f"行动 {action.id} {action.name}", last)
    for task in plan.tasks:
        if task.row.open_ended:
            last = (*(task.row.lead or task.lead), *(task.row.responsible or ()))[-1:]
            yield _problem(task.place, f"任务 {task.id} {task.name}", last, task.id)


def _problem(place: Place, what: str, last: tuple[str, ...], task: str = "") -> Problem:
    return Problem(
        place / "open_ended",
        f"{what}的单位没有列全（原文：……{''.join(last)}等单位），“等”包括谁没有写",
        hint="请由办公室明确“等”包括谁，写进 responsible",
        task=task,
        subject=what,
        related=(Related(place / "responsible", "责任单位"),),
    )


RULE = Rule("KS216", "open-ended-owners", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
