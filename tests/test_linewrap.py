"""A page of any width loses nothing, is no wider than it may be, and breaks where Chinese may break."""

import io
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.text import Text

from examples import TODAY
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.explain import explain
from kesu_cli.linewrap import CLOSING, OPENING, breaks, cells, pieces, wrap
from kesu_cli.render.terminal import (
    check_page,
    city_page,
    explanation_page,
    plan_page,
    rule_page,
    unit_page,
)
from kesu_cli.render.terminal.grid import Grid, shares
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.render.terminal.text_page import TextPage, Title
from kesu_cli.render.terminal.wrapped_text import Prose, prose
from kesu_cli.rules.book import RULES

PROGRESS = Path(__file__).parent.parent / "progress"
WIDTHS = st.integers(min_value=40, max_value=140)
SIGNS = "，。、；：）》”（《“"
WORDS = st.one_of(
    st.sampled_from(
        ["M06-1", "2024-07-16", "15150", "progress/2024/市教体局.yaml:7", "counted_by:", "12.9%"]
    ),
    st.text("培训科技辅导员与市合办的", min_size=1, max_size=9),
    st.sampled_from(SIGNS),
    st.just(" "),
)
SENTENCES = st.lists(WORDS, max_size=40).map("".join)


def bare(text: str) -> str:
    return "".join(text.split())


@given(text=SENTENCES, width=WIDTHS)
def test_nothing_is_lost_and_no_line_is_wider_than_the_page(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert bare(text) == bare("".join(lines))
    assert all(cells(line) <= width for line in lines)


@given(text=SENTENCES, width=WIDTHS)
def test_a_line_breaks_only_between_pieces_that_fit(text: str, width: int) -> None:
    whole = pieces(text)
    if any(cells(piece.rstrip()) > width for piece in whole):
        return  # what fits no line must be cut somewhere
    ends = {sum(map(len, whole[:number])) for number in range(len(whole) + 1)}
    assert set(breaks(text, width)) <= ends


@example(text=f"{'M06-1' * 5} {'M06-1' * 3}{'与' * 9}（ M06-1", width=40)
@given(text=SENTENCES, width=WIDTHS)
def test_no_line_begins_with_a_comma_or_ends_with_a_bracket(text: str, width: int) -> None:
    if any(cells(piece.rstrip()) > width for piece in pieces(text)):
        return
    lines = [line for line in wrap(text, width) if line]
    assert [line for line in lines[1:] if line[0] in CLOSING] == []
    assert [line for line in lines[:-1] if line[-1] in OPENING] == []


@given(text=st.text(max_size=60), width=st.integers(min_value=2, max_value=12))
def test_even_what_fits_no_line_is_kept_to_the_last_character(text: str, width: int) -> None:
    lines = [line for part in text.splitlines() for line in wrap(part, width)]
    assert bare(text) == bare("".join(lines))
    assert all(cells(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("任务 M06-1、M30-5 还差 4850 人次", ["任务 M06-1、", "M30-5 还差", "4850 人次"]),
        ("自 2024-07-08 至 2024-07-12", ["自", "2024-07-08", "至", "2024-07-12"]),
        ("见《方案》（上）。", ["见《方案》", "（上）。"]),
        ("aaaaaaaaaaaaaaa", ["aaaaaaaaaaaa", "aaa"]),
    ],
)
def test_lines_of_twelve_cells(text: str, expected: list[str]) -> None:
    assert expected == wrap(text, 12)


def test_a_path_stays_whole_with_its_line() -> None:
    lines = wrap("请看 progress/2024/市农业农村局.yaml:42:5，再改", 40)
    assert lines == ["请看", "progress/2024/市农业农村局.yaml:42:5，再", "改"]


# --- in rich


def drawn(part: RenderableType, width: int) -> list[str]:
    return to_bytes(part, width).decode().splitlines()


@given(text=SENTENCES, width=WIDTHS)
def test_prose_breaks_as_lines_do_and_measures_what_it_needs(text: str, width: int) -> None:
    written = [line.rstrip() for line in drawn(Prose(text), width)]
    assert bare(text) == bare("".join(written))
    assert all(cell_len(line) <= width for line in written)
    measured = Prose(text).__rich_measure__(Console(width=width), Console(width=width).options)
    assert measured.maximum == cell_len(text.rstrip())
    assert measured.minimum == max((cell_len(piece.rstrip()) for piece in pieces(text)), default=0)


def test_styles_survive_the_breaks() -> None:
    text = prose(Text("培训科技辅导员").append("未达标", style="bold red"))
    stream = io.StringIO()
    Console(file=stream, width=8, force_terminal=True, color_system="standard").print(text)
    assert stream.getvalue().count("\x1b[1;31m") == 2


@given(
    rows=st.lists(st.tuples(SENTENCES, SENTENCES, SENTENCES), min_size=1, max_size=4),
    width=WIDTHS,
    headed=st.booleans(),
)
def test_a_table_of_any_width_holds_every_cell(
    rows: list[tuple[str, str, str]], width: int, headed: bool
) -> None:
    table = Grid("甲", "乙", "丙", right=("丙",))
    for first, second, third in rows:
        table.add_row(first, second, third, head="名称" if headed else None)
    lines = drawn(table, width)
    assert all(cell_len(line) <= width for line in lines)
    flat = sorted(bare("".join(lines)))
    for row in rows:
        for cell in row:
            assert not set(bare(cell)) - set(flat)


@given(
    spans=st.lists(st.tuples(st.integers(0, 20), st.integers(0, 60)), min_size=1, max_size=8),
    room=st.integers(0, 140),
)
def test_columns_share_the_room_and_none_gets_more_than_it_can_use(
    spans: list[tuple[int, int]], room: int
) -> None:
    ordered = [(least, least + more) for least, more in spans]
    widths = shares(ordered, room)
    assert all(least <= width <= most for width, (least, most) in zip(widths, ordered, strict=True))
    least, most = sum(least for least, _ in ordered), sum(most for _, most in ordered)
    assert sum(widths) == max(least, min(most, room))


def test_the_line_of_a_title_is_as_long_as_the_page_and_not_the_console() -> None:
    lines = drawn(TextPage([Title("一、题目"), Prose("正文比题目长得多，有三十个格子")]), 100)
    assert [cell_len(line) for line in lines] == [cell_len(lines[1])] * 2


@cache
def pages() -> dict[str, RenderableType]:
    whole = check(Request((PROGRESS / "2024",), TODAY), "test")
    half = check(Request((PROGRESS / "2024",), TODAY, date(2024, 6, 30)), "test")
    own = check(Request((PROGRESS / "2024",), TODAY, unit="市农业农村局"), "test")
    request = Request((PROGRESS / "2024",), TODAY)
    assert whole.plan is not None
    assert whole.terms is not None
    return {
        "table": check_page.layout(whole),
        "half a year": check_page.layout(half),
        "city": city_page.layout(whole),
        "unit": unit_page.layout(own),
        "figure": explanation_page.layout(explain(request, "M08-4", "test")),
        "each": explanation_page.layout(explain(request, "S1-6", "test")),
        "plan": plan_page.overview_layout(whole.plan),
        "units": plan_page.units_layout(whole.terms),
        "rules": rule_page.rule_table(RULES),
    }


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_every_page_breaks_well_at_every_width(width: int) -> None:
    for name, page in pages().items():
        lines = [line.strip() for line in drawn(page, width) if line.strip()]
        assert [line for line in lines if cell_len(line) > width] == [], name
        assert [line for line in lines if line[0] in "，。、；：）》”"] == [], name
        assert [line for line in lines if line[-1] in "（《“"] == [], name
