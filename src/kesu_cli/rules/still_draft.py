"""报送期限已过，报告还是草稿。

## 为什么

草稿随时会变，不能当作单位的正式报送。期限以前是草稿没有关系，期限过后应已报送完毕。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft  # expect: KS403
```

## 正确示例

期限还没有到，草稿不算问题：

```yaml
# as-of: 2025-01-20
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: draft
```

## 怎么改

填报齐全后把 `status` 改成 `complete`，并写上 `submitted`（实际报送日期）。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Place, Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Rule
from kesu_cli.submission import SubmissionState


def check(context: Context) -> Iterator[Problem]:
    """Report the drafts whose due date is past."""
    for submission in context.submissions:
        if submission.state is SubmissionState.DRAFT and submission.is_owed:
            yield Problem(
                Place(submission.file) / "status",
                f"{submission.year} 年度报告的期限 {submission.due} 已过，报告还是草稿",
                hint="填报齐全后改为报送完毕，并写上实际报送日期",
                write="status: complete 和 submitted: 年-月-日",
                owners=(submission.unit,),
                unit=submission.unit,
                window=f"{submission.year}年",
            )


RULE = Rule("KS403", "still-draft", Severity.ERROR, Category.SUBMISSION, PROGRESS, __doc__ or "", check)
