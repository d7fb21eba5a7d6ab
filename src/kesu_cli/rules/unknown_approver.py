"""豁免的批准单位没有登记，也不在有权批准的名单里。

## 为什么

谁都认不出的批准人等于没有批准。kesu 认 `plan/units.yaml` 里登记的单位，以及 `plan/policy.yaml` 的 `approvers`
列出的机构；别的一律不认，这样的豁免不生效，问题照常计数。

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
    approved_by: 某领导  # expect: KS605
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
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
approvers: [市全民科学素质工作领导小组]
# file: plan/waivers.yaml
waivers:
  - rule: KS301
    task: M06-1
    unit: 市教体局
    reason: 暑期防汛，培训顺延
    document: 科素组〔2024〕12号
    approved_by: 市全民科学素质工作领导小组
    until: 2026-12-31
```

## 怎么改

写批准单位登记的名称（`kesu plan units` 可列出全部单位）；确有权批准而没有登记的机构，
由办公室列入 `plan/policy.yaml` 的 `approvers`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import WAIVERS, Category, Context, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the waivers whose approver nobody knows; those a unit gave itself are told by their own rule."""
    units, approvers = context.units, context.policy.approvers
    for waiver in context.waivers:
        if waiver.has_known_approver(units, approvers) or waiver.is_self_granted(units):
            continue
        unit = waiver.unit(units)
        yield Problem(
            waiver.place / "approved_by",
            f"{unit}的豁免由“{waiver.row.approved_by}”批准，这不是登记的单位或有权批准的机构，不生效",
            hint="请写登记的单位名称；确有权批准的机构，由办公室列入 policy.yaml 的 approvers",
            owners=(unit,),
            unit=unit,
            task=waiver.row.task or "",
            subject=waiver.subject,
        )


RULE = Rule(
    "KS605",
    "unknown-approver",
    Severity.WARNING,
    Category.WAIVER,
    WAIVERS,
    __doc__ or "",
    check,
    waivable=False,
)
