"""The sheets of findings and of units."""

from collections.abc import Iterator, Mapping

from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.render.office.sheet_writer import Colouring, Content, SheetColumn
from kesu_cli.render.office.workbook_cell import WorkbookCell, text, whole
from kesu_cli.render.tallies import (
    ANSWERS_WORDS,
    UNFULFILLED_WORDS,
    UnitTally,
    in_time_words,
    receipt_words,
    shares_words,
    unit_tallies,
)
from kesu_cli.render.wording import SEVERITY_WORDS, as_of_words, counts_line, listed, subject, years_words
from kesu_cli.report import Report, RuleOutcome

_WAIVED = "已豁免"
_CRASHED, _SKIPPED = "规则出错", "没有运行"
_SEVERITIES = Colouring(
    ("级别",),
    by="级别",
    fills={
        SEVERITY_WORDS[Severity.ERROR]: "red",
        _CRASHED: "red",
        SEVERITY_WORDS[Severity.WARNING]: "yellow",
        _WAIVED: "grey",
        _SKIPPED: "grey",
    },
)
_FINDING_COLUMNS = (
    SheetColumn("序号", 5, "center"),
    SheetColumn("类别", 8, "center"),
    SheetColumn("级别", 8, "center"),
    SheetColumn("单位", 16),
    SheetColumn("任务", 9, "center"),
    SheetColumn("考核期", 13, "center"),
    SheetColumn("问题", 48),
    SheetColumn("怎么办", 40),
    SheetColumn("豁免", 18),
    SheetColumn("位置", 26),
    SheetColumn("规则", 8, "center"),
    SheetColumn("标记", 9, "center"),
)
_UNIT_COLUMNS = (
    SheetColumn("序号", 6, "center"),
    SheetColumn("单位", 22),
    SheetColumn("年度报告", 16, "center"),
    SheetColumn("汇总任务", 12, "center"),
    SheetColumn("未落实", 12, "center"),
    SheetColumn("欠进度", 12, "center"),
    SheetColumn("待核实", 12, "center"),
    SheetColumn("错误", 12, "center"),
    SheetColumn("警告", 12, "center"),
    SheetColumn("情况", 12, "center"),
)
_CLEAN, _OWING = "没有问题", "有问题"


def finding_sheet(report: Report, name: str) -> Content:
    """Put everything found on a sheet: about progress, about the plan, and rules that did not run."""
    rows = [*(_finding(report, finding) for finding in report.all_findings), *_rules(report)]
    return Content(
        name=name,
        title=f"{subject(report)}：问题清单" if not report.scope else f"{years_words(report)}问题清单",
        lines=(as_of_words(report.as_of), _counts(report)),
        columns=_FINDING_COLUMNS,
        rows=[(whole(number), *row) for number, row in enumerate(rows, start=1)],
        colouring=_SEVERITIES,
        frozen=3,
    )


def _counts(report: Report) -> str:
    narrowed = f"（只看 {report.scope}）" if report.scope else ""
    return f"合计{narrowed}：{counts_line(report)}"


def _finding(report: Report, finding: Finding) -> tuple[WorkbookCell, ...]:
    return (
        text("方案" if finding in report.plan_findings else "落实填报"),
        text(SEVERITY_WORDS[finding.severity] if finding.counts else _WAIVED),
        text(listed(finding.owners) or finding.unit),
        text(finding.task),
        text(finding.window),
        text(finding.message),
        text(finding.hint),
        text(finding.waiver),
        text(f"{finding.file}:{finding.span.line}"),
        text(finding.code),
        text(finding.fingerprint[:7]),
    )


def _rules(report: Report) -> Iterator[tuple[WorkbookCell, ...]]:
    for word, outcomes in ((_CRASHED, report.crashed), (_SKIPPED, report.skipped)):
        for outcome in outcomes:
            yield _rule(word, outcome)


def _rule(word: str, outcome: RuleOutcome) -> tuple[WorkbookCell, ...]:
    said = f"{outcome.rule.summary}（{word}：{outcome.why}）"
    blank = text("")
    return (
        text("规则"),
        text(word),
        *(blank,) * 3,
        text(said),
        *(blank,) * 3,
        text(outcome.code),
        blank,
    )


def overview_sheet(report: Report, name: str, sheets: Mapping[str, str]) -> Content:
    """Put the units on a sheet, each leading to its own."""
    rows = [
        _unit(report, number, tally, sheets.get(tally.unit, ""))
        for number, tally in enumerate(unit_tallies(report), start=1)
    ]
    return Content(
        name=name,
        title=f"各单位{years_words(report)}落实情况汇总",
        lines=(
            as_of_words(report.as_of),
            *_shares(report),
            f"{ANSWERS_WORDS}；{UNFULFILLED_WORDS}；点单位名称看明细；合计随筛选变化",
        ),
        columns=_UNIT_COLUMNS,
        rows=rows,
        colouring=Colouring(("情况",), "情况", {_OWING: "yellow", _CLEAN: "green"}),
        total=("汇总任务", "未落实", "欠进度", "待核实", "错误", "警告"),
    )


def _shares(report: Report) -> Iterator[str]:
    """Say the rate of each kind of task and how the reports came in, each by itself."""
    said = (shares_words(report.standings), *in_time_words(report))
    if any(said):
        yield "；".join(filter(None, said))


def _unit(report: Report, number: int, tally: UnitTally, sheet: str) -> tuple[WorkbookCell, ...]:
    return (
        whole(number),
        WorkbookCell(tally.unit, link=sheet),
        text(receipt_words(report, tally.unit)),
        *(whole(count) for count in tally.numbers),
        text(_CLEAN if tally.clean else _OWING),
    )
