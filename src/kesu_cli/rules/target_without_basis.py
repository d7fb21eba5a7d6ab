"""比率一类的指标缺责任单位、基数或数据来源。

## 为什么

比率不是台账里数出来的，是测出来的：不知道现在是多少、由谁负责、用哪一次调查的数，期末只能各说各的。

## 错误示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
goals:
  tasks:
    - id: G-1
      name: 公民具备科学素质比例
      quote: 到2025年，公民具备科学素质比例达到15%
      kind: rate
      strength: hard
      target: {at_least: 15, unit: "%"}  # expect: KS214
      by: 2025-12-31
      tally: latest
      spread: any
      lead: []
actions: []
```

## 正确示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
goals:
  tasks:
    - id: G-1
      name: 公民具备科学素质比例
      quote: 到2025年，公民具备科学素质比例达到15%
      kind: rate
      strength: hard
      target: {at_least: 15, unit: "%"}
      by: 2025-12-31
      tally: latest
      spread: any
      baseline: 10.6
      lead: [市科协]
      reading: 以中国公民科学素质抽样调查公布的县级数据为准
actions: []
```

## 怎么改

起草时写明由谁负责、现在是多少、以哪一次调查或监测为准。已经印发的，由办公室补上 `lead`、`baseline`，
在 `reading` 里写明数据来源。
"""

import re
from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.plan import Task
from kesu_cli.model.task_in_plan_file import Kind, Tally
from kesu_cli.rule import PLAN, Category, Context, Rule

_SOURCE = re.compile(r"调查|监测|普查|测评|统计|抽样|测算")
_LEVELS = (Tally.LATEST, Tally.MAX)


def check(context: Context) -> Iterator[Problem]:
    """Report levels that can't be held against anything: what counts up is left to other rules."""
    for task in context.plan.tasks:
        missing = tuple(_missing(task)) if _is_level(task) else ()
        if missing:
            yield Problem(
                task.place / "target",
                f"任务 {task.id} {task.name}缺{'、'.join(missing)}（原文：{task.quote}）",
                hint="请写明由谁负责、现在是多少、以哪一次调查或监测为准",
                owners=task.answering(None),
                task=task.id,
                related=(Related(task.place / "quote", f"原文：{task.quote}"),),
            )


def _is_level(task: Task) -> bool:
    return task.row.target is not None and (task.row.kind is Kind.RATE or task.tally in _LEVELS)


def _missing(task: Task) -> Iterator[str]:
    if not task.owners and task.accountable is None:
        yield "责任单位"
    if task.baseline is None:
        yield "基数"
    if not _SOURCE.search(f"{task.quote}{task.row.reading or ''}"):
        yield "数据来源"


RULE = Rule("KS214", "target-without-basis", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
