"""JUnit XML for CI servers: one case a task, unit and window, and one for everything else that is wrong."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from xml.etree import ElementTree as ET

from kesu_cli.diagnostic import Finding, Severity
from kesu_cli.render.format import Format
from kesu_cli.render.standing_row import row_of
from kesu_cli.render.tallies import counted_as
from kesu_cli.render.wording import (
    NONE,
    SEVERITY_WORDS,
    UNSURE,
    as_of_words,
    heading,
    listed,
    marked,
    sentence,
    since_line,
    subject,
    verdict_words,
)
from kesu_cli.report import Outcome, Report, RuleOutcome
from kesu_cli.standing import Standing
from kesu_cli.verdict import Verdict

_SETTLED = (Verdict.MET, Verdict.ON_PACE)
_NOBODY = "未明确单位"
_PLAN = "方案本身"
_RULES = "没有运行的规则"
_GONE = "不再查出的问题"


class JunitResult(StrEnum):
    """How a case ended; the values are the names of its elements."""

    PASSED = "passed"
    FAILED = "failure"
    CRASHED = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class JunitCase:
    """One test case: the suite it stands in, its class and name, how it ended and what there is to say."""

    suite: str
    group: str
    name: str
    result: JunitResult
    kind: str
    message: str
    text: str


def render(report: Report) -> bytes:
    """Write the suites, one a unit; the attributes are those that Jenkins' strict schema knows."""
    suites: dict[str, list[JunitCase]] = {}
    for case in _cases(report):
        suites.setdefault(case.suite, []).append(case)
    title = marked(report, f"{heading(report)}{subject(report)}")
    root = ET.Element("testsuites", {"name": title, **_totals(c for cs in suites.values() for c in cs)})
    for name, cases in suites.items():
        root.append(_suite(report, name, cases))
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content + b"\n"


def _totals(cases: Iterable[JunitCase]) -> dict[str, str]:
    ended = [case.result for case in cases]
    return {
        "tests": str(len(ended)),
        "failures": str(ended.count(JunitResult.FAILED)),
        "errors": str(ended.count(JunitResult.CRASHED)),
    }


def _suite(report: Report, name: str, cases: list[JunitCase]) -> ET.Element:
    skipped = sum(case.result is JunitResult.SKIPPED for case in cases)
    suite = ET.Element("testsuite", {"name": name, **_totals(cases), "skipped": str(skipped)})
    properties = ET.SubElement(suite, "properties")
    said = {"as-of": marked(report, as_of_words(report.as_of)), "kesu": report.version}
    if report.since:
        said["since"] = since_line(report)
    for key, value in said.items():
        ET.SubElement(properties, "property", {"name": key, "value": value})
    suite.extend(_element(case) for case in cases)
    return suite


def _element(case: JunitCase) -> ET.Element:
    element = ET.Element("testcase", {"name": case.name, "classname": case.group})
    if case.result is JunitResult.PASSED:
        ET.SubElement(element, "system-out").text = case.text
        return element
    said = {"type": case.kind, "message": case.message}
    ET.SubElement(element, case.result.value, said).text = case.text
    return element


def _cases(report: Report) -> Iterator[JunitCase]:
    about = _by_standing(report)
    for standing in report.standings:
        yield _standing_case(report, standing, about.pop(_key(standing), []))
    for findings in about.values():
        yield from (_finding_case(report, finding, _whom(finding)) for finding in findings)
    yield from (_finding_case(report, finding, _PLAN) for finding in report.plan_findings)
    if report.since:
        yield from map(_gone_case, report.since.gone)
        yield from (
            replace(_gone_case(f), result=JunitResult.SKIPPED, message=UNSURE) for f in report.since.unsure
        )
    yield from (_rule_case(outcome) for outcome in (*report.crashed, *report.skipped))


def _by_standing(report: Report) -> dict[tuple[str, str, str], list[Finding]]:
    """Sort findings by the standing that they are about; of most data faults there is none."""
    found: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in report.findings:
        found.setdefault((finding.task, finding.window, finding.unit), []).append(finding)
    return found


def _key(standing: Standing) -> tuple[str, str, str]:
    return standing.task.id, standing.window.label, standing.unit


def _standing_case(report: Report, standing: Standing, findings: list[Finding]) -> JunitCase:
    """Fail where an error counts, pass where the verdict is good, and otherwise skip with the reason.

    An error that was there before the state that the report is held against fails nothing now.
    """
    errors = [f for f in findings if f.counts and f.severity is Severity.ERROR]
    result = JunitResult.FAILED if any(report.is_new(error) for error in errors) else JunitResult.SKIPPED
    if counted_as(standing) in _SETTLED and not errors:
        result = JunitResult.PASSED
    told = errors or findings
    unit = listed(standing.task.answering(standing.unit)) or _NOBODY
    return JunitCase(
        suite=unit,
        group=unit,
        name=f"{standing.task.id} {standing.task.name}（{standing.window.label}）",
        result=result,
        kind=told[0].code if told else standing.verdict.value,
        message=_message(report, told[0]) if told else verdict_words(standing),
        text="\n".join((_figures(standing), *map(_told, findings))),
    )


def _figures(standing: Standing) -> str:
    row, window = row_of(standing), standing.window
    said = {"完成": row.actual, "完成率": row.completion, "序时进度": row.pace}
    figures = "，".join(f"{name} {figure}" for name, figure in said.items() if figure != NONE)
    return (
        f"判定：{row.verdict}；目标{row.asked}"
        + (f"，{figures}" if figures else "")
        + f"；考核期 {window.start} 至 {window.end}"
    )


def _told(finding: Finding) -> str:
    place = f"{finding.file}:{finding.span.line}"
    return f"{place} {finding.code} {SEVERITY_WORDS[finding.severity]} {sentence(finding)}"


def _whom(finding: Finding) -> str:
    return finding.unit or listed(finding.owners) or _NOBODY


def _message(report: Report, finding: Finding) -> str:
    return finding.message if report.is_new(finding) else f"原有问题：{finding.message}"


def _finding_case(report: Report, finding: Finding, suite: str) -> JunitCase:
    fails = finding.counts and finding.severity is Severity.ERROR and report.is_new(finding)
    return JunitCase(
        suite=suite,
        group=finding.file,
        name=f"{finding.code} {finding.name} #{finding.fingerprint[:7]}",
        result=JunitResult.FAILED if fails else JunitResult.SKIPPED,
        kind=finding.code,
        message=_message(report, finding),
        text=_told(finding),
    )


def _gone_case(finding: Finding) -> JunitCase:
    return JunitCase(
        suite=_GONE,
        group=finding.file,
        name=f"{finding.code} {finding.name} #{finding.fingerprint[:7]}",
        result=JunitResult.PASSED,
        kind=finding.code,
        message="",
        text=_told(finding),
    )


def _rule_case(outcome: RuleOutcome) -> JunitCase:
    crashed = outcome.outcome is Outcome.CRASHED
    return JunitCase(
        suite=_RULES,
        group=_RULES,
        name=f"{outcome.code} {outcome.rule.summary}",
        result=JunitResult.CRASHED if crashed else JunitResult.SKIPPED,
        kind=outcome.code,
        message=outcome.why,
        text=f"规则 {outcome.code} {'运行出错' if crashed else '没有运行'}：{outcome.why}",
    )


FORMAT = Format("junit", ".xml", render)
