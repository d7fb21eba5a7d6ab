"""Explains one task or one finding: which entries counted, which did not, and where they stand."""

from dataclasses import replace

from kesu_cli.engine.check import Request, check, opener
from kesu_cli.engine.conclusion import spans_of
from kesu_cli.engine.selection import year_folder
from kesu_cli.finding import Finding
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.similar import did_you_mean
from kesu_cli.report import Explanation, Report
from kesu_cli.source.workspace import find_workspace

SHORTEST_MARK = 4


class UnknownSubject(Exception):
    """There is no such task or finding; the message is for the user."""


def request_for_year(request: Request, year: int | None) -> Request:
    """Narrow a request to one year's folder: the one named, or the latest."""
    workspace = find_workspace(request.paths, request.plan)
    return replace(request, paths=(year_folder(workspace, year, request.as_of),))


def explain(request: Request, subject: str, version: str) -> Explanation:
    """Explain a task by its id, or a finding by the beginning of its mark.

    Raises UnknownSubject where there is neither.
    """
    workspace = find_workspace(request.paths, request.plan)
    report = check(request, version)
    if report.plan is None:
        raise UnknownSubject("方案读不出来，无法解释；请先运行 kesu plan check")
    task = _task(report, report.plan, subject)
    standings = tuple(standing for standing in report.standings if standing.task.id == task.id)
    entries = [contribution.entry.place for standing in standings for contribution in standing.contributions]
    places = [task.place, *(task.place / key for key in ("quote", "target", "reading")), *entries]
    return Explanation(
        report=report,
        task=task,
        standings=standings,
        findings=_findings(report, task, subject),
        spans=spans_of(places, opener(workspace)),
    )


def _task(report: Report, plan: Plan, subject: str) -> Task:
    task = plan.by_id.get(subject.upper())
    if task:
        return task
    finding = _finding(report, subject)
    if finding is None:
        near = did_you_mean(subject.upper(), plan.by_id)
        raise UnknownSubject(
            f"没有任务或问题“{subject}”；{near}任务编号如 M06-1，问题标记是各条末尾 # 后的字符"
        )
    if finding.task not in plan.by_id:
        place = f"{finding.file}:{finding.span.line}"
        raise UnknownSubject(f"{place} {finding.code} {finding.message}；这条问题不涉及某项任务的计算")
    return plan.by_id[finding.task]


def _finding(report: Report, subject: str) -> Finding | None:
    mark = subject.removeprefix("#").lower()
    if len(mark) < SHORTEST_MARK:
        return None
    everything = (*report.findings, *report.plan_findings)
    return next((finding for finding in everything if finding.fingerprint.startswith(mark)), None)


def _findings(report: Report, task: Task, subject: str) -> tuple[Finding, ...]:
    chosen = None if subject.upper() == task.id else _finding(report, subject)
    if chosen:
        return (chosen,)
    return tuple(finding for finding in report.findings if finding.task == task.id)
