"""Explains one task or one finding: which entries counted, which did not, and where they stand."""

import re
from dataclasses import replace

from kesu_cli.diagnostic import Finding, Place, Refusal
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.findings_located_and_waived import spans_of
from kesu_cli.engine.judged_years import known_years, year_folder
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.task_suggestion import meant_by
from kesu_cli.report import Explanation, Report
from kesu_cli.rules.book import BY_CODE
from kesu_cli.source.workspace import find_workspace
from kesu_cli.standing import Standing

_MARK = re.compile(r"#?[0-9a-f]{4,32}", re.IGNORECASE)


class UnknownSubject(Refusal):
    """There is no such task or finding; the message is for the user."""


class UnknownMark(UnknownSubject):
    """No finding of the year bears the mark."""


def request_for_year(request: Request, year: int | None) -> Request:
    """Narrow a request to one year's folder: the one named, or the latest."""
    workspace = find_workspace(request.paths, request.plan)
    return replace(request, paths=(year_folder(workspace, year, request.as_of or request.today),))


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
        raise UnknownMark(f"{_no_mark(subject)}（还没有单位报送）")
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
    task = report.plan.by_id.get(subject.upper())
    finding = None if task else _marked(report, report.plan, subject)
    if finding:
        task = report.plan.by_id.get(finding.task)
    standings = tuple(standing for standing in report.standings if standing.task is task)
    standings = tuple(standing for standing in standings if _is_about(standing, finding)) or standings
    entries = [contribution.entry.place for standing in standings for contribution in standing.contributions]
    return Explanation(
        report=report,
        task=task,
        rule=BY_CODE[finding.code] if finding else None,
        standings=standings,
        findings=(finding,) if finding else tuple(f for f in report.findings if task and f.task == task.id),
        spans=spans_of((*_places(task), *entries), workspace.read),
    )


def _places(task: Task | None) -> tuple[Place, ...]:
    return (task.place, *(task.place / key for key in ("quote", "target", "reading"))) if task else ()


def _is_about(standing: Standing, finding: Finding | None) -> bool:
    """Whether a standing is the one that a finding is about; one that names no window may be about any."""
    if finding is None or not finding.window:
        return True
    return standing.window.label == finding.window and standing.unit in ("", finding.unit)


def _marked(report: Report, plan: Plan, subject: str) -> Finding:
    """Return the finding of a mark; raises UnknownSubject where there is none."""
    finding = _finding(report, subject)
    if finding:
        return finding
    if _MARK.fullmatch(subject):
        raise UnknownMark(f"{_no_mark(subject)}；请核对年度，或重新运行 kesu check")
    near = meant_by(subject, plan.by_id)
    raise UnknownSubject(f"没有任务或问题“{subject}”；{near}任务编号如 M06-1，问题标记是各条末尾 # 后的字符")


def _finding(report: Report, subject: str) -> Finding | None:
    if not _MARK.fullmatch(subject):
        return None
    mark = subject.removeprefix("#").lower()
    everything = (*report.findings, *report.plan_findings)
    return next((finding for finding in everything if finding.fingerprint.startswith(mark)), None)
