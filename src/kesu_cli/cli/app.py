"""Puts the commands together and runs one of them."""

import codecs
import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from kesu_cli import VERSION
from kesu_cli.cli import (
    calendar,
    check,
    close,
    explain,
    fix,
    form,
    init,
    log,
    plan,
    record,
    report,
    rule,
    schema,
)
from kesu_cli.cli.exit_code import COULD_NOT_JUDGE, INTERRUPTED
from kesu_cli.cli.help import KesuCommand, KesuGroup, usage_message
from kesu_cli.cli.refusal import install_sentence, refused
from kesu_cli.cli.stream import OutputError, guard_streams
from kesu_cli.diagnostic import Refusal
from kesu_cli.invisible import shown
from kesu_cli.rules import EXAMPLE
from kesu_cli.source.os_error_wording import why

_EXAMPLES = f"""
例：
  kesu check progress/2024/        检查 2024 年各单位的进展
  kesu report --unit 市教体局      看一个单位承担什么、还要补什么
  kesu explain M06-1               看一个数是怎么算出来的
  kesu rule {EXAMPLE}                  看一条规则的说明
"""

_LONGEST_NAME = 100

app = typer.Typer(
    name="kesu",
    cls=KesuGroup,
    help="科素（kesu）：对照方案，检查各单位任务落实到什么程度、还缺什么、该由谁办。",
    epilog=_EXAMPLES,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(cls=KesuCommand, epilog=check.EXAMPLES)(check.check)
app.command(cls=KesuCommand, epilog=report.EXAMPLES)(report.report)
app.command(cls=KesuCommand, epilog=explain.EXAMPLES)(explain.explain)
app.command(cls=KesuCommand, epilog=calendar.EXAMPLES)(calendar.calendar)
app.command(cls=KesuCommand, epilog=log.EXAMPLES)(log.log)
app.command(cls=KesuCommand, epilog=rule.EXAMPLES)(rule.rule)
app.command(cls=KesuCommand, epilog=record.EXAMPLES)(record.record)
app.command(cls=KesuCommand, epilog=fix.EXAMPLES)(fix.fix)
app.command(cls=KesuCommand, epilog=close.CLOSE_EXAMPLES)(close.close)
app.command(cls=KesuCommand, epilog=close.REOPEN_EXAMPLES)(close.reopen)
app.command(cls=KesuCommand, epilog=init.EXAMPLES)(init.init)
app.command(cls=KesuCommand, epilog=schema.EXAMPLES)(schema.schema)
app.add_typer(form.app)
app.add_typer(plan.app)


def show_version(*, wanted: bool) -> None:
    """Print the version and stop, where it was asked for."""
    if wanted:
        typer.echo(f"kesu {VERSION}")
        raise typer.Exit


_VERSION = typer.Option("--version", callback=show_version, is_eager=True, help="显示版本号并退出")


@app.callback()
def kesu(*, version: Annotated[bool, _VERSION] = False) -> None:
    """科素（kesu）：对照方案，检查各单位任务落实到什么程度、还缺什么、该由谁办。"""


_COMPLETION_HELP = {
    "install_completion": "为当前命令行安装自动补全（单位、任务、规则也能补全）",
    "show_completion": "显示自动补全脚本，供自行安装",
}


def _command() -> Any:
    """Return the whole command, with the help of typer's own options in Chinese."""
    whole: Any = typer.main.get_command(app)
    for parameter in whole.params:
        parameter.help = _COMPLETION_HELP.get(parameter.name, parameter.help)
    return whole


def _usage_error() -> type[Exception]:
    """Return typer's class of usage errors, which it does not export by itself."""
    return next(base for base in typer.BadParameter.__mro__ if base.__name__ == "UsageError")


def _require_readable_names() -> None:
    """End where the locale lets no Chinese file name be read: every path would be wrong."""
    if codecs.lookup(sys.getfilesystemencoding()).name != "utf-8":
        raise Refusal(
            "当前的系统语言设置读不了中文文件名；"
            "请先运行 export PYTHONUTF8=1（或 export LC_ALL=C.UTF-8），再运行 kesu"
        )


def run(arguments: Sequence[str], was_interrupted: Callable[[], bool] = lambda: False) -> int:
    """Run one command and return the exit code; no traceback unless KESU_DEBUG asks for one.

    What fails after it was interrupted failed because of that, whatever the error is called.
    """
    guard_streams()
    try:
        code = _ended(arguments, was_interrupted)
        sys.stdout.flush()
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except OutputError as gone:
        return refused(gone)
    return code


def _ended(arguments: Sequence[str], was_interrupted: Callable[[], bool]) -> int:
    try:
        return _outcome(arguments)
    except _usage_error() as wrong:
        return _wrong_usage(wrong)
    except typer.Exit as ended:
        return ended.exit_code
    except (typer.Abort, OutputError):
        raise
    except Exception as error:  # noqa: BLE001 - the last line of defence: a sentence instead of a traceback
        if was_interrupted():
            return INTERRUPTED
        return refused(error) if isinstance(error, Refusal) else _failed(error)


def _outcome(arguments: Sequence[str]) -> int:
    """Run the command that the arguments name."""
    _require_readable_names()
    code = _command()(args=list(arguments), prog_name="kesu", standalone_mode=False)
    return code if isinstance(code, int) else 0


def _wrong_usage(error: Any) -> int:
    if type(error).__name__ == "NoArgsIsHelpError":
        typer.echo(error.ctx.get_help())
    else:
        typer.echo(usage_message(error), err=True)
    return COULD_NOT_JUDGE


def _failed(error: Exception) -> int:
    if isinstance(error, ModuleNotFoundError) and (sentence := install_sentence(error)):
        return refused(Refusal(sentence))
    if os.environ.get("KESU_DEBUG"):
        import traceback

        traceback.print_exc()
    if isinstance(error, OSError) and isinstance(error.filename, str):
        named = shown(error.filename[:_LONGEST_NAME])
        return refused(Refusal(f"{named} 读不了或写不了（{why(error)}）；请核对路径和权限"))
    said = f"{type(error).__name__}: {error}"
    typer.echo(f"kesu 内部出错（{said}）；没有作出任何判定，请报告给维护者", err=True)
    return COULD_NOT_JUDGE
