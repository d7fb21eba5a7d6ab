"""Runs a check from paths to report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kesu_cli.diagnostic import Crash, Finding, Place, Span
from kesu_cli.engine.findings import conclude, mark_waived, spans_of, waive
from kesu_cli.engine.load import Ground, Survey, Tick, run, survey
from kesu_cli.engine.scope import Scope, scope_of
from kesu_cli.engine.selection import (
    NothingToCheck,
    Selection,
    judged_years,
    judging_date,
    refuse_outside,
    running,
    select,
)
from kesu_cli.engine.standings import judge
from kesu_cli.model.closing import Closing
from kesu_cli.model.plan import blank
from kesu_cli.model.progress import Unread
from kesu_cli.model.window import AsOf
from kesu_cli.report import Outcome, Report, RuleOutcome
from kesu_cli.rule import Category, Context, Need, Reach, Rule
from kesu_cli.rules.book import BY_CODE, RULES
from kesu_cli.source.closing import Closings
from kesu_cli.source.closing_history import remembering
from kesu_cli.source.evidence import wanted_by
from kesu_cli.source.office_template import Template, read_templates
from kesu_cli.source.plan import PlanFolder, plan_in
from kesu_cli.source.progress import strays
from kesu_cli.source.workspace import ProgressPath, Workspace, find_workspace
from kesu_cli.submission import submissions


@dataclass(frozen=True)
class Request:
    """What is asked: paths, the date, the plan's folder if not the workspace's own, one unit.

    ``located`` asks for the lines of the plan's words and of all entries, which costs a second reading.
    """

    paths: tuple[Path, ...]
    today: date
    as_of: date | None = None
    plan: Path | None = None
    unit: str = ""
    located: bool = False


@dataclass(frozen=True)
class Case:
    """Everything that has been loaded for one check."""

    workspace: Workspace
    folder: PlanFolder
    survey: Survey
    as_of: AsOf
    years: tuple[int, ...]
    available: frozenset[Need]
    scope: Scope
    version: str
    templates: tuple[Template, ...] = ()
    closings: tuple[Closing, ...] = ()


def _silent(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def check(request: Request, version: str, tick: Tick = _silent) -> Report:
    """Judge the progress files that the paths select.

    Raises LayoutError for paths that make no workspace, UnknownUnit for a unit that is not declared
    and NothingToCheck where no progress file is selected.
    """
    return finish(prepare(request, find_workspace(request.paths, request.plan), version, tick), request)


def finish(case: Case, request: Request) -> Report:
    """Conclude a case, with the lines of entries where they are asked for."""
    report = conclude_case(case)
    return replace(report, spans=_spans(report, case.workspace)) if request.located else report


def prepare(
    request: Request, workspace: Workspace, version: str, tick: Tick = _silent, like: Case | None = None
) -> Case:
    """Read what a request asks for; by the date and the scope of another case, and at least for its years."""
    folder = plan_in(workspace)
    ground = _ground(folder, request, workspace)
    if ground is None:
        return _case_without_progress(request, workspace, folder, version)
    listed, stray = workspace.reports()
    selection = select(workspace, request.paths, listed)
    if not selection.chosen and like is None:
        raise NothingToCheck(
            "没有找到进展文件（progress/<年度>/<单位>.yaml）；请核对路径，"
            "还没有单位报送的，可用 kesu form export 导出填报表"
        )
    as_of = judging_date(request.as_of, request.today, selection, ground.policy)
    ground = replace(ground, as_of=like.as_of if like else as_of)
    asked = _asked(selection, like)
    ground = replace(ground, years=asked)
    known_years = {*ground.plan.years, *selection.years, *(asked or ())}
    with remembering(workspace, known_years) as memory:
        read = survey(_wanted(selection, ground.as_of, asked or ()), ground, tick)
        past = Closings(workspace, listed, ground.units, memory)
        closed_once = tuple(past.years) if selection.whole else ()
    read = replace(read, unread=(*read.unread, *lost_with_misplaced(read)))
    found = {filing.year for filing in (*read.filings, *read.misplaced)}
    years = asked or judged_years(selection, found, ground.as_of, ground.plan)
    years = tuple(sorted({*years, *like.years})) if like else years
    refuse_outside(ground.plan, years, ground.as_of)
    closed, wrong = past.found(sorted({*years, *closed_once}))
    digests = (*read.digests, *past.digests(years))
    return Case(
        workspace=workspace,
        folder=folder,
        survey=replace(read, digests=digests, faults=(*folder.faults, *strays(stray), *wrong, *read.faults)),
        as_of=ground.as_of,
        years=years,
        available=needs_met(folder) | {Need.PROGRESS},
        scope=like.scope if like else scope_of(request.unit, selection, read, ground.units),
        version=version,
        templates=read_templates(workspace.plan_dir, workspace.plan_label),
        closings=closed,
    )


def _asked(selection: Selection, like: Case | None) -> tuple[int, ...] | None:
    """Return the years that are judged whatever the reports say; None where the reports decide."""
    if selection.whole:
        return None
    return tuple(sorted({*selection.years, *(like.years if like else ())})) or None


def _spans(report: Report, workspace: Workspace) -> dict[Place, Span]:
    """Find the lines of the plan's words and of every entry that was considered."""
    quotes = (task.place / "quote" for task in report.plan.tasks) if report.plan else ()
    considered = (contribution for standing in report.standings for contribution in standing.contributions)
    entries = (contribution.entry.place for contribution in considered)
    return spans_of((*quotes, *entries), workspace.read)


def lost_with_misplaced(read: Survey) -> Iterator[Unread]:
    """Name the units whose own report may be the one that lies under another name."""
    placed = {(filing.unit, filing.year) for filing in read.filings}
    for filing in read.misplaced:
        if filing.unit and (filing.unit, filing.year) not in placed:
            yield Unread(filing.file, filing.unit, filing.year, frozenset())


def check_plan(request: Request, version: str) -> Report:
    """Judge the plan alone: its files and what it says, no progress."""
    return conclude_case(case_of_plan(request, find_workspace(request.paths, request.plan), version))


def case_of_plan(request: Request, workspace: Workspace, version: str) -> Case:
    """Read the plan alone."""
    return _case_without_progress(request, workspace, plan_in(workspace), version)


def _case_without_progress(request: Request, workspace: Workspace, folder: PlanFolder, version: str) -> Case:
    day = request.as_of or request.today
    survey = Survey(faults=folder.faults)
    return Case(workspace, folder, survey, running(day), (), needs_met(folder), Scope(), version)


def needs_met(folder: PlanFolder) -> frozenset[Need]:
    """Say which inputs of the rules a plan folder provides."""
    needs = {Need.PLAN} if folder.plan else set()
    return frozenset(needs | ({Need.WAIVERS} if folder.waivers is not None else set()))


def _ground(folder: PlanFolder, request: Request, workspace: Workspace) -> Ground | None:
    if folder.plan is None or folder.units is None or folder.policy is None:
        return None
    return Ground(folder.plan, folder.units, folder.policy, running(request.today), None, workspace)


def _wanted(selection: Selection, as_of: AsOf, years: Sequence[int]) -> tuple[ProgressPath, ...]:
    last = max([as_of.day.year, *selection.years, *years])
    return tuple(item for item in selection.listed if item.year is None or item.year <= last)


def conclude_case(case: Case) -> Report:
    """Run the rules on what was read, and sum up."""
    context = context_of(case)
    rules = tuple(rule for rule in RULES if rule.needs <= case.available)
    problems, failed = run(context, (rule for rule in rules if rule.reach is Reach.WHOLE))
    crashes = (*case.survey.crashes, *failed)
    findings = conclude((*case.survey.problems, *problems), case.workspace.read)
    findings, used = waive(findings, context.waivers, context.as_of, context.units, context.policy.approvers)
    context = replace(context, used_waivers=used, crashes=crashes)
    problems, _ = run(context, (rule for rule in rules if rule.reach is Reach.AFTER))
    findings = (*findings, *conclude(problems, case.workspace.read))
    plan_files = frozenset(
        f"{case.workspace.plan_label}/{name}.yaml" for name in ("measures", "units", "policy")
    )
    of_plan = {finding.fingerprint for finding in findings if _is_of_plan(finding, plan_files)}
    rest = tuple(finding for finding in findings if finding.fingerprint not in of_plan)
    return Report(
        as_of=case.as_of,
        years=case.years,
        plan=case.folder.plan,
        units=case.folder.units,
        inputs=_inputs(case),
        outcomes=tuple(_outcome(rule, findings, crashes, case.available) for rule in RULES),
        findings=tuple(finding for finding in rest if case.scope.holds(finding)),
        plan_findings=tuple(finding for finding in findings if finding.fingerprint in of_plan),
        standings=mark_waived(context.standings, rest),
        handovers=context.handovers,
        demo=any(filing.demo for filing in case.survey.filings),
        version=case.version,
        scope=case.scope.label,
        home=case.workspace.home,
        cited=frozenset(wanted_by(case.survey.filings)),
        templates={template.name: template.content for template in case.templates},
    )


def _inputs(case: Case) -> dict[str, str]:
    templates = {template.file: template.digest for template in case.templates}
    return dict(sorted({**case.folder.digests, **dict(case.survey.digests), **templates}.items()))


def context_of(case: Case) -> Context:
    """Build what the rules look at; of an unreadable plan nothing but the faults."""
    folder, read = case.folder, case.survey
    if folder.plan is None or folder.units is None or folder.policy is None:
        return Context(*blank(), case.as_of, (), faults=read.faults)
    context = Context(
        plan=folder.plan,
        units=folder.units,
        policy=folder.policy,
        as_of=case.as_of,
        years=case.years,
        filings=read.filings,
        misplaced=read.misplaced,
        unread=read.unread,
        faults=read.faults,
        waivers=folder.waivers or (),
        codes=tuple(BY_CODE),
        closings=case.closings,
    )
    owed = tuple(year for year in case.years if year in context.plan.years)
    return replace(
        context,
        standings=judge(context.plan, read.filings, read.unread, case.years, case.as_of, context.policy),
        handovers=submissions(
            context.units, owed, context.filing_of, read.unread, case.as_of, context.policy
        ),
    )


def _is_of_plan(finding: Finding, plan_files: frozenset[str]) -> bool:
    category = BY_CODE[finding.code].category
    return category is Category.PLAN or (category is Category.FILE and finding.file in plan_files)


_ABSENT = {
    Need.PLAN: "方案读不出来",
    Need.PROGRESS: "本次没有检查进展文件",
    Need.WAIVERS: "豁免文件读不出来",
}


def _outcome(
    rule: Rule, findings: Sequence[Finding], crashes: Sequence[Crash], available: frozenset[Need]
) -> RuleOutcome:
    missing = sorted(rule.needs - available)
    if missing:
        return RuleOutcome(rule, Outcome.SKIPPED, why=_ABSENT[missing[0]])
    crash = next((crash for crash in crashes if crash.code == rule.code), None)
    if crash:
        return RuleOutcome(rule, Outcome.CRASHED, why=crash.error)
    made = sum(1 for finding in findings if finding.code == rule.code)
    return RuleOutcome(rule, Outcome.FAILED if made else Outcome.PASSED, made)
