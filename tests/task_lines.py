"""Tasks of a drafted plan as lines of text, a line each, to hold against what a person reads."""

from collections.abc import Iterator

from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.task_in_plan_file import WHEN_KEYS, TaskRow

HEADING = "引文\t类型\t强度\t时间\t指标\t牵头单位"


def task_lines(plan: PlanFile) -> str:
    """Write the tasks of a plan in the order of its chapters."""
    return "\n".join([HEADING, *(_line(row) for row in _tasks(plan))]) + "\n"


def _tasks(plan: PlanFile) -> Iterator[TaskRow]:
    yield from plan.goals.tasks if plan.goals else ()
    for action in plan.actions:
        yield from action.tasks
        for measure in action.measures:
            for task in measure.tasks:
                lead = action.lead if task.lead is None else task.lead
                yield task.model_copy(update={"lead": lead})
    for section in plan.safeguards:
        yield from section.tasks
    for phase in plan.phases:
        yield from phase.tasks


def _line(row: TaskRow) -> str:
    when = next(f"{key} {getattr(row, key)}" for key in WHEN_KEYS if getattr(row, key))
    target = row.target.words if row.target else ""
    return "\t".join([row.quote or "", row.kind, row.strength, when, target, "、".join(row.lead or ())])
