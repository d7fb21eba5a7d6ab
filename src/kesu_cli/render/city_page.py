"""The whole city on a page: by action, then by unit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction

from kesu_cli.handover import Receipt
from kesu_cli.render.figure import FigureTable
from kesu_cli.render.grid import Grid
from kesu_cli.render.part import Part, banner, section
from kesu_cli.render.prose import Prose
from kesu_cli.render.sheet import Sheet
from kesu_cli.render.table import is_figure, next_step
from kesu_cli.render.wording import (
    COUNTED_BY_TIMES,
    NONE,
    SEVERITY_WORDS,
    counts_line,
    listed,
    per_cent,
    subject,
)
from kesu_cli.report import Report
from kesu_cli.standing import Standing, Verdict

_COLUMNS = {
    Verdict.MET: "达标",
    Verdict.ON_PACE: "进行中",
    Verdict.OPEN: "进行中",
    Verdict.UPCOMING: "进行中",
    Verdict.UNVERIFIED: "待核实",
    Verdict.BEHIND: "欠进度",
    Verdict.MISSED: "未落实",
    Verdict.UNREPORTED: "未落实",
    Verdict.WAIVED: "已豁免",
}


def layout(report: Report) -> Sheet:
    """Lay the city out."""
    return Sheet(_parts(report))


def _parts(report: Report) -> Iterator[Part]:
    yield from banner(report, f"全市{subject(report)}")
    figures = [standing for standing in report.standings if is_figure(standing)]
    if figures:
        yield from section("一、有数量和频次要求的任务")
        yield FigureTable(figures)
    yield from section("二、各项行动")
    yield _by_chapter(report)
    yield Prose(f"{COUNTED_BY_TIMES}“未落实”是未达标和未报送之和；达标率只算考核期已经结束的。", style="dim")
    yield from section("三、各单位")
    yield from _by_unit(report)
    yield Prose(
        "“汇总任务”按任务计，一项任务有几个考核期也只算一项；其余各列按项次和问题的条数计。", style="dim"
    )
    yield Prose()
    yield Prose(f"合计：{counts_line(report)}")
    yield Prose(f"下一步：{next_step(report)}", style="bold")


def _by_chapter(report: Report) -> Part:
    chapters: dict[tuple[str, str], list[Standing]] = {}
    for standing in report.standings:
        chapter = standing.task.chapter
        chapters.setdefault((chapter.id, chapter.name), []).append(standing)
    names = list(dict.fromkeys(_COLUMNS.values()))
    table = Grid("行动", "项次", *names, "达标率", right=("项次", *names, "达标率"))
    for (number, name), standings in chapters.items():
        tally = Counter(_column(standing) for standing in standings)
        cells = (str(tally[column]) if tally[column] else NONE for column in names)
        table.add_row(f"{number} {name}", str(len(standings)), *cells, _share_met(standings))
    return table


def _column(standing: Standing) -> str:
    """Sort a standing into a column: what may still be reported is under way."""
    is_awaited = standing.verdict is Verdict.UNREPORTED and not standing.over
    return _COLUMNS[Verdict.OPEN if is_awaited else standing.verdict]


def _share_met(standings: Sequence[Standing]) -> str:
    """Return the share of tasks met among those whose window is over."""
    over = [standing for standing in standings if standing.concluded]
    met = sum(standing.verdict is Verdict.MET for standing in over)
    return per_cent(Fraction(met, len(over))) if over else NONE


def _by_unit(report: Report) -> Iterator[Part]:
    numbers = ("汇总任务", "未落实", "欠进度", "错误", "警告")
    table = Grid("单位", "报送", *numbers, right=numbers)
    tallies = _tallies(report)
    amiss = {handover.unit for handover in report.handovers if handover.is_amiss}
    clean: list[str] = []
    for unit in report.units.reporting if report.units else ():
        if (
            not any(tally[unit] for name, tally in tallies.items() if name != "汇总任务")
            and unit not in amiss
        ):
            clean.append(unit)
            continue
        table.add_row(unit, _receipts(report, unit), *(str(tallies[name][unit]) for name in numbers))
    if table.rows:
        yield table
    if clean:
        yield Prose(f"没有问题的单位有{len(clean)}个：{listed(clean)}")


def _tallies(report: Report) -> dict[str, Counter[str]]:
    """Count for every unit its tasks, the standings among them that are short, and its findings."""
    tallies = {name: Counter[str]() for name in ("汇总任务", "未落实", "欠进度", "错误", "警告")}
    tasks = {standing.task.id: standing.task for standing in report.standings}
    for task in tasks.values():
        tallies["汇总任务"].update(
            unit for unit in task.owners or task.answering(None) if task.answered_by(unit)
        )
    for standing in report.standings:
        column = _column(standing)
        if column in tallies:
            tallies[column].update(standing.task.answering(standing.unit))
    for finding in report.findings:
        word = SEVERITY_WORDS[finding.severity]
        if finding.counts and word in tallies:
            tallies[word].update({finding.unit, *finding.owners})
    return tallies


def _receipts(report: Report, unit: str) -> str:
    """Say how the reports of a unit came in; of several years those that are amiss."""
    own = [handover for handover in report.handovers if handover.unit == unit]
    told = [handover for handover in own if handover.is_amiss or len(report.years) == 1]
    year = len(report.years) > 1
    said = [f"{handover.year} {handover.label}" if year else handover.label for handover in told]
    return listed(said) or Receipt.COMPLETE.label
