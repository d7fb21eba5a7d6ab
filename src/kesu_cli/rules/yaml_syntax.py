"""YAML 格式有误，文件读不出来。

## 为什么

一处冒号、引号或缩进写错，整个文件就无法读取，里面填报的工作一件也不能计入。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status：complete  # expect: KS101
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

照提示的行、列修改：冒号用英文 `:` 并在后面空一格；同一级的各行左对齐，用空格不用制表符；引号、括号成对。
出现 `<<<<<<<` 说明两个人改了同一处，保留正确的一份并删掉标记行。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import FaultKind, FixKind, Problem, Severity
from kesu_cli.rule import NOTHING, Category, Context, Rule, problems_of


def check(context: Context) -> Iterator[Problem]:
    """Report the syntax errors of every file read."""
    return problems_of(context.loaded.faults, FaultKind.SYNTAX)


RULE = Rule(
    "KS101",
    "yaml-syntax",
    Severity.ERROR,
    Category.FILE,
    NOTHING,
    __doc__ or "",
    check,
    waivable=False,
    fix=FixKind.COLON,
)
