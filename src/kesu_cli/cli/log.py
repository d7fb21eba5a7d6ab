"""kesu log: how standings moved through the history of the repository."""

from pathlib import Path
from typing import Annotated

import typer

from kesu_cli import VERSION
from kesu_cli.cli.clock import today
from kesu_cli.cli.shell_completion import tasks, units
from kesu_cli.cli.whole_number import whole_number
from kesu_cli.diagnostic import Refusal

_FORMATS = ("table", "sparkline", "json")
_STEPS = ("commit", "month")

EXAMPLES = """
例：
  kesu log                               全市：有数量的任务逐项，其余按行动合计
  kesu log --task M06-1                  一项任务的完成数怎样变化
  kesu log --unit 市教体局 --by month    一个单位汇总的任务，逐月

每次提交按它自己的方案和数据、截至提交那天判定。合并进来的提交算在合并的那一次；
没有改动方案和进展文件的提交不列。
"""


def log(
    task: Annotated[
        str, typer.Option(metavar="任务编号", help="只看一项任务，如 M06-1", autocompletion=tasks)
    ] = "",
    unit: Annotated[
        str, typer.Option(metavar="单位", help="只看由一个单位汇总的任务", autocompletion=units)
    ] = "",
    year: Annotated[
        int | None, typer.Option(parser=whole_number, metavar="年度", help="哪一年的考核期；不写则最近一年")
    ] = None,
    by: Annotated[
        str, typer.Option(metavar="间隔", help="commit（每次提交）、month（每月最后一次提交）")
    ] = "commit",
    format_name: Annotated[
        str, typer.Option("--format", metavar="格式", help="table、sparkline、json")
    ] = "table",
) -> None:
    """看完成情况怎样变化：逐次提交或逐月的完成数、完成率和状态，取自 git 历史。"""
    from kesu_cli.cli import console
    from kesu_cli.engine.check import Request
    from kesu_cli.engine.log import LogRequest, log
    from kesu_cli.render.json import log_v2
    from kesu_cli.render.json.json_base import written
    from kesu_cli.render.terminal import log_page as page

    if format_name not in _FORMATS:
        raise Refusal(f"--format 可写：{'、'.join(_FORMATS)}")
    if by not in _STEPS:
        raise Refusal(f"--by 可写：{'、'.join(_STEPS)}")
    found = log(Request((Path(),), today()), LogRequest(task, unit, year, by == "month"), VERSION)
    if format_name == "json":
        console.write_bytes(written(log_v2.public(found)))
    else:
        console.show(page.layout(found) if format_name == "table" else page.sparklines(found))
