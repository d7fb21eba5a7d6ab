"""kesu check: judge progress files and show what is missing."""

from pathlib import Path
from typing import Annotated, Any

import typer

from kesu_cli import VERSION
from kesu_cli.cli.clock import given_day, today
from kesu_cli.cli.shell_completion import units
from kesu_cli.diagnostic import Refusal
from kesu_cli.render import FORMAT_NAMES

_SEVERITIES = ("error", "warning", "note")

EXAMPLES = """
例：
  kesu check progress/2024/                         检查 2024 年
  kesu check progress/2024/ --as-of 2024-06-30      看 2024 年上半年的进度
  kesu check --unit 市教体局                        只看一个单位
  kesu check --since main                           与 main 相比，哪些问题是新增的、哪些已消除
  kesu check progress/2024/ -o json=报告.json       另存一份
  kesu check progress/ -o html=看板.html            存成网页，不联网也能看、能打印
  kesu check progress/2024/ -o sarif=a.sarif -o junit=a.xml   在 CI 里一次存几种

退出码：
  0  没有达到 --fail-on 级别的问题（写了 --since 的，没有这样的新增问题）
  1  有
  2  无法判定：用法不对、方案读不出来、没有可查的文件、规则出错
"""


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[路径]...", help="年度文件夹、进展文件夹或单个文件；不写则查整个工作区"),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="日期", help="截至哪一天（含当天）判定，如 2024-06-30")
    ] = None,
    unit: Annotated[
        str, typer.Option(metavar="单位", help="只看一个单位要处理的问题", autocompletion=units)
    ] = "",
    since: Annotated[
        str | None,
        typer.Option(
            metavar="版本",
            help="与 git 里的一个版本（如 main、HEAD~1、提交号）相比，哪些问题是新增的；只有新增的影响退出码",
        ),
    ] = None,
    plan: Annotated[
        Path | None, typer.Option(metavar="文件夹", help="使用另一份方案（含 measures.yaml 的文件夹）")
    ] = None,
    fail_on: Annotated[
        str, typer.Option(metavar="级别", help="出现哪一级及以上问题时退出码为 1：error、warning、note")
    ] = "error",
    format_name: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="格式",
            help=f"auto、{'、'.join(FORMAT_NAMES)}；auto 在终端用 table，在 GitHub Actions 里用 github，"
            "在其他管道里用 text",
        ),
    ] = "auto",
    output: Annotated[
        list[str] | None,
        typer.Option("--output", "-o", metavar="格式=文件", help="另存一份，可写多次，如 -o json=报告.json"),
    ] = None,
) -> None:
    """检查进展文件：哪些任务没有完成、谁没有报、数据哪里不对。"""
    from kesu_cli.cli import console
    from kesu_cli.cli.exit_code import exit_code
    from kesu_cli.cli.output_file import append_step_summary, parse_outputs, save
    from kesu_cli.engine import check as engine
    from kesu_cli.render.format_table import format_named

    if fail_on not in _SEVERITIES:
        raise Refusal(f"--fail-on 可写：{'、'.join(_SEVERITIES)}")
    if format_name != "auto" and format_name not in FORMAT_NAMES:
        raise Refusal(f"--format 可写：auto、{'、'.join(FORMAT_NAMES)}")
    outputs = parse_outputs(output or ())
    shown = console.automatic() if format_name == "auto" else format_name
    located = any(wanted.located for wanted in (format_named(shown), *(saved for saved, _ in outputs)))
    request = engine.Request(tuple(paths or [Path()]), today(), given_day(as_of), plan, unit, located)
    report = _judged(request, since)
    for saved, file in outputs:
        save(saved.render(report), file, report)
    if shown == "table":
        from kesu_cli.render.terminal.check_page import layout

        console.show(layout(report))
    else:
        console.write(format_named(shown), report)
    if shown == "github":
        append_step_summary(report)
    raise typer.Exit(exit_code(report, fail_on))


def _judged(request: Any, since: str | None) -> Any:
    """Judge, and hold it against a revision where one is named; only then git is needed."""
    from kesu_cli.cli import console
    from kesu_cli.engine.check import check

    if since is None:
        return check(request, VERSION, console.progress())
    from kesu_cli.engine.since import check_since

    return check_since(request, since, VERSION, console.progress())
