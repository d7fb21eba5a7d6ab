"""任务的期限不在方案的起止日期之内。

## 为什么

方案期满以后到期、或方案开始以前就到期的任务，在方案期内无法考核，多半是转录时写错了年份。

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
            name: 编印教师科学素质读本
            quote: 编印教师科学素质读本
            kind: deliverable
            strength: hard
            by: 2026-06-30  # expect: KS201
          - id: M06-2
            name: 启动骨干教师研修
            quote: 2020年启动骨干教师研修
            kind: deadline
            strength: hard
            during: 2020  # expect: KS201
          - id: M06-3
            name: 轮训科学教师
            quote: 到2025年轮训科学教师5000人次
            kind: quantity
            strength: hard
            target: {at_least: 5000, unit: 人次}
            by: 2025-12-31
            tally: sum
            interim:
              2023-12-31: 2500
              2026-12-31: 5000  # expect: KS201
```

办公室分期的日子也一样：

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
interims:
  M08-3: {2020-12-31: 2000}  # expect: KS201
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
            name: 编印教师科学素质读本
            quote: 编印教师科学素质读本
            kind: deliverable
            strength: hard
            by: 2025-12-31
          - id: M06-2
            name: 启动骨干教师研修
            quote: 2021年启动骨干教师研修
            kind: deadline
            strength: hard
            during: 2021
```

## 怎么改

对照原文核对年份，办公室分期的核对 `plan/policy.yaml`。
原文确实写了方案期以外的日期，按方案期末填写，并在 `reading` 里注明理解。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Place, Problem, Severity
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.window import year_of
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the days of tasks that the plan does not cover."""
    for task in context.plan.tasks:
        office = context.policy_place / "interims" / task.id
        for place, when in _outside(task, context.plan, office):
            yield Problem(
                place,
                f"任务 {task.id} 的期限 {when} 不在方案期（{context.plan.period}）之内",
                hint="请对照原文核对年份",
                task=task.id,
                subject=when,
            )


def _outside(task: Task, plan: Plan, office: Place) -> Iterator[tuple[Place, str]]:
    row, period = task.row, plan.period
    if row.by is not None and not period.contains(row.by):
        yield task.place / "by", str(row.by)
    if row.during is not None and not period.meets(year_of(row.during)):
        yield task.place / "during", f"{row.during} 年"
    points = task.place / "interim" if row.interim else office
    for point in task.interim:
        if not period.contains(point.day):
            yield points / str(point.day), str(point.day)


RULE = Rule("KS201", "due-after-plan", Severity.ERROR, Category.PLAN, PLAN, __doc__ or "", check)
