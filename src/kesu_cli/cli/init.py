"""kesu init: a new workspace, laid out beside whatever is there already."""

from pathlib import Path
from typing import Annotated

import typer

from kesu_cli.diagnostic import Refusal

EXAMPLES = """
例：
  kesu init 台账库 --plan 我市方案/  在“台账库”文件夹建工作区，方案从“我市方案”抄一份
  kesu init --example 示例           在“示例”文件夹建一个示例：乐平市的方案，数据全部虚构
  kesu init                          当前文件夹已有 plan/ 的，补齐其余的文件
"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="建在哪里；不写就是当前文件夹")] = Path(),
    plan: Annotated[
        Path | None, typer.Option(metavar="文件夹", help="用哪一份方案；这里已有 plan/ 的不用写")
    ] = None,
    *,
    example: Annotated[
        bool, typer.Option("--example", help="建一个示例：乐平市的方案和虚构的演示数据")
    ] = False,
) -> None:
    """建一个工作区：方案、各年度文件夹、给办公室的说明、git 和 CI 的设置；已有的文件一概不动。"""
    from kesu_cli.cli.output_file import save_missing
    from kesu_cli.engine.init import has_plan, new_files, unsettled

    if example and plan is not None:
        raise Refusal("--plan 与 --example 只能写一个")
    kept_plan = has_plan(folder) and plan is not None
    wanted = new_files(folder, plan, example=example)
    written, kept = save_missing(wanted, folder)
    _say(folder, written, kept)
    if kept_plan:
        typer.echo(f"{folder / 'plan'} 里原来就有方案，没有用 --plan 指的那一份", err=True)
    if count := unsettled(wanted):
        typer.echo(f"方案里还有 {count} 处标着 review，要由人核对；定好以后运行 kesu plan check", err=True)


def _say(folder: Path, written: list[str], kept: list[str]) -> None:
    from kesu_cli.cli.console import write_text

    where, inside = ("当前文件夹",) * 2 if folder == Path() else (f" {folder}", f"{folder} ")
    lines = [*_listed("已有，没有动", kept), *_listed("新建", written)]
    lines.append(
        f"工作区建在{where}；接下来请看 {folder / 'README.md'}"
        if written
        else f"{inside}里该有的都有了，没有写入"
    )
    write_text("".join(f"{line}\n" for line in lines))


def _listed(title: str, files: list[str]) -> list[str]:
    return [f"{title}（{len(files)}）：", *(f"  {file}" for file in files)] if files else []
