r"""用了 kesu 不接受的 YAML 写法。

## 为什么

锚点、引用、标签、合并键和一个文件里的第二份文档，会让同一段文字在不同软件里读出不同的内容，也让人看不出某个数写在哪一行。
台账要让人一眼看懂，所以只用最平常的写法：键和值、列表、文字。

## 错误示例

锚点和引用：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
entries:
  - &training {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班, value: 18}  # expect: KS109
  - *training
```

标签：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: !!int 2024  # expect: KS109
status: draft
```

合并键：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
entries:
  - <<: {task: M06-1, value: 18}  # expect: KS109
    date: 2024-07-16
    name: 暑期科技辅导员培训班
```

一个文件里放两份报告：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
---  # expect: KS109
unit: 团市委
year: 2024
status: draft
```

用反斜杠写法带进看不见的控制字符：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
entries:
  - task: M06-1
    date: 2024-07-16
    name: "暑期科技辅导员培训班\x1b[31m"  # expect: KS109
    value: 18
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
note: "*待核实"
entries:
  - {task: M06-1, date: 2024-07-16, name: 暑期科技辅导员培训班, value: 18}
  - {task: M06-1, date: 2024-11-20, name: 秋季科技辅导员培训班, value: 12}
```

## 怎么改

把引用的内容直接写出来；文字以 `*` `&` `!` 开头的，给整段文字加英文引号；两份报告分成两个文件。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import FaultKind, Problem, Severity
from kesu_cli.rule import NOTHING, Category, Context, Rule, problems_of


def check(context: Context) -> Iterator[Problem]:
    """Report YAML that is well formed and still not taken."""
    return problems_of(context.loaded.faults, FaultKind.SUBSET)


RULE = Rule(
    "KS109", "yaml-subset", Severity.ERROR, Category.FILE, NOTHING, __doc__ or "", check, waivable=False
)
