"""A clause as one row of a table: comparator, amounts, unit, period, deadline, as officers list them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kesu_cli.drafting.figure import Nature, Quantity
from kesu_cli.drafting.quantity import quantities
from kesu_cli.drafting.when import When, when, whens
from kesu_cli.model.target import Comparator
from kesu_cli.model.window import Rhythm

_SIGNS = {
    Comparator.AT_LEAST: ">=",
    Comparator.MORE_THAN: ">",
    Comparator.AT_MOST: "<=",
    Comparator.LESS_THAN: "<",
    Comparator.EQUAL: "=",
    Comparator.ABOUT: "~",
    Comparator.BETWEEN: "range",
}
_PERIODS = {
    Rhythm.YEAR: "annual",
    Rhythm.HALF: "half-year",
    Rhythm.SEMESTER: "semester",
    Rhythm.QUARTER: "quarterly",
    Rhythm.MONTH: "monthly",
}
_NO_UNIT, _SQUARE_METRE = "(none)", "㎡"


@dataclass(frozen=True, slots=True)
class RowForm:
    """What a clause asks for; several figures are joined with a slash."""

    comparator: str = ""
    low: str = ""
    high: str = ""
    unit: str = ""
    period: str = ""
    deadline: str = ""


def row_form(text: str) -> RowForm:
    """Read a clause into a row."""
    said = when(text)
    figures = _own(quantities(text))
    if any(item.nature is not Nature.RANK for item in figures):
        figures = [item for item in figures if item.nature is not Nature.RANK]
    if not figures:
        return _without_figure(said)
    governing = whens(text, [item.number_start for item in figures])
    return RowForm(
        comparator=_joined([_sign(item) for item in figures], once=True),
        low="/".join(_digits(item.amount) for item in figures),
        high="/".join(_digits(item.high) for item in figures if item.high is not None),
        unit=_joined([_unit(item) for item in figures], once=True),
        period=_joined([_period(time) for time in governing], once=True),
        deadline=_joined([_deadline(time, exact=False) for time in governing], once=True),
    )


def _own(figures: tuple[Quantity, ...]) -> list[Quantity]:
    """Leave out the parts of a total that are counted in its unit: they are in it."""
    return [
        item
        for item in figures
        if item.part_of is None or (item.is_explicit and item.unit != figures[item.part_of].unit)
    ]


def _without_figure(said: When | None) -> RowForm:
    if said is None:
        return RowForm()
    if said.is_deadline:
        return RowForm(
            "<=", period="" if _is_day(said) else _period(said), deadline=_deadline(said, exact=True)
        )
    once = said.every or said.is_recurring
    period, deadline = _period(said), _deadline(said, exact=False)
    return (
        RowForm(">=", "1", "", "次", period, deadline) if once else RowForm(period=period, deadline=deadline)
    )


def _is_day(said: When) -> bool:
    return bool(said.by and not said.start and not said.every)


def _sign(item: Quantity) -> str:
    if item.conflict:
        return ">=?"
    if not item.is_explicit and item.nature is Nature.GROWTH:
        return "+"
    if not item.is_explicit and item.nature is Nature.DECLINE:
        return "-"
    if item.nature is Nature.GROWTH and item.comparator is Comparator.BETWEEN:
        return "+"
    return _SIGNS[item.comparator]


def _unit(item: Quantity) -> str:
    measure = item.measure.replace("平方米", _SQUARE_METRE) if item.per else item.measure
    if not measure and item.nature is not Nature.COVERAGE:
        return _NO_UNIT
    return measure


def _digits(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _joined(words: list[str], *, once: bool) -> str:
    return words[0] if once and len(set(words)) == 1 else "/".join(words)


def _period(said: When | None) -> str:
    if said is None:
        return ""
    if said.every or said.cycle:
        return _PERIODS[said.every] if said.every else said.cycle
    if said.during or said.by:
        return "year" if said.during else "window" if said.start else "by-date"
    return said.lasting or ("unspecified" if said.throughout else "")


def _deadline(said: When | None, *, exact: bool) -> str:
    if said is None:
        return ""
    if said.due:
        month, day = said.due
        return f"{month:02d}-{day:02d}" if month else f"{day}th"
    if said.during:
        return str(said.during)
    if said.by is None:
        return ""
    if said.start:  # a window
        return f"{_month_or_year(said.start)}..{_last(said.by, said.start)}"
    return said.by.isoformat() if exact else _last(said.by, date(said.by.year, 1, 1))


def _month_or_year(day: date) -> str:
    return str(day.year) if (day.month, day.day) == (1, 1) else f"{day:%Y-%m}"


def _last(day: date, start: date) -> str:
    is_whole = (day.month, day.day) == (12, 31) and (start.month, start.day) == (1, 1)
    return str(day.year) if is_whole else day.isoformat()
