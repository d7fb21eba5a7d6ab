"""What the pages tell a reader: what is missing, why it is in doubt, whose it is."""

import re
import shutil
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from examples import TODAY, Example, run_example
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.explain import explain
from kesu_cli.render.standing_row import row_of
from kesu_cli.render.tallies import (
    EACH,
    GENERAL,
    HARD,
    by_kind,
    counted_word,
    is_in_doubt,
    is_met,
    is_unfulfilled,
    share_met,
)
from kesu_cli.render.terminal import check_page, city_page, explanation_page, unit_page
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.render.wording import (
    NONE,
    at_worst,
    doubt_words,
    forecast_words,
    lacking_words,
    verdict_words,
)
from kesu_cli.report import Report
from kesu_cli.standing import Source, Standing
from kesu_cli.verdict import Verdict
from sample_task import AT_LEAST_30, PROOF, entry_of, standing_of, task_of, without_proof

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
        (("12.5%", "13.2%"), "14% 不足"),  # nothing can be said of its pace, but it goes to less than 15
        (("11%", "13.2%"), "15.6%"),
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
    assert "照此下去到期不足（目标不少于 15%）" in page
    assert "序时进度" not in page


@pytest.mark.parametrize(
    ("keys", "entries", "expected"),
    [
        ({"target": AT_LEAST_30}, [entry_of("28", evidence=PROOF)], "还差 2 名"),
        ({"target": AT_LEAST_30}, [entry_of("30", evidence=PROOF)], ""),
        ({"target": AT_LEAST_30}, [], ""),  # what is not known is not nought
        ({"target": {"at_least": "1", "unit": "名/小学"}}, [entry_of("0.8")], "还差 0.2 名/小学"),
        ({"target": {"at_least": "2", "unit": "元/人"}}, [entry_of("1.346")], "还差 0.66 元/人"),
        ({"target": {"at_least": "10", "unit": "公里"}}, [entry_of("9.5")], "还差 0.5 公里"),
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
    for words in (
        "2024年，还差 2 名",
        "2021—2025年，还差 5010 人次，另有 160 人次存疑",
        "2024年，缺：健康科普行动",
    ):
        assert words in page
    assert "考核期已结束，指标没有完成（M06-1、M04-2）" in page


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
    assert "本单位报送 6954（17 条，其中 1 条存疑）" in own


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
    assert "各单位分别承担 4 项（182 项次）：达标 128，进行中 54" in page


def test_a_unit_without_a_file_is_shown_how_to_begin_one_even_before_it_is_due(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "plan", tmp_path / "plan")
    (tmp_path / "progress/2024").mkdir(parents=True)
    (tmp_path / "progress/2024/市科协.yaml").write_text("unit: 市科协\nyear: 2024\nstatus: draft\n", "utf-8")
    request = Request((tmp_path / "progress/2024",), TODAY, date(2024, 2, 1), unit="涌山镇")
    page = text(unit_page.layout(check(request, "test")))
    assert "还没有 progress/2024/涌山镇.yaml。新建这个文件" in page
    assert "unit: 涌山镇\nyear: 2024\nstatus: draft\nentries:\n  - task: " in page
    assert "改成 status: complete" in page


# --- doubts ------------------------------------------------------------------

WANTED = {"target": AT_LEAST_30, "strength": "hard"}


def _in_doubt(on: str = "2024-12-31", certain: str = "28", doubted: str = "5", **keys: object) -> Standing:
    """Return a standing with a sound entry and one that nothing proves."""
    sound, unproven = entry_of(certain, "2024-03-01"), entry_of(doubted, "2024-06-01", "团市委")
    task = task_of(**WANTED | keys)
    return standing_of(task, sound, unproven, on=on, disputes=without_proof(unproven))


def test_what_is_to_be_verified_shows_both_figures_and_counts_by_the_worse() -> None:
    standing = _in_doubt()
    row = row_of(standing)
    assert (row.actual, row.verdict, row.besides) == ("28～33 名", "待核实（佐证材料不够）", "佐证材料不够")
    assert "未达标" == at_worst(standing) == counted_word(standing)
    assert is_unfulfilled(standing)
    assert is_in_doubt(standing)
    assert not is_met(standing)


def test_after_the_review_the_undisputed_figure_stands_with_what_is_in_doubt_beside_it() -> None:
    row = row_of(_in_doubt("2026-06-30"))
    assert (row.actual, row.verdict) == ("28 名", "未达标（另有 5 名存疑）")
    assert row.besides == "还差 2 名，另有 5 名存疑"


def test_what_is_met_in_any_case_counts_as_met_and_names_the_doubt() -> None:
    standing = _in_doubt(certain="31")
    assert (row_of(standing).actual, row_of(standing).verdict) == ("31 名", "达标（另有 5 名存疑）")
    assert is_met(standing)


def test_what_is_well_only_without_the_doubts_says_how_it_counts() -> None:
    standing = _in_doubt("2026-06-30", target={"at_most": "30", "unit": "名"})
    assert verdict_words(standing) == "达标（另有 5 名存疑，核实以前算未达标）"
    assert is_unfulfilled(standing)


def test_a_limit_that_a_silent_unit_may_pass_is_no_less_than_what_is_known() -> None:
    silent = Source("团市委", 2024, is_zero=False, unknown="到期没有报送")
    task = task_of(target={"at_most": "30", "unit": "名"})
    row = row_of(standing_of(task, entry_of("28"), on="2026-06-30", sources=(silent,)))
    assert (row.actual, row.verdict) == ("28 名以上", "待核实（团市委 2024 年度报告到期没有报送）")


def test_a_rate_is_of_one_kind_and_of_what_is_met_for_certain() -> None:
    hard, general = _in_doubt(), standing_of(task_of(target=AT_LEAST_30), entry_of("30"))
    each = standing_of(task_of(spread="each"), entry_of(), unit="市教体局")
    kinds = by_kind((hard, general, each))
    assert list(kinds) == [HARD, GENERAL, EACH]
    assert [Fraction(0), Fraction(1), Fraction(1)] == [share_met(found) for found in kinds.values()]


def test_what_was_over_before_the_plan_was_issued_is_marked_and_held_against_nobody() -> None:
    late = replace(_in_doubt("2026-06-30"), retroactive=True)
    assert verdict_words(late) == "未达标（追溯；另有 5 名存疑）"
    assert counted_word(late) == "追溯"
    assert not is_unfulfilled(late)
    assert share_met((late,)) is None


def test_a_ceiling_is_within_or_beyond_and_never_a_share_of_time() -> None:
    task = task_of(target={"at_most": "10", "unit": "场"}, tally="latest", by="2024-12-31")
    row = row_of(standing_of(task, entry_of("12", "2024-03-01"), on="2024-06-30"))
    assert (row.actual, row.verdict) == ("12 场", "已超出")
    assert [row.completion, row.pace, row.gap] == [NONE] * 3
    assert row_of(standing_of(task, entry_of("8", "2024-03-01"), on="2024-06-30")).verdict == "限内"


def test_what_is_needed_a_month_reaches_what_is_left() -> None:
    target = task_of(target=AT_LEAST_30).row.target
    ratio = task_of(target={"at_least": "1", "unit": "名/小学"}).row.target
    assert target
    assert ratio
    assert target.more(Fraction(1, 7)) == "1 名"
    assert ratio.more(Fraction(1, 7)) == "0.15 名/小学"


@cache
def _five_years(as_of: date | None = None) -> str:
    request = Request((ROOT / "progress/2025",), TODAY, as_of)
    return text(explanation_page.layout(explain(request, "M08-4", "test")))


def test_the_explanation_says_both_figures_what_lies_between_and_why_once() -> None:
    page = _five_years()
    (verdict,) = [line for line in page.splitlines() if line.startswith("判定：")]
    assert (
        verdict == "判定：待核实，19980～20140 人次，其中 160 人次存疑，"
        "2026-03-02 以前核定，核定以前暂按未达标计，还差 20 人次"
    )
    assert re.search(
        r"(?m)^存疑：同一件事计了两次（KS501 #[0-9a-f]{7}，progress/2024/市农业农村局.yaml:42）$", page
    )
    assert "完成率 = 19980 人次 ÷ 20000 人次 = 99.90%" in page
    rows = [line.split()[:3] for line in page.splitlines() if "2024-07-08" in line or "2024-07-10" in line]
    assert {"是", "存疑"} == {row[0] for row in rows if row[1] == "160"}
    assert page.count("同一件事只计这一条：") == 1


def test_when_the_review_is_over_the_undisputed_figure_has_decided() -> None:
    page = _five_years(date(2026, 6, 30))
    assert "判定：未达标，还差 20 人次，另有 160 人次存疑\n" in page


def test_a_level_that_is_disputed_leaves_the_newest_certain_one_as_the_figure(tmp_path: Path) -> None:
    proof = 'evidence: [{kind: 报告, url: "https://example.invalid/1"}]'
    entries = f"""unit: 市科协
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - {{task: G-1, date: 2024-03-01, name: 春季调查, value: 12%, {proof}}}
  - {{task: G-1, date: 2024-11-30, name: 冬季调查, value: 16%}}
"""
    run_example(Example({"progress/2024/市科协.yaml": entries}), tmp_path)
    page = text(
        explanation_page.layout(explain(Request((tmp_path / "progress/2024",), TODAY), "G-1", "test"))
    )
    rows = [line.split()[:2] for line in page.splitlines() if re.match("(是|否|存疑) ", line)]
    assert rows == [["是", "12"], ["存疑", "16"]]
    assert "完成率 = 12% ÷ 15% = 80.00%" in page
