"""Follows standings through the commits of a repository, each judged by its own plan on its own day."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kesu_cli.engine.check import Request, lost_with_misplaced
from kesu_cli.engine.explain import UnknownSubject
from kesu_cli.engine.findings_located_and_waived import conclude, mark_waived, waive
from kesu_cli.engine.judged_years import NothingToCheck, running
from kesu_cli.engine.rule_context import judged_reports
from kesu_cli.engine.rule_run import run
from kesu_cli.loaded import Loaded, joined
from kesu_cli.log import Log, LogCommit, LogLine
from kesu_cli.model.name_similarity import did_you_mean
from kesu_cli.model.plan import Plan
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.task_in_plan_file import Spread
from kesu_cli.model.unit import Units
from kesu_cli.model.window import Basis
from kesu_cli.rules.book import RULES
from kesu_cli.source.git import Commit, is_shallow
from kesu_cli.source.plan import terms_in
from kesu_cli.source.progress import read_progress, without_copies
from kesu_cli.source.workspace import LayoutError, ProgressPath, find_workspace
from kesu_cli.source.workspace_at_commit import Past, Snapshot
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
    terms: Terms | None = None
    standings: tuple[Standing, ...] = ()
    demo: bool = False
    unjudged: str = ""


class _Reader:
    """Reads commits; of what several of them share only once."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._terms: dict[tuple[str, ...], Terms | None] = {}
        self._reports: dict[tuple[str, str, str], Loaded] = {}

    def state(self, commit: Commit, asked: LogRequest, year: int) -> _State:
        snapshot = self._past.at(commit)
        names = tuple(snapshot.names.get(f"{snapshot.plan_label}/{name}", "") for name in _PLAN_FILES)
        terms = self._terms_of(snapshot, names)
        if terms is None:
            return _State(commit, names, unjudged="方案读不出来")
        blank = _State(commit, names, terms)
        unit = terms.units.find_one(asked.unit) or ""
        if asked.unit and not unit:
            return replace(blank, unjudged=f"方案里没有单位“{asked.unit}”")
        try:
            loaded = self._loaded(commit, snapshot, terms, year)
        except LayoutError as refused:
            return replace(blank, unjudged=str(refused))
        narrowed = replace(loaded, terms=_narrowed(terms, asked, unit))
        standings = _standings(narrowed, commit, snapshot, year)
        kept = tuple(one for one in standings if not unit or unit in one.task.answering(one.unit))
        return replace(blank, standings=kept, demo=loaded.demo)

    def _terms_of(self, snapshot: Snapshot, names: tuple[str, ...]) -> Terms | None:
        if names not in self._terms:
            self._terms[names] = terms_in(snapshot).terms
        return self._terms[names]

    def _loaded(self, commit: Commit, snapshot: Snapshot, terms: Terms, year: int) -> Loaded:
        listed, _ = snapshot.reports()
        last = max(commit.day.year, year)
        wanted = [path for path in listed if path.year is None or path.year <= last]
        read = without_copies(joined([self._report(snapshot, path, terms.units) for path in wanted]))
        evidence = snapshot.evidence_of(read.filings)
        unread = (*read.unread, *lost_with_misplaced(read))
        return replace(read, evidence=evidence, unread=unread)

    def _report(self, snapshot: Snapshot, path: ProgressPath, units: Units) -> Loaded:
        of_units = snapshot.names.get(units.file, "")
        key = (path.file, snapshot.names.get(path.file, ""), of_units)
        if key not in self._reports:
            self._reports[key] = read_progress([path], units, snapshot.read_report)
        return self._reports[key]


def log(request: Request, asked: LogRequest, version: str) -> Log:
    """Judge every commit that led to the present one, or the last one of every month.

    Raises GitError outside a repository, UnknownSubject, UnknownUnit and NothingToCheck.
    """
    past = Past(find_workspace(request.paths, request.plan))
    commits = past.line("HEAD")
    if not commits:
        raise NothingToCheck("仓库里没有提交过方案和进展文件")
    year = asked.year or _latest_year(past.at(commits[-1]), commits[-1].day)
    kept = _last_of_months(commits) if asked.monthly else commits
    reader = _Reader(past)
    states = [reader.state(commit, asked, year) for commit in kept]
    plan, subject = _subject(states, asked)
    lines = _lines(states, by_unit=bool(asked.unit))
    if not lines:
        raise NothingToCheck(f"{year} 年没有{subject or '任何任务'}的考核期；用 --year 换一年")
    return Log(
        plan=plan,
        year=year,
        subject=subject,
        monthly=asked.monthly,
        commits=tuple(map(_commit, states, (states[0], *states))),
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


def _narrowed(terms: Terms, asked: LogRequest, unit: str) -> Terms:
    """Leave out the tasks that nobody asked about: judging them would take most of the time."""
    tasks = tuple(
        task
        for task in terms.plan.tasks
        if (not asked.task or task.id == asked.task.upper())
        and (not unit or unit in task.answering("") or task.row.spread is Spread.EACH)
    )
    return replace(terms, plan=replace(terms.plan, tasks=tasks))


def _standings(loaded: Loaded, commit: Commit, snapshot: Snapshot, year: int) -> tuple[Standing, ...]:
    """Judge, and mark what a waiver covers as the check does."""
    as_of = running(commit.day)._replace(basis=Basis.COMMIT)
    context = judged_reports(loaded, as_of, (year,))
    if not context.waivers:
        return context.standings
    problems, _ = run(context, (rule for rule in RULES if rule.about_a_verdict))
    found, _ = waive(conclude(problems, snapshot.read), context.terms, as_of)
    return mark_waived(context.standings, found)


def _subject(states: Sequence[_State], asked: LogRequest) -> tuple[Plan, str]:
    """Return the latest plan, and the name of what was asked for: a task or unit that some plan knew."""
    terms = [state.terms for state in reversed(states) if state.terms]
    plans, units = [one.plan for one in terms], [one.units for one in terms]
    if not plans:
        raise NothingToCheck("历次提交的方案都读不出来，没有作出任何判定")
    unit = next((found for known in units if (found := known.find_one(asked.unit))), "")
    if asked.unit and not unit:
        units[0].named(asked.unit)
    task = asked.task.upper()
    named = next((plan.by_id[task].name for plan in plans if task in plan.by_id), None)
    if task and named is None:
        near = did_you_mean(task, plans[0].by_id)
        raise UnknownSubject(f"没有任务“{asked.task}”；{near}用 kesu plan show 可列出全部任务")
    return plans[0], "，".join(filter(None, (f"{task} {named}" if task else "", unit)))


def _lines(states: Sequence[_State], *, by_unit: bool) -> tuple[LogLine, ...]:
    """Gather the standings of all commits by task, window and unit, in the order of the latest plan."""
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


def _commit(state: _State, before: _State) -> LogCommit:
    files = zip(_PLAN_FILES, before.plan_files, state.plan_files, strict=True)
    changed = tuple(name for name, old, new in files if old != new)
    commit = state.commit
    return LogCommit(commit.hash, commit.day, commit.subject, changed, state.unjudged, state.demo)
