"""考核期已结束，指标没有完成。

## 为什么

有数量的任务在考核期结束时以台账的合计数判定；超额的年份不抵补欠额的年份。缺佐证、重复计数等存疑的条目先不算，
另外写明；核定期限以前判定写作“待核实”，级别仍按不利的一头。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:  # expect: KS301
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 28
    evidence: [{kind: 签到表, url: "https://example.invalid/1"}]
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
    value: 30
    evidence: [{kind: 签到表, url: "https://example.invalid/1"}]
  - task: M04-2
    date: 2024-04-12
    name: 春季学期科技馆实践
    evidence: [{kind: 照片, url: "https://example.invalid/2"}]
  - task: M04-2
    date: 2024-10-18
    name: 秋季学期科技馆实践
    evidence: [{kind: 照片, url: "https://example.invalid/3"}]
```

## 怎么改

核对是否有漏报的条目并补报；确实没有完成的，按督办要求说明原因、提出补救办法。任何选项都不能把未达标改成达标；
经批准的例外写进 `plan/waivers.yaml`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.rule import PROGRESS, Category, Context, Rule, beside, remedy, shortfall
from kesu_cli.standing import Standing
from kesu_cli.verdict import Verdict


def check(context: Context) -> Iterator[Problem]:
    """Report the figures that are missed, and by how much."""
    for standing in context.standings:
        if standing.weighs_as is Verdict.MISSED and standing.task.row.target and not standing.task.row.items:
            hint = "核对有无漏报；确未完成的，报送原因和补救办法"
            yield shortfall(context, standing, _message(standing), remedy(standing, hint))


def _message(standing: Standing) -> str:
    target = standing.task.row.target
    wanted = target.words if target else ""
    unit = target.unit if target else ""
    done = "没有可计入的数" if standing.actual is None else f"完成 {show_number(standing.actual)} {unit}"
    return f"{standing.window.label}{done}{beside(standing)}，目标{wanted}"


RULE = Rule(
    "KS301",
    "target-missed",
    Severity.ERROR,
    Category.STANDING,
    PROGRESS,
    __doc__ or "",
    check,
    about_a_verdict=True,
)
