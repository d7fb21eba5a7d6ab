"""办公室的决定里有一条与方案对不上。

## 为什么

`plan/policy.yaml` 按任务写的决定，要与方案合得上才起作用：以谁的台账为准的，这个单位要承担这项任务，
否则谁报的都不计入；基数、分期目标要与任务的目标同一个计量单位，原文已经写了的，以原文为准。
写错了没有人发现，判定就不是办公室原来的意思。

## 错误示例

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
source_of_record:
  M06-1: 市农业农村局  # expect: KS221
baselines:
  G-1: 16%  # expect: KS221
interims:
  M08-3: {2023-12-31: 4000人}  # expect: KS221
```

## 正确示例

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
source_of_record:
  M06-1: 市科协
baselines:
  G-1: 8.5%
interims:
  M08-3: {2023-12-31: 4000人次}
```

## 怎么改

照提示改 `plan/policy.yaml` 里的这一行，不用的删去。
"""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Task, amount_refused, baseline_refused
from kesu_cli.model.task_in_plan_file import Interim, Spread
from kesu_cli.rule import PLAN, Category, Context, Rule

_AS_THE_PLAN = "请删去这一行；原文的数要改，请按程序调整方案"

Said = tuple[str, str, str]


def check(context: Context) -> Iterator[Problem]:
    """Report what the policy says of a task and the task can't take, by key: what is wrong and what to do."""
    for task in context.plan.by_id.values():
        said = chain(_of_record(context, task), _of_baseline(context, task), _of_interim(context, task))
        for key, message, hint in said:
            yield Problem(
                context.policy_place / key / task.id,
                f"{task.id} {task.name}：{message}",
                hint=hint,
                task=task.id,
                subject=key,
            )


def _of_record(context: Context, task: Task) -> Iterator[Said]:
    unit = task.source_of_record
    if unit and task.row.spread is Spread.EACH:
        hint = "请删去这一行，或改为汇总计算的任务"
        yield "source_of_record", f"各单位各算各的，不能以{unit}的台账为准", hint
    elif unit in context.units.names and not task.owed_by(unit):
        message = f"以{unit}的台账为准，而它不是这项任务的牵头或责任单位，谁报的都不计入"
        yield "source_of_record", message, "请改为承担这项任务的单位，或在方案里写上它的责任"


def _of_baseline(context: Context, task: Task) -> Iterator[Said]:
    given, own = context.policy.baselines.get(task.id), task.row.baseline
    if given is None:
        return
    message, _, hint = baseline_refused(task.row, given, context.policy).partition("；")
    if message:
        yield "baselines", f"基数用不上：{message}", hint
    elif own is not None and own.number != given.number:
        office, plan = show_number(given.number, 4), show_number(own.number, 4)
        yield "baselines", f"办公室定的基数是 {office}，原文写的是 {plan}，按原文计算", _AS_THE_PLAN


def _of_interim(context: Context, task: Task) -> Iterator[Said]:
    given, own = context.policy.interims.get(task.id, ()), task.row.interim
    refused = [amount_refused(task.row, point.amount, context.policy) for point in given]
    message, _, hint = next(filter(None, refused), "").partition("；")
    if message:
        yield "interims", f"分期目标用不上：{message}", hint
    elif given and own and _points(given) != _points(own):
        yield "interims", "办公室分期的目标与原文写的不同，按原文计算", _AS_THE_PLAN


def _points(interim: Iterable[Interim]) -> frozenset[tuple[date, Decimal]]:
    return frozenset((point.day, point.amount.number) for point in interim)


RULE = Rule("KS221", "policy-not-applied", Severity.ERROR, Category.PLAN, PLAN, __doc__ or "", check)
