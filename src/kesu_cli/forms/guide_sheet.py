"""The first sheet: what is asked for, until when, and how to fill it in."""

from typing import Any

from kesu_cli.forms.form import Form
from kesu_cli.forms.layout import COLUMNS, COMPLETE, DEMO_NOTICE, LEDGER, NOTHING, TASKS
from kesu_cli.forms.style import Style, height_of, landscape, lock, write_title

_LABEL_WIDTH, _TEXT_WIDTH = 14, 104
_UNEXPLAINED = ("number", "sha256")


def write_guide(sheet: Any, form: Form, style: Style) -> None:
    """Write the sheet."""
    sheet.set_column(0, 0, _LABEL_WIDTH)
    sheet.set_column(1, 1, _TEXT_WIDTH)
    write_title(sheet, f"{form.year}年度任务落实情况填报说明", 2, style, demo=form.demo)
    row = 1
    for title, lines in _sections(form):
        sheet.write_string(row, 0, title, style.section)
        row += 1
        for label, text in lines:
            sheet.set_row(row, height_of([(text, _TEXT_WIDTH)], 20))
            sheet.write_string(row, 0, label, style.label)
            sheet.write_string(row, 1, text, style.paragraph)
            row += 1
    landscape(sheet, pages=1)
    sheet.print_area(0, 0, row - 1, 1)
    lock(sheet)


def _sections(form: Form) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    due = f"{form.due.year}年{form.due.month}月{form.due.day}日"
    return (
        (
            "一、基本情况",
            (
                ("单位", form.unit),
                ("年度", str(form.year)),
                ("依据", f"《{form.plan}》"),
                ("报送期限", due),
                *((("注意", DEMO_NOTICE),) if form.demo else ()),
            ),
        ),
        ("二、怎样填", _steps()),
        ("三、台账各列", tuple((c.title, c.prompt) for c in COLUMNS if c.key not in _UNEXPLAINED)),
        (
            "四、颜色",
            (
                ("橙色", "这一格必须填"),
                ("黄色", "可能漏了：任务要求有数值，要写明覆盖哪一部分，或要求有佐证材料"),
            ),
        ),
    )


def _steps() -> tuple[tuple[str, str], ...]:
    return (
        ("1", f"先看“{TASKS}”：本单位承担的任务、原文、目标和目前的状态。这张表不用填。"),
        (
            "2",
            f"在“{LEDGER}”的灰色示例下面填写，一件事一行。以前报过的已经列出，可以改，不要删去仍然属实的。",
        ),
        ("3", "同一件事有几件佐证材料的，从第二件起写在紧接着的下一行，只填佐证各列。"),
        ("4", f"全年没有可报内容的任务，在“{NOTHING}”里写明原因。"),
        ("5", f"填完后把“{LEDGER}”上方的报送状态改为“{COMPLETE}”，填上报送日期。"),
        ("6", "保存为 .xlsx 格式报回。"),
        (
            "注意",
            "不合并单元格，不加合计行，不写“同上”；没有的空着，不写“无”；不排序，不改表头和列的顺序，不另加工作表。",
        ),
    )
