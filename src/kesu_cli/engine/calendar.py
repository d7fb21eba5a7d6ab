"""Gathers what falls due in the days to come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from kesu_cli.calendar import Calendar, Due, DueReport, DueTask, EndingWaiver
from kesu_cli.engine.check import Request, conclude_check, prepare, prepare_plan
from kesu_cli.engine.judged_years import NothingToCheck
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.window import AsOf, Days
from kesu_cli.report import Report
from kesu_cli.source.workspace import find_workspace
from kesu_cli.standing import Standing, finished_late
from kesu_cli.submission import Submission, SubmissionState
from kesu_cli.verdict import Verdict


def calendar(request: Request, days: int, version: str) -> Calendar:
    """List what is overdue and what falls due so many days ahead; for one unit or for all.

    The whole workspace is looked at, whichever of its folders is asked from.
    Raises PlanUnreadable, UnknownUnit and LayoutError.
    """
    workspace = find_workspace(request.paths, request.plan)
    request = replace(request, paths=(workspace.progress_dir,))
    try:
        prepared = prepare(request, workspace, version)
    except NothingToCheck:
        prepared = prepare_plan(request, workspace, version)
    terms, as_of = prepared.loaded.readable_terms(), prepared.as_of
    report = conclude_check(prepared)
    unit = terms.units.named(request.unit) if request.unit else ""
    ahead = Days(as_of.day, as_of.day + timedelta(days=days))
    tasks, settled = _tasks(terms.plan, report, unit, ahead)
    overdue: list[Due] = [*_reports_overdue(report, unit), *_tasks_overdue(report, as_of, unit)]
    coming: list[Due] = [*_reports(report, terms, unit, ahead), *_waivers(terms, as_of, unit, ahead), *tasks]
    return Calendar(
        plan=terms.plan,
        unit=unit,
        as_of=as_of,
        until=ahead.end,
        items=tuple(sorted((*overdue, *coming), key=lambda due: due.day)),
        settled=settled,
        notice=terms.policy.due_soon_days,
        demo=report.demo,
        version=version,
        inputs=report.inputs,
        cited=report.cited,
    )


def _tasks(plan: Plan, report: Report, unit: str, ahead: Days) -> tuple[list[DueTask], int]:
    """Return the windows of hard tasks and deadlines that end, and how many more of them are met already."""
    judged: dict[tuple[str, str], list[Standing]] = {}
    for standing in report.standings:
        if not unit or standing.unit in ("", unit):
            judged.setdefault((standing.task.id, standing.window.label), []).append(standing)
    found: list[DueTask] = []
    settled = 0
    for task in plan.by_id.values():
        for window in task.windows if _is_asked(task, unit) else ():
            if not ahead.contains(window.end):
                continue
            standings = judged.get((task.id, window.label), [])
            short = tuple(standing for standing in standings if standing.verdict is not Verdict.MET)
            settled += bool(standings) and not short
            if short or not standings:
                found.append(DueTask(task, window, short))
    return found, settled


def _is_asked(task: Task, unit: str) -> bool:
    return task.is_dated and (not unit or unit == task.accountable or unit in task.owners)


def _tasks_overdue(report: Report, as_of: AsOf, unit: str) -> Iterator[DueTask]:
    """Gather the tasks whose day is past; what comes round can't be made up for and is left to the check."""
    found: dict[tuple[str, str], list[Standing]] = {}
    for standing in report.standings:
        task = standing.task
        is_past = task.has_deadline and standing.window.end < as_of.day
        is_undone = is_past and standing.overdue and finished_late(standing) is None
        if is_undone and _is_asked(task, unit) and (not unit or standing.unit in ("", unit)):
            found.setdefault((task.id, standing.window.label), []).append(standing)
    for standings in found.values():
        yield DueTask(standings[0].task, standings[0].window, tuple(standings))


def _reports(report: Report, terms: Terms, unit: str, ahead: Days) -> Iterator[DueReport]:
    reporting = terms.units.reporting
    done = {(one.unit, one.year) for one in report.submissions if _is_handed_in(one)}
    for year in terms.plan.years:
        day = terms.policy.report_due.of(year)
        whom = (unit,) if unit else reporting
        awaited = tuple(one for one in whom if one in reporting and (one, year) not in done)
        if ahead.contains(day) and awaited:
            yield DueReport(day, year, awaited)


def _reports_overdue(report: Report, unit: str) -> Iterator[DueReport]:
    late: dict[int, list[Submission]] = {}
    for submission in report.submissions:
        if submission.is_owed and not _is_handed_in(submission) and unit in ("", submission.unit):
            late.setdefault(submission.year, []).append(submission)
    for year, missing in late.items():
        yield DueReport(missing[0].due, year, tuple(submission.unit for submission in missing))


def _is_handed_in(submission: Submission) -> bool:
    return submission.state in (SubmissionState.COMPLETE, SubmissionState.LATE)


def _waivers(terms: Terms, as_of: AsOf, unit: str, ahead: Days) -> Iterator[EndingWaiver]:
    for waiver in terms.waivers or ():
        if not waiver.is_effective(as_of, terms.units, terms.policy.approvers):
            continue
        whose, until = waiver.unit(terms.units), waiver.row.until
        if until and ahead.contains(until) and unit in ("", whose):
            yield EndingWaiver(until, waiver, whose)
