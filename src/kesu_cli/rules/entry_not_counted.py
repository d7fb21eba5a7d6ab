"""条目没有计入任务，别的规则又没有指出原因。

## 为什么

有数量的任务没有写数值、点名几项的任务没有写明是哪一项，条目就不知道该算多少、算给谁，只能不计，
单位还以为已经报了。日期落在任务考核期以外，或只写到月份而分不清在到期日以前还是以后的，同样不计入。
硬任务是错误，其他任务是警告。

## 错误示例

没有写数值：

```yaml
# file: progress/2024/市教体局.yaml
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1  # expect: KS411
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    evidence: [{kind: 签到表, url: "https://example.invalid/1"}]
```

没有写明是点名的哪一项：

```yaml
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M30-5  # expect: KS411
    date: 2024-05-12
    name: 防灾减灾日科普宣传
    evidence: [{kind: 照片, url: "https://example.invalid/1"}]
```

日期不在任务的考核期内：

```yaml
# file: progress/2023/市农业农村局.yaml
unit: 市农业农村局
year: 2023
status: complete
submitted: 2024-01-08
entries:
  - task: M08-7
    date: 2023-11-05  # expect: KS411
    name: 农民培训基地挂牌
    evidence: [{kind: 照片, url: "https://example.invalid/1"}]
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
  - task: M06-1
    date: 2024-11-16
    name: 冬季科技辅导员培训班
    status: ongoing
  - task: M04-2
    date: 2024-04-02
    name: 春季参观科普场所
    evidence: [{kind: 照片, url: "https://example.invalid/2"}]
# file: progress/2024/市科协.yaml
unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M30-5
    date: 2024-06-16
    name: 安全生产月咨询日
    items: [安全生产月]
    evidence: [{kind: 照片, url: "https://example.invalid/2"}]
```

## 怎么改

照提示补上数值或 `items`；日期核对无误而不在考核期内的，核对任务编号。还没有办结的写 `status: ongoing`。
"""

from collections.abc import Iterator
from typing import NamedTuple

from kesu_cli.contribution import has_happened, set_aside
from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.model.window import Precision
from kesu_cli.rule import PROGRESS, Category, Context, Reach, Rule


class _Lack(NamedTuple):
    """What an entry lacks, under which key, what to do and how it is written."""

    key: str
    message: str
    hint: str
    write: str = ""


def check(context: Context) -> Iterator[Problem]:
    """Report the entries that are owed and done and yet count for nothing, where no other rule says why."""
    for filing, entry in context.judged_entries():
        task = context.plan.by_id.get(entry.task)
        if task is None or not has_happened(entry, context.as_of) or set_aside(task, entry):
            continue
        lack = _lack(task, entry)
        if lack:
            yield Problem(
                entry.place / lack.key,
                f"“{entry.name}”没有计入 {task.id} {task.name}：{lack.message}",
                hint=lack.hint,
                write=lack.write,
                owners=(filing.unit,),
                unit=filing.unit,
                task=task.id,
                subject=f"{entry.name} {entry.days}",
                severity=Severity.ERROR if task.is_hard else Severity.WARNING,
            )


def _lack(task: Task, entry: Entry) -> _Lack | None:
    return _without_value(task, entry) or _without_item(task, entry) or _outside_windows(task, entry)


def _without_value(task: Task, entry: Entry) -> _Lack | None:
    target = task.row.target
    if target is None or task.tally is Tally.COUNT or entry.number is not None:
        return None
    return _Lack("value", "没有填数值", f"请填数值，计量单位是{target.unit}", "value: 18")


def _without_item(task: Task, entry: Entry) -> _Lack | None:
    named = task.row.items
    if not named or entry.items:
        return None
    hint = f"请写明是哪一项：{'、'.join(named)}"
    return _Lack("items", "没有写明是点名的哪一项", hint, f"items: [{named[0]}]")


def _outside_windows(task: Task, entry: Entry) -> _Lack | None:
    last_day = entry.days.end
    if not task.windows or any(days.start <= last_day <= days.end for days, _ in task.windows):
        return None
    met = next((window for window in task.windows if window.days.meets(entry.days)), None)
    if met and entry.days.precision is Precision.MONTH:
        message = f"日期只写到月份（{entry.days}），分不清在 {met.end} 以前还是以后"
        return _Lack("date", message, f"请写到日，例如 {met.end}", f"date: {met.end}")
    if any(task.is_after_its_day(last_day, window) for window in task.windows):
        return None  # done late: the rules about the deadline say so
    first, last = task.windows[0], task.windows[-1]
    message = f"日期 {entry.days} 不在这项任务的考核期内（{first.start} 至 {last.end}）"
    return _Lack("date", message, "请核对日期和任务编号")


RULE = Rule(
    "KS411", "entry-not-counted", Severity.ERROR, Category.ENTRY, PROGRESS, __doc__ or "", check, Reach.FILE
)
