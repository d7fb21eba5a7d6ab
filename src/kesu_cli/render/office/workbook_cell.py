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


class WorkbookCell(NamedTuple):
    """A value and its number format; ``link`` names the sheet that a click leads to."""

    value: str | float | date | None
    number_format: str = TEXT
    link: str = ""


def text(value: str) -> WorkbookCell:
    """Return a cell of text."""
    return WorkbookCell(value)


def whole(number: int) -> WorkbookCell:
    """Return a cell of a whole number."""
    return WorkbookCell(number, WHOLE)


def day(value: date) -> WorkbookCell:
    """Return a cell of a day, so that a filter knows months and years."""
    return WorkbookCell(value, DAY)


def share(value: Fraction | None) -> WorkbookCell:
    """Return a cell of a share, shown as a percentage."""
    return WorkbookCell(None if value is None else float(value), SHARE)


def points(gap: Fraction | None) -> WorkbookCell:
    """Return a cell of a difference in percentage points, rounded as it is printed everywhere."""
    return WorkbookCell(None if gap is None else float(fixed(gap * 100, 1)), POINTS)


def quantity(amount: Fraction | None, unit: str) -> WorkbookCell:
    """Return a cell of an amount: a number that shows its unit of measure beside it."""
    if amount is None:
        return WorkbookCell(None)
    if unit == PER_CENT:
        return WorkbookCell(float(amount / 100), SHARE)
    digits = "#,##0" if amount.denominator == 1 else "#,##0.0##"
    fits = len(unit) <= _LONGEST_UNIT and not set(unit) & set('"\\\n')
    return WorkbookCell(float(amount), f'{digits}" {unit}"' if fits and unit else digits)
