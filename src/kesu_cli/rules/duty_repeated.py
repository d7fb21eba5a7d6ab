"""两条措施写了同一项活动，或几乎相同的一句话。

## 为什么

同一项活动在两条措施里各写一遍，办一次算一处还是两处、由哪一家报送，容易重复计数，也容易互相等。

## 错误示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions:
  - id: A1
    name: 基层科普能力提升工程
    lead: [市科协]
    measures:
      - number: 6
        title: 完善应急科普机制
        tasks:
          - id: M06-1
            name: 主题科普宣教
            quote: 开展“防灾减灾日”等主题科普宣教，大力弘扬科学家精神  # expect: KS217
            kind: event
            strength: firm
            throughout: true
      - number: 7
        title: 提升基层科普服务能力
        tasks:
          - id: M07-1
            name: 科普日等活动
            quote: 深入开展全国科普日、科技活动周、防灾减灾日等活动
            kind: event
            strength: firm
            throughout: true
  - id: A2
    name: 科技资源科普化工程
    lead: [市教体局]
    measures:
      - number: 8
        title: 强化科技工作者的社会责任
        tasks:
          - id: M08-1
            name: 弘扬科学家精神
            quote: 进一步大力弘扬科学家精神，讲好科学家故事
            kind: event
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
    name: 基层科普能力提升工程
    lead: [市科协]
    measures:
      - number: 6
        title: 完善应急科普机制
        tasks:
          - id: M06-1
            name: 主题科普宣教
            quote: 开展“防灾减灾日”等主题科普宣教
            kind: event
            strength: firm
            throughout: true
      - number: 7
        title: 提升基层科普服务能力
        tasks:
          - id: M07-1
            name: 科普日等活动
            quote: 深入开展全国科普日、科技活动周等活动
            kind: event
            strength: firm
            throughout: true
```

## 怎么改

起草时只在一处写，另一处注明“见措施……”。已经印发的，由办公室明确由谁报送，写进 `reading`。
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.parts_of_text import clauses, names_period, quoted
from kesu_cli.model.plan import Task
from kesu_cli.rule import PLAN, Category, Context, Rule

_SHORTEST_EVENT = 4
_SHORTEST_CLAUSE = 8
_STRETCH = 4
_ALIKE = 0.8  # share of the pairs of characters that two clauses have in common
_RARE = 8
_DAY = re.compile(r"[、展]([^\W\d_]{3,12}?[日周月节])(?=[、等”])")


def check(context: Context) -> Iterator[Problem]:
    """Report events that two measures name, and clauses that measures of different units repeat."""
    tasks = [task for task in context.plan.by_id.values() if task.measure is not None]
    for event, first, others in _events(tasks):
        yield _problem(event, first, others)
    for clause, first, other in _clauses(tasks):
        yield _problem(clause, first, [other])


def _events(tasks: list[Task]) -> Iterator[tuple[str, Task, list[Task]]]:
    whole = "\n".join(task.quote for task in tasks)
    seen: set[str] = set()
    for task in tasks:
        for event in dict.fromkeys((*quoted(task.quote), *_DAY.findall(task.quote))):
            is_new = len(event) >= _SHORTEST_EVENT and event not in seen and not names_period(event)
            seen.add(event)
            if is_new and whole.count(event) > 1:
                first, *others = (one for one in tasks if event in one.quote)
                elsewhere = [one for one in others if one.measure != first.measure]
                if elsewhere:
                    yield event, first, elsewhere


def _clauses(tasks: list[Task]) -> Iterator[tuple[str, Task, Task]]:
    known = [
        (clause, task) for task in tasks for clause in clauses(task.quote) if len(clause) >= _SHORTEST_CLAUSE
    ]
    for one, other in _near([clause for clause, _ in known]):
        (clause, first), (repeated, second) = known[one], known[other]
        elsewhere = first.measure != second.measure and first.owners != second.owners
        if elsewhere and _are_alike(clause, repeated):
            yield clause, first, second


def _near(written: list[str]) -> list[tuple[int, int]]:
    """Name the clauses that have a rare stretch in common; only those are worth a closer look."""
    first: dict[str, int] = {}
    again: dict[str, list[int]] = {}
    for number, clause in enumerate(written):
        for stretch in (clause[start : start + _STRETCH] for start in range(len(clause) - _STRETCH + 1)):
            if first.setdefault(stretch, number) != number:
                again.setdefault(stretch, [first[stretch]]).append(number)
    rare = (sorted(set(numbers)) for numbers in again.values() if len(numbers) <= _RARE)
    return sorted({two for numbers in rare for two in combinations(numbers, 2)})


def _are_alike(one: str, other: str) -> bool:
    if 2 * min(len(one), len(other)) < _ALIKE * (len(one) + len(other)):
        return False  # too different in length to be worth the sets
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) >= _ALIKE * (len(pairs) + len(others))


@lru_cache(maxsize=1024)
def _pairs(clause: str) -> frozenset[tuple[str, str]]:
    return frozenset(pairwise(clause))


def _problem(what: str, first: Task, others: list[Task]) -> Problem:
    tasks = (first, *others)
    where = "、".join(f"措施 {task.measure}（{task.id}）" for task in tasks)
    return Problem(
        first.place / "quote",
        f"“{what}”在{where}里各写了一遍",
        hint="请明确由谁报送，写进 reading；起草时只在一处写，另一处注明“见措施……”",
        task=first.id,
        subject=what,
        related=tuple(Related(task.place / "quote", f"{task.id} 原文：{task.quote}") for task in tasks),
    )


RULE = Rule("KS217", "duty-repeated", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
