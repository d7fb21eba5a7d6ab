"""Checks that hold for the cells of every sheet."""

import re

from kesu_cli.forms.layout import cell_name
from kesu_cli.forms.reader import Found
from kesu_cli.forms.sheet import Sheet

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")


def check_merged(sheet: Sheet, header_row: int, found: Found) -> None:
    """Find the merged cells at and below the header."""
    for start, end in sorted(sheet.merged):
        if end[0] >= header_row:
            message = f"{cell_name(*start)}:{cell_name(*end)} 合并了单元格"
            found.fault(sheet.name, start, message, "请取消合并，每一行都写全")


def check_text(text: str, sheet: str, at: tuple[int, int], found: Found) -> bool:
    """Whether a text holds no character that can't be seen."""
    control = _CONTROL.search(text)
    if control:
        message = f"有看不见的控制字符 U+{ord(control[0]):04X}"
        found.fault(sheet, at, message, "常见于从网页或其他软件复制粘贴；请把这一格重新输入")
    return control is None


def check_results(sheet: Sheet, row: int, found: Found) -> bool:
    """Whether the row holds formulas without a result; each is a fault."""
    broken = sorted((at, failure) for at, failure in sheet.broken.items() if at[0] == row)
    for at, failure in broken:
        found.fault(sheet.name, at, f"公式没有算出结果（{failure}）", "请填上实际的内容，不用公式")
    return bool(broken)
