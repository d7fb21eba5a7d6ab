"""The whole city on a page: by action, then by unit."""

from collections import Counter
from collections.abc import Container, Iterator, Sequence
from fractions import Fraction

from rich.console import Group, RenderableType
from rich.text import Text

from kesu_cli.finding import Severity
from kesu_cli.handover import Receipt
from kesu_cli.render.table import banner, figure_table, grid, is_figure, next_step, section
from kesu_cli.render.wording import NONE, counts_line, listed, per_cent, subject
from kesu_cli.report import Report
from kesu_cli.standing import Standing, Verdict

_COLUMNS = (
    ("达标", (Verdict.MET,)),
    ("进行中", (Verdict.ON_PACE, Verdict.OPEN, Verdict.UPCOMING)),
    ("待核实", (Verdict.UNVERIFIED,)),
    ("欠进度", (Verdict.BEHIND,)),
    ("未落实", (Verdict.MISSED, Verdict.UNREPORTED)),
    ("已豁免", (Verdict.WAIVED,)),
)


def layout(report: Report) -> Group:
    """Lay the city out."""
    return Group(*_parts(report))


def _parts(report: Report) -> Iterator[RenderableType]:
    yield from banner(report, f"全市{subject(report)}")
    figures = [standing for standing in report.standings if is_figure(standing)]
    if figures:
        yield from section("一、有数量和频次要求的任务")
        yield figure_table(figures)
    yield from section("二、各项行动")
    yield _by_chapter(report)
    yield Text("“未落实”是未达标和未报送之和；达标率只算考核期已经结束的。", style="dim")
    yield from section("三、各单位")
    yield from _by_unit(report)
    yield Text()
    yield Text(f"合计：{counts_line(report)}")
    yield Text(f"下一步：{next_step(report)}", style="bold")


def _by_chapter(report: Report) -> RenderableType:
    chapters: dict[tuple[str, str], list[Standing]] = {}
    for standing in report.standings:
        chapter = standing.task.chapter
        chapters.setdefault((chapter.id, chapter.name), []).append(standing)
    names = [name for name, _ in _COLUMNS]
    table = grid("行动", "考核", *names, "达标率", right=("考核", *names, "达标率"))
    for (number, name), standings in chapters.items():
        tallies = (sum(s.verdict in verdicts for s in standings) for _, verdicts in _COLUMNS)
        cells = (str(tally) if tally else NONE for tally in tallies)
        table.add_row(f"{number} {name}", str(len(standings)), *cells, _share_met(standings))
    return table


def _share_met(standings: Sequence[Standing]) -> str:
    """Return the share of tasks met among those whose window is over."""
    over = [standing for standing in standings if standing.concluded]
    met = sum(standing.verdict is Verdict.MET for standing in over)
    return per_cent(Fraction(met, len(over))) if over else NONE


def _by_unit(report: Report) -> Iterator[RenderableType]:
    table = grid(
        "单位", "报送", "汇总任务", "未落实", "错误", "警告", right=("汇总任务", "未落实", "错误", "警告")
    )
    short = {Verdict.MISSED, Verdict.UNREPORTED, Verdict.BEHIND}
    answers, failing, errors, warnings = _tallies(report, short)
    late = _not_in_time(report)
    clean: list[str] = []
    for unit in report.units.reporting if report.units else ():
        if not (failing[unit] or errors[unit] or warnings[unit] or unit in late):
            clean.append(unit)
            continue
        said = listed(late.get(unit, (Receipt.COMPLETE.label,)))
        table.add_row(unit, said, *(str(tally[unit]) for tally in (answers, failing, errors, warnings)))
    if table.row_count:
        yield table
    if clean:
        yield Text(f"没有问题的单位有{len(clean)}个：{listed(clean)}")


def _tallies(report: Report, short: Container[Verdict]) -> tuple[Counter[str], ...]:
    """Count for every unit the standings it answers for, those short, its errors and its warnings."""
    answers: Counter[str] = Counter()
    failing: Counter[str] = Counter()
    for standing in report.standings:
        for unit in standing.task.answering(standing.unit):
            answers[unit] += 1
            failing[unit] += standing.verdict in short
    found = {Severity.ERROR: Counter[str](), Severity.WARNING: Counter[str](), Severity.NOTE: Counter[str]()}
    for finding in report.findings:
        if finding.counts:
            found[finding.severity].update({finding.unit, *finding.owners})
    return answers, failing, found[Severity.ERROR], found[Severity.WARNING]


def _not_in_time(report: Report) -> dict[str, list[str]]:
    late: dict[str, list[str]] = {}
    for handover in report.handovers:
        if handover.receipt is not Receipt.COMPLETE:
            year = f"{handover.year} " if len(report.years) > 1 else ""
            late.setdefault(handover.unit, []).append(f"{year}{handover.receipt.label}")
    return late
