"""声明了无可报送的任务，同一份报告里又有条目。

## 为什么

`nothing_to_report` 是说这项任务本年度没有可报的事。同一份报告里又报了条目，两处必有一处写错；
条目照常计入，但要请单位说清楚。

## 错误示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-2
    date: 2024-10-10
    name: 新科技知识讲座
nothing_to_report:
  - task: M06-2  # expect: KS412
    reason: 本年度没有开展
```

## 正确示例

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-2
    date: 2024-10-10
    name: 新科技知识讲座
nothing_to_report:
  - {task: M04-2, reason: 本年度由市科协统一组织}
```

## 怎么改

确有工作的，删去 `nothing_to_report` 里的这一项；确实没有的，核对条目的任务编号。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Related, Severity
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the declarations that the entries of the same file contradict."""
    for filing in context.judged:
        for index, row in enumerate(filing.nothing):
            entries = [entry for entry in filing.entries if entry.task == row.task]
            if entries:
                yield Problem(
                    filing.place / "nothing_to_report" / index / "task",
                    f"这里说 {row.task} 无可报送（{row.reason}），同一文件里却有它的 {len(entries)} 条"
                    f"（第一条是“{entries[0].name}”）",
                    hint="确有工作的，不再报“无可报送”；没有的，核对条目的任务编号",
                    write="删去 nothing_to_report 里的这一项",
                    owners=(filing.unit,),
                    unit=filing.unit,
                    task=row.task,
                    window=f"{filing.year}年",
                    related=tuple(Related(entry.place, f"{row.task} 的条目") for entry in entries),
                )


RULE = Rule(
    "KS412",
    "nothing-contradicted",
    Severity.WARNING,
    Category.ENTRY,
    PROGRESS,
    __doc__ or "",
    check,
    Reach.FILE,
)
