"""The layout of a workspace: which folder is the root, where the plan is, which progress files there are."""

import errno
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from kesu_cli.diagnostic import EvidenceFile, Refusal
from kesu_cli.invisible import shown, unseen_in_name
from kesu_cli.model.progress import Filing
from kesu_cli.source.evidence import equal_in_size, look, wanted_by
from kesu_cli.source.file_opening import TEXT_LIMIT, leads_out, read_file, real_path_of
from kesu_cli.source.git import repository_above
from kesu_cli.source.os_error_wording import why

PLAN = "plan"
PLAN_FILE = "measures.yaml"
PROGRESS = "progress"
WAYS_OUT = (
    "新建工作区用 kesu init --plan 文件夹，或 kesu init --example（乐平的示例）；"
    "只查这一次的，写 --plan 文件夹"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


class LayoutError(Refusal):
    """The paths given do not make a workspace; the message is for the user."""


class ProgressPath(NamedTuple):
    """A file below the progress folder; ``year`` is None where its folder is not a year.

    ``file`` is its name as outputs show it, ``unseen`` what no output could show of it;
    ``barred`` is the errno of a folder that is not read: a link out of the workspace, or one without leave.
    """

    path: Path
    file: str
    year: int | None
    unseen: str = ""
    barred: int = 0


class Inside(NamedTuple):
    """What lies in a folder: a name, whether it is a folder that can be read, else the errno of why not."""

    name: str
    is_folder: bool
    barred: int = 0


@dataclass(frozen=True)
class Workspace:
    """Where things are, and the only way to what they hold: on disk, or as they stood in a commit.

    ``plan_label`` is how outputs name the plan's folder.
    """

    root: Path
    plan_dir: Path
    plan_label: str
    progress_dir: Path

    def listing(self) -> tuple[tuple[ProgressPath, ...], tuple[ProgressPath, ...]]:
        """Return the progress files, and what lies among them that is none, sorted by name."""
        taken: list[ProgressPath] = []
        stray: list[ProgressPath] = []
        for folder, names in self._below(self.progress_dir):
            label = f"{folder.relative_to(self.root).as_posix()}/"
            year = _year_of(folder)
            is_read = folder == self.progress_dir or _is_year_within(folder, self.progress_dir)
            for name, _, barred in names:
                file = label + name
                found = ProgressPath(folder / name, shown(file), year, unseen_in_name(file), barred)
                (taken if is_read and _is_report(name) and not barred else stray).append(found)
        return tuple(sorted(taken, key=_steps)), tuple(sorted(stray, key=_steps))

    def reports(self) -> tuple[tuple[ProgressPath, ...], tuple[ProgressPath, ...]]:
        """Return the listing; what lies beside year folders instead of in one is no progress file."""
        listed, stray = self.listing()
        if all(found.year is None for found in listed):
            return listed, stray
        loose = tuple(found for found in listed if found.year is None)
        return tuple(found for found in listed if found.year is not None), (*loose, *stray)

    def read(self, file: str) -> bytes:
        """Return what a file holds, by the name that outputs show."""
        return self.read_on_disk(file, TEXT_LIMIT)

    def read_on_disk(self, file: str, limit: int) -> bytes:
        """Return what a file holds today, of whatever commit the rest is."""
        path = self.path_of(file)
        # a plan that lies elsewhere is a folder of its own, out of which no link may lead
        return read_file(path, self.root if path.is_relative_to(self.root) else self.plan_dir, limit)

    def read_report(self, report: ProgressPath) -> bytes:
        """Return what a progress file of the listing holds."""
        return read_file(report.path, self.root)

    def path_of(self, file: str) -> Path:
        """Say where on disk a file lies, by the name that outputs show."""
        label = f"{self.plan_label}/"
        if file.startswith(label):
            return self.plan_dir / file.removeprefix(label)
        return self.root / file

    @property
    def home(self) -> str:
        """Where the workspace lies in its repository; empty at the top, or outside of any."""
        name = self.root.relative_to(self._top or self.root).as_posix()
        return "" if name == "." else name

    @property
    def is_versioned(self) -> bool:
        """Whether the workspace lies in a repository."""
        return self._top is not None

    @property
    def _top(self) -> Path | None:
        return repository_above(self.root)

    def within(self, folder: Path) -> list[Inside]:
        """List what lies in a folder; nothing where there is none, or where it leads out of the workspace.

        Raises LayoutError for one that can't be read.
        """
        if not folder.is_dir() or leads_out(folder, self.root):
            return []
        try:
            with os.scandir(folder) as entries:
                return [self._inside(entry) for entry in entries]
        except OSError as error:
            raise LayoutError(f"读不了文件夹 {folder}（{why(error)}）；请核对权限") from error

    def _inside(self, entry: os.DirEntry[str]) -> Inside:
        barred = self._barred(entry) if _is_folder(entry) else 0
        return Inside(entry.name, _is_folder(entry) and not barred, barred)

    def _barred(self, entry: os.DirEntry[str]) -> int:
        """Say why a folder is not read, as an errno; 0 where it is."""
        if entry.is_symlink() and leads_out(Path(entry), self.root):
            return errno.EXDEV
        try:
            os.scandir(entry).close()
        except OSError as error:
            return error.errno or errno.EIO
        return 0

    def is_year_folder(self, path: Path) -> bool:
        """Whether a path is where the reports of a year lie, or would."""
        return path.parent == self.progress_dir.resolve() and _year_of(path) is not None

    def evidence_of(self, filings: Iterable[Filing], *, hashed: bool = True) -> dict[str, EvidenceFile]:
        """Look at every piece of evidence of some reports, by its path as written.

        Where the content is not asked for, what is declared of it is not held against it.
        """
        wanted = wanted_by(filings).items()
        return {path: self._look(path, hashed=hashed and declared) for path, declared in wanted}

    def hashed(self, found: Mapping[str, EvidenceFile]) -> dict[str, EvidenceFile]:
        """Hash the pieces that may hold the same under two names."""
        return {**found, **{path: self._look(path, hashed=True) for path in equal_in_size(found)}}

    def _look(self, written: str, *, hashed: bool) -> EvidenceFile:
        root, *own = self._real
        return look(written, root, own, hashed=hashed)

    @cached_property
    def _real(self) -> tuple[Path, ...]:
        return tuple(map(real_path_of, (self.root, self.plan_dir, self.progress_dir)))

    def _below(self, folder: Path) -> Iterator[tuple[Path, list[Inside]]]:
        """List what lies in the folder and in its year folders; hidden files and README are left out.

        Of the folders in them only what looks like a report: it must not be passed over without a word.
        """
        here: list[Inside] = []
        for found in self._visible(folder):
            name = found.name
            if _is_report(name) or not found.is_folder:
                here.append(found)
            elif _YEAR.fullmatch(name) and not _YEAR.fullmatch(folder.name):
                yield from self._below(folder / name)
            else:
                inner = folder / name
                yield inner, [report for report in self._visible(inner) if _is_report(report.name)]
        yield folder, here

    def _visible(self, folder: Path) -> list[Inside]:
        return [it for it in self.within(folder) if it.name[0] != "." and not it.name.startswith("README")]


def _steps(found: ProgressPath) -> list[str]:
    return found.file.split("/")


def _is_report(name: str) -> bool:
    return name.endswith(".yaml")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder or leads to one; a link that leads nowhere is none."""
    return Path(entry).is_dir() if entry.is_symlink() else entry.is_dir()


def _is_year_within(folder: Path, progress_dir: Path) -> bool:
    return folder.parent == progress_dir and bool(_YEAR.fullmatch(folder.name))


def _year_of(folder: Path) -> int | None:
    return int(folder.name) if _YEAR.fullmatch(folder.name) else None


def _is_year_without_reports(path: Path) -> bool:
    """Whether a path is where the reports of a year would lie, had there been any."""
    return path.absolute().parent.name == PROGRESS and _year_of(path) is not None and not path.is_symlink()


def find_workspace(paths: Sequence[Path], plan: Path | None = None) -> Workspace:
    """Find the workspace that the paths lie in: the nearest folder above that holds a plan.

    Raises LayoutError for a path that does not exist, paths of different workspaces, and where there is
    no plan: none is ever taken that was not asked for.
    """
    for path in paths:
        if not path.exists() and not _is_year_without_reports(path):
            raise LayoutError(f"找不到 {path}；请核对路径")
        if leaves_workspace(path):
            raise LayoutError(f"{path} 是一个链接，指到了工作区外面；请核对路径")
    found = {_workspace_of(path.resolve(), plan) for path in paths}
    if len(found) != 1:
        raise LayoutError("这些路径不属于同一个工作区；请分开检查")
    return found.pop()


def leaves_workspace(path: Path) -> bool:
    """Whether a path that is written below a workspace leads out of it by a link."""
    written = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow the link
    root = next((up for up in written.parents if _is_root(up)), None)
    return root is not None and leads_out(written, root)


def _is_root(folder: Path) -> bool:
    return (folder / "plan" / PLAN_FILE).is_file() or (folder / ".git").exists()


def _workspace_of(path: Path, plan: Path | None) -> Workspace:
    if plan is not None:
        return _workspace_by(plan, workspace_around(path))
    root = _nearest(path, PLAN)
    if root is None:
        raise LayoutError(f"{_folder_of(path)} 和它的各级上级文件夹里都没有方案（plan 文件夹）；{WAYS_OUT}")
    if not (root / PLAN / PLAN_FILE).is_file():
        raise LayoutError(
            f"方案读不出来：{root / PLAN} 里没有 {PLAN_FILE}，或者它不是文件、链接已断；请放回原处。"
            f"{WAYS_OUT}"
        )
    return Workspace(root, root / PLAN, PLAN, root / PROGRESS)


def workspace_around(path: Path) -> Workspace:
    """Return the folders around a path where the plan is named otherwise: what is here may be none.

    Without a folder of a plan or of progress above, reports lie in the folder itself or in year folders.
    """
    root = _nearest(path, PLAN) or _nearest(path, PROGRESS)
    if root is not None:
        return Workspace(root, root / PLAN, PLAN, root / PROGRESS)
    folder = _folder_of(path)
    top = folder.parent if _YEAR.fullmatch(folder.name) else folder
    return Workspace(top, top / PLAN, PLAN, top)


def _workspace_by(plan: Path, around: Workspace) -> Workspace:
    """Return the workspace around a path as judged by a plan that was named for one call."""
    root = around.root
    if not (plan / PLAN_FILE).is_file():
        raise LayoutError(f"{plan} 里没有 {PLAN_FILE}；--plan 应指向含有它的文件夹")
    folder = plan.resolve()
    label = folder.relative_to(root).as_posix() if folder.is_relative_to(root) else plan.as_posix()
    return Workspace(root, folder, label, around.progress_dir)


def _nearest(path: Path, name: str) -> Path | None:
    """Return the nearest folder above that holds a folder of a name; a link that leads nowhere counts."""
    return next((up for up in (path, *path.parents) if _is_declared(up / name)), None)


def _is_declared(folder: Path) -> bool:
    return folder.is_dir() or folder.is_symlink()


def _folder_of(path: Path) -> Path:
    return path if path.is_dir() else path.parent
