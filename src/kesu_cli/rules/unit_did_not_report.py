"""单位没有报送年度报告。

## 为什么

一份报告都没有，这个单位的任务就无从判定。
列入 `plan/units.yaml` 的单位都应报送；不需要报送的写 `reports: false`。

## 错误示例

```yaml
# file: plan/units.yaml
units:
  - {name: 市教体局, kind: 政府部门}
  - {name: 团市委, kind: 群团组织}  # expect: KS401
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
```

## 正确示例

```yaml
# file: plan/units.yaml
units:
  - {name: 市教体局, kind: 政府部门}
  - {name: 团市委, kind: 群团组织, reports: false}
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
```

## 怎么改

在 `progress/<年度>/` 下新建以单位命名的文件并填报；
全年没有工作的，也要报送并在 `nothing_to_report` 里逐项说明。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Rule
from kesu_cli.submission import SubmissionState


def check(context: Context) -> Iterator[Problem]:
    """Report the units whose report is due and was never seen."""
    for submission in context.submissions:
        if submission.state is SubmissionState.MISSING and submission.is_owed:
            unit, year = submission.unit, submission.year
            yield Problem(
                context.units.place(unit),
                f"{unit}没有报送 {year} 年度报告（应于 {submission.due} 以前报送）",
                hint=f"请填报 progress/{year}/{unit}.yaml",
                owners=(unit,),
                unit=unit,
                window=f"{year}年",
            )


RULE = Rule(
    "KS401", "unit-did-not-report", Severity.ERROR, Category.SUBMISSION, PROGRESS, __doc__ or "", check
)
