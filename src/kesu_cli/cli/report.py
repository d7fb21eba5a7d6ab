"""kesu report: what one unit owes and how it stands, or the whole city."""

from pathlib import Path
from typing import Annotated

import typer

from kesu_cli import VERSION
from kesu_cli.cli.clock import given_day, today
from kesu_cli.cli.completion import units
from kesu_cli.cli.failure import said_plainly

EXAMPLES = """
例：
  kesu report                      全市
  kesu report --unit 市教体局      一个单位
"""


def report(
    unit: Annotated[
        str,
        typer.Option(metavar="单位", help="哪个单位（登记的别称也行）；不写则看全市", autocompletion=units),
    ] = "",
    year: Annotated[int | None, typer.Option(metavar="年度", help="哪一年；不写则最近一年")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="日期", help="截至哪一天（含当天）判定")] = None,
    plan: Annotated[Path | None, typer.Option(metavar="文件夹", help="使用另一份方案")] = None,
) -> None:
    """看一个单位承担什么、落实得怎样、还要补什么；不写单位则按行动、按单位看全市。"""
    from kesu_cli.cli.console import show
    from kesu_cli.cli.exit_code import COULD_NOT_JUDGE
    from kesu_cli.engine.check import Request, check
    from kesu_cli.engine.explaining import request_for_year
    from kesu_cli.render import city_page, unit_page

    request = Request((Path(),), today(), given_day(as_of), plan, unit)
    with said_plainly():
        judged = check(request_for_year(request, year), VERSION)
    show(unit_page.layout(judged) if unit else city_page.layout(judged))
    if judged.plan is None or judged.crashed:
        raise typer.Exit(COULD_NOT_JUDGE)
