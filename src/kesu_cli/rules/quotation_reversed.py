"""同一句引文在两处前后颠倒。

## 为什么

引号里的话应当一字不差。同一句话在两处次序不同，至少有一处引错了，宣传和考核时不知道以哪一处为准。

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
            name: 同等重要的制度安排
            quote: 落实“科学普及与科技创新同等重要”的制度安排
            kind: mechanism
            strength: firm
            throughout: true
          - id: M06-2
            name: 同等重要的论述
            quote: 贯彻“科技创新和科学普及同等重要”的重要论述  # expect: KS218
            kind: direction
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
            name: 同等重要的制度安排
            quote: 落实“科技创新和科学普及同等重要”的制度安排
            kind: mechanism
            strength: firm
            throughout: true
          - id: M06-2
            name: 同等重要的论述
            quote: 贯彻“科技创新和科学普及同等重要”的重要论述
            kind: direction
            strength: firm
            throughout: true
```

## 怎么改

对照出处，两处改成一样的。已经印发的，照原文转录，在 `reading` 里注明哪一处与出处一致。
"""

import re
from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.parts_of_text import quoted
from kesu_cli.model.plan import Task
from kesu_cli.rule import PLAN, Category, Context, Rule

_SHORTEST = 6
_LINKS = re.compile(r"[与和及、\s]")


def check(context: Context) -> Iterator[Problem]:
    """Report quotations that hold the characters of an earlier one in another order."""
    first: dict[str, tuple[str, Task]] = {}
    for task in context.plan.tasks:
        for words in quoted(task.quote):
            plain = _LINKS.sub("", words)
            if len(plain) < _SHORTEST:
                continue
            earlier, other = first.setdefault("".join(sorted(plain)), (words, task))
            if _LINKS.sub("", earlier) != plain:
                yield _problem(words, task, earlier, other)


def _problem(words: str, task: Task, earlier: str, other: Task) -> Problem:
    return Problem(
        task.place / "quote",
        f"任务 {task.id} 引作“{words}”，{other.id} 引作“{earlier}”，前后颠倒",
        hint="请对照出处改成一样的；已经印发的，在 reading 里注明哪一处与出处一致",
        task=task.id,
        subject=words,
        related=(Related(other.place / "quote", f"{other.id} 原文：{other.quote}"),),
    )


RULE = Rule("KS218", "quotation-reversed", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
