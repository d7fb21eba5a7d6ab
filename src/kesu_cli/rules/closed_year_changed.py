"""已封存年度的文件后来有变化。

## 为什么

年度封存以后，数字已经上报和公布。此后改动、增加、删除或移走文件，公布的数字就没有依据。
封存记录被手工改动、删除或换回旧版，也会查出。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局  # expect: KS606
year: 2024
status: complete
submitted: 2025-01-09
# file: progress/2024/.closed.yaml
# 由 kesu close 和 kesu reopen 写入，请勿手工修改
closed_by: 李某
closed_on: 2025-03-01
seal: 4d3564eea7aee0ca8a2d27866b4f3eaa288f231f6b4bd66101eea4af1191b2ac
files:
  - file: 市教体局.yaml
    sha256: d5fe3b3c3e4807fc278449f9f846e69966b07530668df2b583248cb5291fef99
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

误改的，恢复封存时的内容（封存记录被删的，从 git 里恢复）；确需更正的，由办公室运行
`kesu reopen 2024 --unit 单位 --reason 理由`，
改完再运行 `kesu close 2024`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report what changed after a year was closed, but for the units that were let in again."""
    for closing in context.loaded.closings:
        for later in closing.later:
            if later.unit in closing.file.open_again:
                continue
            by = f"：{later.by}" if later.by else ""
            yield Problem(
                later.place,
                f"{closing.year} 年已于 {closing.file.closed_on} 封存，{later.said}{by}",
                hint="误改的请恢复；确需更正的请先运行 kesu reopen，改完再运行 kesu close",
                owners=(later.unit,) if later.unit else (),
                unit=later.unit,
                window=f"{closing.year}年",
                subject=later.said,
            )


RULE = Rule(
    "KS606",
    "closed-year-changed",
    Severity.ERROR,
    Category.CLOSING,
    PROGRESS,
    __doc__ or "",
    check,
    waivable=False,
)
