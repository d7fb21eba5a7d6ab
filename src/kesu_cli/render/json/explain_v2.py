"""How figures were worked out as JSON: the words of a task, its standings, every entry with what it adds."""

from collections.abc import Iterator
from typing import Literal

from kesu_cli.contribution import Contribution, deciding
from kesu_cli.diagnostic import Place
from kesu_cli.model.plan import Task
from kesu_cli.model.progress import Survey
from kesu_cli.model.target import Comparator, Target
from kesu_cli.render.json.json_base import PublicJson, decimal, decimal_or_null
from kesu_cli.render.json.report_v2 import JsonAsOf, JsonFinding, public_date, public_finding
from kesu_cli.render.json.standing_v2 import (
    VERSION,
    FoundBy,
    JsonDispute,
    JsonStanding,
    found_by,
    public_dispute,
    public_standing,
)
from kesu_cli.report import Explanation
from kesu_cli.standing import Standing


class JsonTarget(PublicJson):
    """The quantity asked for; ``high`` is null but for a range."""

    comparator: Comparator
    amount: str
    high: str | None
    unit: str
    words: str


class JsonInterim(PublicJson):
    """A point of the office's own split of a target."""

    day: str
    amount: str


class JsonTask(PublicJson):
    """What the task says: the exact words with their line, and how they are read.

    ``items`` are named parts, each of which must be covered. ``source_of_record`` is the one unit whose
    entries count, where the office has named one.
    """

    id: str
    name: str
    quote: str
    file: str
    line: int | None
    reading: str
    strength: Literal["hard", "firm", "soft"]
    when: str
    tally: Literal["sum", "latest", "max", "count"]
    spread: Literal["total", "each", "any"]
    target: JsonTarget | None
    items: tuple[str, ...]
    baseline: str | None
    interim: tuple[JsonInterim, ...]
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    accountable: str
    source_of_record: str


class JsonSurvey(PublicJson):
    """Whose figure an entry gives (``area`` is empty where it is our own), how many were asked, the error."""

    area: str
    sample: int | None
    margin: str | None


class JsonContribution(PublicJson):
    """One entry of a standing: what it reports, what it adds, or why it adds nothing.

    ``counted`` says that the undisputed figure was made of it, ``amount`` what it adds where it may count.
    ``why`` is empty where it may; ``unknown`` says that only its figure can't be used. ``passed_over`` says
    why, of several levels that may count, another one was taken. ``disputed`` says that it counts only if
    the ``doubts`` are cleared, ``kept`` that of entries that are one fact this one counts all the same.
    """

    file: str
    entry: int
    line: int | None
    unit: str
    date: str
    name: str
    value: str | None
    measured_in: str
    items: tuple[str, ...]
    cited_from: str
    survey: JsonSurvey
    counted: bool
    amount: str | None
    why: str
    unknown: bool
    passed_over: str
    disputed: bool
    kept: bool
    doubts: tuple[JsonDispute, ...]


class JsonDeclaration(PublicJson):
    """A unit's word that it has nothing to report for the task in a year."""

    unit: str
    year: int
    reason: str


class JsonExplainedStanding(JsonStanding):
    """A standing with all that its figure was made of."""

    declarations: tuple[JsonDeclaration, ...]
    entries: tuple[JsonContribution, ...]


class JsonExplanation(PublicJson):
    """One task, or one finding with the task it is about; ``task`` is null where it is about none.

    ``rule`` is the code of the rule whose finding was asked for, null where a task was.
    """

    format: Literal["kesu-explain"]
    format_version: str
    kesu: str
    demo: bool
    plan: str
    as_of: JsonAsOf
    years: tuple[int, ...]
    rule: str | None
    task: JsonTask | None
    standings: tuple[JsonExplainedStanding, ...]
    findings: tuple[JsonFinding, ...]


def public(explanation: Explanation) -> JsonExplanation:
    """Turn an explanation into its public form."""
    report, task = explanation.report, explanation.task
    behind = found_by(report.all_findings)
    return JsonExplanation(
        format="kesu-explain",
        format_version=VERSION,
        kesu=report.version,
        demo=report.demo,
        plan=report.plan.title if report.plan else "",
        as_of=public_date(report.as_of),
        years=report.years,
        rule=explanation.rule.code if explanation.rule else None,
        task=_task(explanation, task) if task else None,
        standings=tuple(_standing(explanation, standing, behind) for standing in explanation.standings),
        findings=tuple(public_finding(finding) for finding in explanation.findings),
    )


def _task(explanation: Explanation, task: Task) -> JsonTask:
    row = task.row
    return JsonTask(
        id=task.id,
        name=task.name,
        quote=task.quote,
        file=task.place.file,
        line=_line(explanation, task.place / "quote"),
        reading=row.reading or "",
        strength=task.strength.value,
        when=row.when,
        tally=task.tally.value,
        spread=row.spread.value,
        target=_target(row.target) if row.target else None,
        items=row.items,
        baseline=decimal(row.baseline.number) if row.baseline else None,
        interim=tuple(
            JsonInterim(day=one.day.isoformat(), amount=decimal(one.amount.number)) for one in row.interim
        ),
        lead=task.lead,
        responsible=task.responsible,
        accountable=task.accountable or "",
        source_of_record=task.source_of_record,
    )


def _target(target: Target) -> JsonTarget:
    return JsonTarget(
        comparator=target.comparator,
        amount=decimal(target.amount),
        high=decimal(target.high) if target.between else None,
        unit=target.unit,
        words=target.words,
    )


def _standing(explanation: Explanation, standing: Standing, behind: FoundBy) -> JsonExplainedStanding:
    return JsonExplainedStanding(
        **dict(public_standing(standing, behind)),
        declarations=tuple(
            JsonDeclaration(unit=said.unit, year=said.year, reason=said.reason)
            for said in standing.declarations
        ),
        entries=tuple(_entries(explanation, standing, behind)),
    )


def _entries(explanation: Explanation, standing: Standing, behind: FoundBy) -> Iterator[JsonContribution]:
    certain = [c for c in standing.contributions if c.certain]
    taken = {c.entry.place for c in deciding(standing.task, certain)}
    for c in standing.contributions:
        line = _line(explanation, c.entry.place)
        yield public_contribution(c, behind, line, is_counted=c.entry.place in taken)


def public_contribution(
    contribution: Contribution, behind: FoundBy, line: int | None, *, is_counted: bool
) -> JsonContribution:
    """Turn what an entry adds into its public form."""
    entry = contribution.entry
    return JsonContribution(
        file=entry.from_file,
        entry=entry.position,
        line=line,
        unit=entry.unit,
        date=str(entry.days),
        name=entry.name,
        value=decimal_or_null(entry.number),
        measured_in=entry.measured_in,
        items=entry.items,
        cited_from=entry.cited_from,
        survey=_survey(entry.survey),
        counted=is_counted,
        amount=decimal(contribution.amount) if contribution.counted else None,
        why=contribution.why,
        unknown=contribution.unknown,
        passed_over=contribution.passed_over,
        disputed=contribution.disputed,
        kept=contribution.kept,
        doubts=tuple(public_dispute(doubt, behind) for doubt in contribution.doubts),
    )


def _survey(survey: Survey) -> JsonSurvey:
    return JsonSurvey(area=survey.area, sample=survey.sample or None, margin=decimal_or_null(survey.margin))


def _line(explanation: Explanation, place: Place) -> int | None:
    span = explanation.spans.get(place)
    return span.line if span else None
