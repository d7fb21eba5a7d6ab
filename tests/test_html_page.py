"""The page says what the report says, with and without a browser."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from examples import TODAY
from kesu_cli.engine.check import Request, check
from kesu_cli.render.web.action_year_grid import board_of
from kesu_cli.render.web.board_page import render
from kesu_cli.render.web.coming_due import due_days
from kesu_cli.render.web.headline import headline
from kesu_cli.render.web.unit_ranking import ranking
from kesu_cli.report import Report
from kesu_cli.verdict import Verdict
from test_formats import lay_out
from test_hostile_text import TEXTS

HERE = Path(__file__).parent
PROGRESS = HERE.parent / "progress"


def judged(path: Path, as_of: date | None = None) -> Report:
    return check(Request((path,), TODAY, as_of, located=True), "test")


@pytest.fixture(scope="module")
def year() -> Report:
    return judged(PROGRESS / "2024")


@pytest.fixture(scope="module")
def all_years() -> Report:
    return judged(PROGRESS)


@pytest.fixture
def sample(tmp_path: Path) -> Report:
    return judged(lay_out(tmp_path))


def data_of(page: str) -> Any:  # noqa: ANN401 - JSON
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_the_headline_of_a_year_that_is_over_counts_what_fell_due(year: Report) -> None:
    assert headline(year).startswith(
        "截至2024年12月31日，硬指标到期5项，达标1项，达标率20.0%；一般任务到期155项全部达标；"
        "各单位分别承担的任务到期50项，达标49项，达标率98.0%；年度报告应报50份，按期报送47份；"
        "未落实5项、欠进度1项（其中待核实1项），"
    )
    assert "“培训科技辅导员”" in headline(year)
    assert headline(year).count("。") == 1


def test_the_headline_in_midyear_names_what_lags() -> None:
    said = headline(judged(PROGRESS / "2024", date(2024, 6, 30)))
    assert "欠进度2项，涉及市教体局、市农业农村局" in said
    assert said.endswith("有数量和频次要求的任务中，“培训科技辅导员”、“农民教育培训人次”落后于序时进度。")


def test_a_headline_on_the_first_day_says_that_nothing_is_due() -> None:
    report = judged(PROGRESS / "2021", date(2021, 1, 1))
    assert headline(report) == (
        "截至2021年1月1日，硬指标12项都没有到期；一般任务192项都没有到期；"
        "各单位分别承担的任务232项都没有到期；年度报告应报50份，按期报送0份。"
    )


def test_every_standing_stands_behind_one_cell_of_each_grid(year: Report, all_years: Report) -> None:
    for report in (year, all_years):
        board = board_of(report)
        everything = list(range(len(report.standings)))
        assert everything == sorted(index for cell in board.cells for index in cell)
        counted = (count.partition("/")[2] for action in board.actions for count in action.counts)
        assert len(everything) == sum(int(all_) for all_ in counted if all_)


def test_all_years_have_a_column_each_and_one_for_what_runs_across_them(all_years: Report) -> None:
    expected = ("2021年", "2022年", "2023年", "2024年", "2025年", "跨年度")
    assert expected == board_of(all_years).columns


def test_a_cell_of_an_action_shows_its_worst_and_how_much_is_met(all_years: Report) -> None:
    board = board_of(all_years)
    column = board.columns.index("2024年")
    cells = {action.id: action.cells[column] for action in board.actions}
    assert (cells["A1"].light, cells["A1"].words, cells["A1"].note) == ("red", "未落实 2 项", "达标 30/32")
    assert (cells["A5"].light, cells["A5"].words) == ("red", "未落实 1 项")
    assert cells["A5"].note == "达标 9/10"


def test_units_rank_by_what_they_owe_and_equal_debts_share_a_rank(year: Report) -> None:
    rows = ranking(year)
    owed = [row.owes for row in rows.owing]
    assert sorted(owed, reverse=True) == owed
    for row in rows.owing:
        assert 1 + sum(other > row.owes for other in owed) == row.rank
    assert year.units
    assert sorted(year.units.reporting) == sorted((*rows.clean, *(row.unit for row in rows.owing)))


def test_a_unit_owes_the_standings_it_answers_for(year: Report) -> None:
    (row,) = (row for row in ranking(year).owing if row.unit == "市教体局")
    overdue = [s for s in year.standings if s.overdue and "市教体局" in s.task.answering(s.unit)]
    assert len(overdue) == row.unfulfilled == 2


def test_what_is_due_next_is_after_the_date_and_not_met() -> None:
    report = judged(PROGRESS / "2024", date(2024, 6, 30))
    days = due_days(report)
    assert [day.iso for day in days] == ["2024-07-31", "2024-12-31", "2025-01-31", "2025-12-31"]
    assert days[2].reports == "2024年进展报送截止，还有 50 个单位没有报送"
    assert [day.left for day in days] == ["还剩 31 天", "还剩 184 天", "还剩 215 天", "还剩 549 天"]
    assert not any(task.cell.words == Verdict.MET.label for day in days for task in day.tasks)


def test_when_everything_is_over_nothing_is_due(all_years: Report) -> None:
    assert due_days(all_years) == ()
    assert "没有尚未到期、还要完成的任务" in render(all_years).decode()


def test_every_entry_is_there_with_its_line_and_evidence(sample: Report) -> None:
    data = data_of(render(sample).decode())
    shown = {(entry[2], entry[5]) for standing in data["standings"] for entry in standing[12]}
    for standing in sample.standings:
        for contribution in standing.contributions:
            entry = contribution.entry
            assert (entry.name, sample.line(entry.place)) in shown
            assert re.search(r"\.yaml:\d+$", sample.line(entry.place))
    assert "佐证/没有这个文件.pdf" in json.dumps(data, ensure_ascii=False)


def test_an_entry_stands_on_the_line_that_the_page_names(sample: Report, tmp_path: Path) -> None:
    for standing in sample.standings:
        for contribution in standing.contributions:
            file, line = sample.line(contribution.entry.place).rsplit(":", 1)
            written = (tmp_path / file).read_text("utf-8").splitlines()[int(line) - 1]
            assert f"- task: {standing.task.id}" in written


def test_lines_are_looked_up_only_where_they_are_asked_for(tmp_path: Path) -> None:
    report = check(Request((lay_out(tmp_path),), TODAY), "test")
    assert report.spans == {}
    assert b"progress/2024/" in render(report)


def test_a_waived_standing_is_marked_and_keeps_the_verdict_it_would_have_had(sample: Report) -> None:
    page = render(sample).decode()
    assert '<span class="light waived">已豁免（未达标）</span>' in page
    assert "豁免依据：</b><bdi>" in page


def test_no_text_of_a_report_can_end_the_script_or_become_a_tag(sample: Report) -> None:
    finding = replace(sample.findings[0], message="</script><b>粗</b><!--", hint="<img src=x>")
    page = render(replace(sample, findings=(finding,))).decode()
    assert page.count("</script>") == 2
    assert "<b>粗" not in page
    assert "<img" not in page
    assert data_of(page)["problems"][0][3] == "</script><b>粗</b><!--"


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_comes_back_from_the_data_as_it_was(text: str, sample: Report) -> None:
    finding = replace(sample.findings[0], message=text, hint=text, owners=(text,))
    problem = data_of(render(replace(sample, findings=(finding,))).decode())["problems"][0]
    assert [text, text, [text]] == [problem[3], problem[4], problem[6]]


def test_a_long_list_of_problems_begins_with_the_gravest_and_says_how_many_there_are(sample: Report) -> None:
    page = render(replace(sample, findings=sample.findings * 20)).decode()
    assert page.count('<li class="problem ') == 100
    assert f"这里列出最严重的 100 条，全部共 {20 * len(sample.findings)} 条。" in page
    severities = re.findall(r'<li class="problem (\w+)"', page)
    assert severities == sorted(severities, key=["error", "warning", "note", "waived"].index)


def test_a_plan_that_cannot_be_read_gives_a_page_that_says_so(tmp_path: Path) -> None:
    folder = lay_out(tmp_path)
    (tmp_path / "plan" / "measures.yaml").write_text("title： 缺\n", "utf-8")
    page = render(judged(folder)).decode()
    assert "方案读不出来，本次没有作出任何判定" in page
    assert re.search(r"plan/measures\.yaml:\d+:\d+", page)


def test_the_charting_library_leaves_nothing_of_its_own_behind(year: Report) -> None:
    page = render(year).decode()
    charts = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(charts) == page.count('<figure class="chart">') > 5
    for chart in charts:
        assert not re.search(r"<!--|<style|<script|style=|https?://(?!www\.w3\.org/2000/svg)", chart)
        assert re.search(r"<title id=.*?>.+</title><desc id=.*?>.+</desc>", chart)
    assert 'class="track forecast"' in "".join(charts)
    assert "2026" not in "".join(charts)


def test_the_page_of_real_data_says_twice_that_it_is_invented(year: Report) -> None:
    page = render(year).decode()
    assert "<strong>演示数据</strong>" in page
    assert '<body class="demo">' in page
    assert "演示数据" not in render(replace(year, demo=False)).decode().partition("<body")[2]


def test_a_page_asked_for_one_unit_says_that_its_figures_are_those_of_all(tmp_path: Path) -> None:
    folder = lay_out(tmp_path)
    page = render(check(Request((folder,), TODAY, unit="市科协", located=True), "test")).decode()
    assert "问题只列与 市科协 有关的，任务、数字和图表仍是全市的" in page
    assert "仍是全市的" not in render(judged(folder)).decode()
