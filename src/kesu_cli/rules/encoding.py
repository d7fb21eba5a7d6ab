"""文件不是 UTF-8 编码，或含有无法识别的字节。

## 为什么

UTF-8 以外的文件在别的电脑、网页和差异对比里会变成乱码，别人改一次就可能全文损坏。
GBK 和 UTF-16 的内容仍按原编码读出，本次照常判定；夹有坏字节的文件，坏字节处的文字已经丢失，必须重填。

## 错误示例

用记事本的“ANSI”编码保存的文件（即 GBK）：

```yaml
# file: progress/2024/市教体局.yaml
# encoding: gbk
unit: 市教体局  # expect: KS102
year: 2024
status: complete
submitted: 2025-01-08
```

用“Unicode”编码保存的文件（即 UTF-16）：

```yaml
# file: progress/2024/市科协.yaml
# encoding: utf-16
unit: 市科协  # expect: KS102
year: 2024
status: draft
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
```

带有 BOM 标记的 UTF-8 也可以：

```yaml
# file: progress/2024/市科协.yaml
# encoding: utf-8-sig
unit: 市科协
year: 2024
status: draft
```

## 怎么改

用编辑器打开，确认文字显示正常，再“另存为”，编码选 UTF-8。提示有坏字节的，到所指的行、列重填那几个字。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import FaultKind, FixKind, Problem, Severity
from kesu_cli.rule import NOTHING, Category, Context, Rule, problems_of


def check(context: Context) -> Iterator[Problem]:
    """Report every file that is not UTF-8."""
    return problems_of(context.loaded.faults, FaultKind.ENCODING)


RULE = Rule(
    "KS102",
    "encoding",
    Severity.ERROR,
    Category.FILE,
    NOTHING,
    __doc__ or "",
    check,
    waivable=False,
    fix=FixKind.ENCODING,
)
