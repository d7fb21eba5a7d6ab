"""kesu plan: the plan itself, shown and checked."""

from pathlib import Path
from typing import Annotated

import typer

from kesu_cli import VERSION
from kesu_cli.cli import plan_diff, plan_draft, plan_verify
from kesu_cli.cli.clock import today
from kesu_cli.cli.help import KesuCommand, KesuGroup
from kesu_cli.diagnostic import Refusal

_EXAMPLES = """
例：
  kesu plan show 6       一条措施的任务
  kesu plan show A1      一项行动的任务
  kesu plan check        方案本身的问题
  kesu plan diff v1 v2   两个版本的差别
"""

app = typer.Typer(
    name="plan",
    cls=KesuGroup,
    help="看方案：任务、单位、方案本身的问题、两个版本的差别。",
    epilog=_EXAMPLES,
    no_args_is_help=True,
    rich_markup_mode=None,
)

_Folder = Annotated[Path | None, typer.Option("--plan", metavar="文件夹", help="使用另一份方案")]

app.command("draft", cls=KesuCommand, epilog=plan_draft.EXAMPLES)(plan_draft.draft)
app.command("verify", cls=KesuCommand, epilog=plan_verify.EXAMPLES)(plan_verify.verify)


@app.command("check", cls=KesuCommand)
def check(folder: _Folder = None) -> None:
    """检查方案本身：转录有没有错、任务有没有单位负责、期限是否合理。"""
    from kesu_cli.cli import console
    from kesu_cli.cli.exit_code import exit_code
    from kesu_cli.engine.check import Request, check_plan
    from kesu_cli.render.terminal import finding_lines
    from kesu_cli.render.terminal.plan_page import findings_layout

    report = check_plan(Request((Path(),), today(), plan=folder), VERSION)
    if console.is_terminal():
        console.show(findings_layout(report))
    else:
        console.write(finding_lines.FORMAT, report)
    raise typer.Exit(exit_code(report, "error"))


@app.command("show", cls=KesuCommand)
def show(
    measure: Annotated[
        str, typer.Argument(metavar="[措施]", help="措施序号如 6，行动如 A1，任务如 M06-1；不写则列出全部")
    ] = "",
    folder: _Folder = None,
) -> None:
    """看方案里的任务：原文、口径、目标、时限、牵头和责任单位。"""
    from kesu_cli.cli import console
    from kesu_cli.engine.open_workspace import open_workspace
    from kesu_cli.render.terminal.plan_page import overview_layout, tasks_layout

    whole = open_workspace((Path(),), folder).terms.plan
    if not measure:
        console.show(overview_layout(whole))
        return
    page = tasks_layout(whole, measure)
    if page is None:
        raise Refusal(f"方案里没有“{measure}”；用 kesu plan show 可列出全部行动和措施")
    console.show(page)


@app.command("units", cls=KesuCommand)
def units(folder: _Folder = None) -> None:
    """列出单位：名称、别称、类别、牵头和责任任务数。"""
    from kesu_cli.cli import console
    from kesu_cli.engine.open_workspace import open_workspace
    from kesu_cli.render.terminal.plan_page import units_layout

    console.show(units_layout(open_workspace((Path(),), folder).terms))


app.command("diff", cls=KesuCommand, epilog=plan_diff.EXAMPLES)(plan_diff.diff)
