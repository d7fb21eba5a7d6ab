"""The plan for a reader: overview, the tasks of one measure, the units, and what is wrong with it."""

from collections.abc import Iterator
from itertools import groupby

from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.plan_folder import Terms
from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.page_part import Part, finding_table, pairs, section
from kesu_cli.render.terminal.text_page import TextPage
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import (
    NONE,
    STRENGTH_WORDS,
    answering_words,
    counts_line,
    heading,
    listed,
    named,
    target_words,
)
from kesu_cli.report import Report


def overview_layout(plan: Plan) -> TextPage:
    """List every chapter, action and measure with the number of its tasks."""
    return TextPage(_overview(plan))


def _overview(plan: Plan) -> Iterator[Part]:
    file = plan.file
    yield Prose(f"《{plan.title}》", style="bold")
    yield Prose(f"{file.issuer}，{file.issued} 印发；期限 {plan.period.start} 至 {plan.period.end}")
    hard, measures = sum(task.is_hard for task in plan.tasks), _measures(plan)
    yield Prose(
        f"行动 {len(file.actions)} 项，措施 {measures} 条，任务 {len(plan.tasks)} 项（硬任务 {hard} 项）"
    )
    table = Grid("编号", "名称", "任务", "硬任务", "牵头单位", right=("任务", "硬任务"))
    for action in file.actions:
        tasks = [task for task in plan.tasks if task.chapter.id == action.id]
        _chapter_row(table, action.id, action.name, tasks, listed(action.lead))
        for measure in action.measures:
            of_measure = [task for task in tasks if task.measure == measure.number]
            _chapter_row(table, str(measure.number), f"  {measure.title}", of_measure, "")
    of_actions = {action.id for action in file.actions}
    others = (task for task in plan.tasks if task.chapter.id not in of_actions)
    for chapter, group in groupby(others, key=lambda task: task.chapter):
        _chapter_row(table, chapter.id, chapter.name, list(group), "")
    yield table
    yield Prose("用 kesu plan show 6 看一条措施，用 kesu plan show A1 看一项行动")


def _measures(plan: Plan) -> int:
    return sum(len(action.measures) for action in plan.file.actions)


def _chapter_row(table: Grid, number: str, name: str, tasks: list[Task], lead: str) -> None:
    hard = sum(task.is_hard for task in tasks)
    table.add_row(number, name, str(len(tasks)), str(hard) if hard else NONE, lead)


def tasks_layout(plan: Plan, wanted: str) -> TextPage | None:
    """Show the tasks of a measure, an action, a chapter, or one task; None where there is none."""
    key = wanted.upper()
    tasks = [task for task in plan.tasks if key in (task.id, task.chapter.id, str(task.measure))]
    return TextPage(_tasks(plan, tasks)) if tasks else None


def _tasks(plan: Plan, tasks: list[Task]) -> Iterator[Part]:
    titles = {m.number: m.title for action in plan.file.actions for m in action.measures}
    for (chapter, measure), group in groupby(tasks, key=lambda task: (task.chapter, task.measure)):
        title = f"{measure}．{titles[measure]}" if measure else chapter.name
        yield from section(f"{chapter.id} {chapter.name}" if not measure else title)
        owners = None
        for task in group:
            if owners != (task.lead, task.responsible):
                yield _owners(task)
            owners = (task.lead, task.responsible)
            yield Prose()
            yield _task(task)


def _owners(task: Task) -> Grid:
    table = pairs()
    table.add_row("牵头", named(task, task.lead) if task.lead else "原文未明确")
    table.add_row("责任", named(task, task.responsible))
    return table


def _task(task: Task) -> Grid:
    table = pairs()
    table.add_row(Prose(task.id, style="bold"), Prose(task.name, style="bold"))
    table.add_row("原文", task.quote or NONE)
    if task.row.reading:
        table.add_row("口径", task.row.reading)
    table.add_row("要求", f"{target_words(task)}；{task.row.when}；{STRENGTH_WORDS[task.strength]}")
    table.add_row("汇总", answering_words(task))
    return table


def units_layout(terms: Terms) -> Grid:
    """List the units with their other names and how much they owe over the whole plan."""
    table = Grid("单位", "别称", "类别", "汇总", "牵头", "责任", right=("汇总", "牵头", "责任"))
    tasks = terms.plan.tasks
    for row in terms.units.rows:
        answers = sum(task.answered_by(row.name) for task in tasks)
        leads = sum(row.name in task.lead for task in tasks)
        shares = sum(row.name in task.responsible for task in tasks)
        names = listed((*(alias.name for alias in row.aliases), *row.roles))
        kind = row.kind if row.reports else f"{row.kind}（不单独报送）"
        table.add_row(row.name, names or NONE, kind, str(answers), str(leads), str(shares))
    return table


def findings_layout(report: Report) -> TextPage:
    """Show what is wrong with the plan itself."""
    return TextPage(_plan_findings(report))


def _plan_findings(report: Report) -> Iterator[Part]:
    yield Prose(heading(report), style="bold")
    for file, group in groupby(report.plan_findings, key=lambda finding: finding.file):
        yield from section(file)
        yield finding_table(group)
    yield Prose()
    yield Prose(f"合计：{counts_line(report)}")
    if report.plan is None:
        yield Prose("方案文件读不出来，其余规则没有运行；请先按提示修改", style="bold red")
