"""Checks that hold for the cells of every sheet."""

from kesu_cli.forms.layout import cell_name
from kesu_cli.forms.reading_faults import Found
from kesu_cli.forms.returned_cells import ReturnedSheet
from kesu_cli.invisible import UNSEEN, unseen


def check_merged(sheet: ReturnedSheet, header_row: int, found: Found) -> None:
    """Find the merged cells at and below the header."""
    for start, end in sorted(sheet.merged):
        if end[0] >= header_row:
            message = f"{cell_name(*start)}:{cell_name(*end)} 合并了单元格"
            found.fault(sheet.name, start, message, "请取消合并，每一行都写全")


def check_text(text: str, sheet: str, at: tuple[int, int], found: Found) -> str:
    """Return a text without the characters that can't be seen; the first of them is a fault."""
    name = unseen(text)
    if name:
        message = f"有看不见的字符 {name}"
        found.fault(sheet, at, message, "常见于从网页或聊天软件复制粘贴；请清空这一格，重新输入")
    return UNSEEN.sub("", text).strip()


def check_results(sheet: ReturnedSheet, row: int, found: Found) -> bool:
    """Whether the row holds formulas without a result; each is a fault."""
    broken = sorted((at, failure) for at, failure in sheet.look.broken.items() if at[0] == row)
    for at, failure in broken:
        found.unreadable(sheet.name, at, f"公式没有算出结果（{failure}）", "请填上实际的内容，不用公式")
    return bool(broken)
