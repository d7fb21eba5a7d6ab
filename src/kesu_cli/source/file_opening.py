"""The one way in: what lies at a path is opened only if it is a regular file of the folder it belongs to.

Whatever a workspace holds was put there by somebody else. A link may lead to a secret, a pipe never
ends and a device never stops, so nothing else in kesu opens a file that it reads.
"""

import errno
import hashlib
import os
import stat
from io import BufferedReader
from pathlib import Path

TEXT_LIMIT = 2_000_000
OFFICE_LIMIT = 20_000_000

# a pipe must not keep us waiting, and what became a link after it was looked at is not followed
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_FOLDER = getattr(os, "O_PATH", os.O_RDONLY) | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0)


class TooLarge(OSError):
    """A file holds more than is taken of its kind; ``size`` is how much, in bytes."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(errno.EFBIG, f"larger than {limit} bytes")
        self.size = size


def open_file(path: Path, root: Path | None = None) -> BufferedReader:
    """Open a regular file; ``root`` is the folder out of which no link may lead.

    Raises OSError: EXDEV for what lies elsewhere, EISDIR for a folder, ENXIO for a pipe, socket or
    device, and what the system says by itself.
    """
    handle = _handle(path, root)
    try:
        # asked of the handle, not of the path: that may be another file by now
        _refuse_special(os.fstat(handle).st_mode, path)
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_start(path: Path, limit: int, root: Path | None = None) -> bytes:
    """Return what a file holds, or where that is more than the limit one byte more than it."""
    with open_file(path, root) as stream:
        size = os.fstat(stream.fileno()).st_size
        content = stream.read(min(size, limit) + 1)
        if size < len(content) <= limit:  # it grew, or is one of those that do not know their size
            content += stream.read(limit + 1 - len(content))
        return content


def read_file(path: Path, root: Path | None = None, limit: int = TEXT_LIMIT) -> bytes:
    """Return what a file holds; raises TooLarge for more than the limit, and what ``open_file`` raises."""
    content = read_start(path, limit, root)
    if len(content) > limit:
        raise TooLarge(max(path.stat().st_size, len(content)), limit)
    return content


def digest_of(path: Path, root: Path | None = None) -> str:
    """Return the SHA-256 of a file of any size."""
    with open_file(path, root) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def size_of(path: Path) -> int:
    """Return the size of a regular file, without opening it; no link is followed."""
    state = os.lstat(path)
    _refuse_special(state.st_mode, path)
    return state.st_size


def leads_out(path: Path, root: Path) -> bool:
    """Whether a path lies outside of a folder, or leads out of it by a link, be it that nothing is there."""
    return not real_path_of(path).is_relative_to(real_path_of(root))


def real_path_of(path: Path) -> Path:
    """Follow all links; those that go in a circle stay, and opening them says so."""
    try:
        return Path(os.path.realpath(path))
    except ValueError as error:  # a null character
        raise OSError(errno.EINVAL, str(error)) from error


def _target(path: Path, root: Path | None) -> tuple[Path, Path | None]:
    """Follow all links of a path and of the folder out of which none may lead."""
    target, within = real_path_of(path), root and real_path_of(root)
    if within is not None and not target.is_relative_to(within):
        raise OSError(errno.EXDEV, "leads out of its folder", str(path))
    return target, within


def _handle(path: Path, root: Path | None) -> int:
    """Open a path from folder to folder where the system can: one may have become a link meanwhile."""
    target, within = _target(path, root)
    if within is None or os.open not in os.supports_dir_fd:
        return os.open(target, _FLAGS)
    *above, name = target.relative_to(within).parts or (".",)
    folder = os.open(within, _FOLDER)
    try:
        for part in above:
            inner = os.open(part, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        return os.open(name, _FLAGS, dir_fd=folder)
    finally:
        os.close(folder)


def _refuse_special(mode: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise OSError(errno.EISDIR, "a folder", str(path))
    if not stat.S_ISREG(mode):
        raise OSError(errno.ENXIO, "not a regular file", str(path))
