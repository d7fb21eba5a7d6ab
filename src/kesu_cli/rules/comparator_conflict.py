"""同一个数用了两种互相矛盾的比较方式。

## 为什么

“达到”含本数，“超过”不含本数；“不少于”是下限，“左右”允许略低。同一个数写了两种，恰好卡在线上时算不算完成就说不清。

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
            name: 科学教师比例
            quote: 到2025年，科学教师比例达到（超过）15%  # expect: KS211
            kind: rate
            strength: hard
            target: {at_least: 15, unit: "%"}
            by: 2025-12-31
            tally: latest
            spread: any
          - id: M06-2
            name: 培训科技辅导员
            quote: 每年培训不少于30名左右科技辅导员  # expect: KS211
            kind: quantity
            strength: hard
            target: {about: 30, unit: 名}
            every: year
            tally: sum
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
            name: 科学教师比例
            quote: 到2025年，科学教师比例达到15%以上
            kind: rate
            strength: hard
            target: {at_least: 15, unit: "%"}
            by: 2025-12-31
            tally: latest
            spread: any
          - id: M06-2
            name: 培训科技辅导员
            quote: 每年培训不少于30名、不超过50名科技辅导员
            kind: quantity
            strength: hard
            target: {between: [30, 50], unit: 名}
            every: year
            tally: sum
```

## 怎么改

起草时只留一种写法。已经印发的，照较宽的一种转录，并在 `reading` 里写明取了哪一种、为什么。
"""

import re
from collections.abc import Iterator
from itertools import combinations

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.parts_of_text import without_titles
from kesu_cli.rule import PLAN, Category, Context, Rule

_REACH, _LEAST, _MORE, _MOST, _LESS, _ABOUT = range(6)
_WORDS = {
    **dict.fromkeys(("达到", "达"), _REACH),
    **dict.fromkeys(("不少于", "不低于", "不小于", "至少", "以上"), _LEAST),
    **dict.fromkeys(("超过", "大于", "高于", "多于"), _MORE),
    **dict.fromkeys(("不超过", "不高于", "不大于", "不多于", "控制在", "以内", "以下"), _MOST),
    **dict.fromkeys(("低于", "少于", "小于"), _LESS),
    **dict.fromkeys(("大约", "约", "左右", "上下"), _ABOUT),
}
_DIGIT = re.compile(r"\d")
_BEHIND = ("以上", "以内", "以下", "左右", "上下")
_AHEAD = "|".join(sorted(set(_WORDS).difference(_BEHIND), key=len, reverse=True))
_WORD = re.compile(f"{_AHEAD}|{'|'.join(_BEHIND)}")
_NUMBER = re.compile(
    rf"(?P<before>(?:(?:{_AHEAD})[（()）、或/／]{{0,2}})*)"
    r"(?<![\d.])(?P<number>\d+(?:[,.]\d+)*[万亿]?[%％‰]?)"
    rf"(?P<after>[^\W\d_]{{0,3}}?(?:[（()）、或/／]{{0,2}}(?:{'|'.join(_BEHIND)}))+)?"
)


def check(context: Context) -> Iterator[Problem]:
    """Report numbers that the words of a task compare in two ways."""
    for task in context.plan.tasks:
        for match in _NUMBER.finditer(without_titles(task.quote)) if _DIGIT.search(task.quote) else ():
            words = _WORD.findall(f"{match['before']}|{match['after'] or ''}")
            if _clash(words):
                said = f"“{match[0]}”里{'、'.join(f'“{word}”' for word in words)}互相矛盾"
                yield Problem(
                    task.place / "quote",
                    f"任务 {task.id} {task.name}：{said}（原文：{task.quote}）",
                    hint="请只留一种写法；已经印发的，在 reading 里写明取了哪一种",
                    task=task.id,
                    subject=match["number"],
                )


def _clash(words: list[str]) -> bool:
    """Whether two of the words can't hold together; 达到 goes with all but 超过 and 低于."""
    kinds = {_WORDS[word] for word in words}
    harmless = ({_REACH, _LEAST}, {_REACH, _MOST}, {_REACH, _ABOUT})
    return any({one, other} not in harmless for one, other in combinations(kinds, 2))


RULE = Rule("KS211", "comparator-conflict", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
