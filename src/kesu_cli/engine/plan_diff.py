"""Runs a comparison of two versions of a plan, from what was asked to the difference."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from kesu_cli.drafting.plan_diff import compare
from kesu_cli.engine.judged_years import running
from kesu_cli.engine.rule_context import judged_reports
from kesu_cli.loaded import Loaded, PlanUnreadable
from kesu_cli.model.plan_diff import PlanDiff, PlanVersion
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.window import AsOf, Basis
from kesu_cli.source.git import Commit, GitError, commit_of, files_at, top_of
from kesu_cli.source.plan import terms_at, terms_from
from kesu_cli.source.progress import load_progress
from kesu_cli.source.workspace import PLAN_FILE, LayoutError, Workspace, workspace_around
from kesu_cli.verdict import Verdict


@dataclass(frozen=True)
class PlanDiffRequest:
    """What is asked: two versions, each a folder or a git revision, and the date."""

    old: str
    new: str
    today: date
    as_of: date | None = None


@dataclass(frozen=True)
class _Found:
    """A version as it was found."""

    version: PlanVersion
    terms: Terms
    commit: Commit | None


def plan_diff(asked: PlanDiffRequest, version: str) -> PlanDiff:
    """Compare two versions, and mark what asks for less after it was missed.

    Raises LayoutError, GitError or PlanUnreadable where a version is not to be had.
    """
    workspace = workspace_around(Path.cwd())
    old, new = _find(asked.old, workspace), _find(asked.new, workspace)
    as_of = _judging_date(asked, new.commit)
    changes = compare(old.terms, new.terms, {})
    loaded = None
    if any(change.kind.loosens for change in changes):
        loaded = _progress(workspace, old.terms, as_of)
        changes = compare(old.terms, new.terms, _missed(loaded, as_of))
    return PlanDiff(
        old=old.version,
        new=new.version,
        as_of=as_of,
        changes=changes,
        reports=None if loaded is None else len(loaded.filings),
        demo=loaded is not None and loaded.demo,
        version=version,
    )


def _judging_date(asked: PlanDiffRequest, commit: Commit | None) -> AsOf:
    """Choose the date: the one given; the day of the new version's commit, not yet over; today."""
    if asked.as_of is not None:
        return AsOf(asked.as_of, over=True, basis=Basis.GIVEN, reporting=asked.as_of, reporting_over=True)
    if commit is not None:
        return running(commit.day)._replace(basis=Basis.COMMIT)
    return running(asked.today)


def _find(text: str, workspace: Workspace) -> _Found:
    folder = next((one for one in (Path(text), Path(text) / "plan") if (one / PLAN_FILE).is_file()), None)
    if folder is not None:
        label = folder.as_posix()
        return _found(text, terms_at(folder, label), None)
    try:
        return _in_git(text, workspace)
    except GitError as error:
        what = f"里没有 {PLAN_FILE}" if Path(text).is_dir() else "不是方案文件夹"
        raise GitError(f"“{text}”{what}，也不是可用的 git 版本：{error}") from None


def _in_git(text: str, workspace: Workspace) -> _Found:
    revision, _, inside = text.partition(":")
    top = top_of(workspace.root)
    commit = commit_of(top, revision)
    folder = inside.strip("/") or (workspace.root / "plan").relative_to(top.resolve()).as_posix()
    files = files_at(top, commit.hash, folder)
    if PLAN_FILE not in files:
        raise LayoutError(
            f"版本 {revision}（{commit.hash[:7]}）的 {folder} 里没有 {PLAN_FILE}；"
            "方案在别处的，请写成“版本:文件夹”，文件夹从仓库的最上层写起"
        )
    return _found(text, terms_from(files.get, f"{revision}:{folder}"), commit)


def _found(text: str, laid_down: Loaded, commit: Commit | None) -> _Found:
    terms = laid_down.terms
    if terms is None or terms.waivers is None:
        first = laid_down.faults[0]
        more = f"（另有 {len(laid_down.faults) - 1} 处）" if len(laid_down.faults) > 1 else ""
        raise PlanUnreadable(
            f"“{text}”的方案读不出来：{first.place.file}：{first.message}{more}；{first.hint}"
        )
    title = terms.plan.title
    version = PlanVersion(text, title, commit.hash, commit.day) if commit else PlanVersion(text, title)
    return _Found(version, terms, commit)


def _progress(workspace: Workspace, terms: Terms, as_of: AsOf) -> Loaded:
    listed, _ = workspace.reports()
    wanted = [item for item in listed if item.year is None or item.year <= as_of.day.year]
    read = load_progress(wanted, terms.units, workspace.read_report)
    evidence = workspace.hashed(workspace.evidence_of(read.filings))
    return replace(read, terms=terms, evidence=evidence)


def _missed(loaded: Loaded, as_of: AsOf) -> Mapping[str, tuple[str, ...]]:
    """Return by task the windows that stood missed on the date, in the years that have reports."""
    years = sorted({filing.year for filing in loaded.filings if filing.year <= as_of.day.year})
    missed: dict[str, list[str]] = {}
    for standing in judged_reports(loaded, as_of, years).standings:
        if standing.weighs_as is Verdict.MISSED or standing.overdue:
            missed.setdefault(standing.task.id, []).append(standing.window.label)
    return {task: tuple(dict.fromkeys(labels)) for task, labels in missed.items()}
