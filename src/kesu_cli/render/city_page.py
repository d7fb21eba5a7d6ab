"""The whole city on a page: by action, then by unit."""

from collections.abc import Iterator, Sequence
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
    ("达进度", (Verdict.ON_PACE,)),
    ("进行中", (Verdict.OPEN, Verdict.UPCOMING)),
    ("待核实", (Verdict.UNVERIFIED,)),
    ("欠进度", (Verdict.BEHIND,)),
    ("未达标", (Verdict.MISSED,)),
    ("未报送", (Verdict.UNREPORTED,)),
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
    table = grid("编号", "行动", "考核数", *names, "达标率", right=("考核数", *names, "达标率"))
    for (number, name), standings in chapters.items():
        tallies = (sum(s.verdict in verdicts for s in standings) for _, verdicts in _COLUMNS)
        cells = (str(tally) if tally else NONE for tally in tallies)
        table.add_row(number, name, str(len(standings)), *cells, _share_met(standings))
    return table


def _share_met(standings: Sequence[Standing]) -> str:
    """Return the share of tasks met among those whose window is over."""
    over = [standing for standing in standings if standing.over]
    met = sum(standing.verdict is Verdict.MET for standing in over)
    return per_cent(Fraction(met, len(over))) if over else NONE


def _by_unit(report: Report) -> Iterator[RenderableType]:
    table = grid(
        "单位", "报送", "汇总任务", "未落实", "错误", "警告", right=("汇总任务", "未落实", "错误", "警告")
    )
    short = {Verdict.MISSED, Verdict.UNREPORTED, Verdict.BEHIND}
    clean: list[str] = []
    for unit in report.units.reporting if report.units else ():
        own = [s for s in report.standings if unit in s.task.answering(s.unit)]
        failing = sum(s.verdict in short for s in own)
        found = [f for f in report.findings if f.counts and unit in (f.unit, *f.owners)]
        errors = sum(f.severity is Severity.ERROR for f in found)
        warnings = sum(f.severity is Severity.WARNING for f in found)
        receipts = [h for h in report.handovers if h.unit == unit and h.receipt is not Receipt.COMPLETE]
        if not (failing or errors or warnings or receipts):
            clean.append(unit)
            continue
        said = listed(f"{h.year} {h.receipt.label}" for h in receipts) or Receipt.COMPLETE.label
        table.add_row(unit, said, str(len(own)), str(failing), str(errors), str(warnings))
    if table.row_count:
        yield table
    if clean:
        yield Text(f"没有问题的单位 {len(clean)} 个：{listed(clean)}")
