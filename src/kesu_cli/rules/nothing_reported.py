"""整个考核期（或整年）没有可以计入的条目。

## 为什么

没有报送不等于没有做，也不等于做了：无从判定，就要问责任单位。考核期没有结束的，满一年还没有条目才提醒，
不作为错误。填了 `nothing_to_report` 或只填了未办结的条目，任务同样没有落实。
有数量的任务，报告已经报送完毕而没有条目的，就是 0，由 KS301、KS302 指出。
单位当年的报告整份没有交的，由 KS401 指出，这里不再逐项列出。

## 错误示例

```yaml
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
        name: 加强监测评估
        quote: 加强监测评估
        kind: direction
        strength: firm
        throughout: true
        lead: [市科协]
      - id: P2-2
        name: 农民教育培训
        quote: 开展农民教育培训2万人次以上
        kind: quantity
        strength: hard
        target: {at_least: 20000, unit: 人次}
        by: 2025-12-31
        lead: [市农业农村局]
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:  # expect: KS306
  - task: P2-1
    date: 2024-10-10
    name: 监测评估问卷设计
    status: ongoing
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: draft
entries: []  # expect: KS306
```

## 正确示例

```yaml
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
        name: 加强监测评估
        quote: 加强监测评估
        kind: direction
        strength: firm
        throughout: true
        lead: [市科协]
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: P2-1
    date: 2024-10-10
    name: 全民科学素质工作监测评估
```

## 怎么改

做过的补报条目；没有办结的抓紧办结后改 `status`；
确实没有开展的，在 `nothing_to_report` 里写明原因，并报送补救办法；已经写明的，
不必再写，报送补救办法就行。确实不需要开展的，由办公室按程序办理豁免，写进 `plan/waivers.yaml`。
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.window import AsOf, Window
from kesu_cli.rule import PROGRESS, Category, Context, Rule, remedy, shortfall, while_open, why_undone
from kesu_cli.standing import Standing
from kesu_cli.submission import SubmissionState
from kesu_cli.verdict import Verdict


def check(context: Context) -> Iterator[Problem]:
    """Report the figures nobody reported, and the plain duties without an entry that counts."""
    silent = {
        (submission.unit, submission.year)
        for submission in context.submissions
        if submission.state is SubmissionState.MISSING and submission.is_owed
    }
    for standing in context.standings:
        if (standing.unit, standing.window.end.year) not in silent and _is_empty(standing, context.as_of):
            when = f"{standing.window.label}{'' if standing.over else '至今'}"
            hint = "请补报办结的条目；确未开展的，报“无可报送”写明原因，并报送补救办法"
            said = f"{when}{why_undone(context, standing)}"
            problem = shortfall(context, standing, said, remedy(standing, hint))
            write = f"nothing_to_report: [{{task: {standing.task.id}, reason: 原因}}]"
            write = write if problem.hint == hint else ""
            severity = None if standing.over else while_open(standing.task)
            yield replace(problem, write=write, severity=severity or problem.severity)


def _is_empty(standing: Standing, as_of: AsOf) -> bool:
    task = standing.task
    if task.row.target:
        if standing.over:
            return standing.due and standing.weighs_as is Verdict.UNREPORTED
        has_begun = standing.weighs_as in (Verdict.UNREPORTED, Verdict.BEHIND)
        return has_begun and standing.is_silent and as_of.has_ended(_first_whole_year(standing.window))
    return standing.overdue and not task.has_deadline and not task.row.items


def _first_whole_year(window: Window) -> date:
    """Return the end of the first year that begins in the window: until then nothing need be said."""
    year = window.start.year if (window.start.month, window.start.day) == (1, 1) else window.start.year + 1
    return date(year, 12, 31)


RULE = Rule(
    "KS306",
    "nothing-reported",
    Severity.ERROR,
    Category.STANDING,
    PROGRESS,
    __doc__ or "",
    check,
    about_a_verdict=True,
)
