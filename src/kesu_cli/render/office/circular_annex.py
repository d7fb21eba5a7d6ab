"""The tables behind a circular (通报的附件): figures, actions, units, problems."""

from collections.abc import Iterator, Mapping, Sequence

from kesu_cli.diagnostic import Finding
from kesu_cli.render.office.official_wording import amount, per_cent, tight
from kesu_cli.render.tallies import by_chapter, by_word, is_figure, receipt_words, share_met, unit_tallies
from kesu_cli.render.wording import (
    NONE,
    SEVERITY_WORDS,
    listed,
    owner_words,
    points,
    target_words,
    unit_of_measure,
    verdict_words,
)
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.verdict import Verdict

Row = Mapping[str, object]


def figures(report: Report) -> Iterator[Row]:
    """Hold actual against target and completion against pace, side by side."""
    rows = (standing for standing in report.standings if is_figure(standing))
    for number, standing in enumerate(rows, start=1):
        yield {"序号": number, **_figure(standing)}


def _figure(standing: Standing) -> Row:
    unit = unit_of_measure(standing.task)
    share = standing.completion
    return {
        "任务": standing.task.name,
        "牵头": standing.unit or owner_words(standing.task),
        "考核期": standing.window.label,
        "目标": tight(target_words(standing.task)),
        "完成": NONE if standing.actual is None else amount(standing.actual, unit),
        "完成率": NONE if share is None else per_cent(share),
        "序时进度": per_cent(standing.pace),
        "进度差": points(standing.gap),
        "状态": verdict_words(standing),
    }


def actions(report: Report) -> Iterator[Row]:
    """Count the verdicts of every part of the plan, and of all."""
    for number, (chapter, standings) in enumerate(by_chapter(report).items(), start=1):
        yield {"序号": number, "行动": chapter.name, **_counts(standings)}
    yield {"序号": "", "行动": "合计", **_counts(report.standings)}


def _counts(standings: Sequence[Standing]) -> Row:
    share, found = share_met(standings), by_word(standings)
    short = found[Verdict.MISSED.label] + found[Verdict.UNREPORTED.label]
    return {
        "考核": len(standings),
        **{word: number or NONE for word, number in found.items()},
        "未落实": short or NONE,
        "达标率": NONE if share is None else per_cent(share),
    }


def units(report: Report) -> Iterator[Row]:
    """Count for every unit what it answers for and what is wrong with it."""
    for number, tally in enumerate(unit_tallies(report), start=1):
        yield {
            "序号": number,
            "单位": tally.unit,
            "报告": receipt_words(report, tally.unit),
            "汇总": tally.answers,
            "未落实": tally.short or NONE,
            "欠进度": tally.behind or NONE,
            "错误": tally.errors or NONE,
            "警告": tally.warnings or NONE,
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
