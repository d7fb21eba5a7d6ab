"""What the pages, the workbook and the documents sum up alike: by chapter, by unit, what a unit owes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kesu_cli.finding import Finding, Severity
from kesu_cli.handover import Handover, Receipt
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Chapter, Task
from kesu_cli.render.wording import NONE
from kesu_cli.report import Report
from kesu_cli.standing import Standing, Verdict

VERDICT_GROUPS = (
    ("达标", (Verdict.MET,)),
    ("进行中", (Verdict.ON_PACE, Verdict.OPEN, Verdict.UPCOMING)),
    ("待核实", (Verdict.UNVERIFIED,)),
    ("欠进度", (Verdict.BEHIND,)),
    ("未落实", (Verdict.MISSED, Verdict.UNREPORTED)),
    ("已豁免", (Verdict.WAIVED,)),
)
LACKING = (Verdict.MISSED, Verdict.UNREPORTED, Verdict.BEHIND)


@dataclass(frozen=True, slots=True)
class UnitTally:
    """One unit in numbers: what it answers for, how much of that is short, and its findings."""

    unit: str
    answers: int
    short: int
    errors: int
    warnings: int
    late: tuple[Handover, ...]

    @property
    def clean(self) -> bool:
        """Whether there is nothing to say against it."""
        return not (self.short or self.errors or self.warnings or self.late)


def is_figure(standing: Standing) -> bool:
    """Whether a standing belongs into the table of figures: hard, with a number or named parts."""
    return standing.task.is_hard and bool(standing.task.row.target or standing.task.row.items)


def by_chapter(report: Report) -> Mapping[Chapter, list[Standing]]:
    """Sort the standings by the part of the document their task stands in."""
    chapters: dict[Chapter, list[Standing]] = {}
    for standing in report.standings:
        chapters.setdefault(standing.task.chapter, []).append(standing)
    return chapters


def grouped(standings: Iterable[Standing]) -> dict[str, int]:
    """Count standings by the groups of verdicts, all groups named."""
    found = Counter(standing.verdict for standing in standings)
    return {name: sum(found[verdict] for verdict in verdicts) for name, verdicts in VERDICT_GROUPS}


def share_met(standings: Sequence[Standing]) -> Fraction | None:
    """Return the share of tasks met among those whose window is over."""
    over = [standing for standing in standings if standing.over]
    met = sum(standing.verdict is Verdict.MET for standing in over)
    return Fraction(met, len(over)) if over else None


def unit_tallies(report: Report) -> tuple[UnitTally, ...]:
    """Count for every unit that reports, in the order of units.yaml."""
    answers, short = Counter[str](), Counter[str]()
    for standing in report.standings:
        for unit in standing.task.answering(standing.unit):
            answers[unit] += 1
            short[unit] += standing.verdict in LACKING
    errors = _concerned(report.findings, Severity.ERROR)
    warnings = _concerned(report.findings, Severity.WARNING)
    late: dict[str, list[Handover]] = {}
    for handover in report.handovers:
        if handover.receipt is not Receipt.COMPLETE:
            late.setdefault(handover.unit, []).append(handover)
    return tuple(
        UnitTally(unit, answers[unit], short[unit], errors[unit], warnings[unit], tuple(late.get(unit, ())))
        for unit in (report.units.reporting if report.units else ())
    )


def _concerned(findings: Iterable[Finding], severity: Severity) -> Counter[str]:
    found = Counter[str]()
    for finding in findings:
        if finding.counts and finding.severity is severity:
            found.update({finding.unit, *finding.owners})
    return found


def receipt_words(report: Report, late: Sequence[Handover]) -> str:
    """Say how the reports of a unit came in; the year only where there are several."""
    if not late:
        return Receipt.COMPLETE.label
    many = len(report.years) > 1
    return "、".join(f"{h.year} {h.receipt.label}" if many else h.receipt.label for h in late)


def owed_standings(report: Report, unit: str) -> list[Standing]:
    """Return the standings of the tasks that a unit owes, its own only where each unit has one."""
    return [
        standing
        for standing in report.standings
        if standing.task.owners and standing.task.owed_by(unit) and standing.unit in ("", unit)
    ]


def role_words(task: Task, unit: str) -> str:
    """Say what a unit is to a task: the one that answers, a lead, a responsible one, or by a group's name."""
    if unit in task.answering(""):
        return "汇总"
    role = "牵头" if unit in task.lead else "责任"
    return f"{role}（统称）" if unit in task.through else role


def own_contribution(standing: Standing, unit: str) -> str:
    """Say what the unit's own entries added."""
    own = [c for c in standing.contributions if c.entry.unit == unit]
    counted = [c for c in own if c.counted]
    if not own:
        return NONE
    if standing.task.row.target is None:
        return f"{len(counted)} 条"
    return f"{show_number(sum((c.amount for c in counted), Fraction(0)))}（{len(own)} 条）"
