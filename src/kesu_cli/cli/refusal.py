"""How a command ends that refuses, or lacks a library: a sentence on stderr and exit code 2."""

import typer

from kesu_cli.cli.exit_code import COULD_NOT_JUDGE
from kesu_cli.diagnostic import Refusal

EXTRAS = {  # what a library is needed for, and the extra of pyproject.toml that brings it
    "jinja2": ("写网页（html）", "office"),
    "markupsafe": ("写网页（html）", "office"),
    "pygal": ("写网页（html）", "office"),
    "xlsxwriter": ("写表格（xlsx）", "office"),
    "python_calamine": ("读填报表（xlsx）", "office"),
    "docxtpl": ("写文书（docx）", "office"),
    "icalendar": ("写日历（ics）", "office"),
    "docx": ("读 Word 文件（docx）", "draft"),
    "lxml": ("读网页（html）", "draft"),
    "rapidfuzz": ("读方案里的任务表", "draft"),
}


def refused(refusal: Refusal) -> int:
    """Say why nothing was done, if anybody can hear it, and return the exit code of that."""
    if str(refusal):
        typer.echo(f"错误：{' '.join(str(refusal).split(chr(10)))}", err=True)
    return COULD_NOT_JUDGE


def install_sentence(missing: ModuleNotFoundError) -> str:
    """Name the extra that a missing library belongs to, or return an empty string where it is of none."""
    library = (missing.name or "").partition(".")[0]
    if library not in EXTRAS:
        return ""
    task, extra = EXTRAS[library]
    return f'{task}要先安装 {extra} 组件：pip install "kesu-cli[{extra}]"'
