"""整条措施没有一项可以量化的任务。

## 为什么

没有数量、也没有列出具体事项的措施，只能看做没做，看不出做到什么程度。这是对方案的提示，不是哪个单位的问题。

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
      - number: 6  # expect: KS207
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1
            name: 加强新科技知识培训
            quote: 加强新科技知识和技能培训
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
            name: 加强新科技知识培训
            quote: 加强新科技知识和技能培训
            kind: direction
            strength: firm
            throughout: true
```

## 怎么改

核对原文有没有漏录的数量、次数或列举的事项。原文确实没有的不用改；需要细化的，由办公室另行下达年度任务。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the measures none of whose tasks has a target or items."""
    actions = context.plan.place / "actions"
    for number, action in enumerate(context.plan.file.actions):
        for index, measure in enumerate(action.measures):
            if not any(task.target or task.items for task in measure.tasks):
                yield Problem(
                    actions / number / "measures" / index / "number",
                    f"措施 {measure.number} {measure.title}没有可以量化的任务",
                    hint="请核对原文有没有漏录的数量或列举的事项；确实没有的不用改",
                    subject=f"{action.id} {measure.number}",
                )


RULE = Rule("KS207", "measure-without-target", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
