"""kesu plan diff: what changed from one version of the plan to another."""

from typing import Annotated

import typer

from kesu_cli import VERSION
from kesu_cli.cli.clock import given_day, today
from kesu_cli.diagnostic import Refusal

_FORMATS = ("table", "json")

EXAMPLES = """
例：
  kesu plan diff HEAD~3 plan             三次提交以前的方案，和现在的
  kesu plan diff v1 v2 --format json     两个标签
  kesu plan diff v1:旧方案/plan plan     方案在仓库里换过位置的，写“版本:文件夹”
  kesu plan diff 旧方案 新方案           两个文件夹

“未达标后下调”“逾期后推迟”：放宽的那天，这项任务按原版方案和进展数据已经没有完成。
那天是 --as-of 的日期；没有写的，新版是 git 版本时为它提交的那天，否则为今天。

退出码：
  0  没有差别
  1  有差别
  2  无法比较：用法不对、没有这个版本、方案读不出来
"""


def diff(
    old: Annotated[str, typer.Argument(metavar="原版", help="方案文件夹，或 git 版本如 HEAD~3、v1")],
    new: Annotated[str, typer.Argument(metavar="新版", help="方案文件夹，或 git 版本")],
    as_of: Annotated[
        str | None, typer.Option(metavar="日期", help="按哪一天（含当天）的完成情况判断是不是没有完成就放宽")
    ] = None,
    format_name: Annotated[str, typer.Option("--format", metavar="格式", help="table、json")] = "table",
) -> None:
    """比较方案的两个版本：指标的升降、期限的前后、单位的增减，以及没有完成就放宽的。"""
    from kesu_cli.cli import console
    from kesu_cli.cli.exit_code import CLEAN, FOUND
    from kesu_cli.engine.plan_diff import PlanDiffRequest, plan_diff
    from kesu_cli.render.json import plan_diff_v1
    from kesu_cli.render.json.json_base import written
    from kesu_cli.render.terminal import plan_diff_page

    if format_name not in _FORMATS:
        raise Refusal(f"--format 可写：{'、'.join(_FORMATS)}")
    found = plan_diff(PlanDiffRequest(old, new, today(), given_day(as_of)), VERSION)
    if format_name == "json":
        console.write_bytes(written(plan_diff_v1.public(found)))
    else:
        console.show(plan_diff_page.layout(found))
    raise typer.Exit(FOUND if found.changes else CLEAN)
