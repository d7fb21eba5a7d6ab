"""Dates are read or refused; periods are cut into the windows that tasks are judged in."""

from datetime import date, timedelta

import pytest

from kesu_cli.model.window import (
    AsOf,
    Basis,
    Days,
    Precision,
    Rhythm,
    Semester,
    day_before,
    month_end,
    on,
    read_day,
    read_days,
    windows,
    year_of,
)

SPRING = Semester("春季学期", (2, 1), (7, 31))
AUTUMN = Semester("秋季学期", (8, 1), (1, 31))
SCHOOL_YEAR = (SPRING, AUTUMN)
PLAN = Days(date(2021, 1, 1), date(2025, 12, 31))


def _days(start: str, end: str) -> Days:
    return Days(date.fromisoformat(start), date.fromisoformat(end))


@pytest.mark.parametrize(
    "text",
    [
        "2024-07-16", "2024-7-16", "2024/7/16", "2024/07/16", "2024.7.16", "2024年7月16日", "2024年07月16日",
        "２０２４-０７-１６", "２０２４年７月１６日", "２０２４／７／１６", " 2024-07-16 ",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert date(2024, 7, 16) == read_day(text)
    assert Days(date(2024, 7, 16), date(2024, 7, 16), Precision.DAY) == read_days(text)


@pytest.mark.parametrize("text", ["2024-03", "2024-3", "2024/3", "2024.3", "2024年3月", "２０２４年３月"])
def test_a_month_stays_a_month(text: str) -> None:
    assert Days(date(2024, 3, 1), date(2024, 3, 31), Precision.MONTH) == read_days(text)
    assert str(read_days(text)) == "2024-03"


def test_the_tenth_month_is_not_the_first() -> None:
    assert str(read_days("2024.10")) == "2024-10"


def test_days_print_as_they_were_written() -> None:
    assert str(read_days("2024/7/16")) == "2024-07-16"
    assert str(_days("2024-07-01", "2024-07-05")) == "2024-07-01 至 2024-07-05"


@pytest.mark.parametrize(
    ("text", "days"),
    [("2025-02-30", "2025 年 2 月只有 28 天"), ("2024年6月31日", "6 月只有 30 天"), ("2025-02-29", "28 天")],
)
def test_a_day_that_does_not_exist_is_refused(text: str, days: str) -> None:
    with pytest.raises(ValueError, match=f"“{text}”这一天不存在；.*{days}"):
        read_days(text)


@pytest.mark.parametrize(("text", "month"), [("2024-13", 13), ("2024-13-01", 13), ("2024-00-10", 0)])
def test_a_month_that_does_not_exist_is_refused(text: str, month: int) -> None:
    with pytest.raises(ValueError, match=f"的月份是 {month}，月份只有 1—12"):
        read_days(text)


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("2024-07-08至2024-07-12", "2024-07-12"),
        ("2024-07-08 至 12日", "2024-07-12"),
        ("2024年7月8日—8月2日", "2024-08-02"),
        ("2024.7.8-2024.7.12", "2024-07-12"),
        ("2024/7/8~7-12", "2024-07-12"),
    ],
)
def test_a_stretch_of_days_in_one_text_is_refused_with_the_form_to_write(text: str, end: str) -> None:
    with pytest.raises(ValueError, match="是一段日期") as refusal:
        read_days(text)
    assert str(refusal.value).endswith(f"请写成 {{from: 2024-07-08, to: {end}}}")


@pytest.mark.parametrize(
    "text",
    [
        "12:30",
        "2024",
        "2024年",
        "20240716",
        "2024-07/16",
        "2024年7月16",
        "7月16日",
        "24-7-16",
        "",
        "2024-07-16 上午",
    ],
)
def test_what_is_no_date_is_refused_with_an_example_of_one(text: str) -> None:
    with pytest.raises(ValueError, match="不是日期") as refusal:
        read_days(text)
    assert f"“{text}”不是日期；请写成 2024-07-16 这样的日期" == str(refusal.value)


@pytest.mark.parametrize("text", ["0000-01", "0224-07-16", "1899-12-31", "2200-01", "3024/7/16"])
def test_a_year_that_must_be_a_slip_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="的年份不对；请核对，年份是四位数字，例如 2024"):
        read_days(text)


def test_the_years_a_plan_can_speak_of_are_read() -> None:
    assert [read_day("1900-01-01").year, read_day("2199-12-31").year] == [1900, 2199]


def test_a_serial_number_of_a_spreadsheet_is_recognised_and_refused() -> None:
    with pytest.raises(ValueError, match="像是表格软件里的日期序号；请写成 2024-07-16"):
        read_days("45489")


def test_the_leap_day_exists_only_in_leap_years() -> None:
    assert read_day("2024-02-29") == date(2024, 2, 29)
    assert month_end(date(2024, 2, 1)) == date(2024, 2, 29)
    assert month_end(date(2025, 2, 1)) == date(2025, 2, 28)
    assert on(2024, (2, 29)) == date(2024, 2, 29)
    assert on(2025, (2, 29)) == date(2025, 2, 28)
    assert year_of(2024).length == 366
    assert year_of(2025).length == 365


def test_both_ends_of_a_stretch_belong_to_it() -> None:
    stretch = _days("2024-07-01", "2024-07-05")
    assert stretch.length == 5
    inside = [day for day in range(30, 37) if stretch.contains(date(2024, 5, 31) + timedelta(days=day))]
    assert inside == [31, 32, 33, 34, 35]
    assert stretch.meets(_days("2024-07-05", "2024-08-01"))
    assert stretch.meets(_days("2024-06-01", "2024-07-01"))
    assert not stretch.meets(_days("2024-07-06", "2024-08-01"))
    assert not stretch.meets(_days("2024-06-01", "2024-06-30"))


def test_the_plan_has_a_window_for_each_of_its_years() -> None:
    found = windows(Rhythm.YEAR, PLAN, SCHOOL_YEAR)
    assert [f"{year}年" for year in range(2021, 2026)] == [window.label for window in found]
    assert [year_of(year) for year in range(2021, 2026)] == [window.days for window in found]


def test_the_plan_has_a_window_for_each_of_its_quarters() -> None:
    found = windows(Rhythm.QUARTER, PLAN, SCHOOL_YEAR)
    assert len(found) == 20
    assert (_days("2024-01-01", "2024-03-31"), "2024年第1季度") == found[12]
    assert (_days("2024-10-01", "2024-12-31"), "2024年第4季度") == found[15]


def test_the_plan_has_a_window_for_each_of_its_months() -> None:
    found = windows(Rhythm.MONTH, PLAN, SCHOOL_YEAR)
    assert len(found) == 60
    assert (_days("2024-02-01", "2024-02-29"), "2024年2月") == found[37]
    assert (_days("2025-12-01", "2025-12-31"), "2025年12月") == found[59]


def test_the_autumn_semester_crosses_the_year_and_is_clipped_to_the_plan() -> None:
    found = windows(Rhythm.SEMESTER, PLAN, SCHOOL_YEAR)
    assert [(str(window.days), window.label) for window in found] == [
        ("2021-02-01 至 2021-07-31", "2021年春季学期"),
        ("2021-08-01 至 2022-01-31", "2021年秋季学期"),
        ("2022-02-01 至 2022-07-31", "2022年春季学期"),
        ("2022-08-01 至 2023-01-31", "2022年秋季学期"),
        ("2023-02-01 至 2023-07-31", "2023年春季学期"),
        ("2023-08-01 至 2024-01-31", "2023年秋季学期"),
        ("2024-02-01 至 2024-07-31", "2024年春季学期"),
        ("2024-08-01 至 2025-01-31", "2024年秋季学期"),
        ("2025-02-01 至 2025-07-31", "2025年春季学期"),
        ("2025-08-01 至 2025-12-31", "2025年秋季学期"),
    ]


def test_the_order_in_which_the_semesters_are_written_changes_nothing() -> None:
    assert windows(Rhythm.SEMESTER, PLAN, SCHOOL_YEAR) == windows(Rhythm.SEMESTER, PLAN, (AUTUMN, SPRING))


def test_without_semesters_there_is_no_window() -> None:
    assert windows(Rhythm.SEMESTER, PLAN, ()) == ()


@pytest.mark.parametrize(
    ("start", "first"),
    [
        ("2021-07-02", "2021-07-02 至 2021-12-31"),  # 183 of 365 days
        ("2021-07-03", "2022-01-01 至 2022-12-31"),  # 182 of 365 days
        ("2024-07-02", "2024-07-02 至 2024-12-31"),  # 183 of 366 days: just half
        ("2024-07-03", "2025-01-01 至 2025-12-31"),
    ],
)
def test_a_period_that_starts_within_a_year_keeps_that_year_if_half_of_it_is_left(
    start: str, first: str
) -> None:
    found = windows(Rhythm.YEAR, _days(start, "2025-12-31"), ())
    assert first == str(found[0].days)


def test_a_period_that_ends_within_a_quarter_clips_its_last_window() -> None:
    found = windows(Rhythm.QUARTER, _days("2024-01-01", "2024-05-20"), ())
    assert [str(window.days) for window in found] == ["2024-01-01 至 2024-03-31", "2024-04-01 至 2024-05-20"]


def test_a_semester_may_end_on_the_last_day_of_february() -> None:
    autumn = Semester("秋季学期", (9, 1), (2, 29))
    assert _days("2023-09-01", "2024-02-29") == autumn.in_year(2023)
    assert _days("2024-09-01", "2025-02-28") == autumn.in_year(2024)


def test_a_semester_may_start_on_the_leap_day_without_taking_a_day_from_the_one_before() -> None:
    winter, summer = Semester("冬", (9, 1), (2, 28)), Semester("夏", (2, 29), (8, 31))
    assert _days("2024-02-29", "2024-08-31") == summer.in_year(2024)
    assert _days("2025-03-01", "2025-08-31") == summer.in_year(2025)
    assert day_before(summer.in_year(2025).start) == winter.in_year(2024).end


@pytest.mark.parametrize(
    ("day", "over", "ended"),
    [
        ("2024-12-30", True, False),
        ("2024-12-31", False, False),
        ("2024-12-31", True, True),
        ("2025-01-01", False, True),
    ],
)
def test_a_day_has_ended_only_when_it_is_over(day: str, over: bool, ended: bool) -> None:
    judged = date.fromisoformat(day)
    as_of = AsOf(judged, over, Basis.GIVEN, judged, over)
    assert ended is as_of.has_ended(date(2024, 12, 31))
    assert ended is as_of.report_overdue(date(2024, 12, 31))


def test_a_past_year_is_judged_on_its_last_day_but_its_reports_on_their_own() -> None:
    as_of = AsOf(
        date(2024, 12, 31),
        over=True,
        basis=Basis.PAST_YEAR,
        reporting=date(2025, 1, 31),
        reporting_over=False,
    )
    assert as_of.has_ended(date(2024, 12, 31))
    assert not as_of.report_overdue(date(2025, 1, 31))
