"""What the pages, the workbook and the documents sum up alike: by chapter, by unit, what a unit owes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from kesu_cli.contribution import figure
from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Chapter, Task
from kesu_cli.render.wording import NONE, listed
from kesu_cli.report import Report
from kesu_cli.standing import AWAITED, Standing
from kesu_cli.submission import SubmissionState
from kesu_cli.verdict import Verdict

WORDS = (
    *(verdict.label for verdict in (Verdict.MET, Verdict.ON_PACE, Verdict.OPEN, Verdict.UPCOMING)),
    AWAITED,
    *(verdict.label for verdict in (Verdict.UNVERIFIED, Verdict.BEHIND, Verdict.MISSED, Verdict.UNREPORTED)),
    Verdict.WAIVED.label,
)
UNFULFILLED_WORDS = "“未落实”（未达标和未报送之和）、“欠进度”按项次计"
ANSWERS_WORDS = "“汇总任务”按任务计，一项任务有几个考核期也只算一项"
LACKING = (Verdict.MISSED, Verdict.UNREPORTED, Verdict.BEHIND)


@dataclass(frozen=True, slots=True)
class UnitTally:
    """One unit in numbers: the tasks it puts together, the standings of them that lack, and its findings."""

    unit: str
    answers: int
    short: int
    behind: int
    unverified: int
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


def by_word(standings: Iterable[Standing]) -> dict[str, int]:
    """Count standings by the word that is printed for each, all words named."""
    found = Counter(standing.word for standing in standings)
    return {word: found[word] for word in WORDS}


def words_used(report: Report) -> tuple[str, ...]:
    """Return the words that any standing has: the columns of a table that counts them."""
    return tuple(word for word, number in by_word(report.standings).items() if number)


def share_met(standings: Sequence[Standing]) -> Fraction | None:
    """Return the share of tasks met among those whose window is over."""
    over = [standing for standing in standings if standing.concluded]
    met = sum(standing.verdict is Verdict.MET for standing in over)
    return Fraction(met, len(over)) if over else None


def unit_tallies(report: Report) -> tuple[UnitTally, ...]:
    """Count for every unit that reports or answers for a task, in the order of units.yaml."""
    answers, lacking = tasks_answered(report), _lacking(report)
    errors = _concerned(report.findings, Severity.ERROR)
    warnings = _concerned(report.findings, Severity.WARNING)
    late = {submission.unit for submission in report.submissions if submission.is_amiss}
    return tuple(
        UnitTally(
            unit=unit,
            answers=answers[unit],
            short=lacking[Verdict.MISSED][unit] + lacking[Verdict.UNREPORTED][unit],
            behind=lacking[Verdict.BEHIND][unit],
            unverified=lacking[Verdict.UNVERIFIED][unit],
            errors=errors[unit],
            warnings=warnings[unit],
            is_late=unit in late,
        )
        for unit in dict.fromkeys((*(report.units.reporting if report.units else ()), *answers))
    )


def tasks_answered(report: Report) -> Counter[str]:
    """Count by unit the tasks that it puts together (汇总)."""
    tasks = {standing.task.id: standing.task for standing in report.standings}.values()
    found = Counter[str]()
    for task in tasks:
        found.update(unit for unit in task.owners or task.answering(None) if task.answered_by(unit))
    return found


def _lacking(report: Report) -> dict[Verdict, Counter[str]]:
    """Count by unit what it answers for; what may still be reported lacks nothing yet."""
    found = {verdict: Counter[str]() for verdict in Verdict}
    for standing in report.standings:
        if standing.word != AWAITED:
            found[standing.verdict].update(standing.task.answering(standing.unit))
    return found


def _concerned(findings: Iterable[Finding], severity: Severity) -> Counter[str]:
    found = Counter[str]()
    for finding in findings:
        if finding.counts and finding.severity is severity:
            found.update({finding.unit, *finding.owners})
    return found


def receipt_words(report: Report, unit: str) -> str:
    """Say how the reports of a unit came in; of several years those that are amiss."""
    own = [submission for submission in report.submissions if submission.unit == unit]
    told = [submission for submission in own if submission.is_amiss or len(report.years) == 1]
    year = len(report.years) > 1
    said = [f"{submission.year} {submission.label}" if year else submission.label for submission in told]
    return listed(said) or SubmissionState.COMPLETE.label


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
    return f"{show_number(figure(standing.task, counted) or Fraction(0))}（{len(own)} 条）"
