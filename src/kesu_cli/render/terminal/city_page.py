"""The whole city on a page: by action, then by unit."""

from collections.abc import Iterator

from kesu_cli.render.tallies import (
    ANSWERS_WORDS,
    UNFULFILLED_WORDS,
    by_chapter,
    by_word,
    is_figure,
    receipt_words,
    share_met,
    unit_tallies,
    words_used,
)
from kesu_cli.render.terminal.check_page import next_step
from kesu_cli.render.terminal.figure_table import FigureTable
from kesu_cli.render.terminal.grid import Fitting, Grid
from kesu_cli.render.terminal.page_part import Part, banner, section
from kesu_cli.render.terminal.text_page import TextPage
from kesu_cli.render.terminal.wrapped_text import Prose
from kesu_cli.render.wording import COUNTED_BY_TIMES, NONE, counts_line, listed, per_cent, subject
from kesu_cli.report import Report


def layout(report: Report) -> TextPage:
    """Lay the city out."""
    return TextPage(_parts(report))


def _parts(report: Report) -> Iterator[Part]:
    yield from banner(report, f"全市{subject(report)}")
    figures = [standing for standing in report.standings if is_figure(standing)]
    if figures:
        yield from section("一、有数量和频次要求的任务")
        yield FigureTable(figures)
    yield from section("二、各项行动")
    yield _by_chapter(report)
    yield Prose(f"{COUNTED_BY_TIMES}达标率只算考核期已经结束的。", style="dim")
    yield from section("三、各单位")
    yield from _by_unit(report)
    yield Prose(f"{ANSWERS_WORDS}；{UNFULFILLED_WORDS}；错误、警告按问题的条数计。", style="dim")
    yield Prose()
    yield Prose(f"合计：{counts_line(report)}")
    yield Prose(f"下一步：{next_step(report)}", style="bold")


def _by_chapter(report: Report) -> Part:
    names = words_used(report)
    numbers = ("项次", *names, "达标率")
    wide, narrow = Grid("行动", *numbers, right=numbers), Grid(*numbers, right=numbers)
    rows = {f"{chapter.id} {chapter.name}": standings for chapter, standings in by_chapter(report).items()}
    for name, standings in (*rows.items(), ("合计", report.standings)):
        counts = by_word(standings)
        words = (str(counts[word] or NONE) for word in names)
        cells = (str(len(standings)), *words, per_cent(share_met(standings)))
        wide.add_row(name, *cells)
        narrow.add_row(*cells, head=name)
    return Fitting(wide, narrow)


def _by_unit(report: Report) -> Iterator[Part]:
    numbers = ("汇总任务", "未落实", "欠进度", "错误", "警告")
    table = Grid("单位", "报送", *numbers, right=numbers)
    tallies = unit_tallies(report)
    for tally in tallies:
        if not tally.clean:
            counts = (tally.answers, tally.short, tally.behind, tally.errors, tally.warnings)
            table.add_row(tally.unit, receipt_words(report, tally.unit), *map(str, counts))
    if table.rows:
        yield table
    clean = [tally.unit for tally in tallies if tally.clean]
    if clean:
        yield Prose(f"没有问题的单位有{len(clean)}个：{listed(clean)}")
