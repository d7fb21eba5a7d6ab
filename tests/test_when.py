"""What a clause says about time."""

from datetime import date

import pytest

from kesu_cli.drafting.when import when, whens
from kesu_cli.model.window import Days, Rhythm, year_of

PLAN = Days(date(2021, 1, 1), date(2025, 12, 31))
DEADLINES = {
    "到2025年，建成": date(2025, 12, 31),
    "2025年底前完成": date(2025, 12, 31),
    "2012年10月底前制定": date(2012, 10, 31),
    "2024年2月底前": date(2024, 2, 29),
    "2022年6月15日前": date(2022, 6, 15),
    "2023年上半年完成": date(2023, 6, 30),
    "2024年第三季度前印发": date(2024, 9, 30),
    "“十四五”末": date(2025, 12, 31),
    "到二〇二五年": date(2025, 12, 31),
    "到２０２５年": date(2025, 12, 31),
    "2021年，制定方案": date(2021, 12, 31),
    "二〇二三年二月二十日前": date(2023, 2, 20),
}
STRETCHES = {
    "“十四五”期间": (date(2021, 1, 1), date(2025, 12, 31)),
    "十五五时期": (date(2026, 1, 1), date(2030, 12, 31)),
    "2022年到2025年": (date(2022, 1, 1), date(2025, 12, 31)),
    "2021—2023年": (date(2021, 1, 1), date(2023, 12, 31)),
    "2023年6月至12月": (date(2023, 6, 1), date(2023, 12, 31)),
}
RHYTHMS = {
    "每年培训": Rhythm.YEAR,
    "年均培训5万人次": Rhythm.YEAR,
    "全年举办10场": Rhythm.YEAR,
    "连续3年举办": Rhythm.YEAR,
    "一年两次": Rhythm.YEAR,
    "每学期组织": Rhythm.SEMESTER,
    "每季度召开": Rhythm.QUARTER,
    "每月通报": Rhythm.MONTH,
}


@pytest.mark.parametrize(("text", "day"), DEADLINES.items())
def test_a_deadline_is_its_last_day(text: str, day: date) -> None:
    said = when(text)
    assert said is not None
    assert (day, None) == (said.by, said.start)


@pytest.mark.parametrize(("text", "days"), STRETCHES.items())
def test_a_stretch_has_both_ends(text: str, days: tuple[date, date]) -> None:
    said = when(text)
    assert said is not None
    assert days == (said.start, said.by)


@pytest.mark.parametrize(("text", "rhythm"), RHYTHMS.items())
def test_a_rhythm_is_named(text: str, rhythm: Rhythm) -> None:
    said = when(text)
    assert said is not None
    assert rhythm == said.every


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("每月28日前报送", (None, 28)),
        ("每年1月15日前报送", (1, 15)),
        ("每年2月底前", (2, 28)),
        ("二月二十日前报送", (2, 20)),
        ("每年三月十二日前后植树", None),
    ],
)
def test_a_day_that_comes_round_is_kept(text: str, due: tuple[int | None, int] | None) -> None:
    said = when(text)
    assert said is not None
    assert due == said.due


def test_a_bare_year_of_an_event_is_that_year() -> None:
    said = when("2025年，组织开展总结评估")
    assert said is not None
    assert (said.during, said.by) == (2025, None)


def test_the_caller_decides_about_a_bare_year() -> None:
    finished, held = when("2025年，宣传", is_event=False), when("2025年，制定方案", is_event=True)
    assert finished is not None
    assert held is not None
    assert (date(2025, 12, 31), 2025) == (finished.by, held.during)


def test_a_length_of_time_runs_from_the_start_of_the_plan() -> None:
    said = when("3年内建成", period=PLAN)
    assert said is not None
    assert ("3y", date(2023, 12, 31)) == (said.lasting, said.by)


def test_a_length_of_time_may_run_from_the_year_that_the_words_name() -> None:
    said = when("从2022年起，利用三年时间", period=PLAN)
    assert said is not None
    assert date(2024, 12, 31) == said.by


@pytest.mark.parametrize(("text", "cycle"), [("每半月通报", "half-month"), ("每3到5年评估", "every 5y")])
def test_a_rhythm_without_a_window_of_its_own_is_told(text: str, cycle: str) -> None:
    said = when(text)
    assert said is not None
    assert cycle == said.cycle


def test_the_end_of_the_year_is_dated_in_a_plan_of_one_year_only() -> None:
    one, many = when("年底前完成", period=year_of(2023)), when("年底前完成", period=PLAN)
    assert one is not None
    assert many is not None
    assert (date(2023, 12, 31), None) == (one.by, many.by)


def test_regular_and_lasting_work_is_throughout() -> None:
    regular, lasting = when("定期开展"), when("持续推进")
    assert regular is not None
    assert lasting is not None
    assert [(said.throughout, said.is_recurring) for said in (regular, lasting)] == [
        (True, True),
        (True, False),
    ]


def test_what_is_done_on_an_event_is_told() -> None:
    said = when("突发事件发生时，及时开展应急科普")
    assert said is not None
    assert said.on_event


@pytest.mark.parametrize(
    "text",
    [
        "视财力逐年增加",
        "压缩至0.5个工作日内",
        "对使用15年以上的电梯",
        "建成后3个月内移交",
        "对3年内未达标的",
        "比2020年提高",
        "《规划（2021—2035年）》",
        "可持续发展",
        "二〇三五年远景目标",
        "列入年度工作计划",
    ],
)
def test_what_is_no_time_of_the_duty_says_nothing(text: str) -> None:
    assert when(text) is None


def test_each_figure_has_the_date_before_it() -> None:
    text = "到2023年达到12%，到2025年达到15%"
    said = [when(text, at=text.index(figure)) for figure in ("12", "15")]
    assert [date(2023, 12, 31), date(2025, 12, 31)] == [time.by for time in said if time]


def test_a_later_date_ends_the_rhythm_before_it() -> None:
    text = "每年培训100名，到2025年达到600名"
    said = when(text, at=text.index("600"))
    assert said is not None
    assert (None, date(2025, 12, 31)) == (said.every, said.by)


def test_dates_that_are_listed_are_dealt_out_in_order() -> None:
    text = "到2023年和2025年，覆盖率分别达到80%和95%"
    said = whens(text, [text.index("80"), text.index("95")])
    assert [date(2023, 12, 31), date(2025, 12, 31)] == [time.by for time in said if time]


def test_spaces_inside_a_date_do_not_hide_it() -> None:
    text = "到 2025 年底 ，建成"
    said = when(text)
    assert said is not None
    assert (date(2025, 12, 31), "到 2025 年底") == (said.by, text[said.start_at : said.end_at])
