"""What the pages tell a reader: what is missing, why it is in doubt, whose it is."""

import re
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from examples import TODAY
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.explain import explain
from kesu_cli.render.terminal import check_page, city_page, explanation_page, unit_page
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.render.wording import doubt_words, forecast_words, lacking_words, verdict_words
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.verdict import Verdict
from sample_task import AT_LEAST_30, PROOF, entry_of, standing_of, task_of

ROOT = Path(__file__).parent.parent
YEAR = ROOT / "progress/2024"


@cache
def report(unit: str = "", as_of: date | None = None) -> Report:
    return check(Request((YEAR,), TODAY, as_of, unit=unit), "test")


def text(layout: object, width: int = 140) -> str:
    return to_bytes(layout, width).decode()  # type: ignore[arg-type]  # any layout


LEVEL = {"kind": "rate", "spread": "any", "by": "2025-12-31", "target": {"at_least": "15", "unit": "%"}}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("12.5%", "13.2%"), "14% 不足"),  # on pace, but on the way to less than 15
        (("11%", "13.2%"), "15.6%"),
        (("8%", "8.5%"), "9.1%"),  # behind: the verdict says so already
    ],
)
def test_a_forecast_below_the_target_is_marked_while_the_verdict_is_good(
    values: tuple[str, str], expected: str
) -> None:
    days = ("2022-06-30", "2024-02-28")
    entries = [entry_of(value, day, evidence=PROOF) for value, day in zip(values, days, strict=True)]
    assert expected == forecast_words(standing_of(task_of(**LEVEL), *entries, on="2024-03-01"))


def test_the_explanation_says_that_what_is_on_pace_will_fall_short() -> None:
    page = text(explanation_page.layout(explain(Request((YEAR,), TODAY), "G-1", "test")))
    assert "照此下去到期不足（目标不少于 15%），虽然今天达进度" in page


@pytest.mark.parametrize(
    ("keys", "entries", "expected"),
    [
        ({"target": AT_LEAST_30}, [entry_of("28", evidence=PROOF)], "还差 2 名"),
        ({"target": AT_LEAST_30}, [entry_of("30", evidence=PROOF)], ""),
        ({"target": AT_LEAST_30, "strength": "hard"}, [entry_of("30")], "佐证材料不够"),
        ({"target": {"at_most": "5", "unit": "名"}}, [entry_of("28", evidence=PROOF)], ""),
        (
            {"items": ["安全生产月", "防灾减灾日"]},
            [entry_of(items=["安全生产月"], evidence=PROOF)],
            "缺：防灾减灾日",
        ),
        ({}, [], ""),
    ],
)
def test_what_is_lacking_is_said_in_a_few_words(
    keys: dict[str, object], entries: list[object], expected: str
) -> None:
    standing = standing_of(task_of(**keys), *entries)  # type: ignore[arg-type]  # entries
    assert expected == lacking_words(standing)


def test_the_table_names_what_is_missing_beside_the_figures() -> None:
    page = text(check_page.layout(report()))
    for words in ("2024年，还差 2 名", "2021—2025年，还差 4850 人次", "2024年，缺：健康科普行动"):
        assert words in page
    assert "考核期已结束，指标没有完成（M06-1）" in page


def _unverified() -> Standing:
    return next(s for s in report().standings if s.verdict is Verdict.UNVERIFIED)


def test_a_verdict_in_doubt_says_why() -> None:
    standing = _unverified()
    assert doubt_words(standing) == "佐证材料不够"
    assert verdict_words(standing) == "待核实（佐证材料不够）"


def test_a_file_that_can_not_be_read_is_said_once_at_the_top(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    shutil.copytree(YEAR, tmp_path / "progress/2024")
    (tmp_path / "progress/2024/市教体局.yaml").write_text("unit: [", "utf-8")
    broken = check(Request((tmp_path / "progress/2024",), TODAY), "test")
    for page in (text(check_page.layout(broken)), text(city_page.layout(broken))):
        (line,) = [line for line in page.splitlines() if "部分读不出来" in line]
        assert re.search(
            r"有 1 个文件全部或部分读不出来，\d+ 项次的判定因此待核实：progress/2024/市教体局\.yaml", line
        )


def test_a_unit_sees_its_own_tasks_apart_from_those_of_others() -> None:
    page = text(unit_page.layout(report("市农业农村局")))
    own, others = page.split("三、本单位负责汇总的任务")[1].split("四、参与的、由别的单位汇总的任务")
    assert "M08-4 农民教育培训人次" in own
    assert "M30-5 定期开展主题科普宣教" not in own
    assert "M30-5 定期开展主题科普宣教" in others
    assert "本单位报送 7114（17 条）" in own


def test_of_a_task_that_each_owes_the_explanation_tells_first_who_is_not_done() -> None:
    page = text(explanation_page.layout(explain(Request((YEAR,), TODAY), "S1-6", "test")))
    assert "2024年：49 个达标；未报送 1：市工商联" in page
    assert page.count("判定：") == 1
    assert "汇总 各单位各自负责" in page


def test_the_terms_of_the_tables_are_explained_below_them() -> None:
    for page in (text(check_page.layout(report())), text(unit_page.layout(report("市科协")))):
        for term in ("硬任务：", "汇总：", "统称：", "待核实："):
            assert page.count(term) == 1


def test_in_the_middle_of_a_year_no_unit_is_listed_as_having_failed_to_report() -> None:
    half = report(as_of=date(2024, 6, 30))
    page = text(check_page.layout(half))
    assert "2024 年应报 50 个单位，按期报送 0 个；期限 2025-01-31，还没有到期" in page
    assert "尚未报送 49 个\n" in page
    assert "尚未报送" in text(unit_page.layout(report("市科协", date(2024, 6, 30))))
    city = text(city_page.layout(half))
    assert "市工商联 " not in city.split("三、各单位")[1].split("没有问题的单位")[0]


def test_tasks_are_not_mistaken_for_their_windows() -> None:
    page = text(check_page.layout(report()))
    assert "所处阶段：P2 深入实施" in page
    assert "一般任务 42 项（220 项次）：达标 151，进行中 69" in page


def test_a_unit_without_a_file_is_shown_how_to_begin_one_even_before_it_is_due(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    (tmp_path / "progress/2024").mkdir(parents=True)
    (tmp_path / "progress/2024/市科协.yaml").write_text("unit: 市科协\nyear: 2024\nstatus: draft\n", "utf-8")
    request = Request((tmp_path / "progress/2024",), TODAY, date(2024, 2, 1), unit="涌山镇")
    page = text(unit_page.layout(check(request, "test")))
    assert "还没有 progress/2024/涌山镇.yaml。新建这个文件" in page
    assert "unit: 涌山镇\nyear: 2024\nstatus: draft\nentries:\n  - task: " in page
    assert "改成 status: complete" in page
