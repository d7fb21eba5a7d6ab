"""有条目的日期晚于判定日期，没有计入。

## 为什么

判定以“截至”的那一天为准，以后的事还没有发生，不能算作完成。每个文件只提示一次；
报送日期在判定日期之后的材料，写到以后的事是正常的，不提示。

## 错误示例

```yaml
# as-of: 2024-09-30
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
entries:
  - task: M06-1
    date: 2024-10-12  # expect: KS405
    name: 秋季科技辅导员培训班
    value: 15
  - task: M06-1
    date: 2024-12-01
    name: 冬季科技辅导员培训班
    value: 15
```

## 正确示例

```yaml
# as-of: 2024-09-30
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
entries:
  - task: M06-1
    date: 2024-09-30
    name: 秋季科技辅导员培训班
    value: 15
```

## 怎么改

日期写错的改正；计划中的事等办完再填报。想看以后某天的情况，用 `--as-of` 指定日期。
"""

from collections.abc import Iterator

from kesu_cli.contribution import has_happened
from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report, once a file, the entries that are still to come."""
    for filing in context.judged:
        coming = [entry for entry in filing.entries if not has_happened(entry, context.as_of)]
        told_later = filing.submitted is not None and filing.submitted > context.as_of.day
        if coming and not told_later:
            first = coming[0]
            yield Problem(
                first.place / "date",
                f"有 {len(coming)} 条的日期晚于判定日期 {context.as_of.day}，这次没有计入"
                f"（第一条是“{first.name}”，{first.days}）",
                hint="日期写错的请改正；计划中的事办完再填报",
                owners=(filing.unit,),
                unit=filing.unit,
                window=f"{filing.year}年",
            )


RULE = Rule(
    "KS405", "entry-after-date", Severity.NOTE, Category.ENTRY, PROGRESS, __doc__ or "", check, Reach.FILE
)
