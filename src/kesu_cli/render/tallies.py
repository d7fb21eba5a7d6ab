"""What the pages, the workbook and the documents sum up alike: by chapter, by unit, what a unit owes."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from kesu_cli.contribution import figure
from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Chapter, Task
from kesu_cli.render.wording import NONE, RETROACTIVE, listed, per_cent
from kesu_cli.report import Report
from kesu_cli.standing import AWAITED, Standing
from kesu_cli.submission import SubmissionState
from kesu_cli.verdict import Verdict

WORDS = (
    *(verdict.label for verdict in (Verdict.MET, Verdict.ON_PACE, Verdict.OPEN, Verdict.UPCOMING)),
    *(AWAITED, RETROACTIVE),
    *(verdict.label for verdict in (Verdict.BEHIND, Verdict.MISSED, Verdict.UNREPORTED, Verdict.WAIVED)),
)
UNFULFILLED_WORDS = "“未落实”（未达标和未报送之和）、“欠进度”按项次计，待核实的按不利的一头计入"
ANSWERS_WORDS = "“汇总任务”按任务计，一项任务有几个考核期也只算一项"
SHARE_WORDS = "达标率只算考核期已经结束的，追溯的不算；硬指标、一般任务、各单位分别承担的任务分开算"
ACTION_WORDS = "各类任务写作“达标的项次/项次”"
HARD, GENERAL, EACH = "硬指标", "一般任务", "各单位分别承担"
ACTION_COLUMNS = (HARD, GENERAL, EACH, "未落实", "欠进度", "其中待核实")
UNFULFILLED = (Verdict.MISSED, Verdict.UNREPORTED)


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
    def numbers(self) -> tuple[int, ...]:
        """What every page prints of it: 汇总任务、未落实、欠进度、待核实、错误、警告."""
        lacking = (self.short, self.behind, self.unverified)
        return self.answers, *lacking, self.errors, self.warnings

    @property
    def clean(self) -> bool:
        """Whether there is nothing to say against it."""
        return not (any(self.numbers[1:]) or self.is_late)


def is_figure(standing: Standing) -> bool:
    """Whether a standing belongs into the table of figures: hard, with a number or named parts."""
    return standing.task.is_hard and bool(standing.task.row.target or standing.task.row.items)


def by_chapter(report: Report) -> Mapping[Chapter, list[Standing]]:
    """Sort the standings by the part of the document their task stands in."""
    chapters: dict[Chapter, list[Standing]] = {}
    for standing in report.standings:
        chapters.setdefault(standing.task.chapter, []).append(standing)
    return chapters


def counted_as(standing: Standing) -> Verdict | None:
    """Return the verdict that a standing counts as: the one at its worse end, unless it is waived.

    None where nothing is held against anybody: it was over before the plan was issued (追溯) and is not met.
    """
    if standing.verdict is Verdict.WAIVED:
        return Verdict.WAIVED
    return None if standing.retroactive and not standing.worst.is_well else standing.worst


def counted_word(standing: Standing) -> str:
    """Return the word that a standing is counted under."""
    verdict = counted_as(standing)
    if verdict is Verdict.UNREPORTED and not standing.due:
        return AWAITED
    return verdict.label if verdict else RETROACTIVE


def is_unfulfilled(standing: Standing) -> bool:
    """Whether a standing counts as 未落实: over, and not met for certain."""
    return standing.overdue and counted_as(standing) in UNFULFILLED


def is_behind(standing: Standing) -> bool:
    """Whether a standing counts as 欠进度."""
    return counted_as(standing) is Verdict.BEHIND


def is_lacking(standing: Standing) -> bool:
    """Whether something must be done: to report, to finish, or to catch up."""
    return is_behind(standing) or counted_as(standing) in UNFULFILLED


def is_met(standing: Standing) -> bool:
    """Whether a standing counts as 达标: whatever comes of the doubts."""
    return counted_as(standing) is Verdict.MET


def is_in_doubt(standing: Standing) -> bool:
    """Whether a standing is still to be verified."""
    return standing.verdict is Verdict.UNVERIFIED


def by_kind(standings: Iterable[Standing]) -> dict[str, list[Standing]]:
    """Part what no rate may mix: hard tasks, other tasks, and duties that each unit owes by itself."""
    kinds: dict[str, list[Standing]] = {HARD: [], GENERAL: [], EACH: []}
    for standing in standings:
        kinds[EACH if standing.unit else HARD if standing.task.is_hard else GENERAL].append(standing)
    return {kind: found for kind, found in kinds.items() if found}


def by_word(standings: Iterable[Standing]) -> dict[str, int]:
    """Count standings by the word that each counts under, all words named."""
    found = Counter(map(counted_word, standings))
    return {word: found[word] for word in WORDS}


def words_used(report: Report) -> tuple[str, ...]:
    """Return the words that any standing counts under: the columns of a table that counts them."""
    return tuple(word for word, number in by_word(report.standings).items() if number)


def action_counts(standings: Sequence[Standing]) -> tuple[str, ...]:
    """Say of a part of the plan how many are met of each kind, and how many lack: as ``ACTION_COLUMNS``."""
    kinds = by_kind(standings)
    lacking = (sum(map(test, standings)) for test in (is_unfulfilled, is_behind, is_in_doubt))
    return *(met_words(kinds.get(kind, ())) for kind in (HARD, GENERAL, EACH)), *map(str, lacking)


def in_time_words(report: Report) -> list[str]:
    """Say of every year how many of the reports came in time: a figure of its own beside the tasks."""
    said = []
    for year, group in groupby(report.submissions, key=lambda submission: submission.year):
        submissions = list(group)
        in_time = sum(submission.state is SubmissionState.COMPLETE for submission in submissions)
        due = f"{submissions[0].due}{'' if submissions[0].overdue else '，还没有到期'}"
        said.append(f"{year} 年应报 {len(submissions)} 个单位，按期报送 {in_time} 个；期限 {due}")
    return said


def due_of(standings: Iterable[Standing]) -> list[Standing]:
    """Return those whose window is over and was not over before the plan was issued: a rate is of these."""
    return [standing for standing in standings if standing.concluded and not standing.retroactive]


def share_met(standings: Iterable[Standing]) -> Fraction | None:
    """Return the share of tasks met among those due; of tasks of one kind only."""
    due = due_of(standings)
    return Fraction(sum(map(is_met, due)), len(due)) if due else None


def shares_words(standings: Iterable[Standing]) -> str:
    """Say the rate of each kind, with what it is made of."""
    return "；".join(_share_words(kind, due_of(found)) for kind, found in by_kind(standings).items())


def _share_words(kind: str, due: Sequence[Standing]) -> str:
    if not due:
        return f"{kind}还没有到期的"
    return f"{kind}到期 {len(due)} 项次，达标 {sum(map(is_met, due))} 项次，达标率 {per_cent(share_met(due))}"


def met_words(standings: Sequence[Standing]) -> str:
    """Say how many are met of how many: 达标 17/18 is 17/18."""
    return f"{sum(map(is_met, standings))}/{len(standings)}" if standings else NONE


def unit_tallies(report: Report) -> tuple[UnitTally, ...]:
    """Count for every unit that reports or answers for a task, in the order of units.yaml."""
    answers = tasks_answered(report)
    short, behind, in_doubt = (_answered(report, test) for test in (is_unfulfilled, is_behind, is_in_doubt))
    errors = _concerned(report.findings, Severity.ERROR)
    warnings = _concerned(report.findings, Severity.WARNING)
    late = {submission.unit for submission in report.submissions if submission.is_amiss}
    return tuple(
        UnitTally(
            unit=unit,
            answers=answers[unit],
            short=short[unit],
            behind=behind[unit],
            unverified=in_doubt[unit],
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


def _answered(report: Report, test: Callable[[Standing], bool]) -> Counter[str]:
    """Count by unit what it answers for and passes a test."""
    found = Counter[str]()
    for standing in filter(test, report.standings):
        found.update(standing.task.answering(standing.unit))
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
    """Say what the unit's own entries added for certain, and how many of them are in doubt."""
    own = [c for c in standing.contributions if c.entry.unit == unit]
    certain, disputed = [c for c in own if c.certain], sum(c.disputed for c in own)
    if not own:
        return NONE
    doubtful = f"{disputed} 条存疑" if disputed else ""
    if standing.task.row.target is None:
        said = (f"{len(certain)} 条", f"另有 {doubtful}" if disputed else "")
        return "，".join(words for words in said if words)
    added = figure(standing.task, certain)
    beside = f"，其中 {doubtful}" if disputed else ""
    return f"{NONE if added is None else show_number(added)}（{len(own)} 条{beside}）"
