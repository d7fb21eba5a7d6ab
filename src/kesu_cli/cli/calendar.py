"""kesu calendar: what falls due in the days to come."""

from pathlib import Path
from typing import Annotated, Any

import typer

from kesu_cli import VERSION
from kesu_cli.cli.clock import given_day, today
from kesu_cli.cli.shell_completion import units
from kesu_cli.cli.whole_number import whole_number
from kesu_cli.diagnostic import Refusal

_FORMATS = ("table", "json", "ics")
_LONGEST = 3660

EXAMPLES = """
例：
  kesu calendar                                     全市今后 90 天到期的事项
  kesu calendar --unit 市教体局 --days 180          一个单位，半年
  kesu calendar --unit 市教体局 --format ics -o 日历.ics   存成日历文件，手机和 Outlook 都能导入

先列已经逾期的：过了期限没有完成的任务、没有报送的年度进展；再按日期列今后到期的：硬任务的考核期、
有期限的任务、年度进展报送截止、豁免到期。已经达标的只计数，不列。过去年度没有完成的年度任务请看 kesu check。
"""


def calendar(
    unit: Annotated[str, typer.Option(metavar="单位", help="只看一个单位承担的", autocompletion=units)] = "",
    days: Annotated[
        int, typer.Option(parser=whole_number, metavar="天数", help="往后看多少天（默认 90）")
    ] = 90,
    as_of: Annotated[str | None, typer.Option(metavar="日期", help="从哪一天看起；不写则今天")] = None,
    format_name: Annotated[
        str | None, typer.Option("--format", metavar="格式", help="table（默认）、json、ics")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="文件", help="存成文件，不写则打印")
    ] = None,
) -> None:
    """看什么已经逾期、今后一段日子什么到期：任务、年度报送、豁免；可存成手机日历。"""
    from kesu_cli.cli import console
    from kesu_cli.cli.output_file import save
    from kesu_cli.engine.calendar import calendar
    from kesu_cli.engine.check import Request

    _refuse_format(format_name, output)
    if not 1 <= days <= _LONGEST:
        raise Refusal(f"--days 可写 1 至 {_LONGEST}")
    found = calendar(Request((Path(),), today(), given_day(as_of), unit=unit), days, VERSION)
    if output is not None:
        save(_written(found, format_name), output, found)
    elif format_name in (None, "table"):
        from kesu_cli.render.terminal.calendar_page import layout

        console.show(layout(found))
    else:
        console.write_bytes(_written(found, format_name))


def _refuse_format(format_name: str | None, output: Path | None) -> None:
    if format_name is not None and format_name not in _FORMATS:
        raise Refusal(f"--format 可写：{'、'.join(_FORMATS)}")
    if output and format_name is None:
        raise Refusal(f"请用 --format 写明存成哪种格式：{'、'.join(_FORMATS)}")


def _written(calendar: Any, format_name: str | None) -> bytes:
    """Write the calendar in a format; a file that holds the table is plain text."""
    if format_name == "ics":
        from kesu_cli.render.office import calendar_ics

        return calendar_ics.render(calendar)
    from kesu_cli.render.json import calendar_v1
    from kesu_cli.render.json.json_base import written
    from kesu_cli.render.terminal import calendar_page as page
    from kesu_cli.render.terminal.layout_to_text import to_bytes

    return (
        to_bytes(page.layout(calendar)) if format_name == "table" else written(calendar_v1.public(calendar))
    )
