"""已封存的年度对某个单位重新开放。

## 为什么

重新开放期间，这个单位的文件可以改动，其他人应当知道是谁、为什么开放的。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-09
# file: progress/2024/.closed.yaml
# 由 kesu close 和 kesu reopen 写入，请勿手工修改
closed_by: 李某
closed_on: 2025-03-01
seal: b9ea3a39d88fcf42ac52dfa52e7d45d2437b2994bf1ae45126905ac31c734232
files:
  - file: 市教体局.yaml
    sha256: d5fe3b3c3e4807fc278449f9f846e69966b07530668df2b583248cb5291fef99
reopened:
  - {unit: 市教体局, reason: 数字抄错, reopened_by: 李某, reopened_on: 2025-04-01}  # expect: KS607
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
# file: progress/2024/.closed.yaml
# 由 kesu close 和 kesu reopen 写入，请勿手工修改
closed_by: 李某
closed_on: 2025-03-01
seal: 4d3564eea7aee0ca8a2d27866b4f3eaa288f231f6b4bd66101eea4af1191b2ac
files:
  - file: 市教体局.yaml
    sha256: d5fe3b3c3e4807fc278449f9f846e69966b07530668df2b583248cb5291fef99
```

## 怎么改

改完以后运行 `kesu close 2024` 再次封存。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Tell which units of a closed year may change their files again."""
    for closing in context.loaded.closings:
        for index, row in enumerate(closing.file.reopened):
            if row.closed_again is None:
                yield Problem(
                    closing.place / "reopened" / index / "reason",
                    f"{closing.year} 年已对{row.unit}重新开放"
                    f"（{row.reopened_by}，{row.reopened_on}）：{row.reason}",
                    hint=f"改完请运行 kesu close {closing.year} 再次封存",
                    owners=(row.unit,),
                    unit=row.unit,
                    window=f"{closing.year}年",
                    subject=str(row.reopened_on),
                )


RULE = Rule(
    "KS607", "year-reopened", Severity.NOTE, Category.CLOSING, PROGRESS, __doc__ or "", check, waivable=False
)
