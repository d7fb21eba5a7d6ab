"""Plain lines, one a finding, complete whatever the width: for pipes, editors and scripts."""

from collections.abc import Iterator

from kesu_cli.finding import Finding
from kesu_cli.render.format import Format
from kesu_cli.render.wording import (
    DEMO,
    SEVERITY_WORDS,
    as_of_words,
    counts_line,
    heading,
    sentence,
    subject,
)
from kesu_cli.report import Report


def render(report: Report) -> bytes:
    """Write ``path:line:column code severity message → what to do`` for every finding."""
    return "".join(f"{line}\n" for line in _lines(report)).encode()


def _lines(report: Report) -> Iterator[str]:
    demo = f" {DEMO}" if report.demo else ""
    yield f"# {heading(report)}{subject(report)}：{as_of_words(report.as_of)}{demo}"
    shown = report.findings if report.years else report.plan_findings
    for finding in shown:
        yield line_of(finding)
    yield f"# {counts_line(report)}{demo}"


def line_of(finding: Finding) -> str:
    """Write one finding as one line."""
    place = f"{finding.file}:{finding.span.line}:{finding.span.column}"
    word = SEVERITY_WORDS[finding.severity]
    text = f"{place} {finding.code} {word} {sentence(finding)} #{finding.fingerprint[:7]}"
    return " ".join(text.split())


FORMAT = Format("text", ".txt", render, for_people=True)
