"""Plain lines, one a finding, complete whatever the width: for pipes, editors and scripts."""

from collections.abc import Iterator

from kesu_cli.diagnostic import Finding
from kesu_cli.render.format import Format, lines
from kesu_cli.render.wording import (
    DEMO,
    SEVERITY_WORDS,
    UNSURE,
    as_of_words,
    counts_line,
    heading,
    sentence,
    since_line,
    subject,
)
from kesu_cli.report import Report, Since


def render(report: Report) -> bytes:
    """Write ``path:line:column code severity message → what to do`` for every finding."""
    return lines(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    demo = f" {DEMO}" if report.demo else ""
    yield f"# {heading(report)}{subject(report)}：{as_of_words(report.as_of)}{demo}"
    shown = report.findings if report.years else report.plan_findings
    for finding in shown:
        if report.is_new(finding):
            yield line_of(finding)
    if report.since:
        yield from _earlier(report, report.since)
    yield f"# {counts_line(report)}{demo}"


def _earlier(report: Report, since: Since) -> Iterator[str]:
    """List what was there before, and as remarks what is gone."""
    known = [finding for finding in report.findings if not report.is_new(finding)]
    if known:
        yield f"# 原有 {len(known)} 条："
        for finding in known:
            yield line_of(finding)
            if finding.fingerprint in report.changed:
                yield f"# 此前：{report.changed[finding.fingerprint]}"
    for word, findings in (("消除", since.gone), (UNSURE, since.unsure)):
        if findings:
            yield f"# {word} {len(findings)} 条："
            yield from (f"# {line_of(finding)}" for finding in findings)
    yield f"# {since_line(report)}"


def line_of(finding: Finding) -> str:
    """Write one finding as one line."""
    place = f"{finding.file}:{finding.span.line}:{finding.span.column}"
    word = SEVERITY_WORDS[finding.severity]
    text = f"{place} {finding.code} {word} {sentence(finding)} #{finding.fingerprint[:7]}"
    return " ".join(text.split())


FORMAT = Format("text", ".txt", render, for_people=True)
