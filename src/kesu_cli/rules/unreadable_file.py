"""文件打不开，或不是文本文件。

## 为什么

空文件、改了扩展名的表格和文档、过大的文件、没有权限的文件，里面的内容一点也读不出来。读不出来不等于没有填报，
有关单位的任务这次不能判定；方案文件读不出来，则整个检查都不能进行。

指到工作区外面的链接、管道和设备一律不读：不知道那里是什么，也不能让别处的内容进到检查结果里。名称里有看不见的字符的
文件也不读，名称按编码显示出来。

## 错误示例

另存成 UTF-32 或由 Word、Excel 文件改名而来的文件，满是空字节：

```yaml
# file: progress/2024/市教体局.yaml
# encoding: utf-32
unit: 市教体局  # expect: KS110
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

用文本编辑器重新填写并保存为 UTF-8 编码的 .yaml 文件；不需要的空文件删除；佐证材料只写路径，不要粘贴进来。
缺少方案文件的，从已有工作区复制。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import FaultKind, Problem, Severity
from kesu_cli.rule import NOTHING, Category, Context, Rule, problems_of


def check(context: Context) -> Iterator[Problem]:
    """Report the files of which nothing could be read."""
    return problems_of(context.loaded.faults, FaultKind.UNREADABLE)


RULE = Rule(
    "KS110", "unreadable-file", Severity.ERROR, Category.FILE, NOTHING, __doc__ or "", check, waivable=False
)
