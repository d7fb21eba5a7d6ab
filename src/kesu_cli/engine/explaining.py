"""Explains one task or one finding: which entries counted, which did not, and where they stand."""

import re
from dataclasses import replace

from kesu_cli.engine.check import Request, check, opener
from kesu_cli.engine.conclusion import Lines
from kesu_cli.engine.selection import known_years, year_folder
from kesu_cli.finding import Finding
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.task_name import meant_by
from kesu_cli.report import Explanation, Report
from kesu_cli.source.workspace import find_workspace

_MARK = re.compile(r"#?[0-9a-f]{4,32}", re.IGNORECASE)


class UnknownSubject(Exception):
    """There is no such task or finding; the message is for the user."""


class UnknownMark(UnknownSubject):
    """No finding of the year bears the mark."""


def request_for_year(request: Request, year: int | None) -> Request:
    """Narrow a request to one year's folder: the one named, or the latest."""
    workspace = find_workspace(request.paths, request.plan)
    return replace(request, paths=(year_folder(workspace, year, request.as_of),))


def explain_in(request: Request, year: int | None, subject: str, version: str) -> Explanation:
    """Explain a task in one year; a mark for which no year is named is looked for in all, the latest first.

    Raises UnknownSubject where there is neither.
    """
    if year is not None or not _MARK.fullmatch(subject):
        return explain(request_for_year(request, year), subject, version)
    years = known_years(find_workspace(request.paths, request.plan))
    for each in reversed(years):
        try:
            return explain(request_for_year(request, each), subject, version)
        except UnknownMark:
            continue
    if not years:
        request_for_year(request, None)
    looked = f"{years[0]}—{years[-1]}" if len(years) > 1 else f"{years[0]}"
    raise UnknownMark(
        f"{_no_mark(subject)}（查了 {looked} 年）；问题改好后标记就没有了，请重新运行 kesu check"
    )


def _no_mark(subject: str) -> str:
    return f"没有标记为 #{subject.removeprefix('#')} 的问题"


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
    lines = Lines(opener(workspace))
    entries = [contribution.entry.place for standing in standings for contribution in standing.contributions]
    places = [task.place, *(task.place / key for key in ("quote", "target", "reading")), *entries]
    return Explanation(
        report=report,
        task=task,
        standings=standings,
        findings=_findings(report, task, subject),
        spans={place: lines.span(place) for place in places},
    )


def _task(report: Report, plan: Plan, subject: str) -> Task:
    task = plan.by_id.get(subject.upper())
    if task:
        return task
    finding = _finding(report, subject)
    if finding is None and _MARK.fullmatch(subject):
        raise UnknownMark(f"{_no_mark(subject)}；请核对年度，或重新运行 kesu check")
    if finding is None:
        near = meant_by(subject, plan.by_id)
        raise UnknownSubject(
            f"没有任务或问题“{subject}”；{near}任务编号如 M06-1，问题标记是各条末尾 # 后的字符"
        )
    if finding.task not in plan.by_id:
        place = f"{finding.file}:{finding.span.line}"
        raise UnknownSubject(f"{place} {finding.code} {finding.message}；这条问题不涉及某项任务的计算")
    return plan.by_id[finding.task]


def _finding(report: Report, subject: str) -> Finding | None:
    if not _MARK.fullmatch(subject):
        return None
    mark = subject.removeprefix("#").lower()
    everything = (*report.findings, *report.plan_findings)
    return next((finding for finding in everything if finding.fingerprint.startswith(mark)), None)


def _findings(report: Report, task: Task, subject: str) -> tuple[Finding, ...]:
    chosen = None if subject.upper() == task.id else _finding(report, subject)
    if chosen:
        return (chosen,)
    return tuple(finding for finding in report.findings if finding.task == task.id)
