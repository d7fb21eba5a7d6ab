"""Where the path of a piece of evidence leads, going by what is written alone."""

from pathlib import PurePosixPath, PureWindowsPath


def relative(written: str) -> str | None:
    """Return a path with forward slashes; None where it begins at the top of a disk."""
    path = written.replace("\\", "/")
    absolute = PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).drive)
    return None if absolute else path


def leads_outside(written: str) -> bool:
    """Whether a path leads out of the folder that it is written for."""
    path = relative(written)
    if path is None:
        return True
    depth = 0
    for part in PurePosixPath(path).parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return True
    return False
