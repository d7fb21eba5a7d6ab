"""Files that a command writes: whole or not at all, and never over what was read."""

import json
import os
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import typer

from kesu_cli.calendar import Calendar
from kesu_cli.cli.workspace_lock import alone_in
from kesu_cli.diagnostic import Refusal
from kesu_cli.render import FORMAT_NAMES
from kesu_cli.render.format import Format
from kesu_cli.render.format_table import format_named
from kesu_cli.report import Report
from kesu_cli.source.file_opening import OFFICE_LIMIT, read_file, real_path_of
from kesu_cli.source.os_error_wording import why
from kesu_cli.source.workspace import leaves_workspace


def parse_outputs(written: Sequence[str]) -> tuple[tuple[Format, Path], ...]:
    """Read the values of -o; a wrong one ends the command."""
    return tuple(_parse(text) for text in written)


def _parse(text: str) -> tuple[Format, Path]:
    name, _, file = text.partition("=")
    if name not in FORMAT_NAMES or not file:
        raise Refusal(f"-o 应写成“格式=文件”，格式可写：{'、'.join(FORMAT_NAMES)}；例如 -o json=报告.json")
    return format_named(name), Path(file)


def save(content: bytes, file: Path, report: Report | Calendar) -> None:
    """Write a file atomically; the files that the report was made from are never replaced."""
    names = (real_path_of(file).as_posix(), Path(os.path.normpath(file.absolute())).as_posix())
    cited = (path.replace("\\", "/").removeprefix("./") for path in report.cited)
    if any(name.endswith(f"/{read}") for read in (*report.inputs, *cited) for name in names):
        raise Refusal(f"{file} 是本次检查读取的文件或佐证材料，不能覆盖；请换一个文件名")
    _write(content, file)


def save_schema(content: bytes, file: Path) -> None:
    """Write a schema atomically; a file that is there is replaced only where it is a schema itself."""
    if _is_schema(file):
        _write(content, file)
    elif not _write_new(content, file):
        raise Refusal(
            f"{file} 已经存在，里面不是 JSON Schema，不会覆盖；请换一个文件名，例如 progress.schema.json"
        )


def _is_schema(file: Path) -> bool:
    try:
        known = json.loads(read_file(file, limit=OFFICE_LIMIT))
    except (OSError, ValueError):
        return False
    return isinstance(known, dict) and "$schema" in known


def save_beside(content: bytes, file: Path, source: Path) -> None:
    """Write a file atomically; the one that it was made from is never replaced."""
    if file.exists() and file.samefile(source):
        raise Refusal(f"{file} 就是原文，不能覆盖；请换一个文件名")
    _write(content, file)


def save_new(texts: Mapping[str, str], folder: Path) -> None:
    """Write new files into a folder, made if need be; where one of them exists already, none is written."""
    for name in texts:
        if (folder / name).exists():
            raise _there_already(folder / name)
    _make(folder)
    for name, text in texts.items():
        if not _write_new(text.encode(), folder / name):
            raise _there_already(folder / name)


def _there_already(file: Path) -> Refusal:
    return Refusal(f"{file} 已经存在，不会覆盖；请换一个文件夹，或先把它移走")


def save_forms(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write forms into a folder, made if need be; one that may have been filled in is never replaced."""
    for name, content in contents.items():
        if (folder / name).exists() and not _holds(folder / name, content):
            raise _may_be_filled_in(folder / name)
    _make(folder)
    for name, content in contents.items():
        if not _write_new(content, folder / name) and not _holds(folder / name, content):
            raise _may_be_filled_in(folder / name)


def _may_be_filled_in(file: Path) -> Refusal:
    return Refusal(f"{file} 已经存在，可能填过了，不会覆盖；请换一个文件夹，或先把它移走")


def _holds(file: Path, content: bytes) -> bool:
    try:
        return read_file(file, limit=OFFICE_LIMIT) == content
    except OSError:
        return False


def save_missing(contents: Mapping[str, bytes], folder: Path) -> tuple[list[str], list[str]]:
    """Write the files that a folder lacks, and name those written and those that were there."""
    kept = [name for name in contents if os.path.lexists(folder / name)]
    missing = [name for name in contents if name not in kept]
    if missing:
        _make(folder)
    with alone_in(folder) if missing else nullcontext():
        for name in missing:
            _make((folder / name).parent)
        written = [name for name in missing if _write_new(contents[name], folder / name)]
    return written, [name for name in contents if name not in written]


def replace_progress(content: bytes, file: Path, before: bytes | None) -> None:
    """Put a progress file in place of what was read, if that has not changed since: whole or not at all."""
    changed = Refusal(f"{file} 刚才被别的程序改过，没有写入；请重新运行")
    with _refusing(file):
        now = read_file(file) if file.exists() else None
    if now != before:
        raise changed
    _make(file.parent)
    if before is not None:
        _write(content, file)
    elif not _write_new(content, file):
        raise changed


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refusal(f"建不了文件夹 {folder}（{why(error)}）；请核对路径和权限") from error


def _write(content: bytes, file: Path) -> None:
    with _refusing(file):
        target = real_path_of(file)
        with _aside(content, target) as temporary:
            temporary.replace(target)


def _write_new(content: bytes, file: Path) -> bool:
    """Write a file, whole, where there is none; whether there was none, up to the last moment."""
    with _refusing(file), _aside(content, file) as temporary:
        try:
            _put(temporary, file)
        except FileExistsError:
            return False
        return True


def _put(temporary: Path, file: Path) -> None:
    """Give a file its name where that is free; a link is made, or where a disk has none, a copy."""
    try:
        file.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        with file.open("xb") as stream:
            stream.write(temporary.read_bytes())


@contextmanager
def _refusing(file: Path) -> Iterator[None]:
    if leaves_workspace(file):
        raise Refusal(f"写不了 {file}（它是一个链接，指到了工作区外面）；请换成文件本身，或换一个文件名")
    try:
        yield
    except OSError as error:
        raise Refusal(f"写不了 {file}（{why(error)}）；请核对文件夹是否存在、有没有写入权限") from error


def append_step_summary(report: Report) -> None:
    """Add the whole report to the summary of a GitHub Actions step, where there is one."""
    from kesu_cli.render.ci.markdown import summary

    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    try:
        with Path(file).open("ab") as stream:
            stream.write(summary(report))
    except OSError as error:
        typer.echo(f"写不了 GITHUB_STEP_SUMMARY 指的文件（{why(error)}）；其余输出不受影响", err=True)


@contextmanager
def _aside(content: bytes, target: Path) -> Iterator[Path]:
    """Hold a content, safe on disk, in a file beside its target that is gone in the end."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(_mode_of(target))
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _mode_of(target: Path) -> int:
    """Return the permissions of the file that is replaced, or those that a new one gets."""
    if target.exists():
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
