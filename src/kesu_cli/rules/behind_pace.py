"""完成率落后于序时进度。

## 为什么

序时进度是考核期已过去的天数占全部天数的比例。落后时提醒，还来得及赶上；进度差以个百分点计。

## 错误示例

```yaml
# as-of: 2024-09-30
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
entries:  # expect: KS302
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 12
    evidence: [{kind: 签到表, url: "https://example.invalid/1"}]
```

## 正确示例

```yaml
# as-of: 2024-09-30
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 24
    evidence: [{kind: 签到表, url: "https://example.invalid/1"}]
```

## 怎么改

先补报已经完成而没有填报的条目；确实落后的，按提示中每月需完成的数安排后续工作。
方案办公室已把目标分解到各时间节点的，写进任务的 `interim`，序时进度按节点计算。
"""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.amount import fixed, show_number
from kesu_cli.rule import PROGRESS, Category, Context, Rule, beside, shortfall, while_open
from kesu_cli.standing import Standing
from kesu_cli.verdict import Verdict


def check(context: Context) -> Iterator[Problem]:
    """Report the figures that lag behind the days gone by, or have run past what they must hit."""
    for standing in context.standings:
        if standing.weighs_as is Verdict.BEHIND and not standing.is_silent:
            hint = "请补报已完成的条目；确实落后的，按每月需要的数安排后续工作"
            problem = shortfall(context, standing, _message(standing) + beside(standing), hint)
            yield replace(problem, severity=while_open(standing.task))


def _message(standing: Standing) -> str:
    target, when = standing.task.row.target, standing.window.label
    completion, gap, unit = standing.completion, standing.gap, target.unit if target else ""
    if standing.actual is None:
        return f"{when}还没有可计入的数"
    if completion is None or gap is None:
        figure = "现为" if target is None else f"现为 {show_number(standing.actual)} {unit}"
        return f"{when}{figure}，已超出目标（{target.words if target else ''}）"
    return (
        f"{when}完成率 {fixed(completion * 100, 1)}%，"
        f"序时进度 {fixed(standing.pace * 100, 1)}%，进度差 {fixed(gap * 100, 1)} 个百分点{_needed(standing)}"
    )


def _needed(standing: Standing) -> str:
    target, monthly = standing.task.row.target, standing.remaining_per_month
    if target is None or monthly is None or standing.actual is None:
        return ""
    is_all = monthly == Fraction(target.amount) - standing.actual
    when = "到期前还需增加" if is_all else "今后平均每月需增加"
    return f"；{when} {target.more(monthly)}"


RULE = Rule(
    "KS302",
    "behind-pace",
    Severity.WARNING,
    Category.STANDING,
    PROGRESS,
    __doc__ or "",
    check,
    about_a_verdict=True,
)
