"""学期之间有空当或重叠，或没有覆盖全年。

## 为什么

按学期考核的任务，日期落在两个学期之间的条目哪个学期都不算，落在重叠日子里的两个学期都算。
寒暑假归到前一个或后一个学期，全年才没有遗漏。

## 错误示例

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
semesters:
  - {name: 春季学期, from: 02-01, to: 07-31}
  - {name: 秋季学期, from: 08-15, to: 01-31}  # expect: KS220
```

## 正确示例

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
semesters:
  - {name: 春季学期, from: 02-01, to: 07-31}
  - {name: 秋季学期, from: 08-01, to: 01-31}
```

## 怎么改

把 `plan/policy.yaml` 里各学期的起止日期首尾相接：后一个学期的 `from` 是前一个学期 `to` 的第二天。
"""

from collections.abc import Iterator
from datetime import timedelta

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.window import Days, Semester, day_before
from kesu_cli.rule import PLAN, Category, Context, Rule

_DAY = timedelta(days=1)
_YEARS = (2021, 2022)  # two years without a leap day: every semester meets the one before it


def check(context: Context) -> Iterator[Problem]:
    """Report the semesters that do not begin on the day after the one before ends."""
    semesters = context.policy.school_year
    seams = {index: (days, wrong) for index, days, wrong in _seams(semesters)}
    for index, (days, wrong) in sorted(seams.items()):
        name = semesters[index].name
        yield Problem(
            context.policy_place / "semesters" / index,
            f"{name}开始前后有 {days.length} 天（{days.start:%m-%d} 至 {days.end:%m-%d}）{wrong}",
            hint="请把各学期的起止日期首尾相接",
            subject=name,
        )


def _seams(semesters: tuple[Semester, ...]) -> Iterator[tuple[int, Days, str]]:
    """Name the semesters that come too late or too early, with the days that are amiss."""
    placed = sorted((each.in_year(year), index) for year in _YEARS for index, each in enumerate(semesters))
    until = placed[0][0].start - _DAY if placed else None
    for days, index in placed:
        if until and days.start > until + _DAY:
            yield index, Days(until + _DAY, day_before(days.start)), "不属于任何学期，这些天的条目不会计入"
        elif until and days.start <= until:
            yield index, Days(days.start, min(until, days.end)), "同时属于两个学期，会计两次"
        until = max(until or days.end, days.end)


RULE = Rule("KS220", "semester-gap", Severity.WARNING, Category.PLAN, PLAN, __doc__ or "", check)
