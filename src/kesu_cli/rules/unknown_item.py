"""`items` 写的不是方案点名的各项。

## 为什么

点名几项的任务，逐项看有没有覆盖。名称写错一个字，这一项就不算做了；没有点名各项的任务写了 `items`，
多半是任务编号填错了。

## 错误示例

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M30-5
    date: 2024-06-16
    name: 夏季主题科普
    items:
      - 安全生产周  # expect: KS413
      - 防灾减灾日
  - task: M06-2
    date: 2024-09-12
    name: 新科技知识讲座
    items: [防灾减灾日]  # expect: KS413
```

## 正确示例

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M30-5
    date: 2024-06-16
    name: 夏季主题科普
    items: [安全生产月, 防灾减灾日]
  - task: M06-2
    date: 2024-09-12
    name: 新科技知识讲座
```

## 怎么改

照 `kesu plan show 任务编号` 列出的各项填写；任务没有点名各项的，删去 `items` 或核对任务编号。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.name_similarity import did_you_mean
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


def check(context: Context) -> Iterator[Problem]:
    """Report the parts that their task does not name."""
    for _, entry in context.judged_entries():
        task = context.plan.by_id.get(entry.task)
        if task and entry.items:
            yield from _of_entry(task, entry)


def _of_entry(task: Task, entry: Entry) -> Iterator[Problem]:
    for index, item in enumerate(entry.items):
        if item not in task.row.items:
            message, hint = _said(task, item)
            yield Problem(
                entry.place / "items" / index,
                f"“{entry.name}”：{message}",
                hint=hint,
                owners=(entry.unit,),
                unit=entry.unit,
                task=task.id,
                subject=f"{entry.name} {entry.days} {item}",
                severity=Severity.ERROR if task.is_hard and task.row.items else Severity.WARNING,
            )


def _said(task: Task, item: str) -> tuple[str, str]:
    named = task.row.items
    if not named:
        return f"{task.id} {task.name}没有点名各项，不用写“{item}”", "请删去这一项，或核对任务编号"
    near = did_you_mean(item, named)
    message = f"“{item}”不是 {task.id} 点名的各项，没有计入" + (f"；{near}" if near else "")
    return message, f"可写：{'、'.join(named)}"


RULE = Rule(
    "KS413", "unknown-item", Severity.ERROR, Category.ENTRY, PROGRESS, __doc__ or "", check, Reach.FILE
)
