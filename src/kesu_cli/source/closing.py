"""Reads the closing of a year and compares it with what the year's folder holds now."""

import hashlib
import posixpath
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kesu_cli.diagnostic import Fault, Place
from kesu_cli.model.closing import CLOSED, Closing, ClosingFile, ClosingGap, Later, seal_of
from kesu_cli.model.unit import Units
from kesu_cli.model.window import year_of
from kesu_cli.source.closing_history import (
    Memory,
    Version,
    closed_file,
    name_of,
    path_of,
    taken_by,
)
from kesu_cli.source.git import GitChange, GitError, last_change
from kesu_cli.source.plan import fitted, unreadable
from kesu_cli.source.workspace import ProgressPath, Workspace
from kesu_cli.source.workspace_at_commit import Snapshot
from kesu_cli.yamltext.write import Node, yaml_text

_CUT_SHORT = "这是浅克隆，只看得到最近几次提交；请取全部历史（git fetch --unshallow，CI 里写 fetch-depth: 0）"


def read_closing(workspace: Workspace, year: int) -> tuple[ClosingFile | None, tuple[Fault, ...]]:
    """Read the closing of a year; nothing where it is not closed."""
    place = Place(closed_file(workspace, year))
    try:
        content = workspace.read(place.file)
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        return None, (unreadable(place, error),)
    try:
        return fitted(content, ClosingFile, place)
    except Exception as error:  # noqa: BLE001 - whatever a file does to a library is said of that file
        return None, (unreadable(place, error),)


def digests_of(workspace: Workspace, year: int, listed: Sequence[ProgressPath]) -> dict[str, str]:
    """Return the digests of a year's progress files by name; how lines end makes no difference."""
    found = (path for path in listed if path.year == year)
    return {path.path.name: _digest(workspace, path) for path in found}


def _digest(workspace: Workspace, path: ProgressPath) -> str:
    """Return the digest of a file; none of what can't be read, which check names by itself."""
    try:
        return hashlib.sha256(workspace.read_report(path).replace(b"\r\n", b"\n")).hexdigest()
    except OSError:
        return ""


@dataclass(frozen=True)
class Closings:
    """What closed years are compared with: the files there are, the units, and what git remembers."""

    workspace: Workspace
    listed: Sequence[ProgressPath]
    units: Units
    memory: Memory

    def found(self, years: Sequence[int]) -> tuple[tuple[Closing, ...], tuple[Fault, ...]]:
        """Compare every closed year with its closing, be it that git alone knows of it."""
        found: list[Closing] = []
        faults: list[Fault] = []
        for year in years:
            file, wrong = read_closing(self.workspace, year)
            faults.extend(wrong)
            if file is not None:
                found.append(self._there(year, file))
            elif not wrong:
                found.extend(self._gone(year))
        return tuple(found), tuple(faults)

    def gap(self, years: Sequence[int], found: Sequence[Closing]) -> ClosingGap | None:
        """Say why a closing may be gone or changed without a trace; None where git was asked and answered.

        A shallow clone is named only where years are closed: it is all that many a CI ever sees.
        """
        said = self.memory.gap
        if found and self.memory.has_an_end:
            said = _CUT_SHORT
        reason, _, remedy = said.partition("；")
        place = Place(closed_file(self.workspace, max(years, default=0)))
        return ClosingGap(place, reason, remedy) if said and years else None

    def digests(self, years: Sequence[int]) -> Iterator[tuple[str, str]]:
        """Return the digests of the closings themselves, by file."""
        for file in (closed_file(self.workspace, year) for year in years):
            try:
                yield file, hashlib.sha256(self.workspace.read(file)).hexdigest()
            except FileNotFoundError:
                continue
            except OSError:
                yield file, ""

    @property
    def years(self) -> Iterator[int]:
        """The years of this workspace that git remembers as closed."""
        folder = posixpath.dirname(posixpath.dirname(path_of(self.workspace, 0)))
        for step in self.memory.told():
            above, year = posixpath.split(posixpath.dirname(step.path))
            if above == folder and year.isdigit():
                yield int(year)

    def _there(self, year: int, file: ClosingFile) -> Closing:
        place = Place(closed_file(self.workspace, year))
        later = [*self._broken(year, file), *self._later(year, file)]
        if not file.is_sealed:
            by = _by(self.workspace, place.file, is_new=False)
            later.insert(0, Later(place / "seal", "", "封存记录被手工改过", by))
        return Closing(year, place, file, tuple(later))

    def _broken(self, year: int, file: ClosingFile) -> Iterator[Later]:
        """Name what git has seen of the closing that this version of it does not go on from."""
        place = Place(closed_file(self.workspace, year))
        content = self.workspace.read(place.file)
        now = {"", name_of(content), name_of(content.replace(b"\r\n", b"\n"))}
        steps = self.memory.of(path_of(self.workspace, year))
        if not file.is_sealed or {step.content for step in steps} <= now:
            return
        for step, earlier in self.memory.versions(steps, self._unit_of(year)):
            if why := file.breach(earlier, self._unit_of(year)):
                said = f"封存记录接不上以前的一版（{_named(step.change)}）：{why}"
                yield Later(place, "", said, _by(self.workspace, place.file, is_new=False))
                return

    def _gone(self, year: int) -> Iterator[Closing]:
        """Name a closing that git remembers and that is there no more, in whatever folder it was."""
        steps = self.memory.of(path_of(self.workspace, year))
        if not steps:
            yield from self._left_behind(year)
            return
        known = self.memory.versions(steps, self._unit_of(year))
        if known:
            yield self._removed(year, known, taken_by(steps))

    def _left_behind(self, year: int) -> Iterator[Closing]:
        """Name the closing taken away while its folder got another name; told by a file that it closed."""
        ending = f"/{year}/{CLOSED}"
        now = digests_of(self.workspace, year, self.listed).items()
        for path in sorted({step.path for step in self.memory.elsewhere if f"/{step.path}".endswith(ending)}):
            steps = tuple(step for step in self.memory.elsewhere if step.path == path)
            change = taken_by(steps)
            known = self.memory.versions(steps, self._unit_of(year)) if change else ()
            if known and known[-1][1].digests.items() & now:
                yield self._removed(year, known, change)
                return

    def _removed(self, year: int, known: Sequence[Version], change: GitChange | None) -> Closing:
        place = Place(closed_file(self.workspace, year))
        file = known[-1][1]
        said = Later(place, "", "封存记录被删除", _named(change) if change else "改动还没有提交")
        return Closing(year, place, file, (said, *self._later(year, file)))

    def _later(self, year: int, file: ClosingFile) -> Iterator[Later]:
        place = Place(closed_file(self.workspace, year))
        now, then = digests_of(self.workspace, year, self.listed), file.digests
        at = {row.file: place / "files" / index / "file" for index, row in enumerate(file.files)}
        folder = place.file.removesuffix(CLOSED)
        for name in sorted(now.keys() | then.keys()):
            if now.get(name) == then.get(name):
                continue
            said = "被删除或移走" if name not in now else "被改动" if name in then else "是后来增加的"
            here = Place(folder + name) if name in now else at[name]
            by = _by(self.workspace, folder + name, is_new=name not in then)
            yield Later(here, self._unit_of(year)(name), f"{name} {said}", by)

    def _unit_of(self, year: int) -> Callable[[str], str]:
        return lambda name: unit_of(name, year, self.units)


def unit_of(name: str, year: int, units: Units) -> str:
    """Return the unit that a progress file is called after; empty where it is none's."""
    return units.find_one(name.removesuffix(".yaml"), year_of(year)) or ""


def _named(change: GitChange) -> str:
    return f"提交 {change.hash[:12]}（{change.day}）"


def _by(workspace: Workspace, file: str, *, is_new: bool) -> str:
    """Name the commit that brought a file to what it is now."""
    if isinstance(workspace, Snapshot):
        return ""
    if not workspace.is_versioned:
        return "不在 git 仓库里，查不出是哪次改的"
    path, content = posixpath.join(workspace.home, file), _held(workspace, file)
    try:
        change = last_change(workspace.root, path, content, is_new=is_new)
    except GitError as error:
        return f"查不出是哪次改的，{error}"
    if change is None:
        return "改动还没有提交"
    if change.day is None:
        return "这是浅克隆，查不出是哪次提交；请运行 git fetch --unshallow"
    return _named(change)


def _held(workspace: Workspace, file: str) -> bytes | None:
    """Return what a file holds; None where it is not there."""
    try:
        return workspace.read(file)
    except FileNotFoundError:
        return None
    except OSError:
        return b""


def closing_text(file: ClosingFile) -> str:
    """Write a closing with its seal."""
    data: dict[str, Node] = {
        "# 说明": "由 kesu close 和 kesu reopen 写入，请勿手工修改",
        "closed_by": file.closed_by,
        "closed_on": str(file.closed_on),
        "seal": seal_of(file),
        "files": [{"file": row.file, "sha256": row.sha256} for row in file.files],
    }
    if file.reopened:
        rows = (row.model_dump(exclude_none=True) for row in file.reopened)
        data["reopened"] = [{key: str(value) for key, value in row.items()} for row in rows]
    return yaml_text(data)
