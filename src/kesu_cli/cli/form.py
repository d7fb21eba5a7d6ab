"""kesu form: spreadsheets that units fill in, out of the repository and back into it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from kesu_cli.cli.clock import today
from kesu_cli.cli.exit_code import FOUND
from kesu_cli.cli.help import KesuCommand, KesuGroup
from kesu_cli.cli.shell_completion import units
from kesu_cli.cli.whole_number import whole_number

_EXAMPLES = """
例：
  kesu form export --year 2024 -o 填报表/              每个单位一份
  kesu form export --year 2024 --unit 市教体局 -o .    只要一个单位的
  kesu form import 填报表/*.xlsx                       读回来，看清差别再写入
  kesu form import 收件/                               文件夹里的每一份，按名称的次序

导入几份的，逐份读完，退出码取最大的：
  0  已写入，或没有变化
  1  没有写入：表里有要改的，或导出以后进展文件又改过
  2  没有写入：没有同意写入、文件读不了或年度已封存
"""

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
    year: Annotated[int, typer.Option(parser=whole_number, metavar="年度", help="哪一年的填报表")],
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
    from kesu_cli.cli.output_file import save_forms
    from kesu_cli.engine.form_export import form_year, forms
    from kesu_cli.engine.open_workspace import open_workspace
    from kesu_cli.forms.layout import DEMO

    office = open_workspace((Path(),), plan)
    named = dict.fromkeys(office.terms.units.named_to_report(name) for name in unit or ())
    wanted = tuple(named) or office.terms.units.reporting
    made = form_year(office, year, today())
    contents, refused = _written(forms(made, wanted), progress("导出填报表"), len(wanted))
    save_forms(contents, folder)
    demo = f"（{DEMO}）" if made.loaded.demo else ""
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
    files: Annotated[
        list[Path], typer.Argument(metavar="文件...", help="填好的 .xlsx 填报表，或放着它们的文件夹")
    ],
    year: Annotated[
        int, typer.Option(parser=whole_number, metavar="年度", help="应是哪一年的；不写则按表里的年度")
    ] = 0,
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不询问，直接写入（供脚本使用）")] = False,
    plan: Annotated[Path | None, typer.Option(metavar="文件夹", help="使用另一份方案")] = None,
) -> None:
    """读回填报表：逐格检查，有一处不对就整份不写入；写入以前列出与现有内容的差别。"""
    from kesu_cli.cli.form_import import import_all
    from kesu_cli.engine.form_import import Importer
    from kesu_cli.engine.open_workspace import workspace_to_write

    importer = Importer(workspace_to_write(plan), year)
    code = import_all(files, importer, yes=yes)
    if code:
        raise typer.Exit(code)
