"""The check as tables for a person at a terminal: what is short, who owes it, what to do next."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kesu_cli.diagnostic import Finding
from kesu_cli.model.window import Days, year_of
from kesu_cli.render.format import Format
from kesu_cli.render.tallies import WORDS, by_kind, by_word, in_time_words, is_figure, is_in_doubt
from kesu_cli.render.terminal.figure_table import FigureTable
from kesu_cli.render.terminal.grid import Grid
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.render.terminal.page_part import Part, banner, finding_table, light, section, task_cell
from kesu_cli.render.terminal.text_page import TextPage
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import (
    LEGEND,
    STRENGTH_WORDS,
    UNSURE,
    counts_line,
    listed,
    owner_words,
    since_line,
    subject,
)
from kesu_cli.report import Report, Since, count
from kesu_cli.rule import Category
from kesu_cli.standing import Standing
from kesu_cli.submission import Submission, SubmissionState
from kesu_cli.verdict import Verdict

_NAMED = 3
_SHOWN_ABOVE = (Category.STANDING, Category.SUBMISSION)


def render(report: Report) -> bytes:
    """Write the tables as plain text, 100 columns wide."""
    return to_bytes(layout(report))


def layout(report: Report) -> TextPage:
    """Lay the report out, section by section."""
    return TextPage(_sections(report))


def _sections(report: Report) -> Iterator[Part]:
    yield from banner(report, subject(report))
    if report.plan is None:
        yield from _findings("方案文件的问题", report.plan_findings)
    if report.since:
        yield from _changes(report, report.since)
    yield from _figures(report)
    yield from _deadlines(report)
    yield from _other_duties(report)
    if report.standings:
        yield Prose(LEGEND, style="dim")
    yield from _reporting(report)
    yield from _data_findings(report)
    yield from _findings("豁免的问题（不计入各单位的数）", [f for f in report.findings if f.waiver])
    yield from _by_unit(report)
    yield Prose()
    yield Prose(f"合计：{counts_line(report)}")
    yield from _crashes(report)
    yield Prose(f"下一步：{next_step(report)}", style="bold")


def _changes(report: Report, since: Since) -> Iterator[Part]:
    """Show what is new and what is gone; what was there before is shown in the sections below."""
    yield from section("变化")
    yield Prose(since_line(report), style="bold")
    new = [*report.new, *(f for f in report.plan_findings if report.is_new(f))]
    if new and not since.unjudged:
        yield Prose("新增：")
        yield finding_table(new, with_file=True)
    if report.changed:
        yield Prose("原有而有变化：")
        changed = [finding for finding in report.all_findings if finding.fingerprint in report.changed]
        yield finding_table(changed, with_file=True, before=report.changed)
    for word, findings in (("消除", since.gone), (UNSURE, since.unsure)):
        if findings:
            yield Prose(f"{word}：")
            yield finding_table(findings, with_file=True)


def _figures(report: Report) -> Iterator[Part]:
    rows = [standing for standing in report.standings if is_figure(standing)]
    if rows:
        yield from section("一、有数量和频次要求的任务")
        yield FigureTable(rows)


def _deadlines(report: Report) -> Iterator[Part]:
    rows = [s for s in report.standings if s.task.has_deadline and not is_figure(s)]
    phases = [p for p in report.plan.phases if _in_years(p.period.days, report)] if report.plan else []
    if not rows and not phases:
        return
    yield from section("二、有期限的任务和阶段")
    for phase in phases:
        days = phase.period.days
        yield Prose(f"所处阶段：{phase.id} {phase.name}（{days.start} 至 {days.end}）")
    if rows:
        yield Prose("各行动、保障和阶段里有期限的任务：")
        yield from _duties(rows, "期限")


def _in_years(days: Days, report: Report) -> bool:
    return any(days.meets(year_of(year)) for year in report.years)


def _other_duties(report: Report) -> Iterator[Part]:
    rows = [s for s in report.standings if not is_figure(s) and not s.task.has_deadline]
    if rows:
        yield from section("三、其他任务")
        yield from _duties(rows, "考核期")


def _duties(standings: Sequence[Standing], when: str) -> Iterator[Part]:
    """Count duties that have no number, and list those that are hard or short."""
    yield duty_counts(standings)
    listed_ones = [s for s in standings if is_short(s) or (s.task.is_hard and not s.unit)]
    if not listed_ones:
        return
    table = Grid("任务", when, "要求", "判定", "由谁办")
    for s in listed_ones:
        end = s.window.end.isoformat() if s.task.has_deadline else s.window.label
        whom = s.unit or owner_words(s.task)
        table.add_row(task_cell(s), end, STRENGTH_WORDS[s.task.strength], light(s), whom)
    yield table


def duty_counts(standings: Sequence[Standing]) -> Prose:
    """Count standings by the verdict that they count as, in a sentence for each kind of task."""
    kinds = by_kind(standings).items()
    return Prose("\n".join(f"{kind} {_how_many(found)}：{_by_word(found)}" for kind, found in kinds))


def _by_word(standings: Sequence[Standing]) -> str:
    counts, in_doubt = by_word(standings), sum(map(is_in_doubt, standings))
    said = "，".join(f"{word} {counts[word]}" for word in WORDS if counts[word])
    return f"{said}（其中待核实 {in_doubt}）" if in_doubt else said


def is_short(standing: Standing) -> bool:
    """Whether a standing is not well, or may not be."""
    return standing.verdict in (Verdict.UNVERIFIED, Verdict.WAIVED) or not standing.worst.is_well


def _how_many(standings: Sequence[Standing]) -> str:
    """Count tasks, and where a task has several windows or units, also the standings."""
    tasks = len({standing.task.id for standing in standings})
    times = f"（{len(standings)} 项次）" if tasks != len(standings) else ""
    return f"{tasks} 项{times}"


def _reporting(report: Report) -> Iterator[Part]:
    if not report.submissions:
        return
    yield from section("四、报送情况")
    by_year = groupby(report.submissions, key=lambda submission: submission.year)
    for said, (_, group) in zip(in_time_words(report), by_year, strict=True):
        submissions = list(group)
        yield Prose(said)
        for receipt in (
            SubmissionState.MISSING,
            SubmissionState.UNREADABLE,
            SubmissionState.DRAFT,
            SubmissionState.LATE,
        ):
            units = [submission for submission in submissions if submission.state is receipt]
            if units:
                style = "bold red" if units[0].overdue else ""
                yield Prose(f"  {units[0].label} {len(units)} 个{_named(units, submissions)}", style=style)


def _named(submissions: Sequence[Submission], among: Sequence[Submission]) -> str:
    """Name the units; before the due date, while most have not reported yet, there is nobody to name."""
    if not submissions[0].overdue and 2 * len(submissions) > len(among):
        return ""
    named = (f"{h.unit}（{h.submitted}）" if h.state is SubmissionState.LATE else h.unit for h in submissions)
    return f"：{listed(named)}"


def _data_findings(report: Report) -> Iterator[Part]:
    data = [f for f in report.findings if report.category(f) not in _SHOWN_ABOVE and f.counts]
    yield from _findings("五、填报数据的问题", data)


def _findings(title: str, findings: Sequence[Finding]) -> Iterator[Part]:
    if not findings:
        return
    yield from section(title)
    for file, group in groupby(findings, key=lambda finding: finding.file):
        yield Prose(file, style="underline")
        yield finding_table(group)


def _by_unit(report: Report) -> Iterator[Part]:
    owed = _owed(report.findings)
    if not owed:
        return
    yield from section("六、各单位要处理的问题")
    numbers = ("错误", "警告", "提示", "已豁免")
    table = Grid("单位", *numbers, "问题", right=numbers)
    summaries = {outcome.code: outcome.rule.summary.rstrip("。") for outcome in report.outcomes}
    for unit, findings in owed.items():
        waived = sum(not finding.counts for finding in findings)
        said = "；".join(_in_short(findings, summaries))
        table.add_row(unit or "（未明确单位）", *map(str, count(findings).values()), str(waived), said)
    yield table


def _in_short(findings: Sequence[Finding], summaries: Mapping[str, str]) -> Iterator[str]:
    """Say what is wrong in the words of the rules, with the tasks it is about."""
    for code, group in groupby(sorted(findings, key=lambda f: (f.severity.rank, f.code)), lambda f: f.code):
        found = list(group)
        tasks = list(dict.fromkeys(finding.task for finding in found if finding.task))
        named = listed(tasks[:_NAMED]) + (f"等 {len(tasks)} 项" if len(tasks) > _NAMED else "")
        times = f" {len(found)} 处" if len(found) > max(len(tasks), 1) else ""
        yield f"{summaries.get(code, code)}{times}" + (f"（{named}）" if named else "")


def _owed(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Sort findings by who must act, those with the gravest first."""
    owed: dict[str, list[Finding]] = {}
    for finding in findings:
        for unit in finding.owners or (finding.unit,):
            owed.setdefault(unit, []).append(finding)
    return dict(sorted(owed.items(), key=_gravest_first))


def _gravest_first(item: tuple[str, Sequence[Finding]]) -> tuple[list[int], str]:
    unit, findings = item
    return [-number for number in count(findings).values()], unit


def _crashes(report: Report) -> Iterator[Part]:
    for outcome in report.crashed:
        yield Prose(f"规则 {outcome.code} 运行出错：{outcome.why}", style="bold red")


def next_step(report: Report) -> str:
    """Say what the reader should do now."""
    if report.plan is None:
        return "先修好方案文件，再重新运行；本次没有作出任何判定"
    if report.crashed:
        return "有规则运行出错，结论不完整，请把上面的出错信息交给 kesu 的维护者"
    if not any(finding.counts for finding in report.findings):
        return "没有要处理的问题"
    unit = next((unit for unit in _owed(report.findings) if unit), "")
    if not unit:
        return "按上面每条的提示修改后重新运行"
    return f"用 kesu report --unit {unit} 看这个单位要补什么；用 kesu explain 任务编号 看一个数是怎么算的"


FORMAT = Format("table", ".txt", render, for_people=True)
