"""The check as tables for a person at a terminal: what is short, who owes it, what to do next."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rich import box
from rich.console import Group, RenderableType
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from kesu_cli.finding import Finding, Severity
from kesu_cli.handover import Handover, Receipt
from kesu_cli.model.amount import PER_CENT, show_number
from kesu_cli.model.calendar import Days, year_of
from kesu_cli.render.console import to_bytes
from kesu_cli.render.format import Format
from kesu_cli.render.summary import is_figure
from kesu_cli.render.wording import (
    DEMO,
    NONE,
    SEVERITY_WORDS,
    STRENGTH_WORDS,
    as_of_words,
    counts_line,
    forecast_words,
    heading,
    listed,
    owner_words,
    per_cent,
    points,
    short_target,
    subject,
    unit_of_measure,
    verdict_words,
)
from kesu_cli.report import Report, count
from kesu_cli.standing import Light, Standing, Verdict

_LIGHT_STYLES = {Light.GREEN: "green", Light.YELLOW: "yellow", Light.RED: "bold red", Light.GREY: "dim"}
SEVERITY_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
SHORT = {Verdict.BEHIND, Verdict.MISSED, Verdict.UNREPORTED, Verdict.UNVERIFIED, Verdict.WAIVED}
_ABOUT_STANDINGS = "KS3"
_ABOUT_REPORTING = ("KS401", "KS402", "KS403")


def render(report: Report) -> bytes:
    """Write the tables as plain text, 100 columns wide."""
    return to_bytes(layout(report))


def layout(report: Report) -> Group:
    """Lay the report out, section by section."""
    return Group(*_sections(report))


def _sections(report: Report) -> Iterator[RenderableType]:
    yield from banner(report, subject(report))
    if report.plan is None:
        yield from _findings("方案文件的问题", report.plan_findings)
    yield from _figures(report)
    yield from _deadlines(report)
    yield from _other_duties(report)
    yield from _reporting(report)
    yield from _data_findings(report)
    yield from _findings("豁免的问题（不计入各单位的数）", [f for f in report.findings if f.waiver])
    yield from _by_unit(report)
    yield Text()
    yield Text(f"合计：{counts_line(report)}")
    yield from _crashes(report)
    yield Text(f"下一步：{next_step(report)}", style="bold")


def banner(report: Report, title: str) -> Iterator[RenderableType]:
    """Open a page: what it is about, the date, and that the data is invented where it is."""
    yield Text(heading(report), style="bold")
    yield Text(title, style="bold")
    yield Text(as_of_words(report.as_of))
    if report.demo:
        yield Text(f"{DEMO}：以下数字均为虚构，不代表任何单位的实际工作", style="bold magenta")


def section(title: str) -> Iterator[RenderableType]:
    """Open a section with an empty line and its title."""
    yield Text()
    yield Line(Text(title, style="bold"), align="left", characters="─", style="dim")


def grid(*columns: str, right: Iterable[str] = ()) -> Table:
    """Start a table whose cells fold and are never cut."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0))
    numbers = set(right)
    for column in columns:
        table.add_column(column, overflow="fold", justify="right" if column in numbers else "left")
    return table


def pairs() -> Table:
    """Start a list of names and what they stand for, without borders."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(no_wrap=True, style="dim")
    table.add_column(overflow="fold")
    return table


def light(standing: Standing) -> Text:
    """Print a verdict in the colour of its light, the word always beside it."""
    return Text(verdict_words(standing), style=_LIGHT_STYLES[standing.light])


def task_cell(standing: Standing) -> str:
    """Name a task."""
    return f"{standing.task.id} {standing.task.name}"


def figure_table(standings: Iterable[Standing]) -> Table:
    """Hold actual against target and completion against pace, side by side."""
    numbers = ("完成", "完成率", "序时\n进度", "进度差\n百分点", "预计")
    table = grid("任务", "目标", *numbers, "状态", "牵头", right=numbers)
    for standing in standings:
        sign = PER_CENT if unit_of_measure(standing.task) == PER_CENT else ""
        table.add_row(
            Text(task_cell(standing)).append(f"\n{standing.window.label}", style="dim"),
            short_target(standing.task),
            NONE if standing.actual is None else f"{show_number(standing.actual)}{sign}",
            per_cent(standing.completion),
            per_cent(standing.pace),
            points(standing.gap),
            forecast_words(standing),
            light(standing),
            owner_words(standing.task),
        )
    return table


def _figures(report: Report) -> Iterator[RenderableType]:
    rows = [standing for standing in report.standings if is_figure(standing)]
    if rows:
        yield from section("一、有数量和频次要求的任务")
        yield figure_table(rows)


def _deadlines(report: Report) -> Iterator[RenderableType]:
    rows = [s for s in report.standings if s.task.has_deadline and not is_figure(s)]
    phases = [p for p in report.plan.phases if _in_years(p.period.days, report)] if report.plan else []
    if not rows and not phases:
        return
    yield from section("二、有期限的任务和阶段")
    for phase in phases:
        days = phase.period.days
        yield Text(f"{phase.id} {phase.name}：{days.start} 至 {days.end}")
    yield from _duties(rows, "期限")


def _in_years(days: Days, report: Report) -> bool:
    return any(days.meets(year_of(year)) for year in report.years)


def _other_duties(report: Report) -> Iterator[RenderableType]:
    rows = [s for s in report.standings if not is_figure(s) and not s.task.has_deadline]
    if rows:
        yield from section("三、其他任务")
        yield from _duties(rows, "考核期")


def _duties(standings: Sequence[Standing], when: str) -> Iterator[RenderableType]:
    """Count duties that have no number, and list those that are hard or short."""
    yield duty_counts(standings)
    listed_ones = [s for s in standings if s.verdict in SHORT or (s.task.is_hard and not s.unit)]
    if not listed_ones:
        return
    table = grid("任务", when, "要求", "状态", "由谁办")
    for s in listed_ones:
        end = s.window.end.isoformat() if s.task.has_deadline else s.window.label
        whom = s.unit or owner_words(s.task)
        table.add_row(task_cell(s), end, STRENGTH_WORDS[s.task.strength], light(s), whom)
    yield table


def duty_counts(standings: Sequence[Standing]) -> Text:
    """Count standings by strength and verdict in a sentence each."""
    lines: list[str] = []
    for strength, word in STRENGTH_WORDS.items():
        of_strength = [s for s in standings if s.task.strength is strength]
        if not of_strength:
            continue
        by_verdict = ((verdict, sum(s.verdict is verdict for s in of_strength)) for verdict in Verdict)
        said = "，".join(f"{verdict.label} {number}" for verdict, number in by_verdict if number)
        lines.append(f"{word} {len(of_strength)} 项：{said}")
    return Text("\n".join(lines))


def _reporting(report: Report) -> Iterator[RenderableType]:
    if not report.handovers:
        return
    yield from section("四、报送情况")
    for year, group in groupby(report.handovers, key=lambda handover: handover.year):
        handovers = list(group)
        in_time = sum(handover.receipt is Receipt.COMPLETE for handover in handovers)
        due = handovers[0].due
        yield Text(f"{year} 年应报 {len(handovers)} 个单位，按期报送 {in_time} 个；期限 {due}")
        for receipt in (Receipt.MISSING, Receipt.UNREADABLE, Receipt.DRAFT, Receipt.LATE):
            units = [handover for handover in handovers if handover.receipt is receipt]
            if units:
                style = "bold red" if units[0].overdue else ""
                yield Text(
                    f"  {_receipt_words(receipt, units[0])} {len(units)} 个：{_named(units)}", style=style
                )


def _receipt_words(receipt: Receipt, first: Handover) -> str:
    before_due = not first.overdue and receipt in (Receipt.MISSING, Receipt.DRAFT)
    return f"{receipt.label}（未到期）" if before_due else receipt.label


def _named(handovers: Sequence[Handover]) -> str:
    return listed(f"{h.unit}（{h.submitted}）" if h.receipt is Receipt.LATE else h.unit for h in handovers)


def _data_findings(report: Report) -> Iterator[RenderableType]:
    shown_above = (_ABOUT_STANDINGS, *_ABOUT_REPORTING)
    data = [f for f in report.findings if not f.code.startswith(shown_above) and f.counts]
    yield from _findings("五、填报数据的问题", data)


def _findings(title: str, findings: Sequence[Finding]) -> Iterator[RenderableType]:
    if not findings:
        return
    yield from section(title)
    for file, group in groupby(findings, key=lambda finding: finding.file):
        yield Text(file, style="underline")
        yield finding_table(group)


def finding_table(findings: Iterable[Finding], *, with_file: bool = False) -> Table:
    """List findings with place, rule, and what to do."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(min_width=6, no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        table.add_row(
            f"{finding.span.line}:{finding.span.column}",
            finding.code,
            Text(SEVERITY_WORDS[finding.severity], style=SEVERITY_STYLES[finding.severity]),
            _message(finding, with_file),
        )
    return table


def _message(finding: Finding, with_file: bool) -> Text:
    text = Text(f"{finding.file}\n" if with_file else "", style="dim").append(
        finding.message, style="not dim"
    )
    text.append(f" #{finding.fingerprint[:7]}", style="dim")
    if finding.waiver:
        text.append(f"（已豁免：{finding.waiver}）", style="dim")
    if finding.hint:
        text.append(f"\n→ {finding.hint}", style="dim")
    return text


def _by_unit(report: Report) -> Iterator[RenderableType]:
    owed = _owed(report.findings)
    if not owed:
        return
    yield from section("六、各单位要处理的问题")
    table = grid(
        "单位", "错误", "警告", "提示", "已豁免", "涉及规则", right=("错误", "警告", "提示", "已豁免")
    )
    for unit, findings in owed.items():
        waived = sum(not finding.counts for finding in findings)
        codes = listed(sorted({finding.code for finding in findings}))
        table.add_row(unit or "（未明确单位）", *map(str, count(findings).values()), str(waived), codes)
    yield table


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


def _crashes(report: Report) -> Iterator[RenderableType]:
    for outcome in report.crashed:
        yield Text(f"规则 {outcome.code} 运行出错：{outcome.why}", style="bold red")


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
