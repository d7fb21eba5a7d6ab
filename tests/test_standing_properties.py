"""What holds for every standing, whatever the figures: order, sums, pace, windows."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from kesu_cli.model.amount import fixed, show_number
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Entry
from kesu_cli.model.window import Days, Rhythm, Semester, windows, year_of
from kesu_cli.pace import pace_of
from kesu_cli.standing import Standing, spread_units, stand
from kesu_cli.verdict import Verdict
from sample_task import PROOF, as_of, entry_of, policy_of, task_of

POLICY = policy_of()
START, END = date(2021, 1, 1), date(2025, 12, 31)
WORST_FIRST = [
    Verdict.UNREPORTED,
    Verdict.MISSED,
    Verdict.BEHIND,
    Verdict.ON_PACE,
    Verdict.UNVERIFIED,
    Verdict.MET,
]
UNITS = ("市教体局", "团市委", "市科协")
CUMULATIVE = task_of(by="2025-12-31", target={"at_least": "100", "unit": "名"})
YEARLY = task_of(target={"at_least": "20", "unit": "名"})


def _entry(value: int, unit: str, day: date, *, proven: bool) -> Entry:
    evidence = PROOF if proven else []
    return entry_of(show_number(Fraction(value, 10)), day.isoformat(), unit, evidence=evidence)


days = st.dates(START, END)
entries = st.builds(_entry, st.integers(0, 1000), st.sampled_from(UNITS), days, proven=st.booleans())
books = st.lists(entries, max_size=6)
tasks = st.builds(
    lambda comparator, tally, spread, amount, strength: task_of(
        by="2025-12-31",
        target={comparator: str(amount), "unit": "名"},
        tally=tally,
        spread=spread,
        strength=strength,
    ),
    st.sampled_from(["at_least", "more_than", "about"]),
    st.sampled_from(["sum", "count", "max"]),
    st.just("total"),
    st.integers(1, 120),
    st.sampled_from(["hard", "firm"]),
)


def _judged(task: Task, book: Sequence[Entry], day: date, unit: str = "", number: int = 0) -> Standing:
    return stand(task, task.windows[number], unit, book, as_of(day.isoformat()), POLICY)


@given(tasks, books, st.integers(0, 1000), st.sampled_from(UNITS), days, days)
def test_more_proven_progress_never_worsens_a_verdict(
    task: Task, book: list[Entry], value: int, unit: str, day: date, on: date
) -> None:
    more = _entry(value, unit, day, proven=True)
    before, after = _judged(task, book, on), _judged(task, [*book, more], on)
    assert WORST_FIRST.index(before.verdict) <= WORST_FIRST.index(after.verdict)


@given(st.sampled_from(["sum", "latest", "max", "count"]), st.sampled_from(["total", "each"]), st.data())
def test_the_order_of_entries_changes_nothing(tally: str, spread: str, data: st.DataObject) -> None:
    target = {"at_least": "20", "unit": "名"}
    task = task_of(by="2025-12-31", target=target, tally=tally, spread=spread, strength="hard")
    book = data.draw(books)
    shuffled = data.draw(st.permutations(book))
    on = data.draw(days)
    for unit in spread_units(task):
        one, other = _judged(task, book, on, unit), _judged(task, shuffled, on, unit)
        assert (one.actual, one.verdict, one.light, one.forecast) == (
            other.actual,
            other.verdict,
            other.light,
            other.forecast,
        )


@given(books, days)
def test_a_total_is_the_sum_of_what_each_unit_did(book: list[Entry], on: date) -> None:
    for tally in ("sum", "count", "latest", "max"):
        target = {"at_least": "100", "unit": "名"}
        total = task_of(by="2025-12-31", target=target, tally=tally)
        each = task_of(by="2025-12-31", target=target, tally=tally, spread="each")
        parts = [_judged(each, book, on, unit).actual for unit in spread_units(each)]
        assert sum(part or Fraction(0) for part in parts) == (_judged(total, book, on).actual or 0)


@given(books)
def test_the_years_add_up_to_the_whole(book: list[Entry]) -> None:
    years = [_judged(YEARLY, book, END, number=number).actual or 0 for number in range(len(YEARLY.windows))]
    assert sum(years) == (_judged(CUMULATIVE, book, END).actual or 0)


@given(books, days)
def test_what_counts_makes_up_the_figure(book: list[Entry], on: date) -> None:
    standing = _judged(CUMULATIVE, book, on)
    assert sum(contribution.amount for contribution in standing.contributions) == (standing.actual or 0)
    assert all(contribution.entry.days.end <= on for contribution in standing.contributions)


@given(books, days)
def test_a_verdict_and_its_figures_never_contradict_each_other(book: list[Entry], on: date) -> None:
    standing = _judged(CUMULATIVE, book, on)
    assert (standing.actual is None) == (standing.verdict is Verdict.UNREPORTED)
    if standing.completion is not None and standing.gap is not None:
        assert (standing.completion >= 1) == (standing.verdict is Verdict.MET)
        assert standing.gap >= 0 or standing.verdict in (Verdict.BEHIND, Verdict.MISSED)


interims = st.dictionaries(days.map(date.isoformat), st.integers(0, 150).map(str), max_size=4)


@given(interims, st.dates(date(2020, 6, 1), date(2026, 6, 1)), st.integers(0, 800))
def test_a_later_date_never_lowers_the_pace(interim: dict[str, str], day: date, later: int) -> None:
    task = task_of(by="2025-12-31", target={"at_least": "100", "unit": "名"}, interim=interim)
    window = task.windows[0]
    sooner, afterwards = pace_of(task, window, day), pace_of(task, window, day + timedelta(days=later))
    assert 0 <= sooner <= afterwards <= 1
    assert pace_of(task, window, window.end) == 1


@given(st.sampled_from(["year", "semester", "quarter", "month"]), st.data())
def test_pace_begins_on_the_first_day_and_is_whole_only_on_the_last(every: str, data: st.DataObject) -> None:
    task = task_of(every=every, target={"at_least": "1", "unit": "次"})
    window = data.draw(st.sampled_from(task.windows))
    assert pace_of(task, window, window.start - timedelta(days=1)) == 0
    assert pace_of(task, window, window.start) == Fraction(1, window.days.length)
    assert pace_of(task, window, window.end - timedelta(days=1)) < 1
    assert pace_of(task, window, window.end) == 1


@given(st.integers(1, 200), days)
def test_pace_is_kept_exactly_where_the_figure_equals_it(target: int, on: date) -> None:
    assume(on < END)
    task = task_of(by="2025-12-31", target={"at_least": str(target * 1826), "unit": "名"})
    elapsed = (on - START).days + 1
    exactly = entry_of(str(target * elapsed), "2021-01-01")
    short = entry_of(str(target * elapsed - 1), "2021-01-01")
    assert _judged(task, [exactly], on).verdict is Verdict.ON_PACE
    assert _judged(task, [short], on).verdict is Verdict.BEHIND


def _semesters(first: date, second: date) -> tuple[Semester, ...]:
    """Two semesters that share out the year between them."""
    before_first, before_second = first - timedelta(days=1), second - timedelta(days=1)
    return (
        Semester("甲", (first.month, first.day), (before_second.month, before_second.day)),
        Semester("乙", (second.month, second.day), (before_first.month, before_first.day)),
    )


days_of_a_leap_year = st.dates(date(2024, 1, 1), date(2024, 12, 31))
periods = st.tuples(st.dates(date(2019, 1, 1), date(2030, 12, 31)), st.integers(0, 2500)).map(
    lambda drawn: Days(drawn[0], drawn[0] + timedelta(days=drawn[1]))
)


@given(st.sampled_from(Rhythm), periods, days_of_a_leap_year, days_of_a_leap_year)
def test_each_day_lies_in_just_one_window_save_at_the_clipped_ends(
    rhythm: Rhythm, period: Days, first: date, second: date
) -> None:
    assume(abs((first - second).days) >= 2)
    found = windows(rhythm, period, _semesters(min(first, second), max(first, second)))
    for window, following in pairwise(found):
        assert window.end + timedelta(days=1) == following.start
    if found:
        longest = max(Days(found[0].start, found[0].end).length, 366)
        assert (found[0].start - period.start).days <= longest / 2
        assert (period.end - found[-1].end).days <= longest / 2
        assert all(period.contains(window.start) and period.contains(window.end) for window in found)


@given(st.integers(1900, 2100), days_of_a_leap_year, days_of_a_leap_year)
def test_the_semesters_of_a_year_follow_each_other_without_gap(year: int, first: date, second: date) -> None:
    assume(abs((first - second).days) >= 2)
    one, two = _semesters(min(first, second), max(first, second))
    assert one.in_year(year).end + timedelta(days=1) == two.in_year(year).start
    assert two.in_year(year).end + timedelta(days=1) == one.in_year(year + 1).start
    assert one.in_year(year).length + two.in_year(year).length in (365, 366)


@given(st.integers(1900, 2100))
def test_the_months_and_quarters_of_a_year_fill_it(year: int) -> None:
    for rhythm, number in ((Rhythm.MONTH, 12), (Rhythm.QUARTER, 4), (Rhythm.YEAR, 1)):
        found = windows(rhythm, year_of(year), ())
        assert len(found) == number
        assert sum(window.days.length for window in found) == year_of(year).length


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6), st.integers(0, 6))
def test_rounding_agrees_with_the_decimals_where_they_are_exact(number: Fraction, places: int) -> None:
    with localcontext(prec=60):
        exact = Decimal(number.numerator) / Decimal(number.denominator)
        expected = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    assert expected == Decimal(fixed(number, places))
