"""kesu fix: the repairs that change no meaning."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

EXAMPLES = """
例：
  kesu fix progress/2024/ --diff   只看会改什么，不写入
  kesu fix progress/2024/          改正，逐处说明依据哪条规则

退出码：
  0  已改完，或没有可改的；没有改的逐处说明，是否还有问题请看 kesu check；加 --diff 的都是 0
  2  不能改，一个文件也没有写入，例如年度已封存
"""
_UNASKED = "（check 不查）"


def fix(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[路径]", help="不写则为当前文件夹")] = None,
    *,
    diff: Annotated[bool, typer.Option("--diff", help="只显示改动，不写入")] = False,
) -> None:
    """改正不影响内容的问题：编码、中文冒号、别称、任务编号和数里的全角字符、缺少的校验值。"""
    from kesu_cli.cli import console
    from kesu_cli.cli.workspace_lock import alone_in
    from kesu_cli.engine.fix import fix_files
    from kesu_cli.engine.open_workspace import open_workspace

    chosen = tuple(paths or [Path()])
    office = open_workspace(chosen)
    every = tuple(fix_files(office, chosen))
    if not diff and any(made.after != made.before for made in every):
        with alone_in(office.workspace.root):
            every = tuple(fix_files(office, chosen))
            _write(office, every)
    for made in every:
        console.write_text("".join(f"{line}\n" for line in _told(made, diff=diff)))
    count = sum(len(made.repairs) for made in every)
    console.write_text(f"{'可改正' if diff else '已改正'} {count} 处，查看了 {len(every)} 个文件\n")


def _write(office: Any, every: Sequence[Any]) -> None:
    """Write what was mended: nothing where one of the files may not be changed."""
    from kesu_cli.cli.output_file import replace_progress
    from kesu_cli.engine.refuse_closed_year import refuse_closed

    changed = [made for made in every if made.after != made.before]
    for made in changed:
        refuse_closed(office, made.file)
    for made in changed:
        replace_progress(made.after, office.path_of(made.file), made.before)


def _told(made: Any, *, diff: bool) -> Iterator[str]:
    for repair in made.repairs:
        yield f"{made.file}:{repair.line}  {repair.code or _UNASKED} {repair.said}"
    for left in made.left:
        yield f"{made.file}:{left.line}  没有改：{left.said}"
    if diff:
        yield from _difference(made)


def _difference(made: Any) -> Iterator[str]:
    from difflib import unified_diff

    old, new = made.old.splitlines(), made.new.splitlines()
    yield from unified_diff(old, new, made.file, made.file, lineterm="")
