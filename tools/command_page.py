"""Writes the reference of the commands from the commands themselves."""

import textwrap
from collections.abc import Iterator
from typing import Any

from typer.core import TyperArgument
from typer.main import get_command

from kesu_cli.cli.app import app

_OPENING = """# 命令

本页由 `python tools/make_docs.py` 从命令的说明生成，请勿手改。命令行里用 `kesu 命令 --help` 看同样的内容。

退出码在各命令里意思相同，命令自己另有说明的以它为准：

| 退出码 | 意思 |
|---:|---|
| 0 | 做完了；检查类的命令没有查出达到级别的问题 |
| 1 | 查出了问题；导入、导出类的命令有内容没有写入 |
| 2 | 做不了：用法不对、文件读不出来、没有可查的东西、规则出错 |
| 130 | 用 Ctrl+C 中断 |
"""


def command_page() -> str:
    """Return the page: every command in the order of the help, groups before what they hold."""
    root: Any = get_command(app)
    context = root.make_context("kesu", [], resilient_parsing=True)
    listed = list(_commands(root, context))
    index = (f"- [`{where.command_path}`](#{_anchor(where)}) {command.help}" for command, where in listed)
    sections = (line for command, where in listed for line in _section(command, where))
    return "\n".join((_OPENING, *index, "", *sections)).rstrip() + "\n"


def _anchor(context: Any) -> str:
    return str(context.command_path).replace(" ", "-")


def _commands(group: Any, context: Any) -> Iterator[tuple[Any, Any]]:
    for name, command in group.commands.items():
        inner = command.context_class(command, info_name=name, parent=context)
        yield command, inner
        if hasattr(command, "commands"):
            yield from _commands(command, inner)


def _section(command: Any, context: Any) -> Iterator[str]:
    parameters = [parameter for parameter in command.get_params(context) if parameter.name != "help"]
    arguments = [parameter for parameter in parameters if isinstance(parameter, TyperArgument)]
    options = [parameter for parameter in parameters if not isinstance(parameter, TyperArgument)]
    yield f"## {context.command_path}"
    yield ""
    yield f"{command.help}"
    yield ""
    yield f"```text\n{_usage(command, context, arguments, options)}\n```"
    yield ""
    yield from _table("参数", (f"`{a.metavar}`" for a in arguments), arguments)
    yield from _table("选项", (_names(option) for option in options), options)
    yield from _epilog(command.epilog or "")


def _usage(command: Any, context: Any, arguments: list[Any], options: list[Any]) -> str:
    required = [_spelt(option) for option in options if option.required]
    chosen = ["[选项]"] if len(required) < len(options) else []
    rest = ["命令 …"] if hasattr(command, "commands") else [a.metavar for a in arguments]
    return " ".join([context.command_path, *required, *chosen, *rest])


def _spelt(option: Any) -> str:
    name = max((*option.opts, *option.secondary_opts), key=len)
    return name if option.is_flag else f"{name} {option.metavar}"


def _names(option: Any) -> str:
    names = sorted((*option.opts, *option.secondary_opts), key=len)
    value = "" if option.is_flag else f" {option.metavar}"
    return f"`{', '.join(names)}{value}`"


def _table(title: str, names: Iterator[str], parameters: list[Any]) -> Iterator[str]:
    if not parameters:
        return
    yield f"| {title} | 说明 | 不写时 |"
    yield "|---|---|---|"
    for name, parameter in zip(names, parameters, strict=True):
        yield f"| {_cell(name)} | {_cell(parameter.help or '')} | {_default(parameter)} |"
    yield ""


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _default(parameter: Any) -> str:
    if parameter.required:
        return "必须写"
    default = parameter.default
    return (
        f"`{default}`" if isinstance(default, str | int) and not isinstance(default, bool) and default else ""
    )


def _epilog(text: str) -> Iterator[str]:
    """Yield the blocks under the help, each heading with its lines."""
    for block in textwrap.dedent(text).strip().split("\n\n"):
        if not block:
            continue
        heading, _, lines = block.partition("\n")
        yield f"{heading}\n\n```text\n{textwrap.dedent(lines)}\n```"
        yield ""
