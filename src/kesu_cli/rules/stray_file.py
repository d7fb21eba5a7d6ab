"""进展目录里有不会被读取的文件。

## 为什么

扩展名不是 .yaml、或没有放在年度文件夹里的文件，kesu 不读。填报的人以为交了，实际没有计入。

## 错误示例

扩展名写成了 .yml：

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: draft
# file: progress/2024/市教体局.yml
unit: 市教体局  # expect: KS112
year: 2024
status: complete
submitted: 2025-01-08
```

年度文件夹的名称多写了一个字：

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: draft
# file: progress/2023年/市教体局.yaml
unit: 市教体局  # expect: KS112
year: 2023
status: complete
submitted: 2024-01-08
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

进展文件改名为“单位名.yaml”，放进 `progress/年度/`。佐证材料和说明移到进展目录以外；
名称以 README 开头的说明文件可以留下。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import FaultKind, Problem, Severity
from kesu_cli.rule import NOTHING, Category, Context, Rule, problems_of


def check(context: Context) -> Iterator[Problem]:
    """Report what lies among the progress files and is not read."""
    return problems_of(context.loaded.faults, FaultKind.STRAY)


RULE = Rule(
    "KS112", "stray-file", Severity.WARNING, Category.FILE, NOTHING, __doc__ or "", check, waivable=False
)
