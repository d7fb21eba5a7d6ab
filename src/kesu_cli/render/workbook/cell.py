"""What stands in a cell: text that stays text, or a number with the format it is shown in."""

from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kesu_cli.model.amount import PER_CENT, fixed

TEXT = ""
WHOLE = "0"
SHARE = "0.0%"
POINTS = "+0.0;-0.0;0.0"
DAY = "yyyy-mm-dd"
_LONGEST_UNIT = 20


class Cell(NamedTuple):
    """A value and its number format; ``link`` names the sheet that a click leads to."""

    value: str | float | date | None
    form: str = TEXT
    link: str = ""


def text(value: str) -> Cell:
    """Return a cell of text."""
    return Cell(value)


def whole(number: int) -> Cell:
    """Return a cell of a whole number."""
    return Cell(number, WHOLE)


def day(value: date) -> Cell:
    """Return a cell of a day, so that a filter knows months and years."""
    return Cell(value, DAY)


def share(value: Fraction | None) -> Cell:
    """Return a cell of a share, shown as a percentage."""
    return Cell(None if value is None else float(value), SHARE)


def points(gap: Fraction | None) -> Cell:
    """Return a cell of a difference in percentage points, rounded as it is printed everywhere."""
    return Cell(None if gap is None else float(fixed(gap * 100, 1)), POINTS)


def quantity(amount: Fraction | None, unit: str) -> Cell:
    """Return a cell of an amount: a number that shows its unit of measure beside it."""
    if amount is None:
        return Cell(None)
    if unit == PER_CENT:
        return Cell(float(amount / 100), SHARE)
    digits = "#,##0" if amount.denominator == 1 else "#,##0.0##"
    fits = len(unit) <= _LONGEST_UNIT and not set(unit) & set('"\\\n')
    return Cell(float(amount), f'{digits}" {unit}"' if fits and unit else digits)
