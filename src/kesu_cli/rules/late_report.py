"""年度报告迟报。

## 为什么

报送期限由 `plan/policy.yaml` 的 `report_due` 规定，期限当天报送不算迟。迟报会耽误全市汇总。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-02-10  # expect: KS402
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-31
```

## 怎么改

核对 `submitted` 是否写错；确实迟报的，说明原因，日期照实写。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Place, Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Rule
from kesu_cli.submission import SubmissionState


def check(context: Context) -> Iterator[Problem]:
    """Report the reports handed in after their due date."""
    for submission in context.submissions:
        if submission.state is SubmissionState.LATE and submission.submitted:
            late = (submission.submitted - submission.due).days
            yield Problem(
                Place(submission.file) / "submitted",
                f"{submission.year} 年度报告 {submission.submitted} 才报送，"
                f"比期限 {submission.due} 迟 {late} 天",
                hint="请核对报送日期；确实迟报的，说明原因",
                owners=(submission.unit,),
                unit=submission.unit,
                window=f"{submission.year}年",
            )


RULE = Rule("KS402", "late-report", Severity.WARNING, Category.SUBMISSION, PROGRESS, __doc__ or "", check)
