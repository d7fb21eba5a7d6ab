"""Takes filled-in forms in, one after the other: what each would change is shown before it is written."""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from pathlib import Path

import typer

from kesu_cli.cli.console import may_ask, write_text
from kesu_cli.cli.exit_code import CLEAN, COULD_NOT_JUDGE, FOUND
from kesu_cli.cli.output_file import replace_progress
from kesu_cli.cli.refusal import refused
from kesu_cli.cli.workspace_lock import alone_in
from kesu_cli.diagnostic import Refusal
from kesu_cli.engine.form_import import FormImport, Importer
from kesu_cli.engine.refuse_closed_year import YearIsClosed, refuse_closed
from kesu_cli.forms.form_fault import FormFault
from kesu_cli.forms.layout import DEMO
from kesu_cli.invisible import shown
from kesu_cli.source.file_opening import OFFICE_LIMIT, read_start
from kesu_cli.source.os_error_wording import why

_OPEN_ELSEWHERE = "~$"
_YES = ("是", "y", "yes")


def import_all(paths: Sequence[Path], importer: Importer, *, yes: bool) -> int:
    """Take in every form, whatever became of those before it; returns the worst exit code."""
    return max((_taken(path, importer, yes=yes) for path in paths), default=CLEAN)


def _taken(path: Path, importer: Importer, *, yes: bool) -> int:
    """Take in a form, or all of a folder in the order of their names."""
    if not path.is_dir():
        return _take(path, None, importer, yes=yes)
    try:
        held = sorted(file for file in path.iterdir() if not file.name.startswith("."))
    except OSError as error:
        return _unread(path, error)
    forms = [file for file in held if file.suffix.lower() == ".xlsx"]
    if left := "、".join(shown(file.name) for file in held if file not in forms):
        _say([f"{path}：没有读 {left}（不是 .xlsx 填报表）"])
    if not forms:
        return refused(Refusal(f"{path} 里没有填报表（.xlsx）；请核对文件夹"))
    return max(_take(form, path, importer, yes=yes) for form in forms)


def _unread(path: Path, error: OSError) -> int:
    return refused(Refusal(f"读不了 {path}（{why(error)}）；请核对路径"))


def _take(file: Path, folder: Path | None, importer: Importer, *, yes: bool) -> int:
    if file.name.startswith(_OPEN_ELSEWHERE):
        _say([f"{file}：跳过，这是表格打开时 WPS、Excel 自己放的临时文件；表格关闭以后它就没有了"])
        return CLEAN
    try:
        # of a larger one enough to be refused as too large
        content = read_start(file, OFFICE_LIMIT, folder)
    except OSError as error:
        return _unread(file, error)
    try:
        with alone_in(importer.office.workspace.root) if yes else nullcontext():
            return _weigh(file, importer, content, yes=yes)
    except Refusal as refusal:
        return refused(refusal)


def _weigh(file: Path, importer: Importer, content: bytes, *, yes: bool) -> int:
    """Say what a form would change, and write it where that is agreed to."""
    intake = importer.take_in(content)
    if intake.faults:
        _say([f"{file}：有 {len(intake.faults)} 处要改，没有写入", *map(_fault_line, intake.faults)])
        return FOUND
    if intake.plan_has_changed:
        _say([f"{file}：导出以后方案改过，已按现在的方案核对"])
    if not intake.changes:
        _say([f"{file}：与 {intake.file} 的内容相同，没有变化"])
        return CLEAN
    _say(_shown(file, intake))
    return _refusal(importer, intake, yes=yes) or _written(importer, intake, is_alone=yes)


def _shown(file: Path, intake: FormImport) -> Iterable[str]:
    """Say what would be undone, then all that would change."""
    demo = f"（{DEMO}）" if intake.demo else ""
    if intake.undone:
        yield f"{file}：导出以后 {intake.file} 里又有了下面这些，写入会把它们去掉或改掉"
        yield from (f"  {line}" for line in intake.undone)
    yield f"{file} → {intake.file}{demo}：{len(intake.changes)} 处变化"
    yield from (f"  {line}" for line in intake.changes)


def _refusal(importer: Importer, intake: FormImport, *, yes: bool) -> int:
    """Say why a sound form is not written, and return the exit code of that; 0 where it may be."""
    if code := _closed(importer, intake):
        return code
    if intake.undone and (yes or not may_ask()):
        hint = "请用 kesu form export 重新导出，把要改的照着填进新表"
        typer.echo(f"错误：没有写入 {intake.file}；这张表导出以后，它又改过；{hint}", err=True)
        return FOUND
    return CLEAN if yes or _agreed(intake.file) else COULD_NOT_JUDGE


def _closed(importer: Importer, intake: FormImport) -> int:
    try:
        refuse_closed(importer.office, intake.file)
    except YearIsClosed as closed:
        typer.echo(f"错误：没有写入；{closed}", err=True)
        return COULD_NOT_JUDGE
    return CLEAN


def _written(importer: Importer, intake: FormImport, *, is_alone: bool) -> int:
    """Write what was agreed to; the lock was not held while a person read, so the year is looked at again."""
    office = importer.office
    try:
        with nullcontext() if is_alone else alone_in(office.workspace.root):
            if code := _closed(importer, intake):
                return code
            replace_progress(intake.after, office.path_of(intake.file), intake.before)
    except Refusal as refusal:
        return refused(refusal)
    _say([f"已写入 {intake.file}"])
    return CLEAN


def _agreed(file: str) -> bool:
    """Ask whether to write; where nobody can answer, say how to agree."""
    if not may_ask():
        typer.echo(f"错误：没有写入 {file}；确认上面的变化无误后，加 --yes 再运行一次", err=True)
        return False
    answer = typer.prompt(f"写入 {file}？（是/否）", default="否", show_default=False, err=True)
    agreed = answer.strip().lower() in _YES
    if not agreed:
        _say(["没有写入"])
    return agreed


def _fault_line(fault: FormFault) -> str:
    where = f"{fault.where}  " if fault.where else ""
    return f"  {where}{fault.message}" + (f" → {fault.hint}" if fault.hint else "")


def _say(lines: Iterable[str]) -> None:
    write_text("".join(f"{line}\n" for line in lines))
