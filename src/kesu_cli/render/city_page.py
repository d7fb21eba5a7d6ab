"""The whole city on a page: by action, then by unit."""

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from kesu_cli.render.summary import (
    VERDICT_GROUPS,
    by_chapter,
    grouped,
    is_figure,
    receipt_words,
    share_met,
    unit_tallies,
)
from kesu_cli.render.table import banner, figure_table, grid, next_step, section
from kesu_cli.render.wording import NONE, counts_line, listed, per_cent, subject
from kesu_cli.report import Report


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
    names = [name for name, _ in VERDICT_GROUPS]
    table = grid("行动", "考核", *names, "达标率", right=("考核", *names, "达标率"))
    for chapter, standings in by_chapter(report).items():
        cells = (str(tally) if tally else NONE for tally in grouped(standings).values())
        share = per_cent(share_met(standings))
        table.add_row(f"{chapter.id} {chapter.name}", str(len(standings)), *cells, share)
    return table


def _by_unit(report: Report) -> Iterator[RenderableType]:
    table = grid(
        "单位", "报送", "汇总任务", "未落实", "错误", "警告", right=("汇总任务", "未落实", "错误", "警告")
    )
    tallies = unit_tallies(report)
    for tally in tallies:
        if not tally.clean:
            numbers = (tally.answers, tally.short, tally.errors, tally.warnings)
            table.add_row(tally.unit, receipt_words(report, tally.late), *map(str, numbers))
    if table.row_count:
        yield table
    clean = [tally.unit for tally in tallies if tally.clean]
    if clean:
        yield Text(f"没有问题的单位有{len(clean)}个：{listed(clean)}")
