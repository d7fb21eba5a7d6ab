"""kesu plan verify: hold the plan against the official document."""

from pathlib import Path
from typing import Annotated

import typer

from kesu_cli.diagnostic import Refusal

EXAMPLES = """
例：
  kesu plan verify --source 方案.docx                            逐句核对，列出不一致的地方
  kesu plan verify --source 方案.docx --format html -o 核对.html   给人看的核对页

退出码：
  0  逐字一致，没有遗漏
  1  有不一致
  2  无法核对：文件读不出来，或不像方案
"""

_FORMATS = ("text", "html")


def verify(
    source: Annotated[Path, typer.Option(metavar="文件", help="方案原文：.txt、.md、.docx 或 .html")],
    folder: Annotated[Path | None, typer.Option("--plan", metavar="文件夹", help="使用另一份方案")] = None,
    format_name: Annotated[str, typer.Option("--format", metavar="格式", help="text 或 html")] = "text",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="文件", help="写到文件里")] = None,
) -> None:
    """拿方案逐句对照原文：引文、数字、单位是否一致，有没有漏掉的任务。"""
    from kesu_cli.cli.console import write_bytes, write_text
    from kesu_cli.cli.exit_code import CLEAN, FOUND
    from kesu_cli.cli.output_file import save_beside
    from kesu_cli.drafting.verification import verify as compare
    from kesu_cli.engine.open_workspace import open_workspace
    from kesu_cli.render.terminal import verification_lines
    from kesu_cli.render.web import verification_page
    from kesu_cli.source.documents.document_reader import read_document

    if format_name not in _FORMATS:
        raise Refusal(f"--format 可写：{'、'.join(_FORMATS)}")
    terms = open_workspace((Path(),), folder).terms
    found = compare(terms.plan.file, terms.plan.place, terms.units, read_document(source))
    content = (
        verification_page.render(found) if format_name == "html" else verification_lines.text(found).encode()
    )
    if output:
        save_beside(content, output, source)
    elif format_name == "html":
        write_bytes(content)
    else:
        write_text(content.decode())
    raise typer.Exit(CLEAN if found.holds else FOUND)
