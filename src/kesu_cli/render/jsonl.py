"""Findings as JSON Lines, one a line, each complete in itself: for streams, logs and jq."""

from kesu_cli.render.format import Format
from kesu_cli.render.json_v1 import JsonFinding, public_finding
from kesu_cli.report import Report


class JsonLine(JsonFinding):
    """One finding with the date it was judged by and whether the data is invented."""

    as_of: str
    demo: bool


def render(report: Report) -> bytes:
    """Write the findings, then those about the plan itself."""
    day = report.as_of.day.isoformat()
    lines = (
        JsonLine(**dict(public_finding(finding)), as_of=day, demo=report.demo)
        for finding in report.all_findings
    )
    return "".join(f"{line.model_dump_json()}\n" for line in lines).encode()


FORMAT = Format("jsonl", ".jsonl", render)
