"""What the office has on its desk: the plan in force and every report up to a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kesu_cli.diagnostic import Refusal
from kesu_cli.model.plan import Plan
from kesu_cli.model.policy import Policy
from kesu_cli.model.similar import did_you_mean
from kesu_cli.model.unit import Units
from kesu_cli.source.plan import load_plan
from kesu_cli.source.progress import Reading, load_progress
from kesu_cli.source.workspace import PROGRESS, ProgressPath, Workspace, find_workspace


class NotOnTheDesk(Refusal):
    """The plan or the unit asked for isn't there; the message is for the user."""


@dataclass(frozen=True)
class OpenWorkspace:
    """The plan in force; ``digest`` tells whether it has changed."""

    workspace: Workspace
    plan: Plan
    units: Units
    policy: Policy
    digest: str

    def unit(self, name: str) -> str:
        """Return the canonical name of a unit that reports; raises NotOnTheDesk for any other."""
        unit = self.units.find_one(name)
        if unit is None:
            near = did_you_mean(name, self.units.names)
            raise NotOnTheDesk(f"没有单位“{name}”；{near}用 kesu plan units 可列出全部单位")
        if unit not in self.units.reporting:
            raise NotOnTheDesk(f"{unit}不用报送；用 kesu plan units 可列出各单位")
        return unit

    def reports(self, last_year: int) -> Reading:
        """Read every progress file up to a year."""
        listed, _ = self.workspace.listing()
        return load_progress([path for path in listed if _until(path, last_year)], self.units)

    def path_of(self, file: str) -> Path:
        """Say where on disk a file of the workspace lies."""
        return self.workspace.root / file

    def file_of(self, unit: str, year: int, reading: Reading) -> str:
        """Name the file that holds the report of a unit and year, or should."""
        known = sorted(f.file for f in reading.filings if (f.unit, f.year) == (unit, year))
        lost = sorted(u.file for u in reading.unread if (u.unit, u.year) == (unit, year))
        folder = self.workspace.progress_dir.relative_to(self.workspace.root).as_posix()
        return [*known, *lost, f"{folder}/{year}/{unit}.yaml".removeprefix("./")][0]


def _until(path: ProgressPath, last_year: int) -> bool:
    return path.year is None or path.year <= last_year


def open_workspace(paths: Sequence[Path], plan: Path | None = None) -> OpenWorkspace:
    """Read the plan in force; raises LayoutError or NotOnTheDesk where it can't be."""
    workspace = find_workspace(paths, plan)
    folder = load_plan(workspace.plan_dir, workspace.plan_label)
    if folder.plan is None or folder.units is None or folder.policy is None:
        raise NotOnTheDesk("方案读不出来；请先运行 kesu plan check")
    digest = folder.digests[folder.plan.place.file][:16]
    return OpenWorkspace(workspace, folder.plan, folder.units, folder.policy, digest)


def workspace_to_write(plan: Path | None = None) -> OpenWorkspace:
    """Read the plan in force in the current folder, for a command that writes progress files.

    Raises what ``desk`` raises, and NotOnTheDesk outside of any workspace.
    """
    office = open_workspace((Path(),), plan)
    if office.workspace.progress_dir.name != PROGRESS:
        raise NotOnTheDesk(
            f"当前文件夹不在工作区里（没有 plan 文件夹，也没有 {PROGRESS} 文件夹），没有写入；"
            "请先进入工作区，还没有的用 kesu init 新建"
        )
    return office
