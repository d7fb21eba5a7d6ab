"""How a standing grew: what the charts draw is what the arithmetic says on each day."""

from datetime import date
from fractions import Fraction

from kesu_cli.standing import Standing
from kesu_cli.trajectory import trajectory_of
from sample_task import AT_LEAST_30, as_of, entry_of, standing_of, task_of, without_proof

END = date(2024, 12, 31)


def grown(standing: Standing, on: str = "2024-12-31") -> list[tuple[str, Fraction]]:
    return [(day.isoformat(), amount) for day, amount in trajectory_of(standing, as_of(on)).actual]


def paced(standing: Standing) -> list[tuple[str, Fraction]]:
    return [(day.isoformat(), amount) for day, amount in trajectory_of(standing, as_of("2024-12-31")).pace]


def test_a_sum_grows_by_every_entry_that_counts_and_entries_of_one_day_make_one_step() -> None:
    task = task_of(target=AT_LEAST_30)
    entries = (
        entry_of("18", "2024-07-16"),
        entry_of("5", "2024-03-01"),
        entry_of("2", "2024-07-16"),
        entry_of("9", "2024-08-01", counted_by="市科协"),
    )
    standing = standing_of(task, *entries)
    assert [("2024-03-01", Fraction(5)), ("2024-07-16", Fraction(25))] == grown(standing)
    assert standing.actual == grown(standing)[-1][1]


def test_a_level_goes_down_as_well_as_up() -> None:
    task = task_of(kind="rate", target={"at_least": "15", "unit": "%"}, spread="any", tally="latest")
    standing = standing_of(task, entry_of("13%", "2024-02-01"), entry_of("12.5%", "2024-06-01"))
    assert [("2024-02-01", Fraction(13)), ("2024-06-01", Fraction(25, 2))] == grown(standing)


def test_named_parts_are_counted_once_each() -> None:
    task = task_of(items=["甲", "乙"])
    entries = (entry_of(day="2024-02-01", items=["甲"]), entry_of(day="2024-06-01", items=["甲", "乙"]))
    standing = standing_of(task, *entries)
    assert [("2024-02-01", Fraction(1)), ("2024-06-01", Fraction(2))] == grown(standing)
    assert [("2024-01-01", Fraction(0)), ("2024-12-31", Fraction(2))] == paced(standing)


def test_a_month_stands_at_its_last_day() -> None:
    task, month = task_of(target=AT_LEAST_30), entry_of("5", "2024-07")
    assert grown(standing_of(task, month, on="2024-07-30"), "2024-07-30") == []
    assert [("2024-07-31", Fraction(5))] == grown(standing_of(task, month, on="2024-07-31"), "2024-07-31")


def test_what_is_in_doubt_is_not_drawn_as_done() -> None:
    paper = entry_of("12", "2024-06-01", position=1)
    task, certain = task_of(target=AT_LEAST_30), entry_of("18", "2024-03-01")
    standing = standing_of(task, certain, paper, disputes=without_proof(paper))
    assert [("2024-03-01", Fraction(18))] == grown(standing)
    assert standing.actual == grown(standing)[-1][1]


def test_what_is_disputed_is_drawn_apart_from_what_is_certain() -> None:
    sound, doubted = entry_of("5", "2024-03-01"), entry_of("7", "2024-06-01", "团市委")
    standing = standing_of(task_of(target=AT_LEAST_30), sound, doubted, disputes=without_proof(doubted))
    course = trajectory_of(standing, as_of("2024-12-31"))
    assert ((date(2024, 3, 1), Fraction(5)),) == course.actual
    assert ((date(2024, 3, 1), Fraction(5)), (date(2024, 6, 1), Fraction(12))) == course.doubtful
    assert trajectory_of(standing_of(task_of(target=AT_LEAST_30), sound), as_of("2024-12-31")).doubtful == ()


def test_the_pace_bends_where_the_office_has_split_the_target() -> None:
    standing = standing_of(task_of(target=AT_LEAST_30, interim={"2024-06-30": "20"}))
    expected = [("2024-01-01", Fraction(0)), ("2024-06-30", Fraction(20)), ("2024-12-31", Fraction(30))]
    assert expected == paced(standing)


def test_a_level_without_baseline_or_interim_points_has_no_pace_to_draw() -> None:
    assert paced(standing_of(task_of(target=AT_LEAST_30, tally="latest"))) == []


def test_the_pace_starts_at_the_baseline() -> None:
    standing = standing_of(task_of(target=AT_LEAST_30, tally="latest", baseline="10"))
    assert [("2024-01-01", Fraction(10)), ("2024-12-31", Fraction(30))] == paced(standing)


def test_an_upper_bound_has_no_pace_to_draw_unless_it_comes_down_from_a_baseline() -> None:
    bound = {"at_most": "30", "unit": "起"}
    assert paced(standing_of(task_of(target=bound))) == []
    assert paced(standing_of(task_of(target={"between": ["10", "30"], "unit": "起"}))) == []
    standing = standing_of(task_of(target=bound, tally="latest", baseline="50"))
    assert [("2024-01-01", Fraction(50)), ("2024-12-31", Fraction(30))] == paced(standing)
    assert standing.window.end == END
