"""Runs a check from paths to report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kesu_cli.engine.conclusion import conclude, mark_waived, spans_of, waive
from kesu_cli.engine.judging import judge
from kesu_cli.engine.selection import (
    NothingToCheck,
    Selection,
    judged_years,
    judging_date,
    refuse_outside,
    running,
    select,
)
from kesu_cli.engine.survey import Ground, Survey, Tick, run, survey
from kesu_cli.finding import Finding, Place, Span
from kesu_cli.handover import hand_over
from kesu_cli.model.calendar import AsOf
from kesu_cli.model.plan import blank
from kesu_cli.model.progress import Unread
from kesu_cli.report import Outcome, Report, RuleOutcome
from kesu_cli.rule import Context, Crash, Need, Reach, Rule
from kesu_cli.rules import BY_CODE, RULES
from kesu_cli.source.plan import PlanFolder, load_plan
from kesu_cli.source.progress import strays
from kesu_cli.source.template import Template, read_templates
from kesu_cli.source.workspace import ProgressPath, Workspace, find_workspace


class UnknownUnit(Exception):
    """The unit asked for is not declared; the message is for the user."""


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
class _Scope:
    """What the findings are narrowed to: some files and units; everything where both are empty."""

    files: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    label: str = ""

    def holds(self, finding: Finding) -> bool:
        """Whether a finding belongs to what was asked for."""
        if not self.files and not self.units:
            return True
        whom = {finding.unit, *finding.owners}
        return finding.file in self.files or not whom.isdisjoint(self.units)


@dataclass(frozen=True)
class _Case:
    """Everything that has been loaded for one check."""

    workspace: Workspace
    folder: PlanFolder
    survey: Survey
    as_of: AsOf
    years: tuple[int, ...]
    available: frozenset[Need]
    scope: _Scope
    version: str
    templates: tuple[Template, ...] = ()


def _silent(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def check(request: Request, version: str, tick: Tick = _silent) -> Report:
    """Judge the progress files that the paths select.

    Raises LayoutError for paths that make no workspace, UnknownUnit for a unit that is not declared
    and NothingToCheck where no progress file is selected.
    """
    workspace = find_workspace(request.paths, request.plan)
    folder = load_plan(workspace.plan_dir, workspace.plan_label)
    ground = _ground(folder, request, workspace)
    if ground is None:
        return _conclude(_case_without_plan(request, workspace, folder, version))
    listed, stray = workspace.reports()
    selection = select(workspace, request.paths, listed)
    if not selection.chosen:
        raise NothingToCheck("没有找到进展文件（progress/<年度>/<单位>.yaml）；请核对路径")
    ground = replace(ground, as_of=judging_date(request.as_of, request.today, selection, ground.policy))
    ground = replace(ground, years=None if selection.whole else selection.years or None)
    read = survey(_wanted(selection, ground.as_of), ground, tick)
    read = replace(read, unread=(*read.unread, *_lost_with_misplaced(read)))
    found = {filing.year for filing in (*read.filings, *read.misplaced)}
    years = ground.years or judged_years(selection, found, ground.as_of, ground.plan)
    refuse_outside(ground.plan, years, ground.as_of)
    case = _Case(
        workspace=workspace,
        folder=folder,
        survey=replace(read, faults=(*folder.faults, *strays(stray), *read.faults)),
        as_of=ground.as_of,
        years=years,
        available=_available(folder) | {Need.PROGRESS},
        scope=_scope(request, selection, read, ground),
        version=version,
        templates=read_templates(workspace.plan_dir, workspace.plan_label),
    )
    report = _conclude(case)
    return replace(report, spans=_spans(report, workspace)) if request.located else report


def _spans(report: Report, workspace: Workspace) -> dict[Place, Span]:
    """Find the lines of the plan's words and of every entry that was considered."""
    quotes = (task.place / "quote" for task in report.plan.tasks) if report.plan else ()
    considered = (contribution for standing in report.standings for contribution in standing.contributions)
    entries = (contribution.entry.place for contribution in considered)
    return spans_of((*quotes, *entries), opener(workspace))


def _lost_with_misplaced(read: Survey) -> Iterator[Unread]:
    """Name the units whose own report may be the one that lies under another name."""
    placed = {(filing.unit, filing.year) for filing in read.filings}
    for filing in read.misplaced:
        if filing.unit and (filing.unit, filing.year) not in placed:
            yield Unread(filing.file, filing.unit, filing.year, frozenset())


def check_plan(request: Request, version: str) -> Report:
    """Judge the plan alone: its files and what it says, no progress."""
    workspace = find_workspace(request.paths, request.plan)
    folder = load_plan(workspace.plan_dir, workspace.plan_label)
    return _conclude(_case_without_plan(request, workspace, folder, version))


def _case_without_plan(request: Request, workspace: Workspace, folder: PlanFolder, version: str) -> _Case:
    day = request.as_of or request.today
    survey = Survey(faults=folder.faults)
    return _Case(workspace, folder, survey, running(day), (), _available(folder), _Scope(), version)


def _available(folder: PlanFolder) -> frozenset[Need]:
    needs = {Need.PLAN} if folder.plan else set()
    return frozenset(needs | ({Need.WAIVERS} if folder.waivers is not None else set()))


def _ground(folder: PlanFolder, request: Request, workspace: Workspace) -> Ground | None:
    if folder.plan is None or folder.units is None or folder.policy is None:
        return None
    return Ground(folder.plan, folder.units, folder.policy, running(request.today), None, workspace.root)


def _wanted(selection: Selection, as_of: AsOf) -> tuple[ProgressPath, ...]:
    last = max([as_of.day.year, *selection.years])
    return tuple(item for item in selection.listed if item.year is None or item.year <= last)


def _scope(request: Request, selection: Selection, read: Survey, ground: Ground) -> _Scope:
    if request.unit:
        unit = ground.units.find_one(request.unit)
        if unit is None:
            near = ground.units.did_you_mean(request.unit)
            raise UnknownUnit(f"没有单位“{request.unit}”；{near}用 kesu plan units 可列出全部单位")
        lost = frozenset(report.file for report in read.unread if report.unit == unit)
        own = (filing.file for filing in (*read.filings, *read.misplaced) if filing.unit == unit)
        files = lost | frozenset(own)
        return _Scope(files, frozenset({unit}), unit)
    units = {filing.unit for filing in (*read.filings, *read.misplaced) if filing.file in selection.files}
    return _Scope(selection.files, frozenset(units - {""}), "、".join(sorted(selection.files)))


def _conclude(case: _Case) -> Report:
    context = _context(case)
    rules = tuple(rule for rule in RULES if rule.needs <= case.available)
    problems, failed = run(context, (rule for rule in rules if rule.reach is Reach.WHOLE))
    crashes = (*case.survey.crashes, *failed)
    open_file = opener(case.workspace)
    findings = conclude((*case.survey.problems, *problems), open_file)
    findings, used = waive(findings, context.waivers, context.as_of, context.units, context.policy.approvers)
    context = replace(context, used_waivers=used, crashes=crashes)
    problems, _ = run(context, (rule for rule in rules if rule.reach is Reach.AFTER))
    findings = (*findings, *conclude(problems, open_file))
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
        templates={template.name: template.content for template in case.templates},
    )


def _inputs(case: _Case) -> dict[str, str]:
    templates = {template.file: template.digest for template in case.templates}
    return dict(sorted({**case.folder.digests, **dict(case.survey.digests), **templates}.items()))


def _context(case: _Case) -> Context:
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
    )
    owed = tuple(year for year in case.years if year in context.plan.years)
    return replace(
        context,
        standings=judge(context.plan, read.filings, read.unread, case.years, case.as_of, context.policy),
        handovers=hand_over(context.units, owed, context.filing_of, read.unread, case.as_of, context.policy),
    )


def opener(workspace: Workspace) -> Callable[[str], Path]:
    """Say where on disk a file named in a place lies."""

    def path_of(file: str) -> Path:
        label = f"{workspace.plan_label}/"
        if file.startswith(label):
            return workspace.plan_dir / file.removeprefix(label)
        return workspace.root / file

    return path_of


def _is_of_plan(finding: Finding, plan_files: frozenset[str]) -> bool:
    return finding.code.startswith("KS2") or (finding.code.startswith("KS1") and finding.file in plan_files)


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
