"""同一件事在几处写了不同的时间或节奏。

## 为什么

一处写“每年”，另一处写“2025年”，是一件事还是几件事、做一次还是年年做，各单位会有各自的理解。

## 错误示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions: []
safeguards:
  - id: S2
    title: 完善保障条件
    tasks:
      - id: S2-1
        name: 市政府表彰奖励
        quote: 2025年，市政府对突出贡献的集体和个人给予表彰和奖励  # expect: KS212
        kind: event
        strength: hard
        during: 2025
        lead: [市科协]
      - id: S2-2
        name: 年度表彰奖励
        quote: 市全民科学素质工作领导小组办公室每年组织开展表彰奖励活动
        kind: recurrence
        strength: hard
        every: year
        lead: [市科协]
```

## 正确示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions: []
safeguards:
  - id: S2
    title: 完善保障条件
    tasks:
      - id: S2-1
        name: 总结评估
        quote: 2025年，对实施情况进行总结评估
        kind: event
        strength: hard
        during: 2025
        lead: [市科协]
      - id: S2-2
        name: 年度表彰奖励
        quote: 市全民科学素质工作领导小组办公室每年组织开展表彰奖励活动
        kind: recurrence
        strength: hard
        every: year
        lead: [市科协]
```

## 怎么改

起草时只在一处写时间，其他各处注明“见……”。已经印发的，由办公室明确几处是不是同一件事，写进各任务的 `reading`。
"""

import re
from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.parts_of_text import names_period, occurring, without_periods, without_titles
from kesu_cli.model.plan import Plan, Task
from kesu_cli.rule import PLAN, Category, Context, Rule

_TERM = 4
_RARE = 4
_LINKS = str.maketrans("", "", "和与及、")
_FILLERS = re.compile(
    r"[^\w|]+|组织|开展|进行|举办|实施|推动|推进|加强|完善|建立|健全|积极|大力|深入|广泛|持续|活动|工作|给予|有关|相关"
)


def check(context: Context) -> Iterator[Problem]:
    """Report matters that several tasks with an explicit time name, each with another one."""
    names = context.units.spellings
    tasks = (task for task in context.plan.by_id.values() if _is_timed(task, context.plan))
    timed = [(task, _matter(task.quote, names)) for task in tasks]
    everything = [context.plan.title, *(task.quote for task in context.plan.tasks)]
    for term, named in _shared(timed, [text.translate(_LINKS) for text in everything]):
        yield _problem(term, named)


def _matter(text: str, names: tuple[str, ...]) -> str:
    """Cut out of a text what says who and when, and verbs that go with anything."""
    text = without_periods(without_titles(text))
    for name in occurring(names, text):
        text = text.replace(name, "|")
    return _FILLERS.sub("|", text.translate(_LINKS))


def _is_timed(task: Task, plan: Plan) -> bool:
    """Whether the words, or the phase they stand in, say when."""
    row = task.row
    if row.every or row.during:
        return True
    return row.by is not None and (task.period != plan.period or names_period(task.quote))


def _when(task: Task) -> str:
    if task.row.every:
        return task.row.every.label
    return f"{task.row.during or task.windows[0].end.year}年"


def _shared(matters: list[tuple[Task, str]], everything: list[str]) -> Iterator[tuple[str, tuple[Task, ...]]]:
    """Yield the rare terms that tasks of different rhythms share, for each group of tasks the longest.

    ``everything`` is the title of the plan and all that it says; a term of the title is about everything.
    """
    title, *quotes = everything
    having: dict[str, dict[str, Task]] = {}
    for task, matter in matters:
        for term in _terms(matter):
            having.setdefault(term, {})[task.id] = task
    groups: dict[frozenset[str], list[str]] = {}
    for term, found in having.items():
        rhythms = {_when(task) for task in found.values()}
        if len(rhythms) > 1 and term not in title and sum(term in text for text in quotes) <= _RARE:
            groups.setdefault(frozenset(found), []).append(term)
    for group, terms in groups.items():
        if not any(group < other for other in groups):
            yield _joined(terms), tuple(having[terms[0]].values())


def _terms(text: str) -> list[str]:
    windows = (text[start : start + _TERM] for start in range(len(text) - _TERM + 1))
    return [term for term in windows if "|" not in term]


def _joined(terms: list[str]) -> str:
    """Join terms that overlap in all but one character into the first whole one."""
    whole = terms[0]
    for term in terms[1:]:
        if whole.endswith(term[:-1]):
            whole += term[-1]
    return whole


def _problem(term: str, tasks: tuple[Task, ...]) -> Problem:
    first = tasks[0]
    said = "、".join(f"{task.id}（{_when(task)}）" for task in tasks)
    return Problem(
        first.place / "quote",
        f"“{term}”在{said}里时间不一，分不清是一件事还是几件事",
        hint="请只在一处写时间；已经印发的，由办公室明确，写进各任务的 reading",
        task=first.id,
        subject=term,
        related=tuple(Related(task.place / "quote", f"{task.id} 原文：{task.quote}") for task in tasks),
    )


RULE = Rule("KS212", "rhythm-conflict", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
