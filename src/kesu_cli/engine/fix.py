"""Mends the progress files that paths select, each by itself."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kesu_cli.diagnostic import Place
from kesu_cli.engine.judged_years import NothingToCheck, select
from kesu_cli.engine.open_workspace import OpenWorkspace
from kesu_cli.model.unit import Units
from kesu_cli.model.window import year_of
from kesu_cli.rules.book import RULES
from kesu_cli.source.file_opening import real_path_of
from kesu_cli.source.fix import FixedFile, NotFixed, fixed, left_as_it_is
from kesu_cli.source.fix_value import FixBasis
from kesu_cli.source.plan import unreadable
from kesu_cli.source.progress import badly_named
from kesu_cli.source.progress_as_typed import progress_text
from kesu_cli.source.workspace import ProgressPath


def fix_files(office: OpenWorkspace, paths: Sequence[Path]) -> Iterator[FixedFile]:
    """Mend file after file; raises NothingToCheck where the paths select none."""
    listed, _ = office.workspace.reports()
    chosen = select(office.workspace, paths, listed).chosen
    if not chosen:
        raise NothingToCheck("没有找到进展文件（progress/<年度>/<单位>.yaml）；请核对路径")
    basis = fix_basis(office)
    for report in chosen:
        if report.unseen:
            yield left_as_it_is(badly_named(report))
            continue
        try:
            content = office.workspace.read_report(report)
        except OSError as error:
            yield left_as_it_is(unreadable(Place(report.file), error))
            continue
        made = fixed(content, report.file, basis)
        yield _left_alone(made, unit) if (unit := _copied(made, report, listed, basis.units)) else made


def _copied(made: FixedFile, report: ProgressPath, listed: Sequence[ProgressPath], units: Units) -> str:
    """Name the unit whose report a file only lies beside, told by the names; empty where it is a report."""
    if report.year is None:
        return ""
    days = year_of(report.year)
    unit = units.find_one(str(progress_text(made.after, made.file).data.get("unit", "")).strip(), days) or ""
    named = units.find_one(report.path.stem, days)
    if unit in ("", report.path.stem) or (named and named != unit):
        return ""
    those = (path for path in listed if path.year == report.year and path != report)
    return unit if any(units.find_one(path.path.stem, days) == unit for path in those) else ""


def _left_alone(made: FixedFile, unit: str) -> FixedFile:
    why = f"这一份不是{unit}的报告，一处也不改；有要补的先并进报告，再删去这一份"
    return replace(made, after=made.before, new=made.old, repairs=(), left=(NotFixed(1, why),))


def fix_basis(office: OpenWorkspace) -> FixBasis:
    """Say what repairs are judged by, and which rules they serve."""
    codes = {rule.fix: rule.code for rule in RULES if rule.fix}
    workspace = office.workspace
    own = (real_path_of(workspace.plan_dir), real_path_of(workspace.progress_dir))
    return FixBasis(office.terms.units, frozenset(office.terms.plan.by_id), workspace.root, own, codes)
