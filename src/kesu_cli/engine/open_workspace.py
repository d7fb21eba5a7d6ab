"""A workspace as a command opens it that shows or changes single reports: its terms, and where files lie."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kesu_cli.loaded import Loaded
from kesu_cli.model.terms_of_judging import Terms
from kesu_cli.source.plan import terms_at
from kesu_cli.source.progress import load_progress
from kesu_cli.source.workspace import PLAN, PROGRESS, LayoutError, ProgressPath, Workspace, find_workspace


@dataclass(frozen=True)
class OpenWorkspace:
    """The terms in force; ``digest`` tells whether the plan has changed."""

    workspace: Workspace
    terms: Terms
    digest: str

    def reports(self, last_year: int) -> Loaded:
        """Read every progress file up to a year."""
        listed, _ = self.workspace.listing()
        wanted = [path for path in listed if _until(path, last_year)]
        return replace(load_progress(wanted, self.terms.units), terms=self.terms)

    def path_of(self, file: str) -> Path:
        """Say where on disk a file of the workspace lies."""
        return self.workspace.root / file

    def file_of(self, unit: str, year: int, loaded: Loaded) -> str:
        """Name the file that holds the report of a unit and year, or should."""
        known = sorted(f.file for f in loaded.filings if (f.unit, f.year) == (unit, year))
        lost = sorted(u.file for u in loaded.unread if (u.unit, u.year) == (unit, year))
        folder = self.workspace.progress_dir.relative_to(self.workspace.root).as_posix()
        return [*known, *lost, f"{folder}/{year}/{unit}.yaml".removeprefix("./")][0]


def _until(path: ProgressPath, last_year: int) -> bool:
    return path.year is None or path.year <= last_year


def open_workspace(paths: Sequence[Path], plan: Path | None = None) -> OpenWorkspace:
    """Read the terms in force; raises LayoutError or PlanUnreadable where they can't be."""
    workspace = find_workspace(paths, plan)
    laid_down = terms_at(workspace.plan_dir, workspace.plan_label)
    terms = laid_down.readable_terms()
    return OpenWorkspace(workspace, terms, laid_down.digests[terms.plan.place.file][:16])


def workspace_to_write(plan: Path | None = None) -> OpenWorkspace:
    """Read the terms in force in the current folder, for a command that writes progress files.

    Raises what ``open_workspace`` raises, and LayoutError outside of any workspace.
    """
    office = open_workspace((Path(),), plan)
    root = office.workspace.root
    if not (root / PLAN).exists() and not office.workspace.progress_dir.exists():
        raise LayoutError(
            f"当前文件夹不在工作区里（没有 {PLAN} 文件夹，也没有 {PROGRESS} 文件夹），没有写入；"
            "请先进入工作区，还没有的用 kesu init 新建"
        )
    return office
