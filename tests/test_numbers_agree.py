"""One word, one number: what is printed for people adds up, and says the same on every page of one report."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from lxml import html as page_parser

from examples import TODAY
from kesu_cli.engine.check import Request, check
from kesu_cli.model.amount import fixed
from kesu_cli.render.format_table import format_named
from kesu_cli.render.office import circular
from kesu_cli.render.tallies import (
    EACH,
    GENERAL,
    HARD,
    by_kind,
    counted_word,
    is_behind,
    is_figure,
    is_in_doubt,
    is_unfulfilled,
)
from kesu_cli.render.terminal import check_page, city_page, unit_page
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.render.web.board_page import render as render_html
from kesu_cli.report import Report
from kesu_cli.verdict import Verdict
from office import opened
from test_formats import lay_out

PROGRESS = Path(__file__).parent.parent / "progress"
KINDS = (HARD, GENERAL, EACH)
LACKING = ("未落实", "欠进度", "其中待核实")
Row = Mapping[str, str]


@pytest.fixture(
    scope="module", params=["a year", "the middle of a year", "all years", "the first day", "a small world"]
)
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Report:
    paths = {
        "a year": (PROGRESS / "2024", None),
        "the middle of a year": (PROGRESS / "2024", date(2024, 6, 30)),
        "all years": (PROGRESS, date(2025, 12, 31)),
        "the first day": (PROGRESS / "2021", date(2021, 1, 1)),
    }
    path, day = paths.get(request.param, (None, None))
    return check(Request((path or lay_out(tmp_path_factory.mktemp("world")),), TODAY, day), "test")


@pytest.fixture(scope="module")
def words(report: Report) -> Counter[str]:
    return Counter(map(counted_word, report.standings))


@pytest.fixture(scope="module")
def expected(report: Report) -> dict[str, tuple[int, int]]:
    """Count met and all of each kind, and what lacks, by the verdict at the worse end."""
    kinds = by_kind(report.standings)
    met = {
        kind: (sum(s.worst is Verdict.MET for s in kinds.get(kind, ())), len(kinds.get(kind, ())))
        for kind in KINDS
    }
    tests = (is_unfulfilled, is_behind, is_in_doubt)
    lacking = {name: (sum(map(t, report.standings)), 0) for name, t in zip(LACKING, tests, strict=True)}
    return met | lacking


def number(text: str) -> int:
    return int(float(text)) if text[:1].isdigit() else 0


def fraction(text: str) -> tuple[int, int]:
    """Read 17/18, a count alone, or the dash that stands where there is nothing."""
    met, _, of = text.partition("/")
    return number(met), number(of)


def counts_of(row: Row) -> dict[str, tuple[int, int]]:
    """Read the counts of a part of the plan, whatever else its columns are called."""
    return {name: fraction(next(row[key] for key in row if name in key)) for name in (*KINDS, *LACKING)}


def added(rows: Iterable[Row]) -> dict[str, tuple[int, int]]:
    """Add up the counts of the parts of the plan."""
    read = [counts_of(row) for row in rows]
    return {
        name: (sum(row[name][0] for row in read), sum(row[name][1] for row in read))
        for name in (*KINDS, *LACKING)
    }


def counts_in(sentence: str) -> Counter[str]:
    """Read 达标360项次，进行中70项次; how many of them are to be verified stands in brackets."""
    found = re.findall(r"([一-鿿]+?)(\d+)项次", re.sub(r"（.*?）", "", sentence))
    return Counter({word.removeprefix("其中"): int(figure) for word, figure in found})


# --- 通报 --------------------------------------------------------------------


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return circular.render(report)


def tight(text: str) -> str:
    return "".join(text.split())


def annex(content: bytes, title: str) -> list[Row]:
    """Return the rows of the table that has a column of that title."""
    for found in opened(content).tables:
        head = [cell.text for cell in found.rows[0].cells]
        if title in head:
            return [
                dict(zip(map(tight, head), (cell.text for cell in row.cells), strict=True))
                for row in found.rows[1:]
            ]
    return []


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(content).paragraphs]


def of_kinds(content: bytes) -> dict[str, str]:
    """Return what the first section says of each kind of task."""
    found = {
        kind: [text for text in paragraphs(content) if re.match(rf"{kind}(的任务)?\d+项", text)]
        for kind in KINDS
    }
    return {kind: texts[0] for kind, texts in found.items() if texts}


def test_what_the_circular_says_of_each_kind_adds_up_to_all(content: bytes, words: Counter[str]) -> None:
    stated = Counter[str]()
    for sentence in of_kinds(content).values():
        counted = counts_in(sentence.partition("其中")[2].partition("。")[0])
        assert f"分解为{counted.total()}项次" in sentence
        stated.update(counted)
    assert words == stated


def test_the_table_of_actions_adds_up_to_its_last_row(
    content: bytes, expected: Mapping[str, tuple[int, int]]
) -> None:
    *rows, total = annex(content, "行动、章节")
    assert expected == added(rows) == counts_of(total)


def test_what_the_text_says_of_an_action_stands_in_its_row(content: bytes) -> None:
    *rows, _ = annex(content, "行动、章节")
    told = {text.partition("）")[2].partition("。")[0]: text for text in paragraphs(content) if "）" in text}
    for row in rows:
        counts = counts_of(row)
        for kind, amount, said in re.findall(
            rf"({'|'.join(KINDS)})(\d+)项次，(.*?)。", told[row["行动、章节"]]
        ):
            met = int(amount) if said == "全部达标" else counts_in(said)["达标"]
            assert counts[kind] == (met, int(amount))


def test_the_table_of_figures_holds_every_figure_once(content: bytes, report: Report) -> None:
    rows = [(row["任务"], row["考核期"], row["判定"].partition("（")[0]) for row in annex(content, "目标")]
    figures = [s for s in report.standings if is_figure(s)]
    assert rows == [(s.task.name, s.window.label, s.word) for s in figures]


def test_the_share_met_is_that_of_the_numbers_beside_it_and_mixes_no_kinds(
    content: bytes, report: Report
) -> None:
    for kind, sentence in of_kinds(content).items():
        due = [s for s in by_kind(report.standings)[kind] if s.concluded and not s.retroactive]
        found = re.search(r"考核期已经结束的(\d+)项次.*?中达标(\d+)项次，达标率为([\d.]+)%", sentence)
        assert bool(due) == bool(found)
        if found:
            over, met, share = found.groups()
            assert (int(over), int(met)) == (len(due), sum(s.worst is Verdict.MET for s in due))
            assert fixed(Fraction(100 * int(met), int(over)), 1) == share


def test_the_list_of_problems_is_as_long_as_the_text_says(content: bytes, report: Report) -> None:
    listed = Counter(row["级别"] for row in annex(content, "处理办法"))
    listed.pop("已豁免", None)
    if not report.findings:
        assert "检查没有发现问题。" in paragraphs(content)
        assert not listed
        return
    (sentence,) = (text for text in paragraphs(content) if text.startswith("检查共发现问题"))
    found = re.findall(r"(错误|警告|提示)(\d+)个", sentence)
    assert listed == Counter({word: int(figure) for word, figure in found})
    assert f"检查共发现问题{listed.total()}个" in sentence
    assert listed.total() == sum(report.counts.values())


# --- 网页 --------------------------------------------------------------------


def texts(node: page_parser.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in node.xpath(path)]


@pytest.fixture(scope="module")
def page(report: Report) -> page_parser.HtmlElement:
    return page_parser.fromstring(render_html(report))


def board(page: page_parser.HtmlElement, part: str) -> Iterator[Row]:
    (found,) = page.xpath('//table[@class="board"]')
    head = texts(found, "./thead/tr/th")
    for row in found.xpath(f"./{part}/tr"):
        yield dict(zip(head, texts(row, "./th|./td"), strict=True))


def test_the_board_adds_up_to_its_last_row(
    page: page_parser.HtmlElement, expected: Mapping[str, tuple[int, int]], report: Report
) -> None:
    rows = list(board(page, "tbody"))
    if "总体" not in rows[0]:
        assert {"2021年", "跨年度"} <= rows[0].keys()
        return
    (total,) = board(page, "tfoot")
    assert expected == added(rows) == counts_of(total)
    assert total["总体"] == f"{len(report.standings)} 项"


def test_the_words_of_an_action_are_those_of_its_columns(page: page_parser.HtmlElement) -> None:
    for row in board(page, "tbody"):
        if "总体" not in row:
            return
        counts, said = counts_of(row), row["总体"]
        for word, figure in re.findall(r"(未落实|欠进度|其中待核实) (\d+)", said):
            assert counts[word][0] == int(figure)
        kinds = [counts[kind] for kind in KINDS]
        for met, all_ in re.findall(r"达标 (\d+)/(\d+)", said):
            assert (sum(k[0] for k in kinds), sum(k[1] for k in kinds)) == (int(met), int(all_))


# --- 各单位：终端、网页、通报、工作簿 ------------------------------------------

COLUMNS = ("汇总任务", "未落实", "欠进度", "待核实", "错误", "警告")


def by_unit(rows: Iterable[Row]) -> dict[str, tuple[int, ...]]:
    return {row["单位"]: tuple(number(row[name]) for name in COLUMNS) for row in rows}


def of_terminal(report: Report) -> Iterator[Row]:
    """Read the units off the page for a terminal; none of their names has a space in it."""
    text = to_bytes(city_page.layout(report), 160).decode().split("三、各单位")[1]
    lines = [line.split() for line in text.splitlines()[1:] if line]
    if lines[0][0] != "单位":
        return
    head = lines[0]
    for line in lines[2:]:
        numbers = line[-len(COLUMNS) :]
        if not all(cell.isdigit() for cell in numbers):
            return
        yield dict(zip(("单位", *head[2:]), (line[0], *numbers), strict=True))


def of_web_page(page: page_parser.HtmlElement) -> Iterator[Row]:
    for found in page.xpath('//table[@class="units"]'):
        head = texts(found, "./thead/tr/th")
        for row in found.xpath("./tbody/tr"):
            yield dict(zip(head, texts(row, "./th|./td"), strict=True))


def of_workbook(report: Report) -> tuple[list[Row], Row]:
    """Return the rows of the sheet of units, and the row of sums as computed when it was written."""
    content = io.BytesIO(format_named("xlsx").render(report))
    values = openpyxl.load_workbook(content, data_only=True, read_only=True)  # read sheet by sheet, as asked
    lines = [["" if cell is None else str(cell) for cell in row] for row in values["单位汇总"].values]
    start = next(number for number, line in enumerate(lines) if "汇总任务" in line)
    rows: list[Row] = [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]
    return rows[:-1], rows[-1]


def test_a_unit_has_the_same_numbers_on_every_page(
    report: Report, content: bytes, page: page_parser.HtmlElement
) -> None:
    everywhere = by_unit(annex(content, "汇总任务"))
    rows, total = of_workbook(report)
    assert everywhere == by_unit(rows)
    sums = tuple(map(sum, zip(*everywhere.values(), strict=True)))
    assert sums == tuple(number(total[name]) for name in COLUMNS)
    for shown in (by_unit(of_terminal(report)), by_unit(of_web_page(page))):
        assert shown.items() <= everywhere.items()
        assert {unit for unit, counts in everywhere.items() if any(counts[1:])} <= shown.keys()


def test_a_unit_puts_together_as_many_tasks_as_its_own_page_says(report: Report, content: bytes) -> None:
    for unit, (answers, *_) in by_unit(annex(content, "汇总任务")).items():
        text = "".join(to_bytes(unit_page.layout(replace(report, scope=unit)), 160).decode().split())
        if "不单独报送" not in text:
            assert f"由本单位汇总{answers}项" in text


# --- 终端 --------------------------------------------------------------------


def table_of(text: str) -> list[Row]:
    """Read a table of a page: of each row the cells below the numbers of its head."""
    head, _, *lines = [line.split() for line in text.splitlines() if line]
    return [dict(zip(head[1:], line[-len(head) + 1 :], strict=True), name=line[0]) for line in lines]


def test_the_tables_on_a_terminal_count_every_standing_once(
    report: Report, words: Counter[str], expected: Mapping[str, tuple[int, int]]
) -> None:
    text = to_bytes(city_page.layout(report), 160).decode().split("二、各项行动")[1].split("三、各单位")[0]
    actions, kinds = text.partition("\n")[2].split("\n报送：")[0].split("\n\n")
    assert expected == added(table_of(actions))
    rows = table_of(kinds)
    counted = {word: sum(number(row.get(word, "")) for row in rows) for word in words}
    assert words == Counter(counted)
    assert [row["name"] for row in rows] == list(by_kind(report.standings))
    for row in rows:
        assert number(row["项次"]) == sum(number(row.get(word, "")) for word in words)


def test_the_sections_of_a_check_hold_every_standing_once(report: Report, words: Counter[str]) -> None:
    text = to_bytes(check_page.layout(report), 200).decode()
    counted = Counter(counted_word(s) for s in report.standings if is_figure(s))
    for sentence in re.findall(rf"^(?:{'|'.join(KINDS)}) \d+ 项.*?：(.+)$", text, re.MULTILINE):
        told = re.findall(r"([一-鿿]+) (\d+)", re.sub(r"（.*?）", "", sentence))
        counted.update({word: int(figure) for word, figure in told})
    assert words == counted
