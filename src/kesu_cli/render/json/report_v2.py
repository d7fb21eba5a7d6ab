"""The whole report as JSON, with types and a version of its own: what scripts may rely on."""

from collections.abc import Iterable
from typing import Literal

from kesu_cli.diagnostic import Finding, Span
from kesu_cli.model.window import AsOf
from kesu_cli.render.format import Format
from kesu_cli.render.json.json_base import PublicJson, day_or_null, written
from kesu_cli.render.json.standing_v2 import VERSION, JsonStanding, Weight, found_by, public_standing
from kesu_cli.report import Report, RuleOutcome, Since, count
from kesu_cli.submission import Submission


class JsonSpan(PublicJson):
    """Lines and columns from 1, columns in code points, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class JsonRelated(PublicJson):
    """Another place to look at."""

    file: str
    span: JsonSpan
    message: str


class JsonFinding(PublicJson):
    """One thing wrong."""

    code: str
    name: str
    severity: Weight
    message: str
    hint: str
    file: str
    span: JsonSpan
    owners: tuple[str, ...]
    unit: str
    task: str
    window: str
    related: tuple[JsonRelated, ...]
    fingerprint: str
    waiver: str


class JsonSubmission(PublicJson):
    """Whether one unit has handed in the report of one year.

    ``past_due`` says only that its due day is over; ``amiss`` that the report did not come in time and is
    held against the unit. ``retroactive``: it was due before the plan was issued.
    """

    unit: str
    year: int
    receipt: Literal["complete", "late", "draft", "missing", "unreadable"]
    word: str
    submitted: str | None
    due: str
    past_due: bool
    amiss: bool
    retroactive: bool
    file: str


class JsonRule(PublicJson):
    """What became of one rule."""

    code: str
    name: str
    outcome: str
    findings: int
    why: str


class JsonSince(PublicJson):
    """What the report is held against; ``new`` and ``known`` are fingerprints of findings of the report.

    ``changed`` says of those known ones that say something else now what they said then.
    ``unsure`` may be missing only because something could not be read or run. ``unjudged`` says why
    nothing could be compared, and is empty where it could.
    """

    revision: str
    commit: str
    day: str
    unjudged: str
    new_counts: dict[str, int]
    new: tuple[str, ...]
    known: tuple[str, ...]
    changed: dict[str, str]
    gone: tuple[JsonFinding, ...]
    unsure: tuple[JsonFinding, ...]


class JsonAsOf(PublicJson):
    """The judging date, whether that day is over, and where the date comes from."""

    day: str
    over: bool
    basis: str
    reporting: str
    reporting_over: bool


class JsonReport(PublicJson):
    """The whole outcome of a check."""

    format: Literal["kesu-report"]
    format_version: str
    kesu: str
    demo: bool
    plan: str
    as_of: JsonAsOf
    years: tuple[int, ...]
    scope: str
    inputs: dict[str, str]
    counts: dict[str, int]
    waived: int
    plan_counts: dict[str, int]
    rules: tuple[JsonRule, ...]
    findings: tuple[JsonFinding, ...]
    plan_findings: tuple[JsonFinding, ...]
    standings: tuple[JsonStanding, ...]
    handovers: tuple[JsonSubmission, ...]
    since: JsonSince | None


def render(report: Report) -> bytes:
    """Write the report as indented JSON, UTF-8, a line feed at the end."""
    return written(public(report))


def public(report: Report) -> JsonReport:
    """Turn a report into its public form."""
    behind = found_by(report.all_findings)
    return JsonReport(
        format="kesu-report",
        format_version=VERSION,
        kesu=report.version,
        demo=report.demo,
        plan=report.plan.title if report.plan else "",
        as_of=public_date(report.as_of),
        years=report.years,
        scope=report.scope,
        inputs=report.inputs,
        counts=_counts(report.findings),
        waived=report.waived,
        plan_counts=_counts(report.plan_findings),
        rules=tuple(_rule(outcome) for outcome in report.outcomes),
        findings=tuple(public_finding(finding) for finding in report.findings),
        plan_findings=tuple(public_finding(finding) for finding in report.plan_findings),
        standings=tuple(public_standing(standing, behind) for standing in report.standings),
        handovers=tuple(_submission(submission) for submission in report.submissions),
        since=_since(report, report.since) if report.since else None,
    )


def public_date(as_of: AsOf) -> JsonAsOf:
    """Turn the judging date into its public form."""
    return JsonAsOf(
        day=as_of.day.isoformat(),
        over=as_of.over,
        basis=as_of.basis,
        reporting=as_of.reporting.isoformat(),
        reporting_over=as_of.reporting_over,
    )


def _since(report: Report, since: Since) -> JsonSince:
    marks = [(finding.fingerprint, report.is_new(finding)) for finding in report.all_findings]
    return JsonSince(
        revision=since.revision,
        commit=since.commit,
        day=since.day.isoformat(),
        unjudged=since.unjudged,
        new_counts=_counts(report.new),
        new=tuple(mark for mark, is_new in marks if is_new),
        known=tuple(mark for mark, is_new in marks if not is_new),
        changed=report.changed,
        gone=tuple(public_finding(finding) for finding in since.gone),
        unsure=tuple(public_finding(finding) for finding in since.unsure),
    )


def _counts(findings: Iterable[Finding]) -> dict[str, int]:
    return {severity.value: number for severity, number in count(findings).items()}


def _rule(outcome: RuleOutcome) -> JsonRule:
    return JsonRule(
        code=outcome.code,
        name=outcome.name,
        outcome=outcome.outcome,
        findings=outcome.findings,
        why=outcome.why,
    )


def _span(span: Span) -> JsonSpan:
    return JsonSpan(line=span.line, column=span.column, end_line=span.end_line, end_column=span.end_column)


def public_finding(finding: Finding) -> JsonFinding:
    """Turn a finding into its public form."""
    return JsonFinding(
        code=finding.code,
        name=finding.name,
        severity=finding.severity.value,
        message=finding.message,
        hint=finding.advice,
        file=finding.file,
        span=_span(finding.span),
        owners=finding.owners,
        unit=finding.unit,
        task=finding.task,
        window=finding.window,
        related=tuple(
            JsonRelated(file=other.file, span=_span(other.span), message=other.message)
            for other in finding.related
        ),
        fingerprint=finding.fingerprint,
        waiver=finding.waiver,
    )


def _submission(submission: Submission) -> JsonSubmission:
    return JsonSubmission(
        unit=submission.unit,
        year=submission.year,
        receipt=submission.state.value,
        word=submission.label,
        submitted=day_or_null(submission.submitted),
        due=submission.due.isoformat(),
        past_due=submission.overdue,
        amiss=submission.is_amiss,
        retroactive=submission.retroactive,
        file=submission.file,
    )


FORMAT = Format("json", ".json", render)
