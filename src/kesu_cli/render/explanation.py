"""The explanation of a task: the words, the reading, every formula with its operands, every entry."""

import re
from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kesu_cli.finding import Finding
from kesu_cli.model.amount import show_number
from kesu_cli.model.calendar import AsOf
from kesu_cli.model.plan import Task
from kesu_cli.model.plan_file import Comparator, Tally
from kesu_cli.render.table import banner, finding_table, grid, light, pairs, section
from kesu_cli.render.wording import (
    NONE,
    STRENGTH_WORDS,
    accountable_words,
    forecast_words,
    listed,
    named,
    per_cent,
    points,
    quantity,
    target_words,
    unit_of_measure,
)
from kesu_cli.report import Explanation
from kesu_cli.rule import Rule
from kesu_cli.standing import Contribution, Standing, Verdict

_BREAK = re.compile(r"(?<!\n)\n(?![\n\-*|>#\d`])")  # a line of a manual ends where its source does

TALLY_WORDS = {
    Tally.SUM: "各条相加",
    Tally.LATEST: "取日期最近的一条",
    Tally.MAX: "取最大的一条",
    Tally.COUNT: "数条数",
}


def layout(explanation: Explanation) -> Group:
    """Lay the explanation out."""
    return Group(*_parts(explanation))


def _parts(explanation: Explanation) -> Iterator[RenderableType]:
    task, rule = explanation.task, explanation.rule
    yield from banner(explanation.report, f"{rule.code} {rule.summary}" if rule else _title(task))
    if rule:
        yield from _finding(explanation.findings[0], rule)
    if task:
        yield from _task(explanation, task)
    if explanation.findings and not rule:
        yield from section("涉及这项任务的问题")
        yield finding_table(explanation.findings, with_file=True)


def _title(task: Task | None) -> str:
    return f"{task.id} {task.name}" if task else ""


def _finding(finding: Finding, rule: Rule) -> Iterator[RenderableType]:
    yield from section("这条问题")
    yield finding_table([finding], with_file=True)
    for other in finding.related:
        yield Text(f"另见 {other.file}:{other.span.line}  {other.message}")
    if finding.owners:
        yield Text(f"由谁处理：{listed(finding.owners)}")
    for heading in ("为什么", "怎么改"):
        yield from section(heading)
        yield Text(_BREAK.sub("", rule.part(heading)))
    yield Text(f"\n对的、错的例子见 kesu rule {rule.code}")


def _task(explanation: Explanation, task: Task) -> Iterator[RenderableType]:
    if explanation.rule:
        yield from section(_title(task))
    else:
        yield Text()
    yield _words(explanation, task)
    if not explanation.standings:
        yield Text("\n所查年度内没有这项任务的考核期。")
    for standing in explanation.standings:
        whom = f"（{standing.unit}）" if standing.unit else ""
        yield from section(f"{standing.window.label}{whom}：{standing.window.start} 至 {standing.window.end}")
        yield from _standing(explanation, standing)


def _words(explanation: Explanation, task: Task) -> Table:
    row = task.row
    table = pairs()
    place = explanation.line(task.place / "quote")
    table.add_row("原文", f"{task.quote or NONE}（{place}）")
    table.add_row("口径", row.reading or "按原文字面理解")
    table.add_row("要求", f"{target_words(task)}；{STRENGTH_WORDS[task.strength]}；{TALLY_WORDS[task.tally]}")
    if row.items:
        table.add_row("各项", listed(row.items))
    table.add_row("牵头", named(task, task.lead) if task.lead else "原文未明确")
    table.add_row("责任", named(task, task.responsible))
    table.add_row("汇总", accountable_words(task) if task.accountable else "没有明确由谁汇总")
    return table


def _standing(explanation: Explanation, standing: Standing) -> Iterator[RenderableType]:
    as_of = explanation.report.as_of
    yield Text("结论：").append_text(light(standing))
    for line in formulas(standing, as_of):
        yield Text(line)
    for file in standing.unread:
        yield Text(f"有文件读不出来，结论待核实：{file}", style="yellow")
    if standing.items_missing:
        yield Text(f"还没有覆盖：{listed(standing.items_missing)}")
    for said in standing.declarations:
        yield Text(f"{said.unit} {said.year} 年度声明无可报送：{said.reason}")
    if not standing.contributions:
        yield Text("考核期内没有单位报送条目。")
        return
    table = grid("计入", "数", "日期", "单位", "名称和位置", right=("数",))
    for contribution in standing.contributions:
        table.add_row(
            "是" if contribution.decides else "否",
            show_number(contribution.amount) if contribution.counted else NONE,
            str(contribution.entry.days),
            contribution.entry.unit,
            _entry(explanation, standing.task, contribution),
        )
    yield table


def _entry(explanation: Explanation, task: Task, contribution: Contribution) -> Text:
    entry = contribution.entry
    text = Text(entry.name)
    if entry.cited_from:
        text.append(f"（引用上级数据：{entry.cited_from}）")
    covered = [item for item in entry.items if item in task.row.items]
    if covered:
        text.append(f"\n覆盖：{listed(covered)}")
    if contribution.why:
        text.append(f"\n未计入：{contribution.why}", style="yellow")
    if contribution.passed_over:
        text.append(f"\n未采用：{contribution.passed_over}")
    return text.append(f"\n{explanation.line(entry.place)}", style="dim")


def formulas(standing: Standing, as_of: AsOf) -> Iterator[str]:
    """Print 完成率, 序时进度, 进度差 and what follows from them, with the operands put in."""
    if standing.verdict is Verdict.UPCOMING:
        yield "考核期还没有开始"
        return
    unit = unit_of_measure(standing.task)
    if standing.completion is not None:
        yield f"完成率 = {_completion_operands(standing, unit)} = {per_cent(standing.completion, 2)}"
    if standing.task.row.target or standing.task.row.items:
        yield f"序时进度 = {_pace_operands(standing, as_of)} = {per_cent(standing.pace, 2)}"
    if standing.gap is not None:
        operands = f"{per_cent(standing.completion, 2)} - {per_cent(standing.pace, 2)}"
        yield f"进度差 = {operands} = {points(standing.gap, 2)} 个百分点"
    if standing.forecast:
        span = standing.forecast.span
        figure = forecast_words(standing)
        yield f"预计完成 = {figure}（按 {span.start} 至 {span.end} 的快慢直线推算）"
    if standing.remaining_per_month is not None and standing.task.row.target:
        yield f"从现在起每月还需 {standing.task.row.target.more(standing.remaining_per_month)}"


def _completion_operands(standing: Standing, unit: str) -> str:
    task, actual = standing.task, quantity(standing.actual, unit)
    wanted = quantity(standing.target, unit)
    if task.row.items:
        return f"{actual} ÷ {wanted}"
    if task.row.baseline:
        base = show_number(task.row.baseline.number)
        return f"({actual} - 基数 {base}) ÷ ({wanted} - 基数 {base})"
    if _is_upper_bound(task):
        return f"{wanted} ÷ {actual}"
    return f"{actual} ÷ {wanted}"


def _is_upper_bound(task: Task) -> bool:
    bounds = (Comparator.AT_MOST, Comparator.LESS_THAN)
    return task.row.target is not None and task.row.target.comparator in bounds


def _pace_operands(standing: Standing, as_of: AsOf) -> str:
    window = standing.window
    if standing.task.row.interim:
        points_of = "、".join(
            f"{row.day} 达到 {show_number(row.amount.number)}" for row in standing.task.row.interim
        )
        return f"按阶段目标（{points_of}）在两点之间按天直线推算"
    day = min(as_of.day, window.end)
    elapsed = (day - window.start).days + 1
    operands = f"({day} - {window.start} + 1 天) ÷ ({window.end} - {window.start} + 1 天)"
    return f"{operands} = {elapsed} ÷ {window.days.length}"
