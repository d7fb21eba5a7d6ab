"""填写的内容不合格式：多了、少了或写错了某一项。

## 为什么

格式不对的条目无法计数。读得懂的部分照常判定，读不懂的条目不计入，也不会被当作没有做。

## 错误示例

键写错、漏写必填项、把整句话写进数值：

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
    vaule: 18  # expect: KS104
  - task: M06-1  # expect: KS104
    date: 2024-11-20
    value: 12
  - task: M06-1
    date: 2024-12-02
    name: 年末科技辅导员培训班
    value: 三十名左右  # expect: KS104
```

日期不存在、写成钟点或表格软件的序号、起止颠倒：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-02-30  # expect: KS104
entries:
  - task: M06-1
    date: 12:30  # expect: KS104
    name: 暑期科技辅导员培训班
    value: 18
  - task: M06-1
    date: 45489  # expect: KS104
    name: 秋季科技辅导员培训班
    value: 12
  - task: M06-2
    date: {from: 2024-10-12, to: 2024-10-10}  # expect: KS104
    name: 新科技知识讲座
```

空着没填、不在可选范围、应是列表却写成一句话：

```yaml
# file: progress/2024/市教体局.yaml
unit:  # expect: KS104
year: 2024年  # expect: KS104
status: 已完成  # expect: KS104
entries: 本年度共培训30名科技辅导员  # expect: KS104
```

报送完毕却没有写报送日期：

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协  # expect: KS104
year: 2024
status: complete
```

方案文件写错同样报出：

```yaml
# file: plan/waivers.yaml
waivers:
  - rule: KS301
    unit: 市教体局
    reason: 暑期防汛，培训顺延
    document: 乐科素办〔2024〕12号
    approved_by: 市全民科学素质工作领导小组办公室
    until: 2025年底  # expect: KS104
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
    unit: 名
  - task: M06-2
    date: {from: 2024-10-10, to: 2024-10-12}
    name: 新科技知识讲座
  - task: M06-2
    date: 2024-11
    name: 人工智能进校园讲座
nothing_to_report:
  - {task: M04-2, reason: 本年度由市科协统一组织}
```

## 怎么改

照提示改所指的那一项。日期写成 2024-07-16，只知道月份的写 2024-07；数值写一个确切的数。
文字里含 `: ` 或 `#` 的加英文引号。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import FaultKind, FixKind, Problem, Severity
from kesu_cli.rule import NOTHING, Category, Context, Rule, problems_of


def check(context: Context) -> Iterator[Problem]:
    """Report what does not fit the shape of its file."""
    return problems_of(context.loaded.faults, FaultKind.SCHEMA)


RULE = Rule(
    "KS104",
    "schema",
    Severity.ERROR,
    Category.FILE,
    NOTHING,
    __doc__ or "",
    check,
    waivable=False,
    fix=FixKind.COMMA,
)
