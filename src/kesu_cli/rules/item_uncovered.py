"""任务点名的几项没有全部落实。

## 为什么

方案一一点名的内容，每个考核期每项至少要有一条；一项做了多次不能抵另一项。

## 错误示例

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:  # expect: KS305
  - task: M30-5
    date: 2024-05-12
    name: 防灾减灾日科普宣传
    items: [防灾减灾日]
    evidence: [{kind: 照片, url: "https://example.invalid/1"}]
  - task: M30-5
    date: 2024-06-16
    name: 安全生产月咨询日
    items: [安全生产月]
    evidence: [{kind: 照片, url: "https://example.invalid/2"}]
```

## 正确示例

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M30-5
    date: 2024-05-12
    name: 防灾减灾日暨健康科普行动
    items: [防灾减灾日, 健康科普行动]
    evidence: [{kind: 照片, url: "https://example.invalid/1"}]
  - task: M30-5
    date: 2024-06-16
    name: 安全生产月咨询日
    items: [安全生产月]
    evidence: [{kind: 照片, url: "https://example.invalid/2"}]
```

## 怎么改

开展过的，补报条目，并在 `items` 里照方案的写法写明是哪一项；确实没有开展的，报送原因和补救办法。
"""

from collections.abc import Iterator
from dataclasses import replace

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Rule, remedy, shortfall
from kesu_cli.standing import Standing


def check(context: Context) -> Iterator[Problem]:
    """Report the named parts that no entry covers."""
    for standing in context.standings:
        if standing.overdue and standing.items_missing:
            hint = "请补报条目，并写明是哪一项；确未开展的，报送原因和补救办法"
            problem = shortfall(context, standing, _message(standing), remedy(standing, hint))
            write = f"items: [{standing.items_missing[0]}]"
            yield replace(problem, write=write) if problem.hint == hint else problem


def _message(standing: Standing) -> str:
    named, missing = standing.task.row.items, standing.items_missing
    said = f"{standing.window.label}点名的 {len(named)} 项中有 {len(missing)} 项没有可计入的条目："
    return said + "、".join(f"“{item}”" for item in missing)


RULE = Rule(
    "KS305",
    "item-uncovered",
    Severity.ERROR,
    Category.STANDING,
    PROGRESS,
    __doc__ or "",
    check,
    about_a_verdict=True,
)
