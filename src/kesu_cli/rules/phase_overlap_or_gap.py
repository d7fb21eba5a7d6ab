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

from kesu_cli.diagnostic import Place, Problem, Related, Severity
from kesu_cli.model.plan_file import PhaseRow
from kesu_cli.model.window import Days, day_before
from kesu_cli.rule import PLAN, Category, Context, Rule

_DAY = timedelta(days=1)

_Placed = tuple[Place, PhaseRow]


def check(context: Context) -> Iterator[Problem]:
    """Report phases that overlap, that leave days between them, or that don't cover the plan's period."""
    whole, phases = context.plan.period, _in_order(context)
    if not phases:
        return
    for place, phase in phases:
        if phase.period.start < whole.start or phase.period.end > whole.end:
            yield _problem(place, phase, f"（{phase.period.days}）超出方案期（{whole}）")
    place, first = phases[0]
    if first.period.start > whole.start:
        gap = Days(whole.start, day_before(first.period.start))
        yield _problem(place, first, f"之前有一段时间（{gap}）不属于任何阶段")
    yield from _seams(phases)
    place, last = max(phases, key=lambda item: item[1].period.end)
    if last.period.end < whole.end:
        gap = Days(last.period.end + _DAY, whole.end)
        yield _problem(place, last, f"之后有一段时间（{gap}）不属于任何阶段")


def _seams(phases: list[_Placed]) -> Iterator[Problem]:
    """Compare each phase with the one that, of those before it, lasts longest."""
    where, before = phases[0]
    for place, phase in phases[1:]:
        start, end, until = phase.period.start, phase.period.end, before.period.end
        other = Related(where, f"阶段 {before.id}（{before.period.days}）")
        if start <= until:
            yield _problem(place, phase, f"与阶段 {before.id} 重叠（{Days(start, min(until, end))}）", other)
        elif start > until + _DAY:
            gap = Days(until + _DAY, day_before(start))
            yield _problem(place, phase, f"之前有一段时间（{gap}）不属于任何阶段", other)
        if end > until:
            where, before = place, phase


def _in_order(context: Context) -> list[_Placed]:
    phases = context.plan.place / "phases"
    placed = [(phases / index / "period", phase) for index, phase in enumerate(context.plan.phases)]
    return sorted(placed, key=lambda item: (item[1].period.start, item[1].period.end))


def _problem(place: Place, phase: PhaseRow, message: str, other: Related | None = None) -> Problem:
    return Problem(
        place,
        f"阶段 {phase.id} {phase.name}{message}",
        hint="请对照原文核对；原文如此的保留转录，各阶段任务按各自期限考核",
        subject=f"{phase.id} {message}",
        related=(other,) if other else (),
    )


RULE = Rule("KS202", "phase-overlap-or-gap", Severity.WARNING, Category.PLAN, PLAN, __doc__ or "", check)
