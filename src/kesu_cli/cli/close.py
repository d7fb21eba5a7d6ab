"""kesu close and kesu reopen: the end of a year, and what is changed after it."""

from typing import Annotated, Any

import typer

from kesu_cli.cli.clock import today
from kesu_cli.cli.shell_completion import units
from kesu_cli.cli.whole_number import whole_number
from kesu_cli.diagnostic import Refusal

CLOSE_EXAMPLES = """
例：
  kesu close 2024                  封存；此后的改动 kesu check 都会指出
"""
REOPEN_EXAMPLES = """
例：
  kesu reopen 2024 --unit 市教体局 --reason 数字抄错   改完再运行 kesu close 2024
"""
_Year = Annotated[int, typer.Argument(parser=whole_number, metavar="年度", help="哪一年，如 2024")]
_By = Annotated[
    str, typer.Option("--by", metavar="姓名", help="由谁办理；不写则用本人 git 设置里的 user.name")
]


def close(year: _Year, by: _By = "") -> None:
    """封存一个年度：记下每个文件的校验值、封存人和日期。"""
    from kesu_cli.cli import console
    from kesu_cli.cli.workspace_lock import alone_in
    from kesu_cli.engine import close

    office = _office()
    who = _who(by)
    with alone_in(office.workspace.root):
        made = close.close(office, year, who, today())
        _save(office, made)
    known, is_new = made.closing, made.after != made.before
    console.write_text(
        f"{year} 年已封存，共 {len(known.files)} 个文件，记在 {made.file}；请把它和进展文件一起提交\n"
        if is_new
        else f"{year} 年已由{known.closed_by}于 {known.closed_on} 封存，此后没有变化，没有写入\n"
    )
    for title, names in (("没有报送", made.missing), ("还是草稿", made.drafts)):
        if names:
            console.write_text(f"  提示：{len(names)} 个单位{title}：{'、'.join(names)}\n")


def reopen(
    year: _Year,
    unit: Annotated[str, typer.Option(metavar="单位", help="对哪个单位开放", autocompletion=units)] = "",
    reason: Annotated[str, typer.Option(metavar="理由", help="为什么开放")] = "",
    by: _By = "",
) -> None:
    """对一个单位重新开放已封存的年度；理由记入封存记录。"""
    from kesu_cli.cli import console
    from kesu_cli.cli.workspace_lock import alone_in
    from kesu_cli.engine import close

    missing = [
        said for said, given in (("--unit 单位", unit), ("--reason 理由", reason)) if not given.strip()
    ]
    if missing:
        raise Refusal(
            f"请写明 {'、'.join(missing)}；例如 kesu reopen {year} --unit 市教体局 --reason 数字抄错"
        )
    if not reason.isprintable():
        raise Refusal("--reason 只写一行文字，里面不能有换行和看不见的字符")
    office = _office()
    name = office.terms.units.named_to_report(unit)
    who = _who(by)
    with alone_in(office.workspace.root):
        made = close.reopen(office, year, name, reason.strip(), who, today())
        _save(office, made)
    console.write_text(f"{year} 年已对{name}重新开放，记在 {made.file}；改完请运行 kesu close {year}\n")


def _office() -> Any:
    from kesu_cli.engine.open_workspace import workspace_to_write

    return workspace_to_write()


def _who(by: str) -> str:
    from kesu_cli.source.git import GitError, signature

    try:
        who = by.strip() or signature()
    except GitError:
        who = ""
    if not who.isprintable():
        raise Refusal("--by 只写姓名，里面不能有换行和看不见的字符")
    if not who:
        raise Refusal("不知道由谁办理；请写 --by 姓名，或设置 git config --global user.name")
    return who


def _save(office: Any, made: Any) -> None:
    from kesu_cli.cli.output_file import replace_progress

    if made.after != made.before:
        replace_progress(made.after, office.path_of(made.file), made.before)
