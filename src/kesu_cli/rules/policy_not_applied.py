"""办公室的决定里有一条与方案对不上。

## 为什么

`plan/policy.yaml` 按任务写的决定，要与方案合得上才起作用：以谁的台账为准的，这个单位要承担这项任务，
否则谁报的都不计入。写错了没有人发现，判定就不是办公室原来的意思。

## 错误示例

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
source_of_record:
  M06-1: 市农业农村局  # expect: KS221
```

## 正确示例

```yaml
# file: plan/policy.yaml
report_due: {years_after: 1, day: 01-31}
source_of_record:
  M06-1: 市科协
```

## 怎么改

照提示改 `plan/policy.yaml` 里的这一行，不用的删去。
"""

from collections.abc import Iterator

from kesu_cli.diagnostic import Problem, Severity
from kesu_cli.model.plan import Task
from kesu_cli.model.task_in_plan_file import Spread
from kesu_cli.rule import PLAN, Category, Context, Rule

Said = tuple[str, str, str]


def check(context: Context) -> Iterator[Problem]:
    """Report what the policy says of a task and the task can't take, by key: what is wrong and what to do."""
    for task in context.plan.by_id.values():
        for key, message, hint in _of_record(context, task):
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


RULE = Rule("KS221", "policy-not-applied", Severity.ERROR, Category.PLAN, PLAN, __doc__ or "", check)
