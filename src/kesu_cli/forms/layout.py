"""Where things stand in a form: sheets, columns and rows, the same for writing and for reading."""

from typing import NamedTuple

VERSION = "3"

GUIDE = "填报说明"
TASKS = "任务"
LEDGER = "台账"
NOTHING = "无可报送"
HIDDEN = "_kesu"
SHEETS = (GUIDE, TASKS, LEDGER, NOTHING, HIDDEN)

EXAMPLE = "示例"
DRAFT, COMPLETE = "草稿", "报送完毕"
DONE, ONGOING = "已办结", "办理中"
SEPARATOR = "、"
DEMO = "演示数据"
DEMO_NOTICE = f"{DEMO}：已经列出的数字均为虚构，不代表任何单位的实际工作"
YES, NO = "是", "否"


class FormColumn(NamedTuple):
    """A column of the ledger: what it holds, its heading, its width and what its cells say when chosen."""

    key: str
    title: str
    width: float
    prompt: str


COLUMNS = (
    FormColumn("number", "序号", 5, "不用填"),
    FormColumn("task", "任务", 19, "从下拉列表里选"),
    FormColumn(
        "date", "日期", 11, "办结的那一天，如 2024-07-16；跨几天的填第一天；只知道月份的不填，在“月份”里选"
    ),
    FormColumn("until", "结束日期", 11, "跨几天的填最后一天；当天结束的不填"),
    FormColumn("month", "月份", 7, "说不清哪一天时才选；选了月份就不填日期"),
    FormColumn("name", "名称", 23, "做了什么，如“暑期科技辅导员培训班”；一件事一行"),
    FormColumn("value", "数值", 8, "只填这一次的数，不填累计；可写 18、2万、15.4%"),
    FormColumn("unit", "计量单位", 7, "要与任务要求的一致；不填即按任务要求"),
    FormColumn("numerator", "分子", 7, "比率可以填分子、分母，这时“数值”不填"),
    FormColumn("denominator", "分母", 7, "比率可以填分子、分母，这时“数值”不填"),
    FormColumn("items", "覆盖部分", 9, "任务点名几个部分的，写这次覆盖的部分，用顿号隔开"),
    FormColumn("status", "办理情况", 8, "还没有办完的选“办理中”，暂不计入；不填即已办结"),
    FormColumn("jointly_with", "联合单位", 12, "一起办的其他单位，几个的用顿号隔开"),
    FormColumn("counted_by", "由谁计数", 10, "几个单位合办一件事只能计一次：由别的单位计数的，填那个单位"),
    FormColumn("cited_from", "引用来源", 9, "数据引自上级或别的单位的，写明来源"),
    FormColumn("note", "备注", 10, "需要说明的事"),
    FormColumn("kind", "佐证种类", 8, "一件佐证一行；第二件起写在下一行，只填佐证各列"),
    FormColumn(
        "path", "佐证文件", 18, "材料在资料库里的位置，如 佐证/2024/签到表.pdf；只有纸质的，写“存档：编号”"
    ),
    FormColumn("url", "佐证网址", 18, "网上能看到的写网址"),
    FormColumn("evidence_note", "佐证说明", 9, "需要说明的事"),
    FormColumn("sha256", "校验值", 10, "不用填"),
)
EVIDENCE = ("kind", "path", "url", "evidence_note", "sha256")
INDEX = {column.key: index for index, column in enumerate(COLUMNS)}

TITLE_ROW, SUBJECT_ROW, STATE_ROW, LEGEND_ROW, HEADER_ROW = range(5)
FIRST_ROW = 5
STATUS_AT = (STATE_ROW, 2)
SUBMITTED_AT = (STATE_ROW, 5)
NOTE_AT = (STATE_ROW, 8)

NOTHING_TITLES = ("任务", "原因")
NOTHING_HEADER_ROW = 2
NOTHING_FIRST_ROW = 3

META = ("表单版本", "方案", "方案校验值", "年度", "单位", "示例校验值", DEMO)
BASE_COLUMN, PRINTED_COLUMN, LISTS_COLUMN = 2, 3, 4


def subject(unit: str, year: int) -> str:
    """Return the line of the ledger that says whose it is and of which year."""
    return f"填报单位：{unit}　　年度：{year}"


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0."""
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(ord("A") + rest) + letters
        column -= 1
    return letters


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell whose row and column are counted from 0."""
    return f"{column_letters(column)}{row + 1}"
