"""同一单位同一年度有两份报告。

## 为什么

两份报告里可能写着同一件事，都计数就算了两次。kesu 只计文件名排在前面的一份，另一份里的条目都不计入。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
entries:
  - {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班, value: 18}
# file: progress/2024/市教育体育局.yaml
unit: 市教体局  # expect: KS111
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班, value: 18}
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
# file: progress/2024/团市委.yaml
unit: 团市委
year: 2024
status: complete
submitted: 2025-01-08
```

## 怎么改

核对两份内容，合并成一份，删去另一份。其中一份写错了单位或年度的，改正 `unit` 或 `year`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.model.progress import Filing
from kesu_cli.rule import PROGRESS, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report every file but the first of a unit and year."""
    first: dict[tuple[str, int], Filing] = {}
    for filing in sorted(context.judged, key=lambda filing: filing.file):
        if not filing.unit:
            continue
        other = first.setdefault((filing.unit, filing.year), filing)
        if other is not filing:
            yield Problem(
                filing.place / "unit",
                f"{filing.unit} {filing.year} 年度已另有一份报告 {other.file}",
                hint="请合并成一份，删去另一份",
                owners=(filing.unit,),
                unit=filing.unit,
                window=f"{filing.year}年",
                subject=filing.file,
                related=(Related(other.place / "unit", "另一份报告"),),
            )


RULE = Rule(
    "KS111", "duplicate-report", Severity.ERROR, Category.FILE, PROGRESS, __doc__ or "", check, waivable=False
)
