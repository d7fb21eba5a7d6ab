"""豁免没有写明有效期。

## 为什么

没有截止日期的豁免就是永远不考核。这样的豁免不生效，问题照常计数。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
# file: plan/waivers.yaml
waivers:
  - rule: KS301  # expect: KS604
    task: M06-1
    unit: 市教体局
    reason: 暑期防汛，培训顺延
    document: 科素办〔2024〕12号
    approved_by: 市全民科学素质工作领导小组办公室
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
    evidence: [{kind: 签到表, url: "https://example.invalid/1"}]
# file: plan/waivers.yaml
waivers:
  - rule: KS301
    task: M06-1
    unit: 市教体局
    reason: 暑期防汛，培训顺延
    document: 科素办〔2024〕12号
    approved_by: 市全民科学素质工作领导小组办公室
    until: 2026-12-31
```

## 怎么改

按批准文件补上 `until`（最后一天，含当日）。文件没有写期限的，请批准单位明确。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import WAIVERS, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the waivers without a last day."""
    for waiver in context.waivers:
        if waiver.row.until is None:
            unit = waiver.unit(context.units)
            yield Problem(
                waiver.place / "until",
                f"{unit}的豁免（{waiver.row.document}）没有写明有效期，不生效",
                hint="请补上 until: 年-月-日，即最后一天",
                owners=(unit,),
                unit=unit,
                task=waiver.row.task or "",
                subject=waiver.subject,
            )


RULE = Rule(
    "KS604",
    "open-ended-waiver",
    Severity.ERROR,
    Category.WAIVER,
    WAIVERS,
    __doc__ or "",
    check,
    waivable=False,
)
