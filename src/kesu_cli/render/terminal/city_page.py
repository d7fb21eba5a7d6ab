"""The whole city on a page: by action, then by unit."""

from collections.abc import Iterable, Iterator, Sequence

from kesu_cli.render.tallies import (
    ACTION_COLUMNS,
    ACTION_WORDS,
    ANSWERS_WORDS,
    SHARE_WORDS,
    UNFULFILLED_WORDS,
    action_counts,
    by_chapter,
    by_kind,
    by_word,
    in_time_words,
    is_figure,
    is_in_doubt,
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
from kesu_cli.render.wording import COUNTED_BY_TIMES, counts_line, listed, per_cent, subject
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
    yield Prose()
    yield _by_kind(report)
    yield Prose("\n".join(f"报送：{said}" for said in in_time_words(report)))
    yield Prose(f"{COUNTED_BY_TIMES}{ACTION_WORDS}。{SHARE_WORDS}。", style="dim")
    yield from section("三、各单位")
    yield from _by_unit(report)
    yield Prose(f"{ANSWERS_WORDS}；{UNFULFILLED_WORDS}；错误、警告按问题的条数计。", style="dim")
    yield Prose()
    yield Prose(f"合计：{counts_line(report)}")
    yield Prose(f"下一步：{next_step(report)}", style="bold")


def _by_chapter(report: Report) -> Part:
    rows = [
        (f"{chapter.id} {chapter.name}", action_counts(standings))
        for chapter, standings in by_chapter(report).items()
    ]
    return _table("行动", ACTION_COLUMNS, rows)


def _by_kind(report: Report) -> Part:
    """Sum up each kind of task by itself: what is counted so differently has no common sum."""
    names = words_used(report)
    rows: list[tuple[str, Sequence[str]]] = []
    for kind, standings in by_kind(report.standings).items():
        counts = by_word(standings)
        in_doubt = str(sum(map(is_in_doubt, standings)))
        numbers = (str(len(standings)), *(str(counts[word]) for word in names), in_doubt)
        rows.append((kind, (*numbers, per_cent(share_met(standings)))))
    return _table("合计", ("项次", *names, "其中待核实", "达标率"), rows)


def _table(name: str, numbers: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> Part:
    wide, narrow = Grid(name, *numbers, right=numbers), Grid(*numbers, right=numbers)
    for head, cells in rows:
        wide.add_row(head, *cells)
        narrow.add_row(*cells, head=head)
    return Fitting(wide, narrow)


def _by_unit(report: Report) -> Iterator[Part]:
    numbers = ("汇总任务", "未落实", "欠进度", "待核实", "错误", "警告")
    table = Grid("单位", "报送", *numbers, right=numbers)
    tallies = unit_tallies(report)
    for tally in tallies:
        if not tally.clean:
            table.add_row(tally.unit, receipt_words(report, tally.unit), *map(str, tally.numbers))
    if table.rows:
        yield table
    clean = [tally.unit for tally in tallies if tally.clean]
    if clean:
        yield Prose(f"没有问题的单位有{len(clean)}个：{listed(clean)}")
