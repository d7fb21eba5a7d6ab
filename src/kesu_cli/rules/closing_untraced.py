"""git 说不出往年的封存记录有没有被改动、删除。

## 为什么

封存记录被删除或手工重做，只有 git 的历史查得出。工作区在 git 仓库里，git 却读不了它
（没有安装 git、仓库属于别的用户、仓库损坏、部分克隆），或者有封存的年度而这是浅克隆，
“没有查出变化”就不等于“没有变化”。不在 git 仓库里的工作区不报这一条。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
# file: progress/2024/.closed.yaml
# 由 kesu close 和 kesu reopen 写入，请勿手工修改  # expect: KS608
closed_by: 李某
closed_on: 2025-03-01
seal: 4d3564eea7aee0ca8a2d27866b4f3eaa288f231f6b4bd66101eea4af1191b2ac
files:
  - file: 市教体局.yaml
    sha256: d5fe3b3c3e4807fc278449f9f846e69966b07530668df2b583248cb5291fef99
# file: .git
gitdir: 已经不在的文件夹
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

按提示安装 git、加进 safe.directory、取全部历史，或重新克隆。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Say once that nothing found is not nothing changed."""
    gap = context.loaded.closing_gap
    if gap is not None:
        yield Problem(
            gap.place,
            f"封存记录有没有被改动、删除，从 git 里查不全：{gap.reason}",
            hint=gap.remedy,
            subject="git",
        )


RULE = Rule(
    "KS608",
    "closing-untraced",
    Severity.NOTE,
    Category.CLOSING,
    PROGRESS,
    __doc__ or "",
    check,
    waivable=False,
)
