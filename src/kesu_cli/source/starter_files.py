"""What a new workspace starts with: files that ship with kesu, and the files of a plan to copy."""

from importlib.resources import files
from pathlib import Path

from kesu_cli.source.file_opening import read_file
from kesu_cli.source.os_error_wording import why
from kesu_cli.source.workspace import PLAN_FILE, LayoutError

COPIED = (PLAN_FILE, "units.yaml", "policy.yaml")


def starter_files() -> dict[str, bytes]:
    """Return the files that every new workspace gets, by their path in it."""
    folder = Path(str(files("kesu_cli") / "workspace"))
    found = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def plan_files(folder: Path) -> dict[str, bytes]:
    """Return the files of a plan that another workspace can use: its waivers are not among them."""
    return {f"plan/{name}": _content(folder / name) for name in COPIED}


def holds_another(file: Path, content: bytes | None) -> bool:
    """Whether something lies where a file is to be, and is not that file."""
    try:
        return file.exists() and read_file(file) != content
    except OSError:
        return True


def _content(file: Path) -> bytes:
    try:
        return read_file(file, file.parent)
    except OSError as error:
        raise LayoutError(f"读不了 {file}（{why(error)}）；请核对方案文件夹") from error
