"""条目的日期不在本文件的年度内。

## 为什么

一件事只在它发生的那一年计数。写进别的年度的文件，容易两头都报或者两头都漏。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2025-01-05  # expect: KS404
    name: 寒假科技辅导员培训班
    value: 12
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-12-28
    name: 寒假科技辅导员培训班
    value: 12
```

## 怎么改

核对日期；确实发生在另一年的，移到那一年的文件里。跨年的活动以结束的那一天为准。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report entries that end in another year than their file's."""
    for filing, entry in context.judged_entries():
        if entry.days.end.year != filing.year:
            yield Problem(
                entry.place / "date",
                f"“{entry.name}”的日期 {entry.days} 不在 {filing.year} 年内",
                hint=f"请核对日期，或移到 progress/{entry.days.end.year}/ 下的文件",
                owners=(filing.unit,),
                unit=filing.unit,
                task=entry.task,
                subject=entry.name,
            )


RULE = Rule(
    "KS404", "entry-outside-year", Severity.ERROR, Category.ENTRY, PROGRESS, __doc__ or "", check, Reach.FILE
)
