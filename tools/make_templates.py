"""Build the Word templates that ship with kesu: python tools/make_templates.py.

What stands in {{ }} is filled in by render/office; an office may change everything else in Word.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docx.enum.section import WD_SECTION
from official_paper import (
    Column,
    add,
    blank_document,
    content,
    end_section_with_text,
    listing,
    loop,
    named_loop,
    row,
    set_header_and_footer,
    set_page,
    signature,
    table,
)

from kesu_cli.render.tallies import ACTION_WORDS, ANSWERS_WORDS, UNFULFILLED_WORDS
from kesu_cli.render.wording import COUNTED_BY_TIMES

FOLDER = Path(__file__).parent.parent / "src" / "kesu_cli" / "render" / "office" / "template"

FIGURES = (  # a column is wide enough for its longest figure or period in a font a fifth wider than ours
    Column("序号", "序号", 9.5),
    Column("任务", "任务", 31, "表文"),
    Column("承担单位", "牵头", 22, "表文"),
    Column("考核期", "考核期", 30.5),
    Column("目标", "目标", 33),
    Column("完成", "完成", 22),
    Column("完成率", "完成率", 16.6),
    Column("序时\n进度", "序时进度", 16.6),
    Column("进度差\n（百分点）", "进度差", 18),
    Column("判定", "状态", 25.8),
)
ACTIONS = (
    Column("序号", "序号", 12),
    Column("行动、章节", "行动", 75, "表文"),
    Column("硬指标\n达标", "硬指标", 25),
    Column("一般任务\n达标", "一般任务", 25),
    Column("各单位分别\n承担达标", "各单位分别承担", 28),
    Column("未落实", "未落实", 20),
    Column("欠进度", "欠进度", 20),
    Column("其中\n待核实", "其中待核实", 20),
)
UNITS = (
    Column("序号", "序号", 16),
    Column("单位", "单位", 67, "表文"),
    Column("年度报告", "报告", 32),
    Column("汇总任务", "汇总", 17.5),
    Column("未落实", "未落实", 18.5),
    Column("欠进度", "欠进度", 18.5),
    Column("待核实", "待核实", 18.5),
    Column("错误", "错误", 18.5),
    Column("警告", "警告", 18.5),
)
PROBLEMS = (
    Column("序号", "序号", 12),
    Column("级别", "级别", 16),
    Column("单位", "单位", 33, "表文"),
    Column("问题", "问题", 92, "表文"),
    Column("处理办法", "办理", 72, "表文"),
)


def circular() -> Any:
    """Build the template of the circular."""
    document = blank_document()
    set_header_and_footer(document.sections[0])
    add(document, "{{ 文号 }}", "文号")
    add(document, "")
    add(document, "{{ 标题 }}", "公文标题")
    add(document, "")
    add(document, "{{ 主送 }}：", "主送机关")
    add(document, "现将{{ 方案 }}（以下简称《方案》）{{ 年度 }}任务落实情况通报如下（{{ 截至 }}）。")
    loop(document, "说明", "{{ 项 }}")
    add(document, "一、总体情况", "一级标题")
    loop(document, "总体", "{{ 项 }}")
    add(document, "二、各项任务落实情况", "一级标题")
    named_loop(document, "行动")
    add(document, "三、各单位落实情况", "一级标题")
    loop(document, "单位", "{{ 项 }}")
    add(document, "{%p if 问题 %}")
    add(document, "四、存在的主要问题", "一级标题")
    named_loop(document, "问题")
    add(document, "{%p endif %}")
    add(document, "{%p if 要求 %}")
    add(document, "{% if 问题 %}五{% else %}四{% endif %}、下一步工作要求", "一级标题")
    named_loop(document, "要求")
    add(document, "{%p endif %}")
    add(document, "")
    attachments(document)
    signature(document, "署名")
    annexes(document)
    return document


ANNEXES = (
    ("有数量和频次要求的任务完成情况表", "指标表", FIGURES),
    ("各项行动落实情况表", "行动表", ACTIONS),
    ("各单位落实情况表", "单位表", UNITS),
    ("问题清单", "问题表", PROBLEMS),
)
REMARKS = {
    "指标表": "进度差为完成率减序时进度，单位是百分点；序时进度按天计算，定有阶段目标的按阶段目标计算。",
    "行动表": f"{COUNTED_BY_TIMES}{ACTION_WORDS}；未落实、欠进度含待核实而按不利的一头计的。",
    "单位表": f"{ANSWERS_WORDS}；{UNFULFILLED_WORDS}；错误、警告含与其他单位共同涉及的。",
    "问题表": "已豁免的只作标记，不计入各单位的问题数。",
}


def attachments(document: Any) -> None:
    """List the annexes below the body, the second line aligned behind the number."""
    for number, (name, _, _) in enumerate(ANNEXES, start=1):
        lead = "附件：" if number == 1 else "　　　"
        add(document, f"{lead}{number}．{name}").paragraph_format.keep_with_next = True


def annexes(document: Any) -> None:
    """Put the tables on landscape pages."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    set_page(section, landscape=True)
    end_section_with_text(document)
    for number, (name, field, columns) in enumerate(ANNEXES, start=1):
        mark = add(document, f"附件{number}", "附件标识")
        mark.paragraph_format.page_break_before = number > 1
        add(document, name, "附件标题")
        add(document, f"{{{{ 截至 }}}}。{REMARKS[field]}", "表注")
        listing(document, field, columns)


def notice() -> Any:
    """Build the template of the notice to one unit."""
    document = blank_document()
    set_header_and_footer(document.sections[0])
    add(document, "督办单", "公文标题")
    add(document, "{{ 文号 }}", "文号")
    add(document, "")
    add(document, "{{ 承办单位 }}：", "主送机关")
    add(
        document,
        "根据{{ 方案 }}（以下简称《方案》），经检查{{ 年度 }}任务落实情况（{{ 截至 }}），"
        "你单位有下列{{ 事项|length }}项需要办理。请逐项落实，按时限办结，填写所附回执，"
        "连同佐证材料一并报送{{ 督办单位 }}。",
    )
    loop(document, "说明", "{{ 项 }}")
    matter_tables(document)
    group_tables(document)
    add(document, "{%p if 豁免 %}")
    add(document, "以下问题已经批准豁免，本次不要求办理：")
    loop(document, "豁免", "{{ 项 }}")
    add(document, "{%p endif %}")
    add(document, "（联系人：×××，电话：×××××××）").paragraph_format.keep_with_next = True
    signature(document, "督办单位")
    slip(document)
    return document


MATTER = (27, 129)


def line(made: Any, left: str, right: str = "", *, together: bool = True) -> None:
    """Add a row that stands on one page with the next one."""
    for cell in row(made, MATTER, (left, right), ("事项标签", "事项内容")).cells:
        cell.paragraphs[0].paragraph_format.keep_with_next = together or None


def matter_tables(document: Any) -> None:
    """Repeat for each matter a heading and a table of what the plan says, what is, what is wanted."""
    add(document, "{%p for 项 in 单列事项 %}")
    heading = add(
        document, "{{ 项.序号 }}{{ 项.名称 }}{% if 项.编号 %}（{{ 项.编号 }}）{% endif %}", "一级标题"
    )
    heading.paragraph_format.keep_with_next = True
    made = table(document, MATTER)
    for field, label, text in (("原文", "方案原文", "{{ 项.原文 }}"), ("要求", "考核要求", "{{ 项.要求 }}")):
        line(made, f"{{%tr if 项.{field} %}}")
        line(made, label, text)
        line(made, "{%tr endif %}")
    line(made, "{%tr for 句 in 项.现状 %}")
    line(made, "落实情况", "{{ 句 }}")
    line(made, "{%tr endfor %}")
    line(made, "{%tr for 题 in 项.问题 %}")
    line(made, "存在问题", "{{ 题.序号 }}{{ 题.说明 }}")
    line(made, "办理要求", "{{ 题.办理 }}")
    line(made, "{%tr if loop.last %}")
    line(made, "办理时限", "{{ 题.时限 }}", together=False)
    line(made, "{%tr else %}")
    line(made, "办理时限", "{{ 题.时限 }}")
    line(made, "{%tr endif %}")
    line(made, "{%tr endfor %}")
    add(document, "{%p endfor %}")


GROUP = (
    Column("序号", "序号", 14, "事项标签"),
    Column("任务", "名称", 52, "事项内容"),
    Column("方案原文", "原文", 90, "事项内容"),
)


def group_tables(document: Any) -> None:
    """Repeat for each group of like duties a heading, a table of what holds for all, and the list of them."""
    add(document, "{%p for 项 in 同类事项 %}")
    add(document, "{{ 项.序号 }}{{ 项.名称 }}", "一级标题").paragraph_format.keep_with_next = True
    made = table(document, MATTER)
    line(made, "考核要求", "{{ 项.要求 }}")
    line(made, "落实情况", "{{ 项.现状 }}")
    line(made, "存在问题", "{{ 项.问题.说明 }}")
    line(made, "办理要求", "{{ 项.问题.办理 }}")
    line(made, "办理时限", "{{ 项.问题.时限 }}", together=False)
    add(document, "以上各栏对下列任务都适用：").paragraph_format.keep_with_next = True
    listing(document, "项.任务", GROUP)
    add(document, "{%p endfor %}")


SLIP = (
    Column("序号", "序号", 11),
    Column("督办事项", "事项", 33, "表文"),
    Column("办理时限", "时限", 38, "表文"),
    Column("办理情况", "", 34, "表文"),
    Column("完成日期", "", 20, "表文"),
    Column("佐证材料", "", 20, "表文"),
)
BY_HAND = (
    "承办单位（盖章）：{{ 承办单位 }}",
    "负责人（签字）：",
    "经办人：　　　　　　　联系电话：",
    "填报日期：　　　　年　　月　　日",
)


def slip(document: Any) -> None:
    """Add the reply slip on a page of its own."""
    title = add(document, "督办事项办理回执", "公文标题")
    title.paragraph_format.page_break_before = True
    add(document, "（督办单{{ 文号 }}）", "文号")
    add(document, "")
    listing(document, "回执", SLIP, height=24)
    add(document, "")
    for line in BY_HAND:
        add(document, line)


def built() -> Iterable[tuple[str, bytes]]:
    """Yield every template with its name."""
    yield "通报.docx", content(circular())
    yield "督办单.docx", content(notice())


if __name__ == "__main__":
    for name, made in built():
        (FOLDER / name).write_bytes(made)
