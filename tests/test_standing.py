"""How a task stands is what the entries say on the date, and nothing that they do not say."""

import math
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest

from kesu_cli.contribution import Interval, evidence_needed, has_happened, scale_in_doubt, unit_differs, weigh
from kesu_cli.diagnostic import Severity
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry, Unread
from kesu_cli.pace import completion_of, pace_of, reaches
from kesu_cli.standing import Known, Source, Standing, finished_late, spread_units, stand
from kesu_cli.verdict import Light, Verdict
from sample_task import (
    AT_LEAST_30,
    as_of,
    entry_of,
    one_fact,
    policy_of,
    standing_of,
    task_of,
    window_of,
    without_proof,
)

HALF_YEAR = "2023-07-02"  # the 183rd of 365 days
RATE = {"kind": "rate", "spread": "any"}
PER_CENT_15 = {"at_least": "15", "unit": "%"}
LEVEL = {"tally": "latest"}


def _yearly(comparator: str = "at_least", amount: object = "30", /, **keys: object) -> Task:
    return task_of(target={comparator: amount, "unit": "名"}, **keys)


def _in_2023(task: Task, value: str, on: str, *, over: bool = True) -> Standing:
    window = next(window for window in task.windows if window.label == "2023年")
    return stand(task, window, "", [entry_of(value, "2023-01-01")], as_of(on, over=over), policy_of())


def _verdict(task: Task, *entries: Entry, on: str = "2024-12-31", over: bool = True) -> Verdict:
    return standing_of(task, *entries, on=on, over=over).verdict


def _whys(standing: Standing) -> list[str]:
    return [contribution.why for contribution in standing.contributions]


# --- 序时进度


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2023-12-31", Fraction(0)),
        ("2024-01-01", Fraction(1, 366)),
        ("2024-02-29", Fraction(60, 366)),
        ("2024-06-30", Fraction(182, 366)),
        ("2024-12-30", Fraction(365, 366)),
        ("2024-12-31", Fraction(1)),
        ("2025-06-01", Fraction(1)),
    ],
)
def test_pace_counts_days_both_ends_included_and_stays_between_nothing_and_one(
    day: str, expected: Fraction
) -> None:
    task = _yearly()
    assert expected == pace_of(task, window_of(task), date.fromisoformat(day))


INTERIM = {"2022-12-31": "4000", "2024-12-31": "1.6万"}


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2020-12-31", Fraction(0)),
        ("2020-06-01", Fraction(0)),
        ("2021-12-31", Fraction(4000, 20_000) * Fraction(365, 730)),
        ("2022-12-31", Fraction(4000, 20_000)),
        ("2023-12-31", Fraction(4000, 20_000) + Fraction(12_000, 20_000) * Fraction(365, 731)),
        ("2024-12-31", Fraction(16_000, 20_000)),
        ("2025-12-31", Fraction(1)),
        ("2026-01-01", Fraction(1)),
    ],
)
def test_pace_runs_straight_between_the_interim_points(day: str, expected: Fraction) -> None:
    task = task_of(by="2025-12-31", target={"at_least": "2万", "unit": "人次"}, interim=INTERIM)
    assert expected == pace_of(task, task.windows[0], date.fromisoformat(day))


def test_interim_points_of_other_windows_do_not_matter() -> None:
    task = _yearly(interim={"2022-06-30": "20"})
    assert pace_of(task, window_of(task), date(2024, 6, 30)) == Fraction(182, 366)


@pytest.mark.parametrize(
    ("interim", "expected"),
    [
        ({"2022-12-31": "50"}, Fraction(1)),  # beyond the target
        ({"2021-12-31": "15", "2022-12-31": "6"}, Fraction(1, 2)),  # below an earlier point
        ({"2022-12-31": "0"}, Fraction(0)),
    ],
)
def test_interim_points_never_send_the_pace_backwards(interim: dict[str, str], expected: Fraction) -> None:
    task = _yearly(by="2025-12-31", interim=interim)
    days = [date(2021, 1, 1) + timedelta(days=30 * step) for step in range(62)]
    paces = [pace_of(task, task.windows[0], day) for day in days]
    assert expected == pace_of(task, task.windows[0], date(2022, 12, 31))
    assert sorted(paces) == paces
    assert paces[-1] == 1


def test_the_interim_points_of_a_target_of_nothing_ask_for_nothing_before_the_end() -> None:
    task = _yearly("equal", "0", by="2025-12-31", interim={"2022-12-31": "5"})
    assert pace_of(task, task.windows[0], date(2022, 12, 31)) == 0


def test_interim_points_without_a_target_say_nothing() -> None:
    task = task_of(interim={"2024-06-30": "5"})
    assert pace_of(task, window_of(task), date(2024, 6, 30)) == Fraction(182, 366)


# --- 完成率


@pytest.mark.parametrize(
    ("target", "baseline", "actual", "expected"),
    [
        ({"at_least": "30"}, None, 18, Fraction(18, 30)),
        ({"at_least": "30"}, None, 45, Fraction(3, 2)),
        ({"at_least": "15"}, "10", 12, Fraction(2, 5)),
        ({"at_least": "15"}, "10", 8, Fraction(-2, 5)),
        ({"at_most": "5"}, None, 10, None),  # a ceiling is kept or passed: there is no way to go
        ({"at_most": "5"}, None, 0, None),
        ({"less_than": "5"}, None, 10, None),
        ({"at_most": "5"}, "15", 10, Fraction(1, 2)),
        ({"at_most": "0"}, "15", 10, Fraction(1, 3)),
        ({"equal": "100"}, None, 80, Fraction(4, 5)),
        ({"equal": "0"}, None, 3, None),
        ({"equal": "0"}, "12", 3, Fraction(3, 4)),
        ({"at_least": "0"}, None, 3, None),
        ({"about": "500"}, None, 460, Fraction(23, 25)),
        ({"between": ["10", "20"]}, None, 5, Fraction(1, 2)),
    ],
)
def test_completion_is_the_share_of_the_way_that_is_done(
    target: dict[str, object], baseline: str | None, actual: int, expected: Fraction | None
) -> None:
    keys = {} if baseline is None else {"baseline": baseline}
    assert expected == completion_of(task_of(target=target | {"unit": "名"}, **keys), Fraction(actual))


def test_a_duty_without_a_target_has_no_completion() -> None:
    assert completion_of(task_of(), Fraction(1)) is None
    assert standing_of(task_of(), entry_of()).completion is None


# --- comparators


@pytest.mark.parametrize(
    ("comparator", "amount", "yes", "no"),
    [
        ("at_least", "30", ["30", "31"], ["29.9", "0"]),
        ("more_than", "30", ["30.1"], ["30", "0"]),
        ("at_most", "30", ["0", "30"], ["30.1"]),
        ("less_than", "30", ["0", "29.9"], ["30"]),
        ("equal", "30", ["30"], ["29.9", "30.1", "0"]),
        ("about", "30", ["27", "30", "300"], ["26.9"]),
        ("between", ["10", "20"], ["10", "15", "20"], ["9.9", "20.1"]),
        ("equal", "0", ["0"], ["1"]),
        ("at_most", "0", ["0"], ["0.1"]),
    ],
)
def test_a_comparator_means_what_its_word_says(
    comparator: str, amount: object, yes: list[str], no: list[str]
) -> None:
    task = _yearly(comparator, amount)
    assert [True] * len(yes) == [reaches(task, Fraction(actual), policy_of()) for actual in yes]
    assert [False] * len(no) == [reaches(task, Fraction(actual), policy_of()) for actual in no]


def test_how_near_about_is_stands_in_the_policy() -> None:
    task = _yearly("about")
    assert not reaches(task, Fraction(29), policy_of(about_within="0"))
    assert reaches(task, Fraction(24), policy_of(about_within="20"))


def test_a_duty_is_done_once_and_named_parts_each() -> None:
    assert reaches(task_of(), Fraction(1), policy_of())
    assert not reaches(task_of(), Fraction(0), policy_of())
    assert not reaches(task_of(items=["甲", "乙"]), Fraction(1), policy_of())
    assert reaches(task_of(items=["甲", "乙"]), Fraction(2), policy_of())


REACHED, SHORT, BROKEN = "reached", "short", "broken"
FIGURES = {
    "at_least": ("30", {REACHED: "30", SHORT: "10"}),
    "more_than": ("30", {REACHED: "31", SHORT: "10"}),
    "about": ("30", {REACHED: "27", SHORT: "10"}),
    "equal": ("30", {REACHED: "30", SHORT: "10", BROKEN: "31"}),
    "between": (["20", "30"], {REACHED: "20", SHORT: "10", BROKEN: "31"}),
    "at_most": ("30", {REACHED: "30", BROKEN: "31"}),
    "less_than": ("30", {REACHED: "29", BROKEN: "30"}),
}
SUMS = [
    *((comparator, REACHED, Verdict.MET, Verdict.MET) for comparator in ("at_least", "more_than", "about")),
    *(
        (comparator, REACHED, Verdict.ON_PACE, Verdict.MET)
        for comparator in ("equal", "between", "at_most", "less_than")
    ),
    *(
        (comparator, SHORT, Verdict.BEHIND, Verdict.MISSED)
        for comparator in ("at_least", "more_than", "about")
    ),
    *((comparator, SHORT, Verdict.OPEN, Verdict.MISSED) for comparator in ("equal", "between")),
    *(
        (comparator, BROKEN, Verdict.MISSED, Verdict.MISSED)
        for comparator in ("equal", "between", "at_most", "less_than")
    ),
]


@pytest.mark.parametrize(("comparator", "figure", "still_open", "over"), SUMS)
def test_a_sum_is_judged_while_its_window_runs_and_when_it_is_over(
    comparator: str, figure: str, still_open: Verdict, over: Verdict
) -> None:
    amount, figures = FIGURES[comparator]
    task = _yearly(comparator, amount)
    entry = entry_of(figures[figure], "2024-01-31")
    assert still_open is _verdict(task, entry, on="2024-06-30")
    assert still_open is _verdict(task, entry, on="2024-06-30", over=False)
    assert over is _verdict(task, entry)


@pytest.mark.parametrize(
    ("comparator", "amount", "actual", "still_open"),
    [
        ("equal", "30", "31", Verdict.BEHIND),  # past the mark it must hit
        ("between", ["20", "30"], "31", Verdict.BEHIND),
        ("at_most", "30", "31", Verdict.BEHIND),  # passed, and it may still come down
        ("less_than", "30", "30", Verdict.BEHIND),
        ("at_least", "30", "29", Verdict.OPEN),  # nothing says how fast a level should rise
    ],
)
def test_a_level_that_misses_its_mark_may_still_be_put_right(
    comparator: str, amount: object, actual: str, still_open: Verdict
) -> None:
    entry = entry_of(actual, "2024-01-31")
    task = _yearly(comparator, amount, **LEVEL)
    assert still_open is _verdict(task, entry, on="2024-06-30")
    assert _verdict(task, entry) is Verdict.MISSED


def test_a_level_that_is_reached_is_met_only_when_the_window_is_over() -> None:
    task, entry = _yearly(**LEVEL), entry_of("30", "2024-01-31")
    assert _verdict(task, entry, on="2024-06-30") is Verdict.ON_PACE
    assert _verdict(task, entry) is Verdict.MET


def test_a_ceiling_is_said_to_be_kept_or_passed_and_a_floor_to_be_on_pace_or_behind() -> None:
    kept, passed = entry_of("12", "2024-01-31"), entry_of("31", "2024-01-31")
    ceiling = _yearly("at_most", **LEVEL)
    words = [standing_of(ceiling, entry, on="2024-06-30").word for entry in (kept, passed)]
    assert words == ["限内", "已超出"]
    words = [standing_of(_yearly(), entry_of(value), on="2024-08-01").word for value in ("29", "1")]
    assert words == ["达进度", "欠进度"]


def test_the_greatest_figure_cannot_be_taken_back() -> None:
    entries = (entry_of("31", "2024-01-31"), entry_of("10", "2024-05-31"))
    assert _verdict(_yearly("at_most", tally="max"), *entries, on="2024-06-30") is Verdict.MISSED
    assert _verdict(_yearly("at_most", tally="latest"), *entries, on="2024-06-30") is Verdict.ON_PACE


def test_nothing_is_a_target_too() -> None:
    task = _yearly("equal", "0")
    assert _verdict(task, on="2024-12-31") is Verdict.UNREPORTED
    assert standing_of(task, declared=True, on="2024-06-30").verdict is Verdict.ON_PACE
    assert standing_of(task, declared=True).verdict is Verdict.MET
    assert _verdict(task, entry_of("1"), on="2024-08-01") is Verdict.MISSED


def test_without_a_share_to_hold_against_the_pace_a_level_is_just_under_way() -> None:
    standing = standing_of(_yearly(**LEVEL), entry_of("3"), on="2024-08-01")
    assert (standing.verdict, standing.light, standing.gap) == (Verdict.OPEN, Light.GREY, None)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"baseline": "10"}, Verdict.BEHIND),
        ({"interim": {"2024-06-30": "20"}}, Verdict.BEHIND),
        ({}, Verdict.OPEN),
    ],
)
def test_a_level_has_a_pace_from_a_baseline_or_interim_points(
    keys: dict[str, object], expected: Verdict
) -> None:
    assert expected is _verdict(_yearly(**LEVEL, **keys), entry_of("12"), on="2024-08-01")


def test_a_stretch_goal_is_not_the_target() -> None:
    task = task_of(target={"at_least": "30", "stretch": "50", "unit": "名"})
    assert _verdict(task, entry_of("30")) is Verdict.MET


# --- the date


def test_a_window_that_has_not_begun_is_upcoming() -> None:
    standing = standing_of(_yearly(), on="2023-12-31")
    assert (standing.verdict, standing.light) == (Verdict.UPCOMING, Light.GREY)
    assert standing.pace == 0


def test_what_is_due_today_is_not_late() -> None:
    task, entry = _yearly(), entry_of("29")
    assert _verdict(task, entry, on="2024-12-31", over=False) is Verdict.BEHIND
    assert _verdict(task, entry, on="2024-12-31", over=True) is Verdict.MISSED
    assert not standing_of(task, entry, over=False).overdue
    assert standing_of(task, entry).overdue
    assert not standing_of(task, entry_of("30")).overdue
    assert not standing_of(_yearly("at_most"), entry_of("31"), on="2024-08-01").overdue


def test_what_has_not_happened_yet_does_not_count() -> None:
    task = _yearly()
    entries = (entry_of("10", "2024-06-30"), entry_of("20", "2024-07-01"))
    assert standing_of(task, *entries, on="2024-06-30").actual == 10
    assert standing_of(task, *entries, on="2024-07-01").actual == 30


@pytest.mark.parametrize(
    ("day", "first", "is_running_enough"),
    [
        ("2024-07-16", "2024-07-16", True),
        ("2024-07", "2024-07-31", False),
        ({"from": "2024-07-01", "to": "2024-07-05"}, "2024-07-05", True),
    ],
)
def test_a_day_has_happened_when_it_has_come_and_a_month_when_it_is_over(
    day: object, first: str, *, is_running_enough: bool
) -> None:
    entry = entry_of("10", day)
    on = date.fromisoformat(first)
    assert has_happened(entry, as_of(first))
    assert is_running_enough is has_happened(entry, as_of(first, over=False))
    assert not has_happened(entry, as_of((on - timedelta(days=1)).isoformat()))


def test_an_entry_belongs_to_the_window_in_which_it_ends() -> None:
    over_new_year = entry_of("10", {"from": "2023-12-30", "to": "2024-01-02"})
    assert standing_of(_yearly(), over_new_year).actual == 10
    assert standing_of(_yearly(), entry_of("10", {"from": "2024-12-30", "to": "2025-01-02"})).actual is None


@pytest.mark.parametrize(
    "day", [{"from": "2024-12-30", "to": "2025-01-02"}, "2023-05", "2023-12-31", "2025-01"]
)
def test_an_entry_of_another_window_is_not_even_mentioned(day: object) -> None:
    standing = standing_of(_yearly(), entry_of("30", day), on="2025-06-30")
    assert (standing.contributions, standing.verdict) == ((), Verdict.UNREPORTED)


def test_the_autumn_semester_reaches_into_the_next_year() -> None:
    task = task_of(every="semester", tally="count", target={"at_least": "1", "unit": "次"})
    autumn = next(window for window in task.windows if window.label == "2024年秋季学期")
    january = entry_of(None, "2025-01-10")
    judged = stand(task, autumn, "", [january], as_of("2025-01-31"), policy_of())
    assert (judged.verdict, judged.actual) == (Verdict.MET, Fraction(1))
    on_new_years_eve = stand(task, autumn, "", [january], as_of("2024-12-31"), policy_of())
    assert (on_new_years_eve.verdict, on_new_years_eve.over) == (Verdict.UNREPORTED, False)
    spring = next(window for window in task.windows if window.label == "2025年春季学期")
    assert stand(task, spring, "", [january], as_of("2025-07-31"), policy_of()).verdict is Verdict.UNREPORTED


def test_a_surplus_year_does_not_repay_a_short_one_but_a_cumulative_target_takes_all_years() -> None:
    entries = (entry_of("50", "2023-05-01"), entry_of("20", "2024-05-01"))
    assert _verdict(_yearly(), *entries) is Verdict.MISSED
    cumulative = task_of(by="2025-12-31", target={"at_least": "100", "unit": "名"})
    standing = standing_of(cumulative, *entries, on="2024-12-31")
    assert (standing.actual, standing.completion, standing.over) == (Fraction(70), Fraction(7, 10), False)
    assert standing.pace == Fraction(1461, 1826)
    assert standing.verdict is Verdict.BEHIND


def test_what_was_done_after_the_deadline_is_missed_and_not_unreported() -> None:
    task = task_of(by="2021-12-31", kind="deliverable")
    late = entry_of(None, "2022-03-29")
    standing = standing_of(task, late, on="2022-12-31")
    assert (standing.verdict, standing.actual) == (Verdict.MISSED, Fraction(0))
    assert _whys(standing) == ["晚于到期日 2021-12-31"]
    assert _verdict(task, late, on="2022-03-28") is Verdict.UNREPORTED
    assert _verdict(task, entry_of(None, "2021-12-31"), on="2022-12-31") is Verdict.MET
    stranger = entry_of(None, "2022-03-29", unit="洎阳街道")
    assert _verdict(task, stranger, on="2022-12-31") is Verdict.UNREPORTED


def test_what_was_done_after_the_year_of_a_task_is_missed() -> None:
    standing = standing_of(task_of(during="2024"), entry_of(None, "2025-01-05"), on="2025-01-31")
    assert (standing.verdict, _whys(standing)) == (Verdict.MISSED, ["晚于到期日 2024-12-31"])


def test_being_late_proves_nothing_about_an_upper_bound() -> None:
    task = _yearly("at_most", by="2023-12-31")
    assert _verdict(task, entry_of("3", "2024-03-01")) is Verdict.UNREPORTED


def test_a_month_that_the_deadline_cuts_is_not_guessed() -> None:
    task = _yearly(by="2024-06-15")
    june = entry_of("30", "2024-06")
    standing = standing_of(task, june, on="2024-06-30")
    assert (standing.verdict, standing.actual) == (Verdict.MISSED, None)
    assert _whys(standing) == ["只写到月份，分不清是否在 2024-06-15 以前"]
    assert _verdict(task, entry_of("30", "2024-05"), on="2024-06-30") is Verdict.MET


def test_a_month_that_the_deadline_cuts_may_lie_under_a_ceiling_or_not() -> None:
    task, may = _yearly("at_most", by="2024-06-15"), entry_of("25", "2024-05-20")
    assert _verdict(task, may, on="2024-06-30") is Verdict.MET
    assert _verdict(task, may, entry_of("6", "2024-06"), on="2024-06-30") is Verdict.UNVERIFIED
    assert _verdict(task, may, entry_of("6", "2024-06", counted_by="市科协"), on="2024-06-30") is Verdict.MET


# --- what counts


def test_what_counts_and_what_does_not_each_with_its_reason() -> None:
    task = task_of(target=AT_LEAST_30)
    entries = {
        "": entry_of("18"),
        "洎阳街道不是本任务的牵头或责任单位": entry_of("18", unit="洎阳街道"),
        "由市科协计数": entry_of("18", counted_by="领导小组办公室"),
        "尚未办结": entry_of("18", status="ongoing"),
        "没有填写数值": entry_of(),
        "计量单位是“人次”，任务要求“名”": entry_of("18人次"),
    }
    assert list(entries) == [weigh(task, entry).why for entry in entries.values()]
    assert [weigh(task, entry).amount for entry in entries.values()] == [18, 0, 0, 0, 0, 0]
    assert [weigh(task, entry).counted for entry in entries.values()] == [True, *[False] * 5]


def test_a_unit_that_counts_its_own_entry_counts_it() -> None:
    assert weigh(task_of(target=AT_LEAST_30), entry_of("18", counted_by="市教育体育局")).counted


def test_only_the_source_of_record_counts_and_the_others_are_shown_beside() -> None:
    task = task_of(policy_of(source_of_record={"M06-1": "市科协"}), target=AT_LEAST_30)
    own, other = entry_of("18", unit="市科协"), entry_of("18")
    standing = standing_of(task, own, other)
    assert standing.actual == 18
    assert sorted(_whys(standing)) == ["", "以市科协的台账为准，这里是其中数"]


def test_units_of_measure_are_told_apart() -> None:
    task = task_of(target={"at_least": "2万", "unit": "人次"})
    assert weigh(task, entry_of("1.2万人次")).amount == 12_000
    assert weigh(task, entry_of("1.2万")).amount == 12_000
    assert unit_differs(task, entry_of("1.2万人"))
    assert not unit_differs(task_of(), entry_of("3场"))


@pytest.mark.parametrize(
    ("value", "in_doubt"),
    [
        ("0.15", True),
        ("0.15%", False),
        ("15", False),
        ("15%", False),
        ("1", False),
        ("0", False),
        (None, False),
    ],
)
def test_a_bare_fraction_is_not_taken_for_per_cent(value: str | None, *, in_doubt: bool) -> None:
    task = task_of(**RATE, target=PER_CENT_15)
    assert in_doubt is scale_in_doubt(task, entry_of(value))
    assert not scale_in_doubt(task_of(target=AT_LEAST_30), entry_of("0.15"))
    assert not scale_in_doubt(task_of(), entry_of("0.15"))


def test_a_bare_fraction_is_refused_with_what_to_write() -> None:
    why = weigh(task_of(**RATE, target=PER_CENT_15), entry_of("0.15")).why
    assert why == "百分数写成了小数，分不清是百分之几还是比例；请写成 15% 这样的百分数"


def test_percentage_points_are_not_per_cent() -> None:
    why = weigh(task_of(**RATE, target=PER_CENT_15), entry_of("15个百分点")).why
    assert why == "计量单位是“个百分点”，任务要求“%”"


def test_a_rate_may_be_given_by_numerator_and_denominator() -> None:
    entry = entry_of(None, numerator="1万", denominator="6.5万")
    assert weigh(task_of(**RATE, target=PER_CENT_15), entry).amount == Fraction(200, 13)


def test_a_count_takes_no_figure() -> None:
    task = task_of(tally="count", target={"at_least": "2", "unit": "次"})
    standing = standing_of(task, entry_of("300", "2024-03-01"), entry_of(None, "2024-04-01"))
    assert (standing.actual, standing.verdict) == (Fraction(2), Verdict.MET)


# --- tallies and spreads


LEVELS = (
    ("10", "2024-03-31", "市教体局"),
    ("12", "2024-09-30", "市教体局"),
    ("11", "2024-12-31", "市教体局"),
    ("5", "2024-06-30", "团市委"),
)


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"tally": "sum"}, 38),
        ({"tally": "count"}, 4),
        ({"tally": "latest"}, 16),  # of every unit its last, then added up
        ({"tally": "max"}, 17),  # of every unit its greatest, then added up
        ({"tally": "latest", "spread": "any"}, 11),
        ({"tally": "max", "spread": "any"}, 12),
    ],
)
def test_entries_add_up_over_time_first_and_then_over_units(keys: dict[str, object], expected: int) -> None:
    entries = [entry_of(*level) for level in LEVELS]
    assert expected == standing_of(_yearly(**keys), *entries).actual


def test_where_each_unit_owes_the_task_each_has_its_own_standing() -> None:
    task = _yearly(spread="each")
    entries = (entry_of("30"), entry_of("12", unit="团市委"))
    assert spread_units(task) == ("市教体局", "团市委", "市科协")
    standings = [standing_of(task, *entries, unit=unit) for unit in spread_units(task)]
    assert [standing.verdict for standing in standings] == [Verdict.MET, Verdict.MISSED, Verdict.UNREPORTED]
    assert [standing.actual for standing in standings] == [30, 12, None]


@pytest.mark.parametrize("spread", ["total", "any"])
def test_otherwise_there_is_one_standing(spread: str) -> None:
    assert spread_units(_yearly(spread=spread)) == ("",)


def test_of_two_levels_of_one_day_the_one_that_is_worse_for_the_target_counts() -> None:
    levels = (entry_of("31"), entry_of("29", position=1))
    for comparator, expected in (("at_least", 29), ("at_most", 31)):
        task = _yearly(comparator, **LEVEL)
        assert [standing_of(task, *order).actual for order in (levels, levels[::-1])] == [expected] * 2


# --- duties, parts, events


def test_a_duty_is_open_until_it_is_done_or_its_window_is_over() -> None:
    task = task_of()
    assert _verdict(task, on="2024-06-30") is Verdict.OPEN
    assert _verdict(task, entry_of(), on="2024-08-01") is Verdict.MET
    assert _verdict(task) is Verdict.UNREPORTED
    assert _verdict(task, entry_of(status="ongoing")) is Verdict.MISSED
    assert standing_of(task, declared=True).verdict is Verdict.MISSED
    assert standing_of(task, declared=True, on="2024-06-30").verdict is Verdict.OPEN


def test_every_named_part_must_be_covered() -> None:
    task = task_of(items=["安全生产月", "防灾减灾日", "健康科普行动"])
    entries = (
        entry_of(None, "2024-06-01", items=["安全生产月"]),
        entry_of(None, "2024-05-12", items=["防灾减灾日", "安全生产月", "别的"]),
    )
    standing = standing_of(task, *entries)
    assert (standing.verdict, standing.items_missing) == (Verdict.MISSED, ("健康科普行动",))
    assert (standing.actual, standing.target, standing.completion) == (
        Fraction(2),
        Fraction(3),
        Fraction(2, 3),
    )
    assert _verdict(task, *entries, on="2024-08-01") is Verdict.OPEN
    last = entry_of(None, "2024-12-31", items="健康科普行动", unit="团市委")
    assert _verdict(task, *entries, last) is Verdict.MET
    assert standing_of(task).items_missing == ("安全生产月", "防灾减灾日", "健康科普行动")
    assert _verdict(task) is Verdict.UNREPORTED
    assert _verdict(task, entry_of()) is Verdict.MISSED


@pytest.mark.parametrize(
    "keys", [{}, {"target": {"at_least": "2", "unit": "次"}, "tally": "count"}, {"items": ["甲"]}]
)
def test_what_is_owed_only_on_an_event_is_never_missed(keys: dict[str, object]) -> None:
    task = task_of(on_event="true", **keys)
    assert _verdict(task) is Verdict.OPEN
    assert _verdict(task, entry_of(status="ongoing")) is Verdict.OPEN
    assert standing_of(task, declared=True).verdict is Verdict.OPEN
    done = (entry_of(items="甲"), entry_of(None, "2024-08-01"))
    assert _verdict(task, *done) is Verdict.MET


def test_half_of_what_an_event_asks_for_is_not_all_of_it() -> None:
    task = task_of(on_event="true", tally="count", target={"at_least": "2", "unit": "次"})
    assert _verdict(task, entry_of()) is Verdict.OPEN


# --- silence


def test_silence_is_neither_zero_nor_a_miss() -> None:
    standing = standing_of(_yearly(), on="2025-02-01")
    assert (standing.verdict, standing.actual, standing.completion) == (Verdict.UNREPORTED, None, None)
    assert standing.gap is None
    assert standing.overdue


def test_nothing_is_unreported_before_the_reports_are_due_unless_the_task_has_a_day_of_its_own() -> None:
    due = standing_of(_yearly(by="2024-06-30"), on="2024-06-30")
    for standing, word, concluded in (
        (standing_of(_yearly(), on="2025-01-30"), "尚未报送", False),
        (standing_of(_yearly(), on="2025-01-31"), "未报送", True),
        (due, "未报送", True),
    ):
        assert (standing.word, standing.concluded, standing.overdue) == (word, concluded, concluded)


def test_a_declared_nothing_is_zero() -> None:
    standing = standing_of(_yearly(), declared=True)
    assert (standing.verdict, standing.actual) == (Verdict.MISSED, Fraction(0))


@pytest.mark.parametrize("comparator", ["at_least", "at_most"])
def test_a_stranger_does_not_break_the_silence_of_the_owners(comparator: str) -> None:
    assert _verdict(_yearly(comparator), entry_of("10", unit="洎阳街道")) is Verdict.UNREPORTED


def test_a_level_of_which_nothing_can_be_used_is_under_way_and_then_missed() -> None:
    task = task_of(**RATE, target=PER_CENT_15)
    assert _verdict(task, entry_of("0.15"), on="2024-08-01") is Verdict.OPEN
    assert _verdict(task, entry_of("0.15")) is Verdict.MISSED
    assert standing_of(task, declared=True).verdict is Verdict.MISSED
    assert standing_of(task).verdict is Verdict.UNREPORTED


def test_an_upper_bound_is_not_met_by_leaving_figures_out() -> None:
    task = _yearly("at_most", "30")
    assert _verdict(task, entry_of("10")) is Verdict.MET
    assert _verdict(task, entry_of("10"), entry_of("9人次", "2024-08-01")) is Verdict.UNVERIFIED
    assert _verdict(task, entry_of("10"), entry_of(None, "2024-08-01"), on="2024-09-01") is Verdict.UNVERIFIED
    assert _verdict(task, entry_of("10"), entry_of("9", counted_by="市科协")) is Verdict.MET


# --- 存疑


def _between(certain: int | None, least: int | None, greatest: int) -> Interval:
    first, second = (None if end is None else Fraction(end) for end in (certain, least))
    return Interval(first, second, Fraction(greatest))


SETTLED = "2025-03-03"  # the day after what is in doubt of 2024 should have been settled


def test_a_target_met_only_on_paper_is_unverified_and_weighs_as_missed() -> None:
    task, paper = _yearly(strength="hard"), entry_of("30")
    standing = standing_of(task, paper, disputes=without_proof(paper))
    assert (standing.verdict, standing.worst, standing.weight) == (
        Verdict.UNVERIFIED,
        Verdict.MISSED,
        Severity.ERROR,
    )
    assert (standing.actual, standing.in_doubt, standing.light) == (Fraction(0), Fraction(30), Light.RED)
    assert standing_of(task, paper).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("proven", "claimed", "expected"),
    [
        ("30", "5", Verdict.MET),
        ("29", "5", Verdict.UNVERIFIED),
        ("20", "5", Verdict.MISSED),  # even with it
    ],
)
def test_what_is_in_doubt_matters_only_where_it_decides(proven: str, claimed: str, expected: Verdict) -> None:
    paper = entry_of(claimed, position=1)
    standing = standing_of(_yearly(), entry_of(proven), paper, disputes=without_proof(paper))
    assert expected is standing.verdict
    assert standing.actual == Fraction(proven)


def test_after_the_review_the_undisputed_figure_decides_and_the_doubt_stands_beside_it() -> None:
    task, paper = _yearly(strength="hard"), entry_of("5", position=1)
    entries, disputes = (entry_of("29"), paper), without_proof(paper)
    last_day = standing_of(task, *entries, on="2025-03-02", over=False, disputes=disputes)
    after = standing_of(task, *entries, on=SETTLED, disputes=disputes)
    assert [last_day.verdict, after.verdict] == [Verdict.UNVERIFIED, Verdict.MISSED]
    assert (after.actual, after.in_doubt, after.weight) == (Fraction(29), Fraction(5), Severity.ERROR)
    policy = policy_of(review_due={"years_after": "1", "day": "06-30"})
    postponed = standing_of(task, *entries, on=SETTLED, disputes=disputes, policy=policy)
    assert postponed.verdict is Verdict.UNVERIFIED


def test_a_ceiling_that_the_undisputed_figure_keeps_weighs_by_what_may_be_added() -> None:
    task, paper = _yearly("at_most", strength="hard"), entry_of("25", position=1)
    entries, disputes = (entry_of("10"), paper), without_proof(paper)
    before = standing_of(task, *entries, disputes=disputes)
    after = standing_of(task, *entries, on=SETTLED, disputes=disputes)
    assert [before.verdict, after.verdict] == [Verdict.UNVERIFIED, Verdict.MET]
    assert [before.weight, after.weight] == [Severity.ERROR, Severity.ERROR]
    small = entry_of("5", position=1)
    assert standing_of(task, entry_of("10"), small, disputes=without_proof(small)).verdict is Verdict.MET


def test_while_the_window_is_open_doubt_shows_only_between_well_and_not_well() -> None:
    task, paper = _yearly(), entry_of("20", "2024-02-01", position=1)
    lagging = standing_of(
        task, entry_of("5", "2024-01-31"), paper, on="2024-09-30", disputes=without_proof(paper)
    )
    assert lagging.interval == _between(5, 5, 25)
    assert lagging.verdict is Verdict.UNVERIFIED
    more = entry_of("29", "2024-02-01")
    ahead = standing_of(task, more, paper, on="2024-06-30", disputes=without_proof(paper))
    assert (ahead.verdict, ahead.worst) == (Verdict.ON_PACE, Verdict.ON_PACE)  # met at best
    little = entry_of("1", "2024-02-01", position=1)
    behind = standing_of(task, little, on="2024-09-30", disputes=without_proof(little))
    assert behind.verdict is Verdict.BEHIND


def test_a_part_covered_only_on_paper_is_unverified() -> None:
    task = task_of(strength="hard", items=["甲", "乙"])
    proven, claimed = entry_of(items="甲"), entry_of(items=["甲", "乙"], position=1)
    disputes = without_proof(claimed)
    standing = standing_of(task, proven, claimed, disputes=disputes)
    assert (standing.verdict, standing.interval) == (Verdict.UNVERIFIED, _between(1, 1, 2))
    assert standing.items_missing == ("乙",)
    also = entry_of(items="乙", position=2)
    assert standing_of(task, proven, claimed, also, disputes=disputes).verdict is Verdict.MET


def test_every_newer_level_in_doubt_may_be_the_last() -> None:
    task = _yearly(**LEVEL)
    proven, high, low = (
        entry_of("40", "2024-03-31"),
        entry_of("35", "2024-11-30", position=1),
        entry_of("25", "2024-12-31", position=2),
    )
    one = standing_of(task, proven, high, disputes=without_proof(high))
    assert (one.interval, one.verdict) == (_between(40, 35, 40), Verdict.MET)
    both = standing_of(task, proven, high, low, disputes=without_proof(high, low))
    assert (both.interval, both.verdict) == (_between(40, 25, 40), Verdict.UNVERIFIED)
    older = entry_of("90", "2024-01-31", position=3)
    assert standing_of(task, older, proven, disputes=without_proof(older)).interval == _between(40, 40, 40)


def test_a_level_that_only_disputed_entries_give_is_not_given() -> None:
    task, paper = _yearly(**LEVEL), entry_of("40")
    standing = standing_of(task, paper, disputes=without_proof(paper))
    assert standing.interval == (None, -math.inf, Fraction(40))
    assert (standing.verdict, standing.in_doubt) == (Verdict.UNVERIFIED, Fraction(40))


@pytest.mark.parametrize(("tally", "keys"), [("max", {}), ("latest", {"baseline": "0"})])
def test_a_greater_level_in_doubt_does_not_hide_that_nothing_is_certain(
    tally: str, keys: dict[str, object]
) -> None:
    task = _yearly(tally=tally, **keys)
    low, high = entry_of("1", "2024-02-01"), entry_of("29", "2024-03-01", position=1)
    for entries in ([low], [low, high]):
        standing = standing_of(task, *entries, on="2024-07-31", disputes=without_proof(*entries))
        assert standing.weight is Severity.WARNING


def test_one_level_told_again_by_another_unit_is_not_added_to_the_first() -> None:
    task = _yearly("more_than", "4", tally="max")
    own, greater = entry_of("3"), entry_of("4", position=1)
    again = entry_of("1", unit="团市委", position=2)
    assert standing_of(task, own, greater, again, disputes=[one_fact(own, again)]).actual == 4


def test_the_greatest_figure_lies_between_the_certain_ones_and_all() -> None:
    paper = entry_of("40", position=1)
    standing = standing_of(_yearly(tally="max"), entry_of("20"), paper, disputes=without_proof(paper))
    assert standing.interval == _between(20, 20, 40)


def test_of_entries_that_are_one_fact_the_least_counts_for_certain() -> None:
    entries = [entry_of(value, position=n) for n, value in enumerate(("20", "15", "15", "1"))]
    pairs = [one_fact(*entries[:2]), one_fact(*entries[1:3])]  # three units, in a chain
    standing = standing_of(_yearly(), *entries, disputes=pairs)
    assert standing.interval == _between(16, 16, 51)
    assert [c.kept for c in standing.contributions] == [False, True, False, False]


def test_an_entry_that_is_disputed_otherwise_is_not_the_one_that_is_kept() -> None:
    low, high = entry_of("10"), entry_of("20", position=1)
    standing = standing_of(_yearly(), low, high, disputes=[one_fact(low, high), *without_proof(low)])
    assert standing.actual == 20
    neither = [one_fact(low, high), *without_proof(low, high)]
    assert standing_of(_yearly(), low, high, disputes=neither).actual == 0


def test_doubts_are_named_once_each_with_the_entries_they_touch() -> None:
    one, other = entry_of("10"), entry_of("20", position=1)
    standing = standing_of(_yearly(), one, other, disputes=[one_fact(one, other)])
    assert [c.entry for c in standing.disputed] == [other]
    assert [doubt.place for doubt in standing.doubts] == [other.place]


def test_how_much_evidence_is_needed_follows_the_strength_of_the_words() -> None:
    policy = policy_of(evidence={"hard": "2", "firm": "1", "soft": "0"})
    needed = [
        evidence_needed(task_of(strength=strength), policy).number for strength in ("hard", "firm", "soft")
    ]
    assert needed == [2, 1, 0]


# --- what is not known


def _lost(unit: str = "市教体局", year: int = 2024, *tasks: str) -> Unread:
    return Unread(f"progress/{year}/{unit}.yaml", unit, year, frozenset(tasks))


def _source(unit: str = "市科协", unknown: str = "", *, is_zero: bool = False, year: int = 2024) -> Source:
    return Source(unit, year, is_zero, unknown)


@pytest.mark.parametrize(
    ("lost", "matters"),
    [
        (_lost(), True),
        (_lost("市科协"), True),
        (_lost(""), True),
        (_lost(year=0), True),
        (_lost("市教体局", 2024, "M06-1"), True),
        (_lost("市教体局", 2024, "M06-2"), False),
        (_lost(year=2023), False),
        (_lost(year=2025), False),
        (_lost("洎阳街道"), False),
    ],
)
def test_a_report_that_cannot_be_read_leaves_a_ceiling_open_and_lifts_no_miss(
    lost: Unread, *, matters: bool
) -> None:
    ceiling = standing_of(_yearly("at_most"), entry_of("10"), unread=[lost])
    assert (ceiling.verdict is Verdict.UNVERIFIED) is matters
    floor = standing_of(_yearly(), entry_of("10"), unread=[lost])
    assert floor.verdict is Verdict.MISSED
    assert ceiling.unread == floor.unread == ((lost.file,) if matters else ())


def test_only_the_report_of_the_unit_itself_matters_where_each_has_its_own_standing() -> None:
    task, lost = _yearly(spread="each"), _lost("团市委")
    standings = [standing_of(task, unit=unit, unread=[lost]) for unit in spread_units(task)]
    expected = [Verdict.UNREPORTED, Verdict.MISSED, Verdict.UNREPORTED]  # a lost report is not no report
    assert expected == [standing.verdict for standing in standings]
    assert [standing.unread for standing in standings] == [(), (lost.file,), ()]


@pytest.mark.parametrize(
    ("comparator", "tally", "value", "on", "expected"),
    [
        ("at_least", "sum", "30", "2024-12-31", Verdict.MET),
        ("at_least", "sum", "28", "2024-08-01", Verdict.ON_PACE),
        ("at_least", "sum", "1", "2024-08-01", Verdict.BEHIND),
        ("at_least", "latest", "30", "2024-12-31", Verdict.UNVERIFIED),
        ("at_least", "max", "30", "2024-12-31", Verdict.MET),
        ("equal", "sum", "30", "2024-12-31", Verdict.UNVERIFIED),
        ("between", "sum", "30", "2024-12-31", Verdict.UNVERIFIED),
        ("at_most", "sum", "30", "2024-12-31", Verdict.UNVERIFIED),
        ("at_most", "sum", "30", "2024-08-01", Verdict.UNVERIFIED),
        ("at_most", "sum", "31", "2024-12-31", Verdict.MISSED),
        ("at_most", "latest", "31", "2024-12-31", Verdict.UNVERIFIED),
        ("at_least", "sum", "30", "2023-12-31", Verdict.UPCOMING),
    ],
)
@pytest.mark.parametrize("unknown", ["a lost report", "a missing report"])
def test_what_is_not_known_adds_nothing_to_a_floor_and_has_no_end_for_a_ceiling(
    comparator: str, tally: str, value: str, on: str, expected: Verdict, unknown: str
) -> None:
    amount = ["20", "30"] if comparator == "between" else "30"
    task = _yearly(comparator, amount, tally=tally)
    told: dict[str, Any] = (
        {"unread": [_lost()]} if unknown == "a lost report" else {"sources": [_source(unknown="没有报送")]}
    )
    assert expected is standing_of(task, entry_of(value), on=on, **told).verdict


def test_what_is_not_known_stays_unverified_after_the_review_where_it_could_be_worse() -> None:
    silent = [_source(unknown="没有报送")]
    kept = standing_of(_yearly("at_most"), entry_of("10"), on=SETTLED, sources=silent)
    assert (kept.verdict, kept.worst) == (Verdict.UNVERIFIED, Verdict.MISSED)
    level = standing_of(_yearly("at_most", **LEVEL), entry_of("31"), on=SETTLED, sources=silent)
    assert level.verdict is Verdict.MISSED  # at best it could be better


def test_an_old_report_that_is_missing_says_nothing_about_a_newer_level() -> None:
    task = _yearly(**LEVEL, by="2025-12-31")
    entry = entry_of("30", "2024-07-16", unit="市科协")
    for year, expected in ((2023, Verdict.ON_PACE), (2024, Verdict.OPEN)):
        missing = [_source(unknown="没有报送", year=year)]
        assert expected is standing_of(task, entry, on="2025-06-30", sources=missing).worst


def test_the_level_of_one_unit_does_not_speak_for_the_missing_report_of_another() -> None:
    task = _yearly("at_most", **LEVEL, by="2025-12-31")
    newer, missing = entry_of("5", "2024-07-16"), [_source(unknown="没有报送", year=2023)]
    both = standing_of(task, newer, entry_of("30", "2023-07-16", unit="市科协"), on="2025-06-30")
    one = standing_of(task, newer, on="2025-06-30", sources=missing)
    assert [both.weight, one.weight] == [Severity.WARNING, Severity.WARNING]
    whoever = [_source("", unknown="读不出来", year=2023)]
    assert standing_of(task, newer, on="2025-06-30", sources=whoever).weight is Severity.WARNING


def test_a_signed_report_without_an_entry_is_nought_and_no_level() -> None:
    signed = [_source("市教体局", is_zero=True), _source("团市委", is_zero=True)]
    assert standing_of(_yearly(), sources=signed).actual == 0
    assert standing_of(_yearly("at_most"), sources=signed).verdict is Verdict.MET
    assert standing_of(_yearly(**LEVEL), sources=signed).actual is None
    assert standing_of(task_of(), sources=signed).verdict is Verdict.MISSED
    ongoing = entry_of("5", status="ongoing")
    assert standing_of(_yearly(), ongoing, sources=signed[:1]).actual == 0
    assert standing_of(_yearly(), entry_of(), sources=signed[:1]).actual is None  # not known is not nought


def test_the_zero_of_one_unit_is_not_the_zero_of_another_that_is_silent() -> None:
    mixed = [_source("市教体局", is_zero=True), _source("团市委", unknown="没有报送")]
    standing = standing_of(_yearly("at_most"), sources=mixed)
    assert (standing.verdict, standing.weight) == (Verdict.UNVERIFIED, Severity.WARNING)
    assert [source.unit for source in standing.unknown] == ["团市委"]


def test_a_miss_without_any_usable_level_is_not_lifted_by_a_lost_report() -> None:
    task = task_of(**RATE, target=PER_CENT_15)
    assert standing_of(task, entry_of("0.15"), unread=[_lost()]).verdict is Verdict.MISSED


def test_a_duty_stays_as_it_is_beside_a_lost_report() -> None:
    assert standing_of(task_of(), on="2024-06-30", unread=[_lost()]).verdict is Verdict.OPEN
    assert standing_of(task_of(), unread=[_lost()]).verdict is Verdict.MISSED


# --- what is still to come, and what came late


def test_what_is_not_met_falls_due_until_its_window_is_over() -> None:
    task = _yearly()
    awaited = [standing_of(task, entry_of(value), on="2024-08-01").awaited for value in ("29", "30")]
    assert awaited == [True, False]
    assert not standing_of(task, entry_of("29")).awaited


def test_a_plain_duty_is_finished_late_by_the_first_entry_after_its_day() -> None:
    task = task_of(by="2024-06-30")
    late, later = entry_of(None, "2024-08-20"), entry_of(None, "2024-11-05", position=1)
    assert finished_late(standing_of(task, later, late)) == late
    assert finished_late(standing_of(task, entry_of(None, "2024-08-20", status="ongoing"))) is None
    assert finished_late(standing_of(_yearly(by="2024-06-30"), entry_of("30", "2024-08-20"))) is None


# --- 追溯


def test_what_was_over_before_the_plan_was_issued_is_held_against_nobody() -> None:
    task = _yearly(strength="hard")
    known = Known(issued=date(2025, 3, 29))
    judged = [
        stand(task, window_of(task), "", entries, as_of("2025-06-30"), policy_of(), known)
        for entries in ([], [entry_of("10")], [entry_of("30")])
    ]
    assert [s.verdict for s in judged] == [Verdict.UNREPORTED, Verdict.MISSED, Verdict.MET]
    assert [(s.retroactive, s.weighs_as, s.weight, s.overdue) for s in judged] == [
        (True, None, None, False)
    ] * 3
    assert [s.light for s in judged] == [Light.GREY, Light.GREY, Light.GREEN]


# --- 亮灯


@pytest.mark.parametrize(
    ("value", "verdict", "light"),
    [
        ("183", Verdict.ON_PACE, Light.GREEN),
        ("182.9", Verdict.BEHIND, Light.YELLOW),
        ("73.5", Verdict.BEHIND, Light.YELLOW),  # 30 points below pace: (183 − 73.5) ÷ 365
        ("73.4", Verdict.BEHIND, Light.RED),
        ("0", Verdict.BEHIND, Light.RED),
        ("365", Verdict.MET, Light.GREEN),
    ],
)
def test_the_light_turns_red_just_beyond_thirty_points(value: str, verdict: Verdict, light: Light) -> None:
    standing = _in_2023(_yearly("at_least", "365"), value, HALF_YEAR)
    assert (verdict, light) == (standing.verdict, standing.light)
    assert standing.gap == (Fraction(value) - 183) / 365


def test_where_red_begins_stands_in_the_policy() -> None:
    standing = standing_of(
        _yearly(), entry_of("14"), on="2024-07-17", policy=policy_of(lights={"yellow_within": "5"})
    )
    assert (standing.verdict, standing.light) == (Verdict.BEHIND, Light.RED)
    assert standing_of(_yearly(), entry_of("14"), on="2024-07-17").light is Light.YELLOW


@pytest.mark.parametrize(
    ("values", "on", "light"),
    [
        ([], "2024-06-30", Light.GREY),
        ([], "2024-12-31", Light.GREY),
        ([], "2025-01-31", Light.RED),
        (["29"], "2024-12-31", Light.RED),
        (["30"], "2024-12-31", Light.GREEN),
    ],
)
def test_silence_turns_red_when_the_reports_are_due(values: list[str], on: str, light: Light) -> None:
    assert light is standing_of(_yearly(), *map(entry_of, values), on=on).light


def test_a_level_past_its_mark_is_yellow() -> None:
    standing = standing_of(_yearly("equal", **LEVEL), entry_of("31"), on="2024-08-01")
    assert (standing.verdict, standing.light) == (Verdict.BEHIND, Light.YELLOW)


# --- 预计完成 and the rate that is needed


def test_a_sum_is_forecast_from_the_share_of_the_window_gone_by() -> None:
    entries = (entry_of("6", "2024-02-01"), entry_of("9", "2024-05-01"))
    forecast = standing_of(_yearly(), *entries, on="2024-06-30").forecast
    assert forecast is not None
    assert forecast.amount == Fraction(15 * 366, 182)
    assert str(forecast.span) == "2024-01-01 至 2024-06-30"


@pytest.mark.parametrize(
    ("days", "on", "there"),
    [
        (["2024-01-05", "2024-02-01"], "2024-03-29", False),  # the 89th day
        (["2024-01-05", "2024-02-01"], "2024-03-30", True),  # the 90th
        (["2024-01-05"], "2024-11-30", False),
        (["2024-01-05", "2024-01-05"], "2024-11-30", False),
        ([], "2024-11-30", False),
        (["2024-01-05", "2024-02-01"], "2024-12-31", False),  # over: nothing to forecast
    ],
)
def test_a_sum_is_forecast_only_with_two_dates_and_ninety_days(
    days: list[str], on: str, *, there: bool
) -> None:
    entries = [entry_of("5", day) for day in days]
    assert there is (standing_of(_yearly(), *entries, on=on).forecast is not None)


def test_a_level_is_forecast_along_the_line_from_its_first_to_its_last_date() -> None:
    task = task_of(**RATE, target=PER_CENT_15, by="2025-12-31")
    entries = (entry_of("10%", "2023-01-01"), entry_of("11%", "2023-07-20"), entry_of("12%", "2024-01-01"))
    forecast = standing_of(task, *entries, on="2024-06-30").forecast
    assert forecast is not None
    assert forecast.amount == 12 + Fraction(2, 365) * 730
    assert str(forecast.span) == "2023-01-01 至 2024-01-01"


@pytest.mark.parametrize(
    ("first", "last", "there"), [("2024-01-01", "2024-03-30", False), ("2024-01-01", "2024-03-31", True)]
)
def test_a_level_is_forecast_only_over_ninety_days(first: str, last: str, *, there: bool) -> None:
    entries = (entry_of("10", first), entry_of("12", last))
    assert there is (standing_of(_yearly(**LEVEL), *entries, on="2024-06-30").forecast is not None)


def test_no_line_is_drawn_through_the_levels_of_different_units() -> None:
    entries = (entry_of("10", "2024-01-01"), entry_of("12", "2024-05-31", unit="团市委"))
    assert standing_of(_yearly(**LEVEL), *entries, on="2024-06-30").forecast is None
    assert standing_of(_yearly(spread="any"), *entries, on="2024-06-30").forecast is not None
    assert (
        standing_of(_yearly(tally="max"), *entries[:1], entry_of("9", "2024-05-31"), on="2024-06-30").forecast
        is None
    )


def test_a_falling_level_is_never_forecast_below_nothing() -> None:
    entries = (entry_of("90", "2024-01-01"), entry_of("10", "2024-05-31"))
    forecast = standing_of(_yearly("at_most", **LEVEL), *entries, on="2024-06-30").forecast
    assert forecast is not None
    assert forecast.amount == 0


def test_a_month_lies_on_its_last_day() -> None:
    entries = (entry_of("10", "2024-01-10"), entry_of("20", "2024-06"))
    assert standing_of(_yearly(**LEVEL), *entries, on="2024-06-29").forecast is None
    forecast = standing_of(_yearly(**LEVEL), *entries, on="2024-06-30").forecast
    assert forecast is not None
    assert str(forecast.span) == "2024-01-10 至 2024-06-30"


def test_only_what_is_certain_is_drawn_out() -> None:
    certain, paper = entry_of("6", "2024-02-01"), entry_of("9", "2024-05-01", position=1)
    standing = standing_of(_yearly(), certain, paper, on="2024-06-30", disputes=without_proof(paper))
    assert standing.forecast is None


def test_a_duty_has_no_forecast() -> None:
    entries = (entry_of(None, "2024-01-01"), entry_of(None, "2024-05-31"))
    standing = standing_of(task_of(items=["甲"]), *entries, on="2024-06-30")
    assert (standing.forecast, standing.remaining_per_month) == (None, None)


@pytest.mark.parametrize(
    ("on", "over", "expected"),
    [
        ("2024-10-01", True, Fraction(12) / 91 * Fraction(365, 12)),
        ("2024-10-01", False, Fraction(12) / 92 * Fraction(365, 12)),
        ("2024-01-01", False, Fraction(12) / 366 * Fraction(365, 12)),
        ("2024-12-20", True, Fraction(12)),  # less than a month left: all that lacks
        ("2024-12-31", False, Fraction(12)),
        ("2024-12-31", True, None),
    ],
)
def test_what_is_needed_a_month_spreads_what_lacks_over_the_days_left(
    on: str, expected: Fraction | None, *, over: bool
) -> None:
    entry = entry_of("18", "2024-01-01")
    assert expected == standing_of(_yearly(), entry, on=on, over=over).remaining_per_month


def test_the_last_one_that_lacks_is_still_needed() -> None:
    assert standing_of(_yearly(), entry_of("29"), on="2024-12-20").remaining_per_month == 1


@pytest.mark.parametrize(
    ("task", "values"),
    [
        (_yearly(), []),
        (_yearly(), ["30"]),
        (_yearly("about"), ["27"]),
        (_yearly("more_than"), ["30"]),
        (_yearly("at_most"), ["10"]),
        (_yearly("equal"), ["10"]),
        (task_of(), ["1"]),
    ],
)
def test_nothing_is_needed_a_month_where_nothing_measurable_lacks(task: Task, values: list[str]) -> None:
    assert standing_of(task, *map(entry_of, values), on="2024-08-01").remaining_per_month is None


def test_nothing_is_needed_a_month_before_the_window_begins() -> None:
    assert standing_of(_yearly(), declared=True, on="2023-12-31").remaining_per_month is None


# --- words


def test_every_verdict_has_its_word() -> None:
    assert [verdict.label for verdict in Verdict] == [
        "达标", "达进度", "欠进度", "未达标", "未报送", "进行中", "未到期", "待核实", "已豁免",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tally", "expected"),
    [("latest", ["已有更近的数", ""]), ("max", ["", "已有更大的数"]), ("sum", ["", ""])],
)
def test_of_several_levels_those_that_were_not_taken_say_why(tally: str, expected: list[str]) -> None:
    task = task_of(target=AT_LEAST_30, tally=tally)
    standing = standing_of(task, entry_of("18", "2024-03-01"), entry_of("12", "2024-06-01", name="后"))
    assert [c.passed_over for c in standing.contributions] == expected
    assert [c.decides for c in standing.contributions] == [not why for why in expected]


def test_the_day_until_which_doubts_may_be_settled_is_thirty_days_after_the_reports() -> None:
    assert str(standing_of(task_of(target=AT_LEAST_30)).review_due) == "2025-03-02"
