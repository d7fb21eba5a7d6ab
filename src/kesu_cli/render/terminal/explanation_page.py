"""The explanation of a task: the words, the reading, every formula with its operands, every entry."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kesu_cli.contribution import Contribution, Doubt, deciding
from kesu_cli.diagnostic import Finding
from kesu_cli.forecast import Forecast
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Task
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.model.window import AsOf
from kesu_cli.render.format import one_line
from kesu_cli.render.tallies import is_met
from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.page_part import Part, banner, bare_light, finding_table, pairs, section
from kesu_cli.render.terminal.text_page import TextPage
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import (
    NONE,
    STRENGTH_WORDS,
    answering_words,
    at_worst,
    doubt_words,
    figure_words,
    forecast_misses,
    forecast_words,
    in_doubt_words,
    is_range,
    listed,
    named,
    pace_words,
    per_cent,
    points,
    quantity,
    remainder_words,
    remark_words,
    survey_words,
    target_words,
    unit_of_measure,
)
from kesu_cli.report import Explanation, Report
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
    met = [s for s in standings if s.unit and is_met(s)]
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
    yield Prose("判定：").append_text(bare_light(standing)).append(_in_short(standing))
    for line in doubts(explanation.report, standing):
        yield Prose(line, style="yellow")
    if remarked := remark_words(standing):
        yield Prose(f"完成值：{remarked}", style="yellow")
    for line in formulas(standing, explanation.report.as_of):
        yield Prose(line)
    if standing.items_missing:
        yield Prose(f"还没有覆盖：{listed(standing.items_missing)}")
    for said in standing.declarations:
        yield Prose(f"{said.unit} {said.year} 年度声明无可报送：{said.reason}")
    if not standing.contributions:
        yield Prose("考核期内没有单位报送条目。")
        return
    made_of = set(map(id, deciding(standing.task, [c for c in standing.contributions if c.certain])))
    table = Grid("计入", "数", "日期", "单位", "名称和位置", right=("数",))
    for contribution in standing.contributions:
        table.add_row(
            "存疑" if contribution.disputed else "是" if id(contribution) in made_of else "否",
            show_number(contribution.amount) if contribution.counted else NONE,
            str(contribution.entry.days),
            contribution.entry.unit,
            _entry(explanation, standing.task, contribution),
        )
    yield table


def _in_short(standing: Standing) -> str:
    """Say after the word what the figures are, what lies between them, and what is lacking."""
    lacking = "" if standing.items_missing else remainder_words(standing)
    doubtful = in_doubt_words(standing) if standing.doubts else ""
    if standing.verdict is not Verdict.UNVERIFIED:
        return _joined(lacking, doubt_words(standing))
    is_measured = standing.target is not None
    figures = figure_words(standing, unit_of_measure(standing.task)) if is_measured else ""
    weighs = f"{standing.review_due} 以前核定，核定以前暂按{at_worst(standing)}计"
    where = "其中" if is_range(standing) else "另有"
    return _joined(figures, f"{where} {doubtful}" if doubtful else "", weighs, lacking)


def _joined(*said: str) -> str:
    return "".join(f"，{words}" for words in said if words)


def doubts(report: Report, standing: Standing) -> Iterator[str]:
    """Name all that leaves a figure in doubt: each dispute with its finding, each source not known."""
    for doubt in standing.doubts:
        yield f"存疑：{doubt.dispute.why}（{_finding_words(report, doubt)}）"
    for source in standing.unknown:
        yield f"情况不明：{source.words}"


def _finding_words(report: Report, doubt: Doubt) -> str:
    """Name the finding behind a doubt: rule, mark, file and line."""
    said = (doubt.code, doubt.message, doubt.place.file)
    found = (f for f in report.findings if (f.code, f.message, f.file) == said)
    finding = next(found, None)
    if finding is None:
        return f"{doubt.code}，{report.line(doubt.place)}"
    return f"{doubt.code} #{finding.fingerprint[:7]}，{finding.file}:{finding.span.line}"


def _entry(explanation: Explanation, task: Task, contribution: Contribution) -> Prose:
    entry = contribution.entry
    text = Prose(one_line(entry.name))
    if survey := survey_words(entry):
        text.append(f"（{survey}）")
    covered = [item for item in entry.items if item in task.row.items]
    if covered:
        text.append(f"\n覆盖：{listed(covered)}")
    text.append("".join(f"\n{words}" for words in remarks(contribution)), style="yellow")
    text.append(f"\n{explanation.line(entry.place)}", style="dim")
    return text


def remarks(contribution: Contribution) -> Iterator[str]:
    """Say of an entry why it does not count, why it may not, or that of several it is the one that does."""
    whys = dict.fromkeys(f"{doubt.dispute.why}（{doubt.code}）" for doubt in contribution.doubts)
    if contribution.why:
        yield f"未计入：{contribution.why}"
    elif contribution.disputed:
        yield f"存疑：{'；'.join(whys)}"
    elif contribution.kept:
        yield f"同一件事只计这一条：{'；'.join(whys)}"
    if contribution.passed_over and not contribution.disputed:
        yield f"未采用：{contribution.passed_over}"


def formulas(standing: Standing, as_of: AsOf) -> Iterator[str]:
    """Print 完成率, 序时进度, 进度差 and what follows from them, with the undisputed figure put in."""
    if standing.verdict is Verdict.UPCOMING:
        yield "考核期还没有开始"
        return
    unit = unit_of_measure(standing.task)
    if standing.completion is not None:
        yield f"完成率 = {_completion_operands(standing, unit)} = {per_cent(standing.completion, 2)}"
    elif standing.target is not None:
        yield f"完成 {quantity(standing.actual, unit)}，要求{target_words(standing.task)}"
    if pace_words(standing) != NONE:
        yield f"序时进度 = {_pace_operands(standing, as_of)} = {per_cent(standing.pace, 2)}"
    if standing.gap is not None:
        operands = f"{per_cent(standing.completion, 2)} - {per_cent(standing.pace, 2)}"
        yield f"进度差 = {operands} = {points(standing.gap, 2)} 个百分点"
    if standing.forecast:
        yield _forecast(standing, standing.forecast)
    if standing.remaining_per_month is not None and standing.task.row.target:
        yield f"从现在起每月还需 {standing.task.row.target.more(standing.remaining_per_month)}"


def _forecast(standing: Standing, expected: Forecast) -> str:
    figure, span = forecast_words(standing).partition(" ")[0], expected.span
    misses = forecast_misses(standing)
    today = f"，虽然今天{standing.word}" if standing.verdict is Verdict.ON_PACE else ""
    but = f"；照此下去到期{misses}（目标{target_words(standing.task)}）{today}" if misses else ""
    return f"预计完成 = {figure}（按 {span.start} 至 {span.end} 的快慢直线推算）{but}"


def _completion_operands(standing: Standing, unit: str) -> str:
    task, actual = standing.task, quantity(standing.actual, unit)
    wanted = quantity(standing.target, unit)
    if task.row.items:
        return f"{actual} ÷ {wanted}"
    if task.baseline:
        base = show_number(task.baseline.number)
        return f"({actual} - 基数 {base}) ÷ ({wanted} - 基数 {base})"
    return f"{actual} ÷ {wanted}"


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
