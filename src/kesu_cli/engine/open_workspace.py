"""A workspace as a command opens it that shows or changes single reports: its terms, and where files lie."""

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from kesu_cli.diagnostic import Refusal
from kesu_cli.loaded import Loaded
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.window import year_of
from kesu_cli.source.plan import terms_in
from kesu_cli.source.progress import load_progress
from kesu_cli.source.workspace import PLAN, PROGRESS, LayoutError, ProgressPath, Workspace, find_workspace


class ReportInDoubt(Refusal):
    """Nothing is written for a unit while copies of its report lie about; the message is for the user."""


@dataclass(frozen=True)
class OpenWorkspace:
    """The terms in force; ``digest`` tells whether the plan has changed."""

    workspace: Workspace
    terms: Terms
    digest: str

    def reports(self, last_year: int) -> Loaded:
        """Read every progress file up to a year."""
        listed, _ = self.workspace.reports()
        wanted = [path for path in listed if _until(path, last_year)]
        return replace(load_progress(wanted, self.terms.units, self.workspace.read_report), terms=self.terms)

    def path_of(self, file: str) -> Path:
        """Say where on disk a file of the workspace lies."""
        return self.workspace.root / file

    def file_of(self, unit: str, year: int, loaded: Loaded) -> str:
        """Name the file that holds the report of a unit and year, or should."""
        lost = sorted(u.file for u in loaded.unread if (u.unit, u.year) == (unit, year))
        if any(not os.path.lexists(self.path_of(name)) for name in lost):
            raise LayoutError(f"{lost[0]} 的名称里有看不见的字符，或不是 UTF-8；请改名后再试")
        folder = self.workspace.progress_dir.relative_to(self.workspace.root).as_posix()
        own = f"{folder}/{year}/{unit}.yaml".removeprefix("./")
        claims = loaded.claims.get((unit, year), frozenset())
        return next(iter(claims)) if len(claims) == 1 else own

    def beside(self, unit: str, year: int, loaded: Loaded) -> tuple[str, ...]:
        """Name the files of a year that say they are a unit's report, or are called so, and are not."""
        units, report = self.terms.units, self.file_of(unit, year, loaded)
        odd = {f.file: f.unit for f in (*loaded.misplaced, *loaded.copies)}
        lost = {u.file: u.unit or units.find_one(u.written_unit) for u in loaded.unread if u.file != report}
        found = (lost | odd).items()
        named = (file for file, whose in found if unit in (whose, self._called_after(file, year)))
        return tuple(sorted(file for file in named if PurePosixPath(file).parent.name == str(year)))

    def _called_after(self, file: str, year: int) -> str | None:
        return self.terms.units.find_one(PurePosixPath(file).stem, year_of(year))

    def file_to_write(self, unit: str, year: int, loaded: Loaded) -> str:
        """Name the file that holds the report of a unit and year; raises ReportInDoubt where copies lie."""
        report, beside = self.file_of(unit, year, loaded), self.beside(unit, year, loaded)
        if not beside:
            return report
        named = "、".join(beside)
        if report in loaded.files and report not in beside:
            raise ReportInDoubt(
                f"{named} 写的也是{unit} {year} 年度，报告是 {report}，没有写入；"
                "有要补的先并进报告，再删去这一份"
            )
        raise ReportInDoubt(
            f"{named} 说不准是不是{unit} {year} 年度的报告，没有写入；"
            f"请先用 kesu check progress/{year} 查出：是的，改名为 {unit}.yaml，写对单位和年度；"
            "不是的，删去这一份"
        )


def _until(path: ProgressPath, last_year: int) -> bool:
    return path.year is None or path.year <= last_year


def open_workspace(paths: Sequence[Path], plan: Path | None = None) -> OpenWorkspace:
    """Read the terms in force; raises LayoutError or PlanUnreadable where they can't be."""
    workspace = find_workspace(paths, plan)
    laid_down = terms_in(workspace)
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
