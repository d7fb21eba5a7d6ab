"""What a new workspace starts with: files that ship with kesu, its example, and a plan to copy."""

import os
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from kesu_cli.source.file_opening import read_file
from kesu_cli.source.os_error_wording import why
from kesu_cli.source.workspace import PLAN, PLAN_FILE, PROGRESS, LayoutError

COPIED = (PLAN_FILE, "units.yaml", "policy.yaml")


def starter_files() -> dict[str, bytes]:
    """Return the files that every new workspace gets, by their path in it."""
    folder = Path(str(files("kesu_cli") / "workspace"))
    found = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def example_folder() -> Path:
    """Return the example that ships with kesu, a plan and its progress: in the wheel, or in a checkout."""
    here = Path(str(files("kesu_cli")))
    shipped = here / "example"
    return shipped if shipped.is_dir() else here.parent.parent


def example_progress() -> dict[str, bytes]:
    """Return the data of the example, invented and marked as such, by their path in a workspace."""
    folder = example_folder()
    found = sorted(path for path in (folder / PROGRESS).rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def strangers(folder: Path, known: Mapping[str, bytes]) -> list[str]:
    """Name what lies in the plan or among the progress files of a folder, and is none of the known files."""
    found = (path for name in (PLAN, PROGRESS) for path in (folder / name).rglob("[!.]*"))
    named = {path.relative_to(folder).as_posix(): path for path in found if not path.is_dir()}
    return sorted(name for name, path in named.items() if holds_another(path, known.get(name)))


def plan_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a plan that another workspace can use: its waivers are not among them."""
    return {f"plan/{name}": _content(folder / name) for name in COPIED}


def holds_another(file: Path, content: bytes | None) -> bool:
    """Whether something lies where a file is to be, and is not that file."""
    try:
        return os.path.lexists(file) and read_file(file) != content
    except OSError:
        return True


def _content(file: Path) -> bytes:
    try:
        return read_file(file, file.parent)
    except OSError as error:
        raise LayoutError(f"读不了 {file}（{why(error)}）；请核对方案文件夹") from error
