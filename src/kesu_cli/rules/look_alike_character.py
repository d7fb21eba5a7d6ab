"""文字里混进了形状相似的别的字符。

## 为什么

“二〇三五”里的〇写成英文字母 O，看上去一样，搜索、比对和朗读时却是另一个字；
单位名称里混进一个，就和同名单位对不上。

## 错误示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
cites:
  - {title: 示例市国民经济和社会发展二O三五年远景目标纲要}  # expect: KS219
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
            name: 培训科技辅导员
            quote: 到2O25年，培训科技辅导员300名  # expect: KS219
            kind: quantity
            strength: hard
            target: {at_least: 300, unit: 名}
            by: 2025-12-31
            tally: sum
          - id: M06-2
            name: 科学教师⼯作室  # expect: KS219
            quote: 推广АI助教  # expect: KS219
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
cites:
  - {title: 示例市国民经济和社会发展二〇三五年远景目标纲要}
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
            name: 培训科技辅导员
            quote: 到2025年，培训科技辅导员300名，推广O2O模式
            kind: quantity
            strength: hard
            target: {at_least: 300, unit: 名}
            by: 2025-12-31
            tally: sum
          - id: M06-2
            name: 科学教师工作室
            quote: 推广AI助教
            kind: direction
            strength: firm
            throughout: true
```

## 怎么改

照提示换成正确的字。印发的文件本身就写错的，照原文保留，引用和检索时用正确的字。
"""

import re
import unicodedata
from collections.abc import Iterator

from kesu_cli.diagnostic import Place, Problem, Severity
from kesu_cli.model.plan import Plan
from kesu_cli.model.task_in_plan_file import TaskRow
from kesu_cli.model.unit import GroupRow, UnitRow, Units
from kesu_cli.rule import PLAN, Category, Context, Rule

_CIRCLES = "OoΟοОоＯｏ0０○◯"
_HAN = "一二三四五六七八九〇"
_IN_HAN_NUMERAL = re.compile(f"(?<=[{_HAN}])[{_CIRCLES}]+(?=[{_HAN}年])")
_IN_NUMERAL = re.compile(r"(?<![A-Za-z\d.])(?:\d+[OoIl]+\d*|[OoIl]\d+)(?=[年月日%％万亿名个人次])")
_GREEK_OR_CYRILLIC = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονАВЕКМНОРСТУХаеорсухіј"
_AS_LATIN = dict(zip(_GREEK_OR_CYRILLIC, "ABEZHIKMNOPTYXovABEKMHOPCTYXaeopcyxij", strict=True))
_LETTER = re.compile(f"[{_GREEK_OR_CYRILLIC}]")
_RADICAL = re.compile("[\u2e80-\u2fdf]")  # parts of characters, as copying out of a PDF leaves them
_SUSPECT = re.compile(f"[{_CIRCLES}Il{_GREEK_OR_CYRILLIC}\u2e80-\u2fdf]")
_OF_NUMERALS = str.maketrans("OoIl", "0011")


def check(context: Context) -> Iterator[Problem]:
    """Report characters that look like others in titles, words and names."""
    for place, text in (*_texts(context.plan), *_names(context.units)):
        found = next(_wrong(text), None) if _SUSPECT.search(text) else None
        if found:
            yield _problem(place, text, *found)


def _wrong(text: str) -> Iterator[tuple[str, str]]:
    """Yield what looks like something else, with what was meant."""
    for match in _IN_HAN_NUMERAL.finditer(text):
        yield match[0], "〇" * len(match[0])
    for match in _IN_NUMERAL.finditer(text):
        yield match[0], match[0].translate(_OF_NUMERALS)
    for match in _LETTER.finditer(text):
        yield match[0], _AS_LATIN[match[0]]
    for match in _RADICAL.finditer(text):
        yield match[0], unicodedata.normalize("NFKC", match[0])


def _texts(plan: Plan) -> Iterator[tuple[Place, str]]:
    file = plan.file
    yield plan.place / "title", file.title
    yield plan.place / "issuer", file.issuer
    for index, cited in enumerate(file.cites):
        yield plan.place / "cites" / index / "title", cited.title
    for number, action in enumerate(file.actions):
        place = plan.place / "actions" / number
        yield place / "name", action.name
        for index, measure in enumerate(action.measures):
            yield place / "measures" / index / "title", measure.title
    for task in plan.tasks:
        yield from _of_task(task.row, task.place)


def _of_task(row: TaskRow, place: Place) -> Iterator[tuple[Place, str]]:
    yield place / "name", row.name
    yield place / "quote", row.quote or ""
    for index, item in enumerate(row.items):
        yield place / "items" / index, item


def _names(units: Units) -> Iterator[tuple[Place, str]]:
    top = Place(units.file)
    for index, unit in enumerate(units.rows):
        yield from _spelled(unit, top / "units" / index)
    for index, group in enumerate(units.groups):
        yield from _spelled(group, top / "groups" / index)


def _spelled(row: UnitRow | GroupRow, place: Place) -> Iterator[tuple[Place, str]]:
    yield place / "name", row.name
    for index, alias in enumerate(row.aliases):
        yield place / "aliases" / index, alias.name


def _problem(place: Place, text: str, wrong: str, meant: str) -> Problem:
    codes = "、".join(f"U+{ord(sign):04X}" for sign in dict.fromkeys(wrong) if not sign.isdecimal())
    return Problem(
        place,
        f"“{text}”里的“{wrong}”（{codes}）形似“{meant}”",
        hint=f"请换成“{meant}”；印发的文件本身如此的，照原文保留",
        subject=f"{text} {wrong}",
    )


RULE = Rule("KS219", "look-alike-character", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
