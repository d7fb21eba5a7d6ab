"""kesu plan draft: an official document becomes a draft plan."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

EXAMPLES = """
例：
  kesu plan draft 方案.docx -o draft/      起草 draft/measures.yaml 和 units.yaml
  kesu plan check --plan draft/            检查草稿
  kesu plan verify --source 方案.docx --plan draft/
"""
_SHOWN = 20


def draft(
    file: Annotated[Path, typer.Argument(metavar="文件", help="方案原文：.txt、.md、.docx 或 .html")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="文件夹", help="草稿写到哪个文件夹")],
) -> None:
    """把一份正式方案起草成可检查的 YAML：任务、指标、时限、单位，要由人定的地方标出来。"""
    from kesu_cli.cli.console import write_text
    from kesu_cli.cli.output_file import save_new
    from kesu_cli.drafting.draft import draft as make
    from kesu_cli.drafting.policy_draft import policy_text
    from kesu_cli.source.documents.document_reader import read_document
    from kesu_cli.source.starter_files import example_folder

    made = make(read_document(file))
    policy = policy_text((example_folder() / "plan" / "policy.yaml").read_text("utf-8"))
    texts = {"measures.yaml": made.measures, "units.yaml": made.units, "policy.yaml": policy}
    save_new(texts, output)
    write_text("".join(f"{line}\n" for line in _said(made, output)))


def _said(made: Any, output: Path) -> Iterator[str]:
    yield f"已起草 {output / 'measures.yaml'}、units.yaml、policy.yaml"
    yield "，".join(f"{name} {number}" for name, number in made.counts)
    if made.not_understood:
        yield f"没有看懂的 {len(made.not_understood)} 处："
        for line, text in made.not_understood[:_SHOWN]:
            where = f"第 {line} 行" if line else "脚注、页眉或图形里"
            yield f"  {where}：{text[:60]}"
        if len(made.not_understood) > _SHOWN:
            yield f"  另有 {len(made.not_understood) - _SHOWN} 处"
    yield f"下一步：核对文件里标有 review 的地方，再运行 kesu plan check --plan {output}"
