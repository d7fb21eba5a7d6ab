"""有数量要求，原文却没有写期限或频次。

## 为什么

“培育带头人2500名以上”，是每年 2500 名，还是五年一共 2500 名，相差五倍；没有期限，也算不出序时进度。

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
            name: 培训科技辅导员
            quote: 培训科技辅导员300名以上
            kind: quantity
            strength: hard
            target: {at_least: 300, unit: 名}  # expect: KS213
            by: 2025-12-31
            tally: sum
            reading: “以上”含本数；原文未写期限，按方案期内累计理解
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
            name: 培训科技辅导员
            quote: 到2025年，培训科技辅导员300名以上
            kind: quantity
            strength: hard
            target: {at_least: 300, unit: 名}
            by: 2025-12-31
            tally: sum
          - id: M06-2
            name: 培训科学教师
            quote: 培训科学教师200名以上
            kind: quantity
            strength: hard
            target: {at_least: 200, unit: 名}
            by: 2025-12-31
            tally: sum
            reading: 前一句“到2025年”统领本句
```

## 怎么改

起草时写明“每年”或“到……年累计”。已经印发的，由办公室定下期限，在 `reading` 里写明；期限由上一句统领的，
在 `reading` 里用引号引出那几个字。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.parts_of_text import names_period, quoted
from kesu_cli.model.plan import Task
from kesu_cli.rule import PLAN, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report targets whose words name no time; those of a phase have the time of the phase."""
    for task in context.plan.tasks:
        if task.row.target and task.period == context.plan.period and not _has_period(task):
            said = f"{task.row.target.words}，没有写期限或频次"
            yield Problem(
                task.place / "target",
                f"任务 {task.id} {task.name}：{said}（原文：{task.quote}）",
                hint="请写明“每年”或“到……年累计”；已经印发的，由办公室定下期限",
                task=task.id,
                related=(Related(task.place / "quote", f"原文：{task.quote}"),),
            )


def _has_period(task: Task) -> bool:
    """Whether the words name a time, or the reading quotes the words around them that do."""
    return any(names_period(words) for words in (task.quote, *quoted(task.row.reading or "")))


RULE = Rule("KS213", "number-without-period", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
