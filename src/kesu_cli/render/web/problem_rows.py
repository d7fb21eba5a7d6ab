"""Findings as the page shows them: the gravest first, with what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from kesu_cli.diagnostic import Finding
from kesu_cli.render.wording import SEVERITY_WORDS, counted
from kesu_cli.report import Report, count


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One finding; ``place`` is file:line:column."""

    severity: str
    word: str
    code: str
    message: str
    hint: str
    place: str
    owners: tuple[str, ...]
    task: str
    waiver: str
    related: tuple[str, ...]
    mark: str


def problems(report: Report) -> tuple[ProblemRow, ...]:
    """Return the findings by gravity, the waived ones last; without a plan those about its files."""
    shown: Sequence[Finding] = report.findings if report.plan else report.plan_findings
    ordered = sorted(shown, key=lambda finding: (not finding.counts, finding.severity.rank))
    return tuple(_row(finding) for finding in ordered)


def _row(finding: Finding) -> ProblemRow:
    return ProblemRow(
        severity="waived" if finding.waiver else finding.severity.value,
        word=SEVERITY_WORDS[finding.severity],
        code=finding.code,
        message=finding.message,
        hint=finding.hint,
        place=f"{finding.file}:{finding.span.line}:{finding.span.column}",
        owners=finding.owners or ((finding.unit,) if finding.unit else ()),
        task=finding.task,
        waiver=finding.waiver,
        related=tuple(f"{other.message}（{other.file}:{other.span.line}）" for other in finding.related),
        mark=finding.fingerprint[:7],
    )


def problem_counts(report: Report) -> str:
    """Count the findings in a sentence, without naming commands."""
    parts = [counted(report.counts if report.plan else count(report.plan_findings))]
    if report.waived:
        parts.append(f"已豁免 {report.waived}（不计入以上）")
    if report.plan and report.plan_findings:
        parts.append(f"方案文件本身另有 {len(report.plan_findings)} 条，由办公室核对")
    return "；".join(parts)
