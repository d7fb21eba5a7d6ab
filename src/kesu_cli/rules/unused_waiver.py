"""豁免有效，但没有用到。

## 为什么

用不到的豁免，要么是问题已经解决、忘了删，要么是规则代码、任务编号或单位写错了，真正要豁免的问题仍在计数。

## 错误示例

规则代码写错，实际要豁免的是 KS301：

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
  - rule: KS031  # expect: KS603
    task: M06-1
    unit: 市教体局
    reason: 暑期防汛，培训顺延
    document: 科素办〔2024〕12号
    approved_by: 市全民科学素质工作领导小组办公室
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

核对 `rule`（如 KS301）、`task`（如 M06-1）和 `unit`；问题已经解决的，删去这条豁免。
格式类（KS1）和豁免类（KS6）的问题不能豁免。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.name_similarity import did_you_mean
from kesu_cli.model.waiver import Waiver
from kesu_cli.rule import WAIVERS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the waivers that hold and cover nothing, once progress has been judged."""
    if not context.years:
        return
    for waiver in context.waivers:
        is_effective = waiver.is_effective(context.as_of, context.units, context.policy.approvers)
        if is_effective and waiver.place not in context.used_waivers:
            yield _problem(waiver, context)


def _problem(waiver: Waiver, context: Context) -> Problem:
    unit, rule = waiver.unit(context.units), waiver.row.rule
    is_slip = rule is not None and rule not in context.codes
    why = f"没有规则“{rule}”" if is_slip else "这次没有用到"
    near = did_you_mean(rule, context.codes) if rule and is_slip else ""
    return Problem(
        waiver.place / "rule" if is_slip else waiver.place,
        f"{unit}的豁免（{waiver.row.document}）{why}" + (f"；{near}" if near else ""),
        hint="请核对 rule、task、unit；问题已经解决的请删去",
        owners=(unit,),
        unit=unit,
        task=waiver.row.task or "",
        subject=waiver.subject,
    )


RULE = Rule(
    "KS603",
    "unused-waiver",
    Severity.WARNING,
    Category.WAIVER,
    WAIVERS,
    __doc__ or "",
    check,
    Reach.AFTER,
    waivable=False,
)
