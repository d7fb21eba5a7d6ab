"""SARIF 2.1.0 for code scanning: findings with their rules' manuals, related places and waivers."""

import json
from collections.abc import Sequence
from urllib.parse import quote

from kesu_cli.diagnostic import Finding, Severity, Span
from kesu_cli.render.format import Format
from kesu_cli.render.terminal.rule_page import manual
from kesu_cli.render.wording import DEMO, as_of_words, heading, marked, sentence, subject
from kesu_cli.report import Outcome, Report, RuleOutcome
from kesu_cli.rule import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"
ADDRESS = "urn:kesu-cli"  # kesu has no site; readers ask for an absolute URI all the same
_WORKSPACE = "工作区根目录（放 plan 和 progress 的文件夹）"
_REPOSITORY = "仓库的最上层"
Json = dict[str, object]

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def render(report: Report) -> bytes:
    """Write one run with all findings, those about the plan too."""
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [_run(report)]}
    return (json.dumps(log, ensure_ascii=False, indent=2) + "\n").encode()


def _run(report: Report) -> Json:
    index = {outcome.code: number for number, outcome in enumerate(report.outcomes)}
    years = "-".join(map(str, report.years[:1] + report.years[1:][-1:])) or "plan"
    return {
        "tool": {"driver": _driver(report)},
        "language": "zh-CN",
        "automationDetails": {
            "id": f"kesu/{years}/",
            "description": {"text": _literal(marked(report, f"{heading(report)}{subject(report)}"))},
        },
        "invocations": [_invocation(report, index)],
        "originalUriBaseIds": {ROOT: {"description": {"text": _REPOSITORY if report.home else _WORKSPACE}}},
        "columnKind": "unicodeCodePoints",
        "results": _results(report, index),
        "properties": {"demo": report.demo} | ({"notice": DEMO} if report.demo else {}),
    }


def _driver(report: Report) -> Json:
    return {
        "name": "kesu",
        "fullName": f"kesu（科素）{report.version}",
        "version": report.version,
        "informationUri": ADDRESS,
        "language": "zh-CN",
        "rules": [_rule(outcome.rule) for outcome in report.outcomes],
    }


def _rule(rule: Rule) -> Json:
    page = manual(rule)
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.summary},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _invocation(report: Report, index: dict[str, int]) -> Json:
    """Say what was judged by which date, which rules crashed and which did not run."""
    return {
        "executionSuccessful": report.plan is not None and not report.crashed,
        "toolExecutionNotifications": [_notification(outcome, index) for outcome in report.crashed],
        "toolConfigurationNotifications": [_notification(outcome, index) for outcome in report.skipped],
        "properties": {
            "asOf": report.as_of.day.isoformat(),
            "asOfIncluded": report.as_of.over,
            "asOfWords": as_of_words(report.as_of),
        },
    }


def _notification(outcome: RuleOutcome, index: dict[str, int]) -> Json:
    crashed = outcome.outcome is Outcome.CRASHED
    said = f"规则 {outcome.code} {'运行出错' if crashed else '没有运行'}：{outcome.why}"
    return {
        "level": "error" if crashed else "warning",
        "message": {"text": _literal(said)},
        "associatedRule": {"id": outcome.code, "index": index[outcome.code]},
    }


def _results(report: Report, index: dict[str, int]) -> list[Json]:
    """Write the findings; held against an earlier state they say whether they are new, and what is gone."""
    results = [(finding, _baseline(report, finding)) for finding in report.all_findings]
    if report.since is None:
        return [_result(report, finding, index) for finding, _ in results]
    results += [(finding, "unchanged") for finding in report.since.unsure]
    results += [(finding, "absent") for finding in report.since.gone]
    return [_result(report, finding, index) | {"baselineState": state} for finding, state in results]


def _baseline(report: Report, finding: Finding) -> str:
    """Say how a finding stands to the earlier state, in the words of SARIF 2.1.0 §3.27.24."""
    if report.is_new(finding):
        return "new"
    return "updated" if finding.fingerprint in report.changed else "unchanged"


def _result(report: Report, finding: Finding, index: dict[str, int]) -> Json:
    result: Json = {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": _literal(marked(report, sentence(finding)))},
        "locations": [{"physicalLocation": _physical(report, finding.file, finding.span)}],
        "partialFingerprints": {
            "kesu/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        },
        "suppressions": _suppressions(finding),
        "properties": _properties(finding),
    }
    if finding.related:
        result["relatedLocations"] = _related(report, finding)
    return result


def _suppressions(finding: Finding) -> Sequence[Json]:
    if not finding.waiver:
        return ()
    return ({"kind": "external", "status": "accepted", "justification": finding.waiver},)


def _related(report: Report, finding: Finding) -> list[Json]:
    return [
        {
            "id": number,
            "message": {"text": _literal(other.message)},
            "physicalLocation": _physical(report, other.file, other.span),
        }
        for number, other in enumerate(finding.related, 1)
    ]


def _physical(report: Report, file: str, span: Span) -> Json:
    return {
        "artifactLocation": {"uri": quote(report.path_in_repository(file)), "uriBaseId": ROOT},
        "region": _region(span),
    }


def _region(span: Span) -> Json:
    """Give lines and columns from 1, the end exclusive; of an empty span the line alone."""
    if (span.line, span.column) == (span.end_line, span.end_column):
        return {"startLine": span.line}
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _properties(finding: Finding) -> Json:
    """Keep whom and what the finding is about, as far as it is about anyone."""
    about = {
        "unit": finding.unit,
        "task": finding.task,
        "window": finding.window,
        "owners": list(finding.owners),
    }
    return {name: value for name, value in about.items() if value}


def _literal(text: str) -> str:
    """Double the braces: in a SARIF message a single one opens a placeholder (section 3.11.5)."""
    return text.replace("{", "{{").replace("}", "}}")


FORMAT = Format("sarif", ".sarif", render)
