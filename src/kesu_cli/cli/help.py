"""Help and usage errors in Chinese, aligned by the width of the characters."""

import re
import textwrap
from collections.abc import Iterable, Iterator
from itertools import groupby
from shutil import get_terminal_size
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup

from kesu_cli.linewrap import cells, wrap

WIDTH = 100
_INDENT = "  "
_LONGEST_TERM = 26
_EXAMPLE = re.compile(r"  (\S.*?) {2,}(\S.*)")


def _definitions(rows: Iterable[tuple[str, str]], width: int, longest: int) -> Iterator[str]:
    """Set terms and their explanations in two columns."""
    listed = [(term, text) for term, text in rows]
    column = min(max((cells(term) for term, _ in listed), default=0), longest) + 2
    for term, text in listed:
        lines = wrap(text, width - column - len(_INDENT))
        first = f"{_INDENT}{term}{' ' * max(column - cells(term), 2)}"
        if cells(term) + 2 > column:
            yield f"{_INDENT}{term}"
            first = " " * (column + len(_INDENT))
        for line in lines:
            yield f"{first}{line}"
            first = " " * (column + len(_INDENT))


def _option(parameter: Any) -> tuple[str, str]:
    names = ", ".join(sorted((*parameter.opts, *parameter.secondary_opts), key=len))
    if parameter.name == "help":
        return names, "显示本说明并退出"
    metavar = "" if parameter.is_flag else f" {parameter.metavar}"
    default = parameter.default
    said = f"（默认 {default}）" if isinstance(default, str) and default else ""
    return f"{names}{metavar}", f"{parameter.help}{said}"


def _page(command: Any, context: Any) -> Iterator[str]:
    width = min(get_terminal_size((WIDTH, 24)).columns, WIDTH)
    parameters = command.get_params(context)
    arguments = [(str(p.metavar), p.help or "") for p in parameters if isinstance(p, TyperArgument)]
    options = [_option(p) for p in parameters if not isinstance(p, TyperArgument)]
    commands = [(name, sub.help) for name, sub in getattr(command, "commands", {}).items()]
    words = " ".join(metavar for metavar, _ in arguments)
    rest = "命令 [参数]" if commands else words
    yield f"用法：{context.command_path} [选项] {rest}".rstrip()
    yield ""
    yield from (f"{_INDENT}{line}" for line in wrap(command.help or "", width - len(_INDENT)))
    for title, rows in (("命令", commands), ("参数", arguments), ("选项", options)):
        if rows:
            yield ""
            yield f"{title}："
            yield from _definitions(rows, width, min(_LONGEST_TERM, width // 2))
    if command.epilog:
        yield ""
        yield from _epilog(textwrap.dedent(command.epilog).strip(), width)


def _epilog(text: str, width: int) -> Iterator[str]:
    """Set the examples below a page of help: commands and what they do in two columns."""
    for is_listed, lines in groupby(text.splitlines(), key=lambda line: bool(_EXAMPLE.fullmatch(line))):
        if is_listed:
            found = (_EXAMPLE.fullmatch(line) for line in lines)
            yield from _definitions(((m[1], m[2]) for m in found if m), width, width // 2)
        else:
            yield from lines


class KesuCommand(TyperCommand):
    """A command whose help is ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write("\n".join(_page(self, ctx)) + "\n")


class KesuGroup(TyperGroup):
    """A group of commands whose help is ours."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help page."""
        formatter.write("\n".join(_page(self, ctx)) + "\n")


_MESSAGES = (
    (r"No such option:? '?(?P<name>[^' ]+?)'?(?:[. ].*)?", "没有选项 {name}"),
    (r"No such command '(?P<name>[^']*)'.*", "没有命令 {name}"),
    (r"Option '(?P<name>.*)' requires an argument\.?", "选项 {name} 后面要写一个值"),
    (r"Option '(?P<name>.*)' does not take a value\.?", "选项 {name} 后面不带值"),
    (r"Got unexpected extra argument(?:s|\(s\))? \((?P<name>.*)\)", "多写了 {name}"),
    (r"Missing command\.?", "没有写命令"),
)


def usage_message(error: Any) -> str:
    """Say in Chinese what is wrong with a command line."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "kesu"
    parameter = getattr(error, "param", None)
    where = f"{parameter.opts[0]}：" if parameter is not None and parameter.opts[0].startswith("-") else ""
    if type(error).__name__ == "MissingParameter" and parameter is not None:
        said = f"缺少 {where.replace('：', ' ')}{parameter.metavar}"
    else:
        said = where + _translated(error.message)
    return f"错误：{said}{_offer(context, said)}\n用法说明请看：{path} --help"


def _offer(context: Any, said: str) -> str:
    """Offer the command or option that is spelt most like the unknown one."""
    from difflib import get_close_matches

    if context is None:
        return ""
    commands = getattr(context.command, "commands", {})
    options = [name for parameter in context.command.get_params(context) for name in parameter.opts]
    if said.startswith("多写了 ") and "--unit" in options:
        return f"；单位请写成 --unit {said.removeprefix('多写了 ')}"
    unknown = re.fullmatch(r"没有(命令|选项) (\S+)", said)
    if unknown is None:
        return ""
    near = get_close_matches(unknown[2], commands if unknown[1] == "命令" else options, 1)
    return f"；是否应为 {near[0]}？" if near else ""


def _translated(message: str) -> str:
    for pattern, words in _MESSAGES:
        match = re.fullmatch(pattern, message, re.DOTALL)
        if match:
            return words.format(**match.groupdict())
    return message
