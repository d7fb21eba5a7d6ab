"""Reads the closing of a year and compares it with what the year's folder holds now."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from kesu_cli.finding import Place
from kesu_cli.model.calendar import year_of
from kesu_cli.model.closing import CLOSED, Closing, ClosingFile, Later, seal_of
from kesu_cli.model.unit import Units
from kesu_cli.rule import Fault
from kesu_cli.source.history import HistoryError, last_change
from kesu_cli.source.plan import fitted, unreadable
from kesu_cli.source.snapshot import Snapshot
from kesu_cli.source.workspace import ProgressPath, Workspace
from kesu_cli.writing import Node, yaml_text


def folder_of(workspace: Workspace, year: int) -> Path:
    """Say where the files of a year lie."""
    folder = workspace.progress_dir
    return folder if folder.name == str(year) else folder / str(year)


def closed_file(workspace: Workspace, year: int) -> str:
    """Name the file that closes a year."""
    return (folder_of(workspace, year) / CLOSED).relative_to(workspace.root).as_posix()


def read_closing(workspace: Workspace, year: int) -> tuple[ClosingFile | None, tuple[Fault, ...]]:
    """Read the closing of a year; nothing where it is not closed."""
    place = Place(closed_file(workspace, year))
    try:
        content = workspace.read(place.file)
    except FileNotFoundError:
        return None, ()
    except OSError as error:
        return None, (unreadable(place, error),)
    return fitted(content, ClosingFile, place)


def digests_of(workspace: Workspace, year: int, listed: Sequence[ProgressPath]) -> dict[str, str]:
    """Return the digests of a year's progress files by name."""
    found = (path for path in listed if path.year == year)
    return {path.path.name: _digest(workspace, path) for path in found}


def _digest(workspace: Workspace, path: ProgressPath) -> str:
    """Return the digest of a file; none of what can't be read, which check names by itself."""
    try:
        return hashlib.sha256(workspace.read_report(path)).hexdigest()
    except OSError:
        return ""


def closings(
    workspace: Workspace, years: Sequence[int], listed: Sequence[ProgressPath], units: Units
) -> tuple[tuple[Closing, ...], tuple[Fault, ...]]:
    """Compare every closed year with its closing."""
    found: list[Closing] = []
    faults: list[Fault] = []
    for year in years:
        file, wrong = read_closing(workspace, year)
        faults.extend(wrong)
        if file is not None:
            later = tuple(_later(workspace, year, file, listed, units))
            found.append(Closing(year, Place(closed_file(workspace, year)), file, later))
    return tuple(found), tuple(faults)


def _later(
    workspace: Workspace, year: int, file: ClosingFile, listed: Sequence[ProgressPath], units: Units
) -> Iterator[Later]:
    place = Place(closed_file(workspace, year))
    if not file.is_sealed:
        yield Later(place / "seal", "", "封存记录被手工改过", _by(workspace, place.file, is_new=False))
    now = digests_of(workspace, year, listed)
    then = {row.file: row.sha256 for row in file.files}
    at = {row.file: place / "files" / index / "file" for index, row in enumerate(file.files)}
    folder = place.file.removesuffix(CLOSED)
    for name in sorted(now.keys() | then.keys()):
        if now.get(name) == then.get(name):
            continue
        said = "被删除或移走" if name not in now else "被改动" if name in then else "是后来增加的"
        unit = units.find_one(name.removesuffix(".yaml"), year_of(year)) or ""
        here = Place(folder + name) if name in now else at[name]
        yield Later(here, unit, f"{name} {said}", _by(workspace, folder + name, is_new=name not in then))


def _by(workspace: Workspace, file: str, *, is_new: bool) -> str:
    """Name the commit that brought a file to what it is now."""
    if isinstance(workspace, Snapshot):
        return ""
    try:
        change = last_change(workspace.root, file, is_new=is_new)
    except HistoryError:
        return "不在 git 仓库里，查不出是哪次改的"
    if change is None:
        return "改动还没有提交"
    if change.day is None:
        return "这是浅克隆，查不出是哪次提交；请运行 git fetch --unshallow"
    return f"提交 {change.hash[:12]}（{change.day}）"


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
