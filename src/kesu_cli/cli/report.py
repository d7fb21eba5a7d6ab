"""kesu report: what one unit owes and how it stands, or the whole city; also as a document."""

from pathlib import Path
from typing import Annotated, Any

import typer

from kesu_cli import VERSION
from kesu_cli.cli.clock import given_day, today
from kesu_cli.cli.shell_completion import units
from kesu_cli.cli.whole_number import whole_number
from kesu_cli.diagnostic import Refusal
from kesu_cli.render import FORMAT_NAMES

EXAMPLES = """
例：
  kesu report                                              全市
  kesu report --unit 市教体局                              一个单位
  kesu report --format docx -o 通报.docx                   全市通报，可在 Word、WPS 里接着改
  kesu report --unit 市教体局 --notice -o 督办单.docx      给一个单位的督办单
  kesu report --format xlsx -o 台账.xlsx                   任务分解与进展台账

通报和督办单的样子在模板里：把改好的模板放在 plan/模板/通报.docx、plan/模板/督办单.docx，就用您的。
"""


def report(
    unit: Annotated[
        str,
        typer.Option(metavar="单位", help="哪个单位（登记的别称也行）；不写则看全市", autocompletion=units),
    ] = "",
    year: Annotated[
        int | None, typer.Option(parser=whole_number, metavar="年度", help="哪一年；不写则最近一年")
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="日期", help="截至哪一天（含当天）判定")] = None,
    plan: Annotated[Path | None, typer.Option(metavar="文件夹", help="使用另一份方案")] = None,
    format_name: Annotated[
        str | None,
        typer.Option("--format", metavar="格式", help=f"写成一种格式：{'、'.join(FORMAT_NAMES)}"),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="文件", help="存成文件")] = None,
    *,
    notice: Annotated[bool, typer.Option("--notice", help="写成给 --unit 的督办单（docx）")] = False,
) -> None:
    """看一个单位承担什么、落实得怎样、还要补什么；不写单位则按行动、按单位看全市。"""
    from kesu_cli.cli.exit_code import COULD_NOT_JUDGE
    from kesu_cli.engine.check import Request, check
    from kesu_cli.engine.explain import request_for_year

    name = _wanted(unit, format_name, output, notice=notice)
    request = Request((Path(),), today(), given_day(as_of), plan, unit)
    judged = check(request_for_year(request, year), VERSION)
    if notice and not _has_matters(judged):
        typer.echo(f"{judged.scope}没有需要办理的事项，没有写督办单", err=True)
        return
    _hand_out(judged, name, output, notice=notice)
    if judged.plan is None or judged.crashed:
        raise typer.Exit(COULD_NOT_JUDGE)


def _wanted(unit: str, format_name: str | None, output: Path | None, *, notice: bool) -> str:
    """Return the format asked for, empty for a page; what makes no sense together ends the command."""
    if format_name is not None and format_name not in FORMAT_NAMES:
        raise Refusal(f"--format 可写：{'、'.join(FORMAT_NAMES)}")
    if notice:
        if not unit:
            raise Refusal("督办单要写明给哪个单位：--unit 单位")
        if format_name not in (None, "docx"):
            raise Refusal("督办单只有 docx 一种格式")
        return "docx"
    if output and format_name is None:
        raise Refusal(f"请用 --format 写明存成哪种格式：{'、'.join(FORMAT_NAMES)}")
    if unit and format_name == "docx":
        raise Refusal("给一个单位的文书是督办单，请加 --notice；全市通报不写 --unit")
    return format_name or ""


def _has_matters(judged: Any) -> bool:
    from kesu_cli.render.office.notice import matters

    return judged.plan is None or bool(judged.crashed) or bool(matters(judged))


def _notice() -> Any:
    from kesu_cli.render.office.notice import FORMAT

    return FORMAT


def _hand_out(judged: Any, name: str, output: Path | None, *, notice: bool) -> None:
    """Show the page, print the format, or save it."""
    from kesu_cli.cli import console
    from kesu_cli.cli.output_file import save
    from kesu_cli.render.format_table import format_named
    from kesu_cli.render.terminal import city_page, unit_page

    if not name:
        console.show(unit_page.layout(judged) if judged.scope else city_page.layout(judged))
        return
    output_format = _notice() if notice else format_named(name)
    if output:
        save(output_format.render(judged), output, judged)
    else:
        console.write(output_format, judged)
