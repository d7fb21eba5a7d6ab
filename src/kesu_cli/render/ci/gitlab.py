"""GitLab Code Quality: findings for the widget of a merge request."""

import json

from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.render.format import Format
from kesu_cli.render.wording import marked, sentence
from kesu_cli.report import Report

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.NOTE: "info"}
_WAIVED = "info"


def render(report: Report) -> bytes:
    """Write the findings, then those about the plan itself; a waived one is for information."""
    issues = [_issue(report, finding) for finding in report.all_findings]
    return (json.dumps(issues, ensure_ascii=False, indent=2) + "\n").encode()


def _issue(report: Report, finding: Finding) -> dict[str, object]:
    return {
        "description": marked(report, sentence(finding)),
        "check_name": f"{finding.code} {finding.name}",
        "fingerprint": finding.fingerprint,
        "severity": _SEVERITIES[finding.severity] if finding.counts else _WAIVED,
        "location": {"path": report.path_in_repository(finding.file), "lines": {"begin": finding.span.line}},
    }


FORMAT = Format("gitlab", ".json", render)
