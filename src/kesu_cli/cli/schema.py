"""kesu schema: the shape of the files, for editors and validators."""

from pathlib import Path
from typing import Annotated

import typer

from kesu_cli.diagnostic import Refusal

EXAMPLES = """
例：
  kesu schema                                     有哪几种
  kesu schema progress --plan plan -o .kesu/progress.schema.json   任务编号和单位从方案里取
  kesu schema policy                              打印出来
"""


def schema(
    name: Annotated[
        str, typer.Argument(metavar="[种类]", help="plan、units、policy、progress、waivers；不写则列出")
    ] = "",
    folder: Annotated[
        Path | None,
        typer.Option("--plan", metavar="文件夹", help="只用于 progress：任务编号和单位名称从这份方案里取"),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件", help="存成文件，不写则打印")
    ] = None,
) -> None:
    """输出各种文件的格式（JSON Schema），供编辑器补全、提示和标错。"""
    from kesu_cli.cli import console
    from kesu_cli.cli.output_file import save_schema
    from kesu_cli.engine.open_workspace import open_workspace
    from kesu_cli.render.schema.file_kind import FileKind
    from kesu_cli.render.schema.file_schema import render

    if not name:
        typer.echo("\n".join(f"{kind:<10}{kind.word}" for kind in FileKind))
        return
    if name not in list(FileKind):
        raise Refusal(f"没有“{name}”这一种；可写：{'、'.join(FileKind)}")
    if folder is not None and name != FileKind.PROGRESS:
        raise Refusal("--plan 只用于 kesu schema progress；其他种类不随方案变化，请去掉 --plan")
    content = render(FileKind(name), open_workspace((Path(),), folder).terms if folder else None)
    if output is None:
        console.write_bytes(content)
    else:
        save_schema(content, output)
