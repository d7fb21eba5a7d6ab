"""Who has handed in the report of a year (报送情况), and whether in time."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kesu_cli.model.calendar import AsOf
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Filing, Unread
from kesu_cli.model.unit import Units


class Receipt(StrEnum):
    """How the report of a unit came in."""

    COMPLETE = "complete"
    LATE = "late"
    DRAFT = "draft"
    MISSING = "missing"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        """The word that is printed."""
        return _LABELS[self]


_LABELS = {
    Receipt.COMPLETE: "已报送",
    Receipt.LATE: "迟报",
    Receipt.DRAFT: "草稿",
    Receipt.MISSING: "未报送",
    Receipt.UNREADABLE: "无法读取",
}


class Handover(NamedTuple):
    """The report of one unit for one year; ``overdue`` says whether its due date is past."""

    unit: str
    year: int
    receipt: Receipt
    submitted: date | None
    due: date
    overdue: bool
    file: str


def hand_over(
    units: Units,
    years: Sequence[int],
    filings: Mapping[tuple[str, int], Filing],
    unread: Sequence[Unread],
    as_of: AsOf,
    policy: Policy,
) -> tuple[Handover, ...]:
    """Say for every unit that owes a report, and every year, how it came in."""
    lost = {(report.unit, report.year): report.file for report in unread if not report.tasks}
    return tuple(
        _one(unit, year, filings.get((unit, year)), lost.get((unit, year), ""), as_of, policy)
        for year in years
        for unit in units.reporting
    )


def _one(unit: str, year: int, filing: Filing | None, lost: str, as_of: AsOf, policy: Policy) -> Handover:
    due = policy.report_due.of(year)
    receipt = Receipt.UNREADABLE if lost else Receipt.MISSING
    if filing and not filing.complete:
        receipt = Receipt.DRAFT
    elif filing:
        is_late = filing.submitted is not None and filing.submitted > due and as_of.report_overdue(due)
        receipt = Receipt.LATE if is_late else Receipt.COMPLETE
    submitted = filing.submitted if filing else None
    file = filing.file if filing else lost
    return Handover(unit, year, receipt, submitted, due, as_of.report_overdue(due), file)
