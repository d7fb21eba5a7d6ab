"""What the coordinating office decided and the plan does not say (plan/policy.yaml)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from kesu_cli.model.amount import Amount
from kesu_cli.model.calendar import Rhythm, Semester, on
from kesu_cli.model.field import MonthDay, Row, Text, Whole, WrittenAmount


class SemesterRow(Row):
    """A semester as written: name, first and last day by month and day."""

    name: Text
    start: MonthDay = Field(alias="from")
    end: MonthDay = Field(alias="to")


class DueRow(Row):
    """When a yearly report is due: so many years after the year it is about, on a month and day."""

    years_after: Whole
    day: MonthDay

    def of(self, year: int) -> date:
        """Return the last day on which the report of a year may be handed in."""
        return on(year + self.years_after, self.day)


class LightsRow(Row):
    """亮灯: how many percentage points below pace are still yellow."""

    yellow_within: WrittenAmount = Amount(Decimal(30), "")


class EvidenceRow(Row):
    """How many pieces of evidence an entry needs, by the strength of its task."""

    hard: Whole = 1
    firm: Whole = 0
    soft: Whole = 0


class FirstAmongLeads(StrEnum):
    """Who answers for a task with several lead units."""

    FIRST_LEAD = "first_lead"
    NONE = "none"


class Policy(Row):
    """The shape and the meaning of plan/policy.yaml."""

    report_due: DueRow
    lights: LightsRow = LightsRow()
    evidence: EvidenceRow = EvidenceRow()
    semesters: tuple[SemesterRow, ...] = ()
    throughout: Rhythm = Rhythm.YEAR
    about_within: WrittenAmount = Amount(Decimal(10), "")
    due_soon_days: Whole = 60
    same_fact_similarity: Whole = 90
    jump_factor: Whole = 10
    accountable: FirstAmongLeads = FirstAmongLeads.FIRST_LEAD
    accountable_for: dict[Text, Text] = Field(default_factory=dict)
    same_measure: tuple[tuple[Text, ...], ...] = ()
    unowned_by: Text | None = None
    approvers: tuple[Text, ...] = ()
    reports_through: dict[Text, Text] = Field(default_factory=dict)

    def equal_measures(self, unit: str) -> frozenset[str]:
        """Return the units of measure that mean the same as the given one, itself among them."""
        return frozenset((unit, *(name for names in self.same_measure if unit in names for name in names)))

    @property
    def school_year(self) -> tuple[Semester, ...]:
        """The semesters in the order written."""
        return tuple(Semester(row.name, row.start, row.end) for row in self.semesters)
