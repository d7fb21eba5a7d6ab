"""Follows standings through the commits of a repository, each judged by its own plan on its own day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kesu_cli.engine.check import Case, Request, context_of, lost_with_misplaced, needs_met
from kesu_cli.engine.explain import UnknownSubject
from kesu_cli.engine.findings import conclude, mark_waived, waive
from kesu_cli.engine.load import Survey, joined, run, survey_of
from kesu_cli.engine.scope import Scope, unit_named
from kesu_cli.engine.selection import NothingToCheck, running
from kesu_cli.log import Log, LogCommit, LogLine
from kesu_cli.model.plan import Plan
from kesu_cli.model.similar import did_you_mean
from kesu_cli.model.task_row import Spread
from kesu_cli.model.unit import Units
from kesu_cli.model.window import Basis
from kesu_cli.rules.book import RULES
from kesu_cli.source.git import Commit, is_shallow
from kesu_cli.source.plan import PlanFolder, plan_in
from kesu_cli.source.progress import load_progress
from kesu_cli.source.snapshot import Past, Snapshot
from kesu_cli.source.workspace import LayoutError, ProgressPath, find_workspace
from kesu_cli.standing import Standing

_PLAN_FILES = ("measures.yaml", "units.yaml", "policy.yaml", "waivers.yaml")
_Key = tuple[str, str, str]


@dataclass(frozen=True)
class LogRequest:
    """What is asked for: a task, a unit, both or neither, in one year; by commit or by month."""

    task: str = ""
    unit: str = ""
    year: int | None = None
    monthly: bool = False


@dataclass(frozen=True)
class _State:
    """What was read of one commit, and how things stood; without a plan, why not."""

    commit: Commit
    plan_files: tuple[str, ...]
    plan: Plan | None = None
    units: Units | None = None
    standings: tuple[Standing, ...] = ()
    demo: bool = False
    unjudged: str = ""


class _Reader:
    """Reads commits; of what several of them share only once."""

    def __init__(self, past: Past, version: str) -> None:
        self._past = past
        self._version = version
        self._plans: dict[tuple[str, ...], PlanFolder] = {}
        self._reports: dict[tuple[str, str, str], Survey] = {}

    def state(self, commit: Commit, quest: LogRequest, year: int) -> _State:
        snapshot = self._past.at(commit)
        names = tuple(snapshot.names.get(f"{snapshot.plan_label}/{name}", "") for name in _PLAN_FILES)
        folder = self._plan(snapshot, names)
        blank = _State(commit, names)
        if folder.plan is None or folder.units is None:
            return replace(blank, unjudged="方案读不出来")
        unit = folder.units.find_one(quest.unit) or ""
        if quest.unit and not unit:
            return replace(
                blank, plan=folder.plan, units=folder.units, unjudged=f"方案里没有单位“{quest.unit}”"
            )
        try:
            case = self._case(
                commit, snapshot, _narrowed(folder, folder.plan, quest, unit), folder.units, year
            )
        except LayoutError as refused:
            return replace(blank, plan=folder.plan, units=folder.units, unjudged=str(refused))
        standings = tuple(one for one in _standings(case) if not unit or unit in one.task.answering(one.unit))
        demo = any(filing.demo for filing in case.survey.filings)
        return replace(blank, plan=folder.plan, units=folder.units, standings=standings, demo=demo)

    def _plan(self, snapshot: Snapshot, names: tuple[str, ...]) -> PlanFolder:
        if names not in self._plans:
            self._plans[names] = plan_in(snapshot)
        return self._plans[names]

    def _case(self, commit: Commit, snapshot: Snapshot, folder: PlanFolder, units: Units, year: int) -> Case:
        listed, _ = snapshot.reports()
        last = max(commit.day.year, year)
        wanted = [path for path in listed if path.year is None or path.year <= last]
        read = joined([self._report(snapshot, path, units) for path in wanted])
        return Case(
            workspace=snapshot,
            folder=folder,
            survey=replace(read, unread=(*read.unread, *lost_with_misplaced(read))),
            as_of=running(commit.day)._replace(basis=Basis.COMMIT),
            years=(year,),
            available=needs_met(folder),
            scope=Scope(),
            version=self._version,
        )

    def _report(self, snapshot: Snapshot, path: ProgressPath, units: Units) -> Survey:
        of_units = snapshot.names.get(units.file, "")
        key = (path.file, snapshot.names.get(path.file, ""), of_units)
        if key not in self._reports:
            self._reports[key] = survey_of(load_progress([path], units, snapshot.read_report))
        return self._reports[key]


def log(request: Request, quest: LogRequest, version: str) -> Log:
    """Judge every commit that led to the present one, or the last one of every month.

    Raises HistoryError outside a repository, UnknownSubject, UnknownUnit and NothingToCheck.
    """
    past = Past(find_workspace(request.paths, request.plan))
    commits = past.line("HEAD")
    if not commits:
        raise NothingToCheck("仓库里没有提交过方案和进展文件")
    year = quest.year or _latest_year(past.at(commits[-1]), commits[-1].day)
    kept = _last_of_months(commits) if quest.monthly else commits
    reader = _Reader(past, version)
    states = [reader.state(commit, quest, year) for commit in kept]
    plan, subject = _subject(states, quest)
    lines = _lines(states, by_unit=bool(quest.unit))
    if not lines:
        raise NothingToCheck(f"{year} 年没有{subject or '任何任务'}的考核期；用 --year 换一年")
    return Log(
        plan=plan,
        year=year,
        subject=subject,
        monthly=quest.monthly,
        moments=tuple(map(_moment, states, (states[0], *states))),
        lines=lines,
        complete=not is_shallow(past.repository),
        version=version,
    )


def _latest_year(snapshot: Snapshot, day: date) -> int:
    """Return the latest year with reports that has begun, or else the first."""
    listed, _ = snapshot.reports()
    years = sorted({path.year for path in listed if path.year is not None})
    if not years:
        raise NothingToCheck(
            "最近一次提交里没有进展文件（progress/<年度>/<单位>.yaml）；请用 --year 写明年度"
        )
    return next((year for year in reversed(years) if year <= day.year), years[0])


def _last_of_months(commits: Sequence[Commit]) -> tuple[Commit, ...]:
    last = {(commit.day.year, commit.day.month): commit for commit in commits}
    return tuple(commit for commit in commits if last[commit.day.year, commit.day.month] == commit)


def _narrowed(folder: PlanFolder, plan: Plan, quest: LogRequest, unit: str) -> PlanFolder:
    """Leave out the tasks that nobody asked about: judging them would take most of the time."""
    tasks = tuple(
        task
        for task in plan.tasks
        if (not quest.task or task.id == quest.task.upper())
        and (not unit or unit in task.answering("") or task.row.spread is Spread.EACH)
    )
    return replace(folder, plan=replace(plan, tasks=tasks))


def _standings(case: Case) -> tuple[Standing, ...]:
    """Judge, and mark what a waiver covers as the check does."""
    context = context_of(case)
    if not context.waivers:
        return context.standings
    problems, _ = run(context, (rule for rule in RULES if rule.about_a_verdict))
    found = conclude(problems, case.workspace.read)
    found, _ = waive(found, context.waivers, context.as_of, context.units, context.policy.approvers)
    return mark_waived(context.standings, found)


def _subject(states: Sequence[_State], quest: LogRequest) -> tuple[Plan, str]:
    """Return the latest plan, and the name of what was asked for: a task or unit that some plan knew."""
    plans = [state.plan for state in reversed(states) if state.plan]
    units = [state.units for state in reversed(states) if state.units]
    if not plans:
        raise NothingToCheck("历次提交的方案都读不出来，没有作出任何判定")
    unit = next((found for known in units if (found := known.find_one(quest.unit))), "")
    if quest.unit and not unit:
        unit_named(quest.unit, units[0])
    task = quest.task.upper()
    named = next((plan.by_id[task].name for plan in plans if task in plan.by_id), None)
    if task and named is None:
        near = did_you_mean(task, plans[0].by_id)
        raise UnknownSubject(f"没有任务“{quest.task}”；{near}用 kesu plan show 可列出全部任务")
    return plans[0], "，".join(filter(None, (f"{task} {named}" if task else "", unit)))


def _lines(states: Sequence[_State], *, by_unit: bool) -> tuple[LogLine, ...]:
    """Gather the standings of all moments by task, window and unit, in the order of the latest plan."""
    found: dict[_Key, list[Standing | None]] = {}
    for state in reversed(states):
        for standing in state.standings:
            found.setdefault(_key(standing, by_unit), [None] * len(states))
    for number, state in enumerate(states):
        for standing in state.standings:
            found[_key(standing, by_unit)][number] = standing
    return tuple(LogLine(tuple(standings)) for standings in found.values())


def _key(standing: Standing, by_unit: bool) -> _Key:
    """Tell lines apart; a unit that was asked for is one, be it that it had another name before."""
    return standing.task.id, standing.window.label, "" if by_unit else standing.unit


def _moment(state: _State, before: _State) -> LogCommit:
    files = zip(_PLAN_FILES, before.plan_files, state.plan_files, strict=True)
    changed = tuple(name for name, old, new in files if old != new)
    commit = state.commit
    return LogCommit(commit.hash, commit.day, commit.subject, changed, state.unjudged, state.demo)
