"""Who has handed in the report of a year (报送情况), and whether in time."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from kesu_cli.loaded import Loaded
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.progress import Filing
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

    ``retroactive`` (追溯) says that it was due before the plan was issued: nobody is told that it lacks.

    A report that says it was handed in only after the day of judging is still missing on that day.
    """

    unit: str
    year: int
    state: SubmissionState
    submitted: date | None
    due: date
    overdue: bool
    file: str
    retroactive: bool = False

    @property
    def label(self) -> str:
        """The word that is printed: before the due date nobody is told that a report is missing."""
        is_awaited = self.state is SubmissionState.MISSING and not self.overdue
        return "尚未报送" if is_awaited else self.state.label

    @property
    def is_amiss(self) -> bool:
        """Whether the due date is past and the report did not come in time."""
        return self.is_owed and self.state is not SubmissionState.COMPLETE

    @property
    def is_owed(self) -> bool:
        """Whether it should be there by now: its due date is past, and came after the plan was issued."""
        return self.overdue and not self.retroactive


def submissions(loaded: Loaded, years: Sequence[int], as_of: AsOf) -> tuple[Submission, ...]:
    """Say for every unit that owes a report, and every year of the plan among these, how it came in.

    Raises PlanUnreadable where there are no terms to go by.
    """
    terms = loaded.readable_terms()
    lost = {(report.unit, report.year): report.file for report in loaded.unread if not report.tasks}
    return tuple(
        _one(unit, year, loaded.filing_of.get((unit, year)), lost.get((unit, year), ""), as_of, terms)
        for year in years
        if year in terms.plan.years
        for unit in terms.units.reporting
    )


def _one(unit: str, year: int, filing: Filing | None, lost: str, as_of: AsOf, terms: Terms) -> Submission:
    due = terms.policy.report_due.of(year)
    state = SubmissionState.UNREADABLE if lost else SubmissionState.MISSING
    if filing and not filing.complete:
        state = SubmissionState.DRAFT
    elif filing:
        state = _received(filing, due, as_of)
    submitted = filing.submitted if filing else None
    file = filing.file if filing else lost
    is_retroactive = due < terms.binding_from
    return Submission(unit, year, state, submitted, due, as_of.report_overdue(due), file, is_retroactive)


def _received(filing: Filing, due: date, as_of: AsOf) -> SubmissionState:
    """Say how a finished report came in, as far as can be known on the day of judging."""
    if filing.submitted is None:
        return SubmissionState.COMPLETE
    if as_of.report_overdue(due):
        return SubmissionState.LATE if filing.submitted > due else SubmissionState.COMPLETE
    return SubmissionState.MISSING if filing.submitted > as_of.reporting else SubmissionState.COMPLETE
