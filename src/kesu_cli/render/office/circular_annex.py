"""The tables behind a circular (通报的附件): figures, actions, units, problems."""

from collections.abc import Iterator, Mapping, Sequence

from kesu_cli.diagnostic import Finding
from kesu_cli.render.office.official_wording import tight
from kesu_cli.render.standing_row import row_of
from kesu_cli.render.tallies import (
    ACTION_COLUMNS,
    action_counts,
    by_chapter,
    by_word,
    is_figure,
    receipt_words,
    shares_words,
    unit_tallies,
)
from kesu_cli.render.wording import NONE, SEVERITY_WORDS, listed
from kesu_cli.report import Report
from kesu_cli.standing import Standing

Row = Mapping[str, object]


def figures(report: Report) -> Iterator[Row]:
    """Hold actual against target and completion against pace, side by side."""
    rows = (standing for standing in report.standings if is_figure(standing))
    for number, standing in enumerate(rows, start=1):
        yield {"序号": number, **_figure(standing)}


def _figure(standing: Standing) -> Row:
    row = row_of(standing)
    return {
        "任务": row.name,
        "牵头": row.owner,
        "考核期": row.window,
        "目标": tight(row.asked),
        "完成": tight(row.actual),
        "完成率": row.completion,
        "序时进度": row.pace,
        "进度差": row.gap,
        "状态": tight(row.verdict),
    }


def actions(report: Report) -> Iterator[Row]:
    """Count the verdicts of every part of the plan, and of all, each kind of task by itself."""
    for number, (chapter, standings) in enumerate(by_chapter(report).items(), start=1):
        yield {"序号": number, "行动": chapter.name, **_counts(standings)}
    yield {"序号": "", "行动": "合计", **_counts(report.standings)}


def _counts(standings: Sequence[Standing]) -> Row:
    lacking = dict(zip(ACTION_COLUMNS, action_counts(standings), strict=True))
    return {
        "考核": len(standings),
        **by_word(standings),
        **lacking,
        "待核实": lacking["其中待核实"],
        "达标率": shares_words(standings) or NONE,
    }


def units(report: Report) -> Iterator[Row]:
    """Count for every unit what it answers for and what is wrong with it."""
    for number, tally in enumerate(unit_tallies(report), start=1):
        yield {
            "序号": number,
            "单位": tally.unit,
            "报告": receipt_words(report, tally.unit),
            "汇总": tally.answers,
            "未落实": tally.short,
            "欠进度": tally.behind,
            "待核实": tally.unverified,
            "错误": tally.errors,
            "警告": tally.warnings,
        }


def problems(report: Report) -> Iterator[Row]:
    """List everything found, the waived marked."""
    for number, finding in enumerate(report.findings, start=1):
        yield {"序号": number, **_problem(finding)}


def _problem(finding: Finding) -> Row:
    waived = f"（已豁免：{finding.waiver}）" if finding.waiver else ""
    return {
        "级别": SEVERITY_WORDS[finding.severity] if finding.counts else "已豁免",
        "单位": listed(finding.owners) or finding.unit or NONE,
        "问题": f"{finding.message}{waived}",
        "办理": finding.hint or NONE,
    }
