"""One word, one number: what is printed for people adds up, and says the same on every page of one report."""

import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from lxml import html as page_parser

from examples import TODAY
from kesu_cli.engine.check import Request, check
from kesu_cli.render.format_table import format_named
from kesu_cli.render.office import circular
from kesu_cli.render.terminal import check_page, city_page, unit_page
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.render.web.board_page import render as render_html
from kesu_cli.report import Report
from kesu_cli.verdict import Verdict
from office import opened
from test_formats import lay_out

PROGRESS = Path(__file__).parent.parent / "progress"
WORDS = {verdict.label for verdict in Verdict} | {"尚未报送"}
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
    return Counter(standing.word for standing in report.standings)


def number(text: str) -> int:
    return int(float(text)) if text[:1].isdigit() else 0


def added(rows: Iterable[Row]) -> Counter[str]:
    """Add up the columns of the words that are printed for standings."""
    return +Counter({word: sum(number(row.get(word, "")) for row in rows) for word in WORDS})


def counts_in(sentence: str) -> Counter[str]:
    """Read 达标360项次，进行中70项次."""
    found = re.findall(r"([一-鿿]+?)(\d+)项次", sentence)
    return Counter({word.removeprefix("其中"): int(figure) for word, figure in found})


# --- 通报 --------------------------------------------------------------------


@pytest.fixture(scope="module")
def content(report: Report) -> bytes:
    return circular.render(report)


def annex(content: bytes, title: str) -> list[Row]:
    """Return the rows of the table that has a column of that title."""
    for found in opened(content).tables:
        head = [cell.text for cell in found.rows[0].cells]
        if title in head:
            return [dict(zip(head, (cell.text for cell in row.cells), strict=True)) for row in found.rows[1:]]
    return []


def paragraphs(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(content).paragraphs]


def test_the_table_of_actions_adds_up_to_what_the_text_says(content: bytes, words: Counter[str]) -> None:
    *rows, total = annex(content, "行动、章节")
    (sentence,) = (text for text in paragraphs(content) if text.startswith("列入考核的任务"))
    stated = counts_in(sentence.partition("其中")[2].partition("。")[0])
    assert words == stated == added(rows) == added([total])
    for row in (*rows, total):
        assert number(row["考核"]) == sum(added([row]).values())
    assert f"分解为{words.total()}项次" in sentence
    assert total["考核"] == str(words.total())


def test_what_the_text_says_of_an_action_stands_in_its_row(content: bytes) -> None:
    *rows, _ = annex(content, "行动、章节")
    told = {text.partition("）")[2].partition("。")[0]: text for text in paragraphs(content) if "）" in text}
    for row in rows:
        sentence = told[row["行动、章节"]].split("。")[1]
        count, _, rest = sentence.partition("，")
        assert f"考核{row['考核']}项次" == count
        stated = Counter({"达标": number(row["考核"])}) if rest == "全部达标" else counts_in(rest)
        assert added([row]) == stated


def test_the_table_of_figures_holds_what_the_text_counts(content: bytes) -> None:
    rows = annex(content, "目标")
    listed = Counter(row["状态"].partition("（")[0] for row in rows)
    (sentence,) = (text for text in paragraphs(content) if text.startswith("有数量和频次要求的硬任务"))
    assert listed == counts_in(sentence.partition("其中")[2])
    assert f"硬任务{len(rows)}项次" in sentence


def test_the_share_met_is_that_of_the_numbers_beside_it(content: bytes) -> None:
    (sentence,) = (text for text in paragraphs(content) if text.startswith("列入考核的任务"))
    found = re.search(r"考核期已经结束的(\d+)项次.*?中达标(\d+)项次，达标率为([\d.]+)%", sentence)
    if not found:
        assert "目前还没有考核期已经结束的任务" in sentence
        return
    over, met, share = found.groups()
    assert f"{100 * int(met) / int(over):.1f}" == share
    assert annex(content, "行动、章节")[-1]["达标率"] == f"{share}%"


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


def test_the_board_adds_up_to_its_last_row(page: page_parser.HtmlElement, words: Counter[str]) -> None:
    rows = list(board(page, "tbody"))
    if "总体" not in rows[0]:
        assert {"2021年", "跨年度"} <= rows[0].keys()
        return
    (total,) = board(page, "tfoot")
    assert words == added(rows) == added([total])
    assert total["总体"] == f"{words.total()} 项"
    (judged,) = page.xpath('//dt[text()="考核事项"]/following-sibling::dd/text()')
    assert judged == str(words.total())


def test_the_words_of_an_action_are_those_of_its_columns(page: page_parser.HtmlElement) -> None:
    for row in board(page, "tbody"):
        counts, said = added([row]), row.get("总体", "")
        for word, figure in re.findall(r"([一-鿿]+) (\d+) 项", said):
            either = counts["未达标"] + counts["未报送"] if word == "未落实" else counts[word]
            assert either == int(figure) if word in WORDS | {"未落实"} else word.startswith("全部")
        for met, all_ in re.findall(r"达标 (\d+)/(\d+)", said):
            assert (counts["达标"], sum(counts.values())) == (int(met), int(all_))


# --- 各单位：终端、网页、通报、工作簿 ------------------------------------------

COLUMNS = ("汇总任务", "未落实", "欠进度", "错误", "警告")


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


def test_the_actions_on_a_terminal_add_up_to_their_last_row(report: Report, words: Counter[str]) -> None:
    text = to_bytes(city_page.layout(report), 160).decode().split("二、各项行动")[1].split("三、各单位")[0]
    head, _, *lines = [line.split() for line in text.splitlines()[1:] if line][:-1]
    rows = [dict(zip(head[1:], line[-len(head) + 1 :], strict=True)) for line in lines]
    assert words == added(rows[:-1]) == added(rows[-1:])
    assert [str(sum(added([row]).values())) for row in rows] == [row["项次"] for row in rows]


def test_the_sections_of_a_check_hold_every_standing_once(report: Report, words: Counter[str]) -> None:
    text = to_bytes(check_page.layout(report), 200).decode()
    figures = [s.word for s in report.standings if s.task.is_hard and (s.task.row.target or s.task.row.items)]
    counted = Counter(figures)
    for sentence in re.findall(r"^(?:硬任务|一般任务|鼓励性任务) \d+ 项.*?：(.+)$", text, re.MULTILINE):
        counted.update({word: int(figure) for word, figure in re.findall(r"([一-鿿]+) (\d+)", sentence)})
    assert words == counted
