"""What the pages, the workbook and the documents sum up alike: by chapter, by unit, what a unit owes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kesu_cli.finding import Finding, Severity
from kesu_cli.handover import Receipt
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Chapter, Task
from kesu_cli.render.wording import NONE, listed
from kesu_cli.report import Report
from kesu_cli.standing import Standing, Verdict, tally

VERDICT_GROUPS = (
    ("达标", (Verdict.MET,)),
    ("进行中", (Verdict.ON_PACE, Verdict.OPEN, Verdict.UPCOMING)),
    ("待核实", (Verdict.UNVERIFIED,)),
    ("欠进度", (Verdict.BEHIND,)),
    ("未落实", (Verdict.MISSED, Verdict.UNREPORTED)),
    ("已豁免", (Verdict.WAIVED,)),
)
_GROUPS = {verdict: name for name, verdicts in VERDICT_GROUPS for verdict in verdicts}
SHORT_OF, BEHIND = "未落实", "欠进度"
LACKING = (Verdict.MISSED, Verdict.UNREPORTED, Verdict.BEHIND)


@dataclass(frozen=True, slots=True)
class UnitTally:
    """One unit in numbers: what it answers for, how much of that is short, and its findings."""

    unit: str
    answers: int
    short: int
    behind: int
    errors: int
    warnings: int
    is_late: bool

    @property
    def clean(self) -> bool:
        """Whether there is nothing to say against it."""
        return not (self.short or self.behind or self.errors or self.warnings or self.is_late)


def is_figure(standing: Standing) -> bool:
    """Whether a standing belongs into the table of figures: hard, with a number or named parts."""
    return standing.task.is_hard and bool(standing.task.row.target or standing.task.row.items)


def by_chapter(report: Report) -> Mapping[Chapter, list[Standing]]:
    """Sort the standings by the part of the document their task stands in."""
    chapters: dict[Chapter, list[Standing]] = {}
    for standing in report.standings:
        chapters.setdefault(standing.task.chapter, []).append(standing)
    return chapters


def group_of(standing: Standing) -> str:
    """Name the group of a standing's verdict: what may still be reported is under way."""
    is_awaited = standing.verdict is Verdict.UNREPORTED and not standing.over
    return _GROUPS[Verdict.OPEN if is_awaited else standing.verdict]


def grouped(standings: Iterable[Standing]) -> dict[str, int]:
    """Count standings by the groups of verdicts, all groups named."""
    found = Counter(map(group_of, standings))
    return {name: found[name] for name, _ in VERDICT_GROUPS}


def share_met(standings: Sequence[Standing]) -> Fraction | None:
    """Return the share of tasks met among those whose window is over."""
    over = [standing for standing in standings if standing.concluded]
    met = sum(standing.verdict is Verdict.MET for standing in over)
    return Fraction(met, len(over)) if over else None


def unit_tallies(report: Report) -> tuple[UnitTally, ...]:
    """Count for every unit that reports, in the order of units.yaml."""
    answers, short = _answered(report), _short_of(report)
    errors = _concerned(report.findings, Severity.ERROR)
    warnings = _concerned(report.findings, Severity.WARNING)
    late = {handover.unit for handover in report.handovers if handover.is_amiss}
    return tuple(
        UnitTally(
            unit=unit,
            answers=answers[unit],
            short=short[SHORT_OF][unit],
            behind=short[BEHIND][unit],
            errors=errors[unit],
            warnings=warnings[unit],
            is_late=unit in late,
        )
        for unit in (report.units.reporting if report.units else ())
    )


def _answered(report: Report) -> Counter[str]:
    """Count by unit the tasks that it puts together (汇总)."""
    tasks = {standing.task.id: standing.task for standing in report.standings}.values()
    found = Counter[str]()
    for task in tasks:
        found.update(unit for unit in task.owners or task.answering(None) if task.answered_by(unit))
    return found


def _short_of(report: Report) -> dict[str, Counter[str]]:
    found = {SHORT_OF: Counter[str](), BEHIND: Counter[str]()}
    for standing in report.standings:
        group = group_of(standing)
        if group in found:
            found[group].update(standing.task.answering(standing.unit))
    return found


def _concerned(findings: Iterable[Finding], severity: Severity) -> Counter[str]:
    found = Counter[str]()
    for finding in findings:
        if finding.counts and finding.severity is severity:
            found.update({finding.unit, *finding.owners})
    return found


def receipt_words(report: Report, unit: str) -> str:
    """Say how the reports of a unit came in; of several years those that are amiss."""
    own = [handover for handover in report.handovers if handover.unit == unit]
    told = [handover for handover in own if handover.is_amiss or len(report.years) == 1]
    year = len(report.years) > 1
    said = [f"{handover.year} {handover.label}" if year else handover.label for handover in told]
    return listed(said) or Receipt.COMPLETE.label


def owed_standings(report: Report, unit: str) -> list[Standing]:
    """Return the standings of the tasks that a unit owes, its own only where each unit has one."""
    return [
        standing
        for standing in report.standings
        if standing.task.answering(None) and standing.task.owed_by(unit) and standing.unit in ("", unit)
    ]


def role_words(task: Task, unit: str) -> str:
    """Say what a unit is to a task: the one that answers, a lead, a responsible one, or by a group's name."""
    if task.answered_by(unit):
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
    return f"{show_number(tally(standing.task, counted) or Fraction(0))}（{len(own)} 条）"
