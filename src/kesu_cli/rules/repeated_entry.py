"""一份报告里，同一件事写了两条。

## 为什么

复制一条改名称、改数字，最容易忘了改。同一任务、同一日期、名称相同的两条，数值不同也是同一件事；
名称相近、数值相同的，可能是同一件事，合计就多了一份。
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

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from kesu_cli.contribution import weigh
from kesu_cli.diagnostic import Dispute, DisputeKind, Problem, Related, Severity
from kesu_cli.model.name_similarity import alike, gist, jumbled, numbers_in
from kesu_cli.model.plan import Plan
from kesu_cli.model.progress import Entry
from kesu_cli.model.window import Precision
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the entries that say again what an earlier one of the same report says."""
    for filing in context.reported:
        for entries in _of_one_day(context.plan, filing.entries):
            seen = _Seen(context.policy.same_fact_similarity)
            for entry in entries:
                earlier = seen.twin_of(entry)
                if earlier:
                    yield _problem(entry, earlier)
                seen.add(entry)


def _of_one_day(plan: Plan, entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Put together the figures of one task and date whose names hold the same numbers."""
    found: dict[tuple[str, date, date, tuple[str, ...]], list[Entry]] = {}
    for entry in entries:
        # a day that is written as a stretch of one day is the same day
        key = (entry.task, *entry.days[:2], numbers_in(gist(entry.name)))
        found.setdefault(key, []).append(entry)
    for (name, *_), group in found.items():
        task = plan.by_id.get(name)
        if len(group) > 1 and task and task.row.target:
            yield [entry for entry in group if weigh(task, entry).counted]


class _Seen:
    """The entries seen so far: by name, and by the figure that a name stands with."""

    def __init__(self, cutoff: int) -> None:
        self._cutoff = cutoff
        self._by_name: dict[str, Entry] = {}
        self._by_figure: dict[Fraction | None, dict[str, Entry]] = {}

    def add(self, entry: Entry) -> None:
        self._by_name.setdefault(jumbled(entry.name), entry)
        self._by_figure.setdefault(entry.number, {}).setdefault(jumbled(entry.name), entry)

    def twin_of(self, entry: Entry) -> Entry | None:
        """Return an earlier entry of the same name, or one of the same figure whose name is most like it.

        Of a month nobody knows the day: there only the same figure makes two entries one fact.
        """
        name, alike_figures = jumbled(entry.name), self._by_figure.get(entry.number, {})
        if entry.days.precision is not Precision.MONTH and name in self._by_name:
            return self._by_name[name]
        near = alike(name, alike_figures, self._cutoff)
        return alike_figures[near[0][0]] if near else None


def _problem(entry: Entry, earlier: Entry) -> Problem:
    is_same = jumbled(entry.name) == jumbled(earlier.name) and entry.days.precision is not Precision.MONTH
    wording = "是同一件事，写了两条" if is_same else "日期、数值都相同，名称相近，可能是同一件事写了两条"
    if entry.number != earlier.number:
        wording = "名称、日期都相同，数值不同，是同一件事写了两条"
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
