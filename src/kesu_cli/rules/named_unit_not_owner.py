"""原文点了单位的名，单位却不在牵头和责任单位里。

## 为什么

原文写明要某个单位出数据、参加活动，责任单位里却没有它：它不必报送，牵头单位也没有依据要求它配合。

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
    responsible: [团市委]
    measures:
      - number: 6
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1
            name: 分析教师需求
            quote: 综合市委宣传部、市教育体育局的有关数据，分析教师需求  # expect: KS215
            kind: qualitative
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
    responsible: [团市委]
    measures:
      - number: 6
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1
            name: 分析教师需求
            quote: 综合市委宣传部、市教育体育局的有关数据，落实《示例市科协章程》，分析教师需求
            kind: qualitative
            strength: firm
            throughout: true
            lead: [市教体局]
            responsible: [市委宣传部]
```

## 怎么改

起草时把点名的单位写进责任单位。已经印发的，由办公室与该单位商定；只是提及、不要求它做什么的，不用改。
"""

import re
from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.parts_of_text import occurring, without_titles
from kesu_cli.model.plan import Task
from kesu_cli.model.unit import Units
from kesu_cli.rule import PLAN, Category, Context, Rule

_SHORT = 2
_JOINS = "和与及由经请向将把对给跟同或"
_VERBS = "合托商助织励持导排求用报送交为在"  # ends of 联合、依托、协助、组织、支持、安排、使用、上报…


def check(context: Context) -> Iterator[Problem]:
    """Report the units that the words of a task name and that do not owe it."""
    texts = {task.id: without_titles(task.quote) for task in context.plan.tasks}
    names = occurring(context.units.spellings, "\n".join(texts.values()))
    if not names:
        return
    pattern = re.compile("|".join(map(re.escape, names)))
    for task in context.plan.by_id.values():
        named = (match[0] for match in pattern.finditer(texts[task.id]) if _stands_alone(match))
        outside = [name for name in named if _is_outside(name, task, context)]
        if outside:
            yield _problem(task, tuple(dict.fromkeys(outside)), context.units)


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether a name is neither the tail of another word (a short one) nor another city's unit."""
    before = match.string[match.start() - 1 : match.start()]
    return not before.isalnum() or before in _JOINS or (len(match[0]) > _SHORT and before in _VERBS)


def _is_outside(name: str, task: Task, context: Context) -> bool:
    """Whether none of the units meant owes the task, be it through the unit that reports for them."""
    meant = context.units.expand((name,))
    through = {context.units.find_one(one): two for one, two in context.policy.reports_through.items()}
    reporting = context.units.expand([through.get(unit, unit) for unit in meant])
    return bool(meant) and {*meant, *reporting}.isdisjoint((*task.owners, task.accountable))


def _problem(task: Task, names: tuple[str, ...], units: Units) -> Problem:
    said = f"原文点了{'、'.join(names)}的名，牵头和责任单位里没有"
    return Problem(
        task.place / "quote",
        f"任务 {task.id} {task.name}：{said}（原文：{task.quote}）",
        hint="请与点名的单位商定，写进 responsible；只是提及、不要求它做什么的，不用改",
        owners=units.expand(names),
        task=task.id,
        subject="、".join(names),
    )


RULE = Rule("KS215", "named-unit-not-owner", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
