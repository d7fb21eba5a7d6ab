"""kesu form: spreadsheets that units fill in, out of the repository and back into it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from kesu_cli.cli.clock import today
from kesu_cli.cli.completion import units
from kesu_cli.cli.exit_code import COULD_NOT_JUDGE, FOUND
from kesu_cli.cli.failure import said_plainly
from kesu_cli.cli.help import KesuCommand, KesuGroup
from kesu_cli.source.system import why

_EXAMPLES = """
例：
  kesu form export --year 2024 -o 填报表/              每个单位一份
  kesu form export --year 2024 --unit 市教体局 -o .    只要一个单位的
  kesu form import 填报表/*.xlsx                       读回来，看清差别再写入
"""
_YES = ("是", "y", "yes")

app = typer.Typer(
    name="form",
    cls=KesuGroup,
    help="填报表：导出给各单位填写，填好后读回来。",
    epilog=_EXAMPLES,
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("export", cls=KesuCommand)
def export(
    year: Annotated[int, typer.Option(metavar="年度", help="哪一年的填报表")],
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="文件夹", help="写到哪个文件夹")],
    unit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="单位", help="只要这个单位的，可写几次；不写则每个单位一份", autocompletion=units
        ),
    ] = None,
    plan: Annotated[Path | None, typer.Option(metavar="文件夹", help="使用另一份方案")] = None,
) -> None:
    """导出填报表（.xlsx）：任务和目标已填好，以前报过的已列出，有下拉列表和校验。"""
    from kesu_cli.cli.console import progress, write_text
    from kesu_cli.cli.output import save_forms
    from kesu_cli.engine.desk import NotOnTheDesk, desk
    from kesu_cli.engine.form_export import NoForm, form_year, forms
    from kesu_cli.forms.layout import DEMO

    with said_plainly(NotOnTheDesk, NoForm):
        office = desk((Path(),), plan)
        named = dict.fromkeys(office.unit(name) for name in unit or ())
        wanted = tuple(named) or office.units.reporting
        made = form_year(office, year, today())
    contents, refused = _written(forms(made, wanted), progress("导出填报表"), len(wanted))
    save_forms(contents, folder)
    demo = f"（{DEMO}）" if made.demo else ""
    write_text(f"已导出 {len(contents)} 份填报表到 {folder}{demo}\n" if contents else "")
    for name, refusal in refused:
        typer.echo(f"没有导出 {name}：{refusal}", err=True)
    if refused:
        raise typer.Exit(FOUND)


def _written(
    forms: Iterator[tuple[str, Callable[[], Any]]], tick: Callable[[int, int], None], total: int
) -> tuple[dict[str, bytes], list[tuple[str, str]]]:
    from kesu_cli.engine.form_export import NoForm
    from kesu_cli.forms.ledger_sheet import DoesNotFit
    from kesu_cli.forms.workbook import workbook

    contents: dict[str, bytes] = {}
    refused: list[tuple[str, str]] = []
    for done, (unit, make) in enumerate(forms, 1):
        try:
            form = make()
            contents[f"{form.year}-{unit}.xlsx"] = workbook(form)
        except (NoForm, DoesNotFit) as refusal:
            refused.append((unit, str(refusal)))
        tick(done, total)
    return contents, refused


@app.command("import", cls=KesuCommand)
def take(
    files: Annotated[list[Path], typer.Argument(metavar="文件...", help="填好的 .xlsx 填报表")],
    year: Annotated[int, typer.Option(metavar="年度", help="应是哪一年的；不写则按表里的年度")] = 0,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不询问，直接写入（供脚本使用）")] = False,
    plan: Annotated[Path | None, typer.Option(metavar="文件夹", help="使用另一份方案")] = None,
) -> None:
    """读回填报表：逐格检查，有一处不对就整份不写入；写入以前列出与现有内容的差别。"""
    from kesu_cli.engine.desk import NotOnTheDesk, desk_to_write
    from kesu_cli.engine.form_export import NoForm
    from kesu_cli.engine.form_import import Importer

    with said_plainly(NotOnTheDesk, NoForm):
        importer = Importer(desk_to_write(plan), year)
    outcomes = [_take_one(file, importer, yes=yes) for file in files]
    if any(outcomes):
        raise typer.Exit(max(outcomes))


def _take_one(file: Path, importer: Any, *, yes: bool) -> int:
    """Read one form, say what it would change, and write it if that is wanted; returns the exit code."""
    from kesu_cli.cli.output import replace_progress
    from kesu_cli.engine.closed_year import YearIsClosed, refuse_closed
    from kesu_cli.forms.layout import DEMO

    try:
        content = file.read_bytes()
    except OSError as error:
        typer.echo(f"错误：读不了 {file}（{why(error)}）；请核对路径", err=True)
        return COULD_NOT_JUDGE
    intake = importer.take_in(content)
    if intake.faults:
        _say([f"{file}：有 {len(intake.faults)} 处要改，没有写入", *map(_fault_line, intake.faults)])
        return FOUND
    if intake.plan_has_changed:
        _say([f"{file}：导出以后方案改过，已按现在的方案核对"])
    if not intake.changes:
        _say([f"{file}：与 {intake.file} 的内容相同，没有变化"])
        return 0
    demo = f"（{DEMO}）" if intake.demo else ""
    changes = [f"  {line}" for line in intake.changes]
    _say([f"{file} → {intake.file}{demo}：{len(changes)} 处变化", *changes])
    try:
        refuse_closed(importer.desk, intake.file)
    except YearIsClosed as closed:
        typer.echo(f"错误：没有写入；{closed}", err=True)
        return COULD_NOT_JUDGE
    if not yes and not _agreed(intake.file):
        return COULD_NOT_JUDGE
    replace_progress(intake.after, importer.desk.path_of(intake.file), intake.before)
    _say([f"已写入 {intake.file}"])
    return 0


def _agreed(file: str) -> bool:
    """Ask whether to write; where nobody can answer, say how to agree."""
    from kesu_cli.cli import console

    if not console.may_ask():
        typer.echo(f"错误：没有写入 {file}；确认上面的变化无误后，加 --yes 再运行一次", err=True)
        return False
    answer = typer.prompt(f"写入 {file}？（是/否）", default="否", show_default=False, err=True)
    agreed = answer.strip().lower() in _YES
    if not agreed:
        _say(["没有写入"])
    return agreed


def _fault_line(fault: Any) -> str:
    where = f"{fault.where}  " if fault.where else ""
    return f"  {where}{fault.message}" + (f" → {fault.hint}" if fault.hint else "")


def _say(lines: list[str]) -> None:
    from kesu_cli.cli.console import write_text

    write_text("".join(f"{line}\n" for line in lines))
