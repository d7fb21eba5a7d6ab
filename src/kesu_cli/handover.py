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
        """The word that is printed once the report is due."""
        return _LABELS[self]


_LABELS = {
    Receipt.COMPLETE: "已报送",
    Receipt.LATE: "迟报",
    Receipt.DRAFT: "草稿",
    Receipt.MISSING: "未报送",
    Receipt.UNREADABLE: "无法读取",
}


class Handover(NamedTuple):
    """The report of one unit for one year; ``overdue`` says whether its due date is past.

    A report that says it was handed in only after the day of judging is still missing on that day.
    """

    unit: str
    year: int
    receipt: Receipt
    submitted: date | None
    due: date
    overdue: bool
    file: str

    @property
    def label(self) -> str:
        """The word that is printed: before the due date nobody is told that a report is missing."""
        is_awaited = self.receipt is Receipt.MISSING and not self.overdue
        return "尚未报送" if is_awaited else self.receipt.label

    @property
    def is_amiss(self) -> bool:
        """Whether the due date is past and the report did not come in time."""
        return self.overdue and self.receipt is not Receipt.COMPLETE


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
        receipt = _received(filing, due, as_of)
    submitted = filing.submitted if filing else None
    file = filing.file if filing else lost
    return Handover(unit, year, receipt, submitted, due, as_of.report_overdue(due), file)


def _received(filing: Filing, due: date, as_of: AsOf) -> Receipt:
    """Say how a finished report came in, as far as can be known on the day of judging."""
    if filing.submitted is None:
        return Receipt.COMPLETE
    if as_of.report_overdue(due):
        return Receipt.LATE if filing.submitted > due else Receipt.COMPLETE
    return Receipt.MISSING if filing.submitted > as_of.reporting else Receipt.COMPLETE
