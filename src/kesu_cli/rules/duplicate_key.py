"""同一个键写了两次。

## 为什么

一条里写两个 `value`、一个文件里写两段 `entries`，多数软件只认后一个，前面填的就悄悄丢了。
kesu 不猜哪个算数，整个文件不予读取。

## 错误示例

复制上一条后忘了删掉原来的数：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 18
    value: 30  # expect: KS103
```

两个人各加了一段条目：

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: draft
entries:
  - {task: M30-5, date: 2024-05-12, name: 防灾减灾日宣传, items: [防灾减灾日]}
entries:  # expect: KS103
  - {task: M30-5, date: 2024-06-16, name: 安全生产咨询日, items: [安全生产月]}
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
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 18
  - task: M06-1
    date: 2024-11-20
    name: 秋季科技辅导员培训班
    value: 12
```

## 怎么改

核对两处内容：写重了的删一处；是两件事的，分成两条；两段 `entries` 合并成一段。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import FaultKind, Problem, Severity
from kesu_cli.rule import NOTHING, Category, Context, Rule, problems_of


def check(context: Context) -> Iterator[Problem]:
    """Report the keys that are written twice in one mapping."""
    return problems_of(context.loaded.faults, FaultKind.DUPLICATE_KEY)


RULE = Rule(
    "KS103", "duplicate-key", Severity.ERROR, Category.FILE, NOTHING, __doc__ or "", check, waivable=False
)
