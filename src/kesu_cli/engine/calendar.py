"""Gathers what falls due in the days to come."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from kesu_cli.calendar import Calendar, Due, DueReport, DueTask, EndingWaiver
from kesu_cli.engine.check import Case, Request, case_of_plan, conclude_case, prepare
from kesu_cli.engine.plan_diff import PlanUnreadable
from kesu_cli.engine.scope import unit_named
from kesu_cli.engine.selection import NothingToCheck
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.policy import Policy
from kesu_cli.model.unit import Units
from kesu_cli.model.window import AsOf, Days
from kesu_cli.report import Report
from kesu_cli.source.workspace import find_workspace
from kesu_cli.standing import Standing, Verdict, finished_late
from kesu_cli.submission import Submission, SubmissionState


def calendar(request: Request, days: int, version: str) -> Calendar:
    """List what is overdue and what falls due so many days ahead; for one unit or for all.

    The whole workspace is looked at, whichever of its folders is asked from.
    Raises PlanUnreadable, UnknownUnit and LayoutError.
    """
    workspace = find_workspace(request.paths, request.plan)
    request = replace(request, paths=(workspace.progress_dir,))
    try:
        case = prepare(request, workspace, version)
    except NothingToCheck:
        case = case_of_plan(request, workspace, version)
    folder = case.folder
    if folder.plan is None or folder.units is None or folder.policy is None:
        raise PlanUnreadable("方案读不出来；请先运行 kesu plan check")
    report = conclude_case(case)
    unit = unit_named(request.unit, folder.units) if request.unit else ""
    ahead = Days(case.as_of.day, case.as_of.day + timedelta(days=days))
    tasks, settled = _tasks(folder.plan, report, unit, ahead)
    reports = _reports(report, folder.plan, folder.policy, folder.units, unit, ahead)
    overdue: list[Due] = [*_reports_overdue(report, case.as_of, unit)]
    overdue += _tasks_overdue(report, case.as_of, unit)
    items: list[Due] = [*overdue, *reports, *_waivers(case, unit, ahead), *tasks]
    return Calendar(
        plan=folder.plan,
        unit=unit,
        as_of=case.as_of,
        until=ahead.end,
        items=tuple(sorted(items, key=lambda due: due.day)),
        settled=settled,
        notice=folder.policy.due_soon_days,
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


def _reports(
    report: Report, plan: Plan, policy: Policy, units: Units, unit: str, ahead: Days
) -> Iterator[DueReport]:
    done = {(h.unit, h.year) for h in report.handovers if _is_handed_in(h)}
    whom = (unit,) if unit else units.reporting
    for year in plan.years:
        day = policy.report_due.of(year)
        awaited = tuple(one for one in whom if one in units.reporting and (one, year) not in done)
        if ahead.contains(day) and awaited:
            yield DueReport(day, year, awaited)


def _reports_overdue(report: Report, as_of: AsOf, unit: str) -> Iterator[DueReport]:
    late: dict[int, list[Submission]] = {}
    for handover in report.handovers:
        if handover.due < as_of.day and not _is_handed_in(handover) and unit in ("", handover.unit):
            late.setdefault(handover.year, []).append(handover)
    for year, handovers in late.items():
        yield DueReport(handovers[0].due, year, tuple(handover.unit for handover in handovers))


def _is_handed_in(handover: Submission) -> bool:
    return handover.receipt in (SubmissionState.COMPLETE, SubmissionState.LATE)


def _waivers(case: Case, unit: str, ahead: Days) -> Iterator[EndingWaiver]:
    units, policy = case.folder.units, case.folder.policy
    for waiver in case.folder.waivers or ():
        if units is None or policy is None or not waiver.is_effective(case.as_of, units, policy.approvers):
            continue
        whose, until = waiver.unit(units), waiver.row.until
        if until and ahead.contains(until) and unit in ("", whose):
            yield EndingWaiver(until, waiver, whose)
