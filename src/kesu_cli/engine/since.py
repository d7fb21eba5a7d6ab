"""Holds a check against the state of an earlier revision: what is new, what is gone."""

from collections.abc import Callable
from dataclasses import replace

from kesu_cli.diagnostic import Finding, Refusal
from kesu_cli.engine.check import PreparedCheck, Request, conclude_check, finish, prepare
from kesu_cli.engine.load_reports import Tick
from kesu_cli.report import Report, Since
from kesu_cli.rules.book import BY_CODE
from kesu_cli.source.git import Commit, commit_of
from kesu_cli.source.workspace import PLAN_FILE, LayoutError, find_workspace
from kesu_cli.source.workspace_at_commit import Past, Snapshot


def check_since(request: Request, revision: str, version: str, tick: Tick) -> Report:
    """Judge what the paths select, and the same in a revision: on the same date, for the same years.

    Raises GitError for a revision that is not to be had, and what ``check`` raises.
    """
    workspace = find_workspace(request.paths, request.plan)
    commit = commit_of(workspace.root, revision)
    prepared = prepare(request, workspace, version, tick)
    report = finish(prepared, request)
    if report.plan is None:
        return report
    return replace(report, since=_since(request, prepared, report, commit, revision))


def _since(request: Request, prepared: PreparedCheck, report: Report, commit: Commit, revision: str) -> Since:
    before = Since(revision, commit.hash, commit.day)
    past = _with_plan(Past(prepared.workspace).at(commit), before)
    try:
        earlier = prepare(request, past, prepared.version, like=prepared)
    except Refusal as refused:
        return replace(before, unjudged=str(refused))
    if earlier.loaded.terms is None:
        return replace(before, unjudged="那时的方案读不出来")
    base = conclude_check(earlier)
    was = {**_respoken(report, base), **_by_mark(base), **_moved(report, base)}
    now = _by_mark(report)
    in_doubt = _doubt(prepared, report)
    still = {was[mark].fingerprint for mark in now if mark in was}
    left = [finding for finding in base.all_findings if finding.fingerprint not in still]
    return replace(
        before,
        known={
            mark: was[mark].message for mark in now if mark in was and was[mark].gravity <= now[mark].gravity
        },
        gone=tuple(finding for finding in left if not in_doubt(finding)),
        unsure=tuple(finding for finding in left if in_doubt(finding)),
    )


def _with_plan(past: Snapshot, since: Since) -> Snapshot:
    """Return the workspace of then; raises LayoutError where it had no plan to hold against."""
    if not past.has_plan:
        raise LayoutError(
            f"版本 {since.label} 里没有 {past.plan_label}/{PLAN_FILE}，那时没有方案，无从比较；"
            "请换一个有方案的版本，或者不写 --since"
        )
    return past


def _doubt(prepared: PreparedCheck, report: Report) -> Callable[[Finding], bool]:
    """Return how to tell that a finding may be missing only because something was not read or not run."""
    lost = {unread.file for unread in prepared.loaded.unread}
    open_ = {(s.task.id, s.window.label, s.unit) for s in report.standings if s.unread}
    not_run = {outcome.code for outcome in (*report.skipped, *report.crashed)}
    return lambda finding: (
        finding.file in lost
        or (finding.task, finding.window, finding.unit) in open_
        or finding.code in not_run
    )


def _by_mark(report: Report) -> dict[str, Finding]:
    return {finding.fingerprint: finding for finding in report.all_findings}


def _moved(report: Report, base: Report) -> dict[str, Finding]:
    """Find what is new and gone only because its file has another name; by the mark it has now."""
    left = {_but_for_the_file(f): f for f in base.all_findings if f.file not in report.inputs}
    arrived = (f for f in report.all_findings if f.file not in base.inputs)
    return {f.fingerprint: left[same] for f in arrived if (same := _but_for_the_file(f)) in left}


def _respoken(report: Report, base: Report) -> dict[str, Finding]:
    """Find the shortfalls that another rule spoke of; by the mark they have now."""
    was = {_standing_of(f): f for f in base.findings if BY_CODE[f.code].about_a_verdict}
    now = (f for f in report.findings if BY_CODE[f.code].about_a_verdict)
    return {f.fingerprint: was[same] for f in now if (same := _standing_of(f)) in was}


def _standing_of(finding: Finding) -> tuple[str, str, str]:
    return finding.task, finding.window, finding.unit


def _but_for_the_file(finding: Finding) -> tuple[str, ...]:
    return finding.code, finding.message, finding.unit, finding.task, finding.window
