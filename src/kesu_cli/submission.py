"""Who has handed in the report of a year (报送情况), and whether in time."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kesu_cli.model.policy import Policy
from kesu_cli.model.progress import Filing, Unread
from kesu_cli.model.unit import Units
from kesu_cli.model.window import AsOf


class SubmissionState(StrEnum):
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
    SubmissionState.COMPLETE: "已报送",
    SubmissionState.LATE: "迟报",
    SubmissionState.DRAFT: "草稿",
    SubmissionState.MISSING: "未报送",
    SubmissionState.UNREADABLE: "无法读取",
}


class Submission(NamedTuple):
    """The report of one unit for one year; ``overdue`` says whether its due date is past.

    A report that says it was handed in only after the day of judging is still missing on that day.
    """

    unit: str
    year: int
    receipt: SubmissionState
    submitted: date | None
    due: date
    overdue: bool
    file: str

    @property
    def label(self) -> str:
        """The word that is printed: before the due date nobody is told that a report is missing."""
        is_awaited = self.receipt is SubmissionState.MISSING and not self.overdue
        return "尚未报送" if is_awaited else self.receipt.label

    @property
    def is_amiss(self) -> bool:
        """Whether the due date is past and the report did not come in time."""
        return self.overdue and self.receipt is not SubmissionState.COMPLETE


def submissions(
    units: Units,
    years: Sequence[int],
    filings: Mapping[tuple[str, int], Filing],
    unread: Sequence[Unread],
    as_of: AsOf,
    policy: Policy,
) -> tuple[Submission, ...]:
    """Say for every unit that owes a report, and every year, how it came in."""
    lost = {(report.unit, report.year): report.file for report in unread if not report.tasks}
    return tuple(
        _one(unit, year, filings.get((unit, year)), lost.get((unit, year), ""), as_of, policy)
        for year in years
        for unit in units.reporting
    )


def _one(unit: str, year: int, filing: Filing | None, lost: str, as_of: AsOf, policy: Policy) -> Submission:
    due = policy.report_due.of(year)
    receipt = SubmissionState.UNREADABLE if lost else SubmissionState.MISSING
    if filing and not filing.complete:
        receipt = SubmissionState.DRAFT
    elif filing:
        receipt = _received(filing, due, as_of)
    submitted = filing.submitted if filing else None
    file = filing.file if filing else lost
    return Submission(unit, year, receipt, submitted, due, as_of.report_overdue(due), file)


def _received(filing: Filing, due: date, as_of: AsOf) -> SubmissionState:
    """Say how a finished report came in, as far as can be known on the day of judging."""
    if filing.submitted is None:
        return SubmissionState.COMPLETE
    if as_of.report_overdue(due):
        return SubmissionState.LATE if filing.submitted > due else SubmissionState.COMPLETE
    return SubmissionState.MISSING if filing.submitted > as_of.reporting else SubmissionState.COMPLETE
