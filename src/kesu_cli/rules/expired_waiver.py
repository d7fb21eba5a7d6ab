"""豁免已经过期。

## 为什么

批准的宽限到期后，问题重新计数。过期的豁免留在文件里，容易让人以为还有效。有效期的最后一天仍然有效。

## 错误示例

```yaml
# as-of: 2025-07-01
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
    until: 2025-06-30  # expect: KS602
```

## 正确示例

```yaml
# as-of: 2025-06-30
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
    until: 2025-06-30
```

## 怎么改

已经补做的，删去这条豁免；确需延期的，重新报批，写上新的文号和日期。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import WAIVERS, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the waivers whose last day is past."""
    for waiver in context.waivers:
        if waiver.has_expired(context.as_of):
            unit = waiver.unit(context.units)
            yield Problem(
                waiver.place / "until",
                f"{unit}的豁免（{waiver.row.document}）已于 {waiver.row.until} 到期",
                hint="已经补做的请删去；确需延期的请重新报批",
                owners=(unit,),
                unit=unit,
                task=waiver.row.task or "",
                subject=waiver.subject,
            )


RULE = Rule(
    "KS602",
    "expired-waiver",
    Severity.WARNING,
    Category.WAIVER,
    WAIVERS,
    __doc__ or "",
    check,
    waivable=False,
)
