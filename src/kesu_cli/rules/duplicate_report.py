"""同一单位同一年度有两份报告。

## 为什么

两份报告里可能写着同一件事，都计数就算了两次。文件名是单位规范名称的那一份是报告，用别称的另一份不计入；
两份都用别称的，哪一份是报告说不准，都不计入，有关任务的判定待核实。多出的一份还在，
`kesu record`、`kesu form import` 就不给这个单位写入，`kesu close` 也不封存这一年。
文件名不是单位名称的（如“市教体局(1).yaml”），见 KS105。

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

核对内容，有要补的先并进报告，再删去这一份。两份都用别称的，把对的一份改名为规范名称。
其中一份写错了单位或年度的，改正 `unit` 或 `year`。
"""

from collections.abc import Iterator, Sequence

from kesu_cli.diagnostic import Place, Problem, Related, Severity
from kesu_cli.loaded import Loaded, own_file
from kesu_cli.model.progress import Filing
from kesu_cli.rule import PROGRESS, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report every file that is called after a unit and is not its report."""
    years = frozenset(context.years) & frozenset(context.plan.years)
    for filing in context.loaded.copies:
        if filing.year in years:
            message, hint, others = _told(filing, context.loaded)
            yield Problem(
                filing.place / "unit",
                message,
                hint=hint,
                owners=(filing.unit,),
                unit=filing.unit,
                window=f"{filing.year}年",
                subject=filing.file,
                related=tuple(Related(Place(file), "另一份报告") for file in others),
            )


def _told(filing: Filing, loaded: Loaded) -> tuple[str, str, Sequence[str]]:
    """Say which file is the report instead, or which others claim to be it, and what to do."""
    own = own_file(filing.file, filing.unit)
    said = f"{filing.unit} {filing.year} 年度"
    if own in loaded.files:
        return f"{said}的报告是 {own}，这一份不计入", "有要补的先并进那一份，再删去这一份", (own,)
    same = sorted(loaded.claims[filing.unit, filing.year] - {filing.file})
    message = f"{said}另有 {'、'.join(same)}，文件名都不是规范名称，说不准哪一份是报告，都不计入"
    return message, f"请把对的一份改名为 {filing.unit}.yaml；这一份不对的，删去这一份", same


RULE = Rule(
    "KS111", "duplicate-report", Severity.ERROR, Category.FILE, PROGRESS, __doc__ or "", check, waivable=False
)
