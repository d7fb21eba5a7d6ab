"""有期限的任务到期没有完成。

## 为什么

方案写明了办结日期的任务，过了这一天没有办结的条目就是逾期。没有批准延期的，按原定日期判定。

到期以后才办结的，写明逾期多少天。

## 错误示例

```yaml
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: complete
submitted: 2025-01-08
entries:  # expect: KS304
  - task: M08-7
    date: 2024-11-05
    name: 农民培训基地选址
    status: ongoing
```

## 正确示例

```yaml
# file: progress/2024/市农业农村局.yaml
unit: 市农业农村局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M08-7
    date: 2024-11-05
    name: 农民培训基地挂牌
    evidence: [{kind: 照片, url: "https://example.invalid/1"}]
```

## 怎么改

已经办结的，填报办结的条目，日期写办结的那一天；没有办结的，报送原因和新的办结时间。
经批准延期的，写进 `plan/waivers.yaml`。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Rule, remedy, shortfall, why_undone
from kesu_cli.standing import Standing, finished_late


def check(context: Context) -> Iterator[Problem]:
    """Report the duties whose day is past and that are not done."""
    for standing in context.standings:
        if standing.overdue and _is_plain_deadline(standing):
            said, hint = _done_late(standing) or _undone(context, standing)
            yield shortfall(context, standing, f"应于 {standing.window.end} 以前完成，{said}", hint)


def _done_late(standing: Standing) -> tuple[str, str] | None:
    """Say by how many days it was late, where it was done in the end."""
    end, first = standing.window.end, finished_late(standing)
    if first is None:
        return None
    said = f"逾期 {(first.days.end - end).days} 天完成（{first.days}“{first.name}”）"
    return said, "请报送逾期的原因；经批准延期的，写进 plan/waivers.yaml"


def _undone(context: Context, standing: Standing) -> tuple[str, str]:
    past = (context.as_of.day - standing.window.end).days
    since = f"已逾期 {past} 天" if past else "期限当天已过"
    hint = "已办结的请补报办结的条目；没有办结的，报送原因和新的办结时间"
    return f"{since}；{why_undone(context, standing)}", remedy(standing, hint)


def _is_plain_deadline(standing: Standing) -> bool:
    task = standing.task
    return task.has_deadline and task.row.target is None and not task.row.items


RULE = Rule(
    "KS304",
    "overdue",
    Severity.ERROR,
    Category.STANDING,
    PROGRESS,
    __doc__ or "",
    check,
    about_a_verdict=True,
)
