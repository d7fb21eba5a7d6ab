"""单位写的是别称，不是规范名称。

## 为什么

别称能认出来，照常计数。但同一单位今年写全称、明年写简称，汇总、查找和比对时容易看成两家。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教育体育局  # expect: KS107
year: 2024
status: complete
submitted: 2025-01-08
```

以领导小组办公室的名义报送：

```yaml
# file: progress/2024/市科协.yaml
unit: 市全民科学素质工作领导小组办公室  # expect: KS107
year: 2024
status: complete
submitted: 2025-01-08
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
```

## 怎么改

把 `unit` 改成提示的规范名称。规范名称本身需要变更的，由办公室修改 `plan/units.yaml`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import FixKind, Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report files that name their unit by an alias or a role."""
    for filing in context.judged:
        if filing.unit and filing.written_unit != filing.unit:
            yield Problem(
                filing.place / "unit",
                f"“{filing.written_unit}”是“{filing.unit}”的别称",
                hint=f"请写规范名称“{filing.unit}”",
                write=f"unit: {filing.unit}",
                owners=(filing.unit,),
                unit=filing.unit,
                window=f"{filing.year}年",
            )


RULE = Rule(
    "KS107",
    "unit-alias",
    Severity.NOTE,
    Category.FILE,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
    waivable=False,
    fix=FixKind.ALIAS,
)
