"""The explanation of a task: the words, the reading, every formula with its operands, every entry."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kesu_cli.contribution import Contribution
from kesu_cli.diagnostic import Finding
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Task
from kesu_cli.model.target import Comparator
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.model.window import AsOf
from kesu_cli.render.format import one_line
from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.page_part import Part, banner, finding_table, light, pairs, section
from kesu_cli.render.terminal.text_page import TextPage
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import (
    NONE,
    STRENGTH_WORDS,
    answering_words,
    forecast_misses,
    forecast_words,
    lacking_words,
    listed,
    named,
    per_cent,
    points,
    quantity,
    remark_words,
    survey_words,
    target_words,
    unit_of_measure,
)
from kesu_cli.report import Explanation
from kesu_cli.rule import Rule
from kesu_cli.standing import Standing
from kesu_cli.verdict import Verdict

_BREAK = re.compile(r"(?<!\n)\n(?![\n\-*|>#\d`])")  # a line of a manual ends where its source does

TALLY_WORDS = {
    Tally.SUM: "各条相加",
    Tally.LATEST: "取日期最近的一条",
    Tally.MAX: "取最大的一条",
    Tally.COUNT: "数条数",
}


def layout(explanation: Explanation) -> TextPage:
    """Lay the explanation out."""
    return TextPage(_parts(explanation))


def _parts(explanation: Explanation) -> Iterator[Part]:
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


def _finding(finding: Finding, rule: Rule) -> Iterator[Part]:
    yield from section("这条问题")
    yield finding_table([finding], with_file=True)
    for other in finding.related:
        yield Prose(f"另见 {other.file}:{other.span.line}  {other.message}")
    if finding.owners:
        yield Prose(f"由谁处理：{listed(finding.owners)}")
    for heading in ("为什么", "怎么改"):
        yield from section(heading)
        yield Prose(_BREAK.sub("", rule.part(heading)))
    yield Prose(f"\n对的、错的例子见 kesu rule {rule.code}")


def _task(explanation: Explanation, task: Task) -> Iterator[Part]:
    if explanation.rule:
        yield from section(_title(task))
    else:
        yield Prose()
    yield _words(explanation, task)
    if not explanation.standings:
        yield Prose("\n所查年度内没有这项任务的考核期。")
    shown, folded = _told(explanation)
    if folded:
        yield Prose()
        yield Prose(each_words(explanation.standings), style="bold")
        yield Prose("达标的各单位不再逐个列出。", style="dim")
    for standing in shown:
        whom = f"（{standing.unit}）" if standing.unit else ""
        yield from section(f"{standing.window.label}{whom}：{standing.window.start} 至 {standing.window.end}")
        yield from _standing(explanation, standing)


def _told(explanation: Explanation) -> tuple[Sequence[Standing], Sequence[Standing]]:
    """Sort the standings into those to show in full and those that are met, of tasks that each unit owes."""
    standings = explanation.standings
    met = [s for s in standings if s.unit and s.verdict is Verdict.MET]
    return [s for s in standings if s not in met], met


def each_words(standings: Sequence[Standing]) -> str:
    """Count the units of a task that each of them owes: how many are met, and who is not."""
    said: list[str] = []
    for window, group in groupby(standings, key=lambda s: s.window.label):
        among = list(group)
        words = sorted({s.word for s in among}, key=lambda word: (word != Verdict.MET.label, word))
        parts = (_units_words(word, [s.unit for s in among if s.word == word]) for word in words)
        said.append(f"{window}：{'；'.join(parts)}")
    return "\n".join(said)


def _units_words(word: str, units: Sequence[str]) -> str:
    return f"{len(units)} 个{word}" if word == Verdict.MET.label else f"{word} {len(units)}：{listed(units)}"


def _words(explanation: Explanation, task: Task) -> Grid:
    row = task.row
    table = pairs()
    place = explanation.line(task.place / "quote")
    table.add_row("原文", f"{task.quote or NONE}（{place}）")
    table.add_row("口径", row.reading or "按原文字面理解")
    table.add_row("要求", f"{target_words(task)}；{STRENGTH_WORDS[task.strength]}；{TALLY_WORDS[task.tally]}")
    if task.baseline and not row.baseline:
        table.add_row("基数", f"{show_number(task.baseline.number)}（原文没有写，由办公室定）")
    if row.items:
        table.add_row("各项", listed(row.items))
    table.add_row("牵头", named(task, task.lead) if task.lead else "原文未明确")
    table.add_row("责任", named(task, task.responsible))
    table.add_row("汇总", answering_words(task))
    return table


def _standing(explanation: Explanation, standing: Standing) -> Iterator[Part]:
    as_of = explanation.report.as_of
    yield Prose("判定：").append_text(light(standing))
    lacking = lacking_words(standing)
    if lacking and not standing.items_missing:
        yield Prose(lacking)
    if remarks := remark_words(standing):
        yield Prose(f"完成值：{remarks}", style="yellow")
    for line in formulas(standing, as_of):
        yield Prose(line)
    for file in standing.unread:
        yield Prose(f"有文件读不出来，判定待核实：{file}", style="yellow")
    if standing.items_missing:
        yield Prose(f"还没有覆盖：{listed(standing.items_missing)}")
    for said in standing.declarations:
        yield Prose(f"{said.unit} {said.year} 年度声明无可报送：{said.reason}")
    if not standing.contributions:
        yield Prose("考核期内没有单位报送条目。")
        return
    table = Grid("计入", "数", "日期", "单位", "名称和位置", right=("数",))
    for contribution in standing.contributions:
        table.add_row(
            "是" if contribution.decides else "否",
            show_number(contribution.amount) if contribution.counted else NONE,
            str(contribution.entry.days),
            contribution.entry.unit,
            _entry(explanation, standing.task, contribution),
        )
    yield table


def _entry(explanation: Explanation, task: Task, contribution: Contribution) -> Prose:
    entry = contribution.entry
    text = Prose(one_line(entry.name))
    if survey := survey_words(entry):
        text.append(f"（{survey}）")
    covered = [item for item in entry.items if item in task.row.items]
    if covered:
        text.append(f"\n覆盖：{listed(covered)}")
    if contribution.why:
        text.append(f"\n未计入：{contribution.why}", style="yellow")
    if contribution.passed_over:
        text.append(f"\n未采用：{contribution.passed_over}")
    text.append(f"\n{explanation.line(entry.place)}", style="dim")
    return text


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
        figure = forecast_words(standing).partition(" ")[0]
        misses = forecast_misses(standing)
        but = f"；照此下去到期{misses}（目标{target_words(standing.task)}），虽然今天达进度" if misses else ""
        yield f"预计完成 = {figure}（按 {span.start} 至 {span.end} 的快慢直线推算）{but}"
    if standing.remaining_per_month is not None and standing.task.row.target:
        yield f"从现在起每月还需 {standing.task.row.target.more(standing.remaining_per_month)}"


def _completion_operands(standing: Standing, unit: str) -> str:
    task, actual = standing.task, quantity(standing.actual, unit)
    wanted = quantity(standing.target, unit)
    if task.row.items:
        return f"{actual} ÷ {wanted}"
    if task.baseline:
        base = show_number(task.baseline.number)
        return f"({actual} - 基数 {base}) ÷ ({wanted} - 基数 {base})"
    if _is_upper_bound(task):
        return f"{wanted} ÷ {actual}"
    return f"{actual} ÷ {wanted}"


def _is_upper_bound(task: Task) -> bool:
    bounds = (Comparator.AT_MOST, Comparator.LESS_THAN)
    return task.row.target is not None and task.row.target.comparator in bounds


def _pace_operands(standing: Standing, as_of: AsOf) -> str:
    window = standing.window
    if standing.task.interim:
        points_of = "、".join(
            f"{row.day} 达到 {show_number(row.amount.number)}" for row in standing.task.interim
        )
        return f"按阶段目标（{points_of}）在两点之间按天直线推算"
    day = min(as_of.day, window.end)
    elapsed = (day - window.start).days + 1
    operands = f"({day} - {window.start} + 1 天) ÷ ({window.end} - {window.start} + 1 天)"
    return f"{operands} = {elapsed} ÷ {window.days.length}"
