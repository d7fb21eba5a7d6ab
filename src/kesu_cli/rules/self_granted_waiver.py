"""豁免由当事单位自己批准。

## 为什么

自己欠的账自己批准，等于没有监督；由本单位的党组、科室批准也是自己批准。这样的豁免不生效，问题照常计数。

## 错误示例

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
    approved_by: 市教育体育局  # expect: KS601
    until: 2026-12-31
  - rule: KS301
    task: M06-1
    unit: 市教体局
    reason: 暑期防汛，培训顺延
    document: 教体党发〔2024〕3号
    approved_by: 市教体局党组  # expect: KS601
    until: 2026-12-31
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

由本单位以外、有权批准的上级单位批准，写明批准文号，再改 `approved_by`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import WAIVERS, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the waivers that a unit gave itself, under whatever name."""
    for waiver in context.waivers:
        if waiver.is_self_granted(context.units):
            unit = waiver.unit(context.units)
            yield Problem(
                waiver.place / "approved_by",
                f"{unit}的豁免由它自己批准（{waiver.row.approved_by}），不生效",
                hint="请由本单位以外、有权批准的上级单位批准",
                owners=(unit,),
                unit=unit,
                task=waiver.row.task or "",
                subject=waiver.subject,
            )


RULE = Rule(
    "KS601",
    "self-granted-waiver",
    Severity.ERROR,
    Category.WAIVER,
    WAIVERS,
    __doc__ or "",
    check,
    waivable=False,
)
