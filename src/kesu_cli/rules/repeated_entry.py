"""一份报告里，同一件事写了两条。

## 为什么

复制一条改名称、改数字，最容易忘了改。同一任务、同一日期、名称相同或相近、数值相同的两条，合计就多了一份。
名称里的数字不同（第1期、第2期）的，是两件事。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班, value: 18}
  - task: M06-1  # expect: KS510
    date: 2024-07-16
    name: 2024年暑期科技辅导员培训班
    value: 18
```

日期的写法不同，也是同一天：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班, value: 18}
  - task: M06-1  # expect: KS510
    date: {from: 2024-07-16, to: 2024-07-16}
    name: 暑期科技辅导员培训班
    value: 18
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班（第1期）, value: 18}
  - {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班（第2期）, value: 18}
```

## 怎么改

重复的删去一条；确是两件事的，在名称里写明第几期、哪一班或地点。
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from kesu_cli.contribution import weigh
from kesu_cli.diagnostic import Dispute, DisputeKind, Problem, Related, Severity
from kesu_cli.model.name_similarity import alike, gist, jumbled, numbers_in
from kesu_cli.model.plan import Plan
from kesu_cli.model.progress import Entry
from kesu_cli.model.window import Precision
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule

_Figure = tuple[Fraction | None, tuple[str, ...]]


def check(context: Context) -> Iterator[Problem]:
    """Report the entries that say again what an earlier one of the same report says."""
    for filing in context.reported:
        for entries in _alike(context.plan, filing.entries):
            first: dict[str, Entry] = {}
            for entry in entries:
                earlier = _nearest(entry, first, context.policy.same_fact_similarity)
                if earlier:
                    yield _problem(entry, earlier)
                first.setdefault(jumbled(entry.name), entry)


def _alike(plan: Plan, entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Put together the figures that agree in all but the wording of their names."""
    found: dict[tuple[str, date, date], list[Entry]] = {}
    for entry in entries:
        # a day that is written as a stretch of one day is the same day
        found.setdefault((entry.task, *entry.days[:2]), []).append(entry)
    for (name, *_), group in found.items():
        task = plan.by_id.get(name)
        if len(group) > 1 and task and task.row.target:
            yield from _with_one_figure(entry for entry in group if weigh(task, entry).counted)


def _with_one_figure(entries: Iterable[Entry]) -> Iterable[list[Entry]]:
    found: dict[_Figure, list[Entry]] = {}
    for entry in entries:
        found.setdefault((entry.number, numbers_in(gist(entry.name))), []).append(entry)
    return found.values()


def _nearest(entry: Entry, first: Mapping[str, Entry], cutoff: int) -> Entry | None:
    """Return the entry whose name is the same or most like this one's, by the names seen so far."""
    near = alike(jumbled(entry.name), first, cutoff)
    return first[near[0][0]] if near else None


def _problem(entry: Entry, earlier: Entry) -> Problem:
    is_same = jumbled(entry.name) == jumbled(earlier.name) and entry.days.precision is not Precision.MONTH
    wording = "是同一件事，写了两条" if is_same else "日期、数值都相同，名称相近，可能是同一件事写了两条"
    return Problem(
        entry.place,
        f"“{entry.name}”（{entry.days}）与前面的“{earlier.name}”{wording}",
        hint="重复的请删去一条；确是两件事的，在名称里写明第几期、哪一班或地点",
        owners=(entry.unit,),
        unit=entry.unit,
        task=entry.task,
        subject=f"{entry.name} {entry.days}",
        related=(Related(earlier.place, "前面的一条"),),
        severity=Severity.ERROR if is_same else Severity.WARNING,
        disputes=Dispute(DisputeKind.ONE_OF, (earlier.place, entry.place), "同一件事写了两条"),
    )


RULE = Rule(
    "KS510",
    "repeated-entry",
    Severity.ERROR,
    Category.COMPARISON,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
    disputes=True,
)
