"""Findings as JSON Lines, one a line, each complete in itself: for streams, logs and jq."""

from collections.abc import Iterator
from typing import Literal

from kesu_cli.diagnostic import Finding
from kesu_cli.render.format import Format, lines
from kesu_cli.render.json.report_v2 import JsonFinding, public_finding
from kesu_cli.render.json.standing_v2 import VERSION
from kesu_cli.report import Report

State = Literal["new", "known", "changed", "gone", "unsure"] | None


class JsonFindingLine(JsonFinding):
    """One finding with the date it was judged by and whether the data is invented.

    ``state`` is null where the report is not held against an earlier state.
    """

    format: Literal["kesu-finding"]
    format_version: str
    as_of: str
    demo: bool
    state: State


def render(report: Report) -> bytes:
    """Write the findings, then those about the plan itself, then those that are gone."""
    return lines(line.model_dump_json() for line in _lines(report))


def _lines(report: Report) -> Iterator[JsonFindingLine]:
    for finding in report.all_findings:
        yield _line(report, finding, _state(report, finding))
    if report.since:
        yield from (_line(report, finding, "gone") for finding in report.since.gone)
        yield from (_line(report, finding, "unsure") for finding in report.since.unsure)


def _state(report: Report, finding: Finding) -> State:
    if report.since is None:
        return None
    if report.is_new(finding):
        return "new"
    return "changed" if finding.fingerprint in report.changed else "known"


def _line(report: Report, finding: Finding, state: State) -> JsonFindingLine:
    return JsonFindingLine(
        **dict(public_finding(finding)),
        format="kesu-finding",
        format_version=VERSION,
        as_of=report.as_of.day.isoformat(),
        demo=report.demo,
        state=state,
    )


FORMAT = Format("jsonl", ".jsonl", render)
