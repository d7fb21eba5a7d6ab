"""方案的阶段相互重叠、中间断开，或没有覆盖整个方案期。

## 为什么

一天同时属于两个阶段，或不属于任何阶段，这一天的工作该按哪个阶段的任务考核就说不清。

## 错误示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions: []
phases:
  - id: P1
    name: 启动部署
    period: {from: 2021-01-01, to: 2021-12-31}
    tasks: []
  - id: P2
    name: 深入实施
    period: {from: 2022-03-01, to: 2025-12-31}  # expect: KS202
    tasks: []
  - id: P3
    name: 总结评估
    period: {from: 2025-01-01, to: 2025-12-31}  # expect: KS202
    tasks: []
```

最后一个阶段没有到方案期末：

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions: []
phases:
  - id: P1
    name: 全面实施
    period: {from: 2021-01-01, to: 2025-06-30}  # expect: KS202
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
    name: 启动部署
    period: {from: 2021-01-01, to: 2021-12-31}
    tasks: []
  - id: P2
    name: 深入实施
    period: {from: 2022-01-01, to: 2024-12-31}
    tasks: []
  - id: P3
    name: 总结评估
    period: {from: 2025-01-01, to: 2025-12-31}
    tasks: []
```

## 怎么改

先对照原文核对起止日期。原文就是这样写的，不要改动转录：各阶段的任务按各自的期限考核，这一条留作对方案的提示。
"""

from collections.abc import Iterator
from datetime import timedelta

from kesu_cli.finding import Place, Problem, Related, Severity
from kesu_cli.model.calendar import Days, day_before
from kesu_cli.model.plan_file import PhaseRow
from kesu_cli.rule import PLAN, Context, Rule

_DAY = timedelta(days=1)


def check(context: Context) -> Iterator[Problem]:
    """Walk through the phases by their first day and compare each with what was covered before it."""
    whole, before = context.plan.period, None
    if not context.plan.phases:
        return
    covered = day_before(whole.start)
    for place, phase in _in_order(context):
        period = phase.period
        if covered >= whole.start and period.start <= covered:
            both = Days(period.start, min(covered, period.end))
            yield _problem(place, phase, f"与前面的阶段重叠（{both}）", before)
        elif period.start > covered + _DAY:
            gap = Days(covered + _DAY, day_before(period.start))
            yield _problem(place, phase, f"之前有一段时间（{gap}）不属于任何阶段", before)
        if period.start < whole.start or period.end > whole.end:
            yield _problem(place, phase, f"（{period.days}）超出方案期（{whole}）", None)
        if before is None or period.end > covered:
            covered, before = period.end, Related(place, f"前面的阶段 {phase.id}（{period.days}）")
            last = place, phase
    if covered < whole.end:
        yield _problem(*last, f"之后到方案期末（{whole.end}）不属于任何阶段", None)


def _in_order(context: Context) -> list[tuple[Place, PhaseRow]]:
    phases = context.plan.place / "phases"
    placed = [(phases / index / "period", phase) for index, phase in enumerate(context.plan.phases)]
    return sorted(placed, key=lambda item: (item[1].period.start, item[1].period.end))


def _problem(place: Place, phase: PhaseRow, message: str, before: Related | None) -> Problem:
    return Problem(
        place,
        f"阶段 {phase.id} {phase.name}{message}",
        hint="请对照原文核对；原文如此的保留转录，各阶段任务按各自期限考核",
        subject=f"{phase.id} {message}",
        related=(before,) if before else (),
    )


RULE = Rule("KS202", "phase-overlap-or-gap", Severity.WARNING, PLAN, __doc__ or "", check)
