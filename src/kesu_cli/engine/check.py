"""Runs a check from paths to report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kesu_cli.diagnostic import Crash, Finding, Place, Span
from kesu_cli.engine.finding_scope import Scope, scope_of
from kesu_cli.engine.findings_located_and_waived import conclude, mark_waived, spans_of, waive
from kesu_cli.engine.judged_years import (
    NothingToCheck,
    Selection,
    judged_years,
    judging_date,
    refuse_outside,
    running,
    select,
)
from kesu_cli.engine.load_reports import LoadBasis, Tick, load_reports
from kesu_cli.engine.rule_context import context_of, heard, judged
from kesu_cli.engine.rule_run import RuleRun, run
from kesu_cli.loaded import Loaded
from kesu_cli.model.progress import Unread
from kesu_cli.model.window import AsOf
from kesu_cli.report import Outcome, Report, RuleOutcome
from kesu_cli.rule import Category, Need, Reach, Rule
from kesu_cli.rules.book import BY_CODE, RULES
from kesu_cli.source.closing import Closings
from kesu_cli.source.closing_history import remembering
from kesu_cli.source.office_template import Template, read_templates
from kesu_cli.source.plan import terms_in
from kesu_cli.source.progress import strays
from kesu_cli.source.workspace import ProgressPath, Workspace, find_workspace, leaves_workspace


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
class PreparedCheck:
    """A check that is ready to be concluded: what was loaded, what file rules said, what is asked of it."""

    workspace: Workspace
    loaded: Loaded
    as_of: AsOf
    years: tuple[int, ...]
    version: str
    file_run: RuleRun = field(default_factory=RuleRun)
    scope: Scope = field(default_factory=Scope)
    with_progress: bool = False
    templates: tuple[Template, ...] = ()

    @property
    def available(self) -> frozenset[Need]:
        """Which inputs of the rules there are."""
        terms = self.loaded.terms
        has_waivers = terms is not None and terms.waivers is not None
        there = {Need.PLAN: terms is not None, Need.WAIVERS: has_waivers, Need.PROGRESS: self.with_progress}
        return frozenset(need for need, is_there in there.items() if is_there)


def _silent(done: int, total: int) -> None:
    """Tell nobody how far the work is."""


def check(request: Request, version: str, tick: Tick = _silent) -> Report:
    """Judge the progress files that the paths select.

    Raises LayoutError for paths that make no workspace, UnknownUnit for a unit that is not declared
    and NothingToCheck where no progress file is selected.
    """
    return finish(prepare(request, find_workspace(request.paths, request.plan), version, tick), request)


def finish(prepared: PreparedCheck, request: Request) -> Report:
    """Conclude a check, with the lines of entries where they are asked for."""
    report = conclude_check(prepared)
    return replace(report, spans=_spans(report, prepared.workspace)) if request.located else report


def prepare(
    request: Request,
    workspace: Workspace,
    version: str,
    tick: Tick = _silent,
    like: PreparedCheck | None = None,
) -> PreparedCheck:
    """Read what a request asks for; by the date and scope of another check, and at least for its years."""
    laid_down = terms_in(workspace)
    terms = laid_down.terms
    if terms is None:
        return _without_progress(request, workspace, laid_down, version)
    listed, stray = workspace.reports()
    selection = select(workspace, request.paths, listed)
    if not (selection.chosen or selection.years or selection.whole) and like is None:
        raise NothingToCheck("没有找到进展文件（progress/<年度>/<单位>.yaml）；请核对路径")
    if not selection.chosen and leaves_workspace(workspace.progress_dir):
        raise NothingToCheck(f"{workspace.progress_dir.name} 是一个链接，指到了工作区外面；请核对路径")
    as_of = like.as_of if like else judging_date(request.as_of, request.today, selection, terms.policy)
    asked = _asked(selection, like)
    with remembering(workspace, {*terms.plan.years, *selection.years, *(asked or ())}) as memory:
        wanted = _wanted(selection, as_of, asked or ())
        read, file_run = load_reports(wanted, LoadBasis(terms, as_of, asked, workspace), tick)
        past = Closings(workspace, listed, terms.units, memory)
        closed_once = tuple(past.years) if selection.whole else ()
    years = asked or judged_years(selection, {filing.year for filing in read.reports}, as_of, terms.plan)
    years = tuple(sorted({*years, *like.years})) if like else years
    refuse_outside(terms.plan, years, as_of)
    closings, wrong = past.found(sorted({*years, *closed_once}))
    return PreparedCheck(
        workspace=workspace,
        loaded=replace(
            read,
            terms=terms,
            unread=(*read.unread, *lost_with_misplaced(read)),
            faults=(*laid_down.faults, *strays(stray), *wrong, *read.faults),
            closings=closings,
            closing_gap=past.gap(years, closings),
            digests={**laid_down.digests, **read.digests, **dict(past.digests(years))},
        ),
        as_of=as_of,
        years=years,
        version=version,
        file_run=file_run,
        scope=like.scope if like else scope_of(request.unit, selection, read, terms.units),
        with_progress=True,
        templates=read_templates(workspace),
    )


def _asked(selection: Selection, like: PreparedCheck | None) -> tuple[int, ...] | None:
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


def lost_with_misplaced(read: Loaded) -> Iterator[Unread]:
    """Name the units whose own report may be the one that lies under another name."""
    placed = {(filing.unit, filing.year) for filing in read.filings}
    placed |= {(lost.unit, lost.year) for lost in read.unread if not lost.tasks}
    for filing in (*read.misplaced, *read.copies):
        if filing.unit and (filing.unit, filing.year) not in placed:
            yield Unread(filing.file, filing.unit, filing.year, frozenset())


def check_plan(request: Request, version: str) -> Report:
    """Judge the plan alone: its files and what it says, no progress."""
    return conclude_check(prepare_plan(request, find_workspace(request.paths, request.plan), version))


def prepare_plan(request: Request, workspace: Workspace, version: str) -> PreparedCheck:
    """Read the plan alone."""
    return _without_progress(request, workspace, terms_in(workspace), version)


def _without_progress(
    request: Request, workspace: Workspace, laid_down: Loaded, version: str
) -> PreparedCheck:
    return PreparedCheck(workspace, laid_down, running(request.as_of or request.today), (), version)


def _wanted(selection: Selection, as_of: AsOf, years: Sequence[int]) -> tuple[ProgressPath, ...]:
    last = max([as_of.day.year, *selection.years, *years])
    return tuple(item for item in selection.listed if item.year is None or item.year <= last)


def conclude_check(prepared: PreparedCheck) -> Report:
    """Run the rules on what was read, and sum up."""
    workspace, loaded = prepared.workspace, prepared.loaded
    context, told = judged(context_of(loaded, prepared.as_of, prepared.years), prepared.file_run)
    rules = tuple(rule for rule in RULES if rule.needs <= prepared.available)
    whole = told.with_(run(context, (rule for rule in rules if rule.reach is Reach.WHOLE)))
    crashes = whole.crashes
    findings = conclude(heard(context, whole.problems), workspace.read)
    findings, used = waive(findings, context.terms, context.as_of)
    after = replace(context, used_waivers=used, crashes=crashes)
    problems, _ = run(after, (rule for rule in rules if rule.reach is Reach.AFTER))
    findings = (*findings, *conclude(problems, workspace.read))
    of_plan = {finding.fingerprint for finding in findings if _is_of_plan(finding, _plan_files(prepared))}
    rest = tuple(finding for finding in findings if finding.fingerprint not in of_plan)
    return Report(
        as_of=prepared.as_of,
        years=prepared.years,
        terms=loaded.terms,
        inputs=_inputs(prepared),
        outcomes=tuple(_outcome(rule, findings, crashes, prepared.available) for rule in RULES),
        findings=prepared.scope.narrowed(rest, context.standings),
        plan_findings=tuple(finding for finding in findings if finding.fingerprint in of_plan),
        standings=mark_waived(context.standings, rest),
        submissions=context.submissions,
        demo=loaded.demo,
        version=prepared.version,
        scope=prepared.scope.label,
        home=workspace.home,
        cited=frozenset(loaded.evidence),
        templates={template.name: template.content for template in prepared.templates},
    )


def _inputs(prepared: PreparedCheck) -> dict[str, str]:
    templates = {template.file: template.digest for template in prepared.templates}
    return dict(sorted({**prepared.loaded.digests, **templates}.items()))


def _plan_files(prepared: PreparedCheck) -> frozenset[str]:
    """Name the files whose own findings are the plan's; without reports the waivers are one of them."""
    names = (
        ("measures", "units", "policy")
        if prepared.with_progress
        else ("measures", "units", "policy", "waivers")
    )
    return frozenset(f"{prepared.workspace.plan_label}/{name}.yaml" for name in names)


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
