"""GitHub Actions annotations: workflow commands that mark lines of a pull request."""

from collections.abc import Iterator, Mapping

from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.render.format import Format, lines
from kesu_cli.render.wording import as_of_words, counts_line, marked, sentence, since_line
from kesu_cli.report import Report

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_WAIVED = "notice"


def render(report: Report) -> bytes:
    """Write one command a finding, the worst first: GitHub shows ten of a kind and drops the others.

    Where the report is held against an earlier state, only what is new is annotated.
    The last lines count them all. It holds no text of a user's, so it can't be taken for a command.
    """
    return lines(_lines(report))


def _lines(report: Report) -> Iterator[str]:
    for finding in sorted(filter(report.is_new, report.all_findings), key=lambda finding: finding.gravity):
        yield _annotation(report, finding)
    if report.since:
        yield marked(report, since_line(report))
    yield marked(report, f"合计：{counts_line(report)}；{as_of_words(report.as_of)}")


def _annotation(report: Report, finding: Finding) -> str:
    span = finding.span
    place = {
        "title": f"{finding.code} {finding.name}",
        "file": report.path_in_repository(finding.file),
        "line": str(span.line),
        "endLine": str(span.end_line),
    }
    if span.end_line == span.line:  # GitHub takes columns only within one line
        place |= {"col": str(span.column), "endColumn": str(span.end_column)}
    name = _COMMANDS[finding.severity] if finding.counts else _WAIVED
    return command(name, place, marked(report, sentence(finding)))


def command(name: str, properties: Mapping[str, str], message: str) -> str:
    """Write a workflow command, escaped as the runner reads it."""
    said = ",".join(f"{key}={_escaped_property(value)}" for key, value in properties.items())
    return f"::{name} {said}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


FORMAT = Format("github", ".txt", render)
