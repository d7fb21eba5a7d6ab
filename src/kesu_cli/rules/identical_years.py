"""本年各条数值与上年完全相同。

## 为什么

两年的数一个不差，多半是把上年的文件复制过来忘了改。人数、场次不多的事年年一样是常事，不提示；
引用上级数据的（`cited_from`）也不提示。

## 错误示例

```yaml
# file: progress/2023/市教体局.yaml
unit: 市教体局
year: 2023
status: complete
submitted: 2024-01-08
entries:
  - {task: M06-1, date: 2023-07-12, name: 暑期科技辅导员培训班, value: 18}
  - {task: M06-1, date: 2023-11-08, name: 秋季科技辅导员培训班, value: 14}
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 18  # expect: KS507
  - {task: M06-1, date: 2024-11-20, name: 秋季科技辅导员培训班, value: 14}
```

## 正确示例

```yaml
# file: progress/2023/市教体局.yaml
unit: 市教体局
year: 2023
status: complete
submitted: 2024-01-08
entries:
  - {task: M06-1, date: 2023-07-12, name: 暑期科技辅导员培训班, value: 18}
  - {task: M06-1, date: 2023-11-08, name: 秋季科技辅导员培训班, value: 14}
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班, value: 18}
  - {task: M06-1, date: 2024-11-20, name: 秋季科技辅导员培训班, value: 16}
```

## 怎么改

对照本年的原始材料逐条核对；核对无误的不用改，这条提示不影响计数。
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kesu_cli.contribution import weigh
from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.progress import Entry
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.rule import PROGRESS, Category, Context, Rule

# one class of twenty or one event a year honestly comes round with the same number
REPEATS_HONESTLY = 20

_Figures = list[tuple[Fraction, Entry]]


def check(context: Context) -> Iterator[Problem]:
    """Report the figures of a unit that are those of the year before."""
    figures, files = _figures(context), {filing.file for filing in context.judged}
    for (task, unit, year), now in figures.items():
        before = figures.get((task, unit, year - 1), [])
        numbers = sorted(number for number, _ in now)
        is_repeated = numbers == sorted(number for number, _ in before)
        if now[0][1].from_file in files and is_repeated and _is_telling(numbers):
            yield _problem(year, now, before)


def _figures(context: Context) -> dict[tuple[str, str, int], _Figures]:
    """Collect the figures that count by task, unit and the year of the file."""
    tasks = context.plan.by_id.values()
    measured = {
        task.id: task for task in tasks if task.row.target and task.tally in (Tally.SUM, Tally.LATEST)
    }
    found: dict[tuple[str, str, int], _Figures] = {}
    for filing in sorted(context.loaded.filings, key=lambda filing: filing.file):
        for entry in filing.entries:
            task = measured.get(entry.task)
            if task and entry.number is not None and not entry.cited_from and weigh(task, entry).counted:
                found.setdefault((task.id, entry.unit, filing.year), []).append((entry.number, entry))
    return found


def _is_telling(numbers: Sequence[Fraction]) -> bool:
    """Whether so many figures can hardly be equal by chance: several different ones, or a great one."""
    is_varied = len(set(numbers)) > 1
    return is_varied or numbers[-1] > REPEATS_HONESTLY


def _problem(year: int, now: _Figures, before: _Figures) -> Problem:
    entry, other = now[0][1], before[0][1]
    shown = "、".join(show_number(number) for number, _ in now)
    return Problem(
        entry.place / "value",
        f"{entry.task} 本年 {len(now)} 条的数值（{shown}）与 {year - 1} 年完全相同",
        hint="请对照本年的原始材料核对，是否复制了上年的文件",
        owners=(entry.unit,),
        unit=entry.unit,
        task=entry.task,
        window=f"{year}年",
        related=(Related(other.place / "value", f"{year - 1} 年的条目"),),
    )


RULE = Rule("KS507", "identical-years", Severity.NOTE, Category.COMPARISON, PROGRESS, __doc__ or "", check)
