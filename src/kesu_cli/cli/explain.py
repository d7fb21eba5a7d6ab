"""kesu explain: how one figure was worked out, entry by entry."""

from pathlib import Path
from typing import Annotated

import typer

from kesu_cli import VERSION
from kesu_cli.cli.clock import given_day, today
from kesu_cli.cli.shell_completion import tasks
from kesu_cli.cli.whole_number import whole_number
from kesu_cli.diagnostic import Refusal

_FORMATS = ("table", "json")

EXAMPLES = """
例：
  kesu explain M06-1 --year 2024    一项任务
  kesu explain 0531300              一条问题（标记是各条末尾 # 后的字符）
  kesu explain M06-1 --format json  给脚本：同样的内容，每条计没计入、存不存疑
"""


def explain(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="任务编号|问题标记", help="如 M06-1，或一条问题末尾 # 后的字符", autocompletion=tasks
        ),
    ],
    year: Annotated[
        int | None,
        typer.Option(parser=whole_number, metavar="年度", help="哪一年；不写则最近一年，标记则各年都找"),
    ] = None,
    as_of: Annotated[str | None, typer.Option(metavar="日期", help="截至哪一天（含当天）判定")] = None,
    plan: Annotated[Path | None, typer.Option(metavar="文件夹", help="使用另一份方案")] = None,
    format_name: Annotated[str, typer.Option("--format", metavar="格式", help="table、json")] = "table",
) -> None:
    """看一个数是怎么算出来的：原文、口径、公式，每一条计没计入、为什么。"""
    from kesu_cli.cli import console
    from kesu_cli.engine.check import Request
    from kesu_cli.engine.explain import explain_in
    from kesu_cli.render.json import explain_v2
    from kesu_cli.render.json.json_base import written
    from kesu_cli.render.terminal.explanation_page import layout

    if format_name not in _FORMATS:
        raise Refusal(f"--format 可写：{'、'.join(_FORMATS)}")
    request = Request((Path(),), today(), given_day(as_of), plan)
    explanation = explain_in(request, year, subject, VERSION)
    if format_name == "json":
        console.write_bytes(written(explain_v2.public(explanation)))
    else:
        console.show(layout(explanation))
