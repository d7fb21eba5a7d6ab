"""所引的规划在方案期末以前就已到期。

## 为什么

方案要求落实一份规划，规划却先于方案到期，到期以后照什么落实就没有了依据，任务也无从考核。

## 错误示例

```yaml
# file: plan/measures.yaml
title: 示例市科普工作方案（2021—2025年）
issuer: 示例市人民政府
issued: 2021-03-29
period: {from: 2021-01-01, to: 2025-12-31}
cites:
  - {title: 2018－2022年示例市教师培训规划}
  - {title: 示例市科普事业规划（2016—2020年）}  # expect: KS210
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
            name: 落实教师培训规划
            quote: 贯彻落实《2018－2022年示例市教师培训规划》有关部署  # expect: KS210
            kind: policy
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
  - {title: 全民科学素质行动规划纲要（2021—2035年）}
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
            name: 落实教师培训规划
            quote: 贯彻落实《2021－2025年示例市教师培训规划》有关部署
            kind: policy
            strength: firm
            throughout: true
```

## 怎么改

起草时改引仍然有效的规划，或写“及其后续规划”。已经印发的，在 `reading` 里写明到期以后按哪一份落实。
"""

import re
from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.parts_of_text import titles
from kesu_cli.model.plan import Plan, Task
from kesu_cli.rule import PLAN, Category, Context, Rule

_SPAN = re.compile(r"(?:19|20)\d\d年?\s*[-－—–―~～至到]{1,2}\s*((?:19|20)\d\d)")
_HINT = "请改引仍然有效的规划；已经印发的，在 reading 里写明到期以后按哪一份落实"


def check(context: Context) -> Iterator[Problem]:
    """Report cited documents that end before the plan, where a task cites them or else in the list."""
    plan = context.plan
    cited: set[str] = set()
    for task in plan.tasks:
        for title in titles(task.quote):
            if _ends_early(title, plan):
                cited.add(title)
                yield _in_task(task, title, plan)
    for index, row in enumerate(plan.file.cites):
        if row.title not in cited and _ends_early(row.title, plan):
            place = plan.place / "cites" / index / "title"
            yield Problem(place, _message(row.title, plan), hint=_HINT, subject=row.title)


def _ends_early(title: str, plan: Plan) -> bool:
    years = _SPAN.search(title)
    return years is not None and int(years[1]) < plan.period.end.year


def _in_task(task: Task, title: str, plan: Plan) -> Problem:
    listed = [index for index, row in enumerate(plan.file.cites) if row.title == title]
    return Problem(
        task.place / "quote",
        f"任务 {task.id} {task.name}：{_message(title, plan)}",
        hint=_HINT,
        task=task.id,
        subject=title,
        related=tuple(Related(plan.place / "cites" / index / "title", "引用文件") for index in listed),
    )


def _message(title: str, plan: Plan) -> str:
    return f"所引《{title}》的年限早于方案期末 {plan.period.end}，到期以后没有依据"


RULE = Rule("KS210", "cited-plan-ended", Severity.NOTE, Category.PLAN, PLAN, __doc__ or "", check)
