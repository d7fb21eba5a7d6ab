"""A form that came back, read whole: every fault with its cell, or the progress that it reports."""

import re
from typing import Any

from kesu_cli.forms.cell_check import check_results, check_text
from kesu_cli.forms.date_cells import read_one_day
from kesu_cli.forms.form_context import FormContext
from kesu_cli.forms.form_fault import FormFault
from kesu_cli.forms.layout import (
    BASE_COLUMN,
    COMPLETE,
    DEMO,
    DRAFT,
    HIDDEN,
    LEDGER,
    META,
    NO,
    NOTE_AT,
    NOTHING,
    PRINTED_COLUMN,
    SHEETS,
    STATE_ROW,
    STATUS_AT,
    SUBJECT_ROW,
    SUBMITTED_AT,
    VERSION,
    YES,
    cell_name,
    subject,
)
from kesu_cli.forms.ledger_reading import LedgerReader
from kesu_cli.forms.nothing_to_report_reading import read_nothing
from kesu_cli.forms.placeholder import read_words
from kesu_cli.forms.printed_text_check import check_printed
from kesu_cli.forms.reading_faults import Found, Taken
from kesu_cli.forms.returned_cells import ReturnedSheet, read_sheets
from kesu_cli.forms.unread_content import check_unread
from kesu_cli.forms.wrong_date import Written

_EXPORT_AGAIN = "请用 kesu form export 重新导出，把内容照着填进新表"
_YEAR = re.compile(r"(?:19|20)\d\d")
_STATES = {DRAFT: "draft", COMPLETE: "complete"}


def take(content: bytes, context: FormContext) -> Taken:
    """Read the bytes of a form; raises NotAForm where they are no workbook.

    The data is complete only where nothing is wrong.
    """
    sheets = read_sheets(content)
    found = Found()
    meta = _meta(sheets, found)
    if meta is None:
        return Taken("", 0, "", {}, found)
    unit, year = meta["单位"], int(meta["年度"])
    base, printed = (sheets[HIDDEN].column(column) for column in (BASE_COLUMN, PRINTED_COLUMN))
    taken = Taken(unit, year, meta["方案校验值"], {"unit": unit, "year": str(year)}, found, base)
    _check_whose(meta, sheets[LEDGER], context, found)
    if not found.faults:
        taken.data.update({"demo": "true"} if meta[DEMO] == YES else {})
        for sheet in sheets.values():
            if sheet.name != HIDDEN:
                check_unread(sheet, found)
            if sheet.name in SHEETS and sheet.name != HIDDEN:
                check_printed(sheet, printed, found)
        taken.data.update(_state(sheets[LEDGER], found))
        entries = LedgerReader(sheets[LEDGER], context, found, year).entries(meta["示例校验值"].split())
        nothing = read_nothing(sheets[NOTHING], context, found)
        taken.data.update({"entries": entries} if entries else {})
        taken.data.update({"nothing_to_report": nothing} if nothing else {})
    return taken


def _meta(sheets: dict[str, ReturnedSheet], found: Found) -> dict[str, str] | None:
    """Read what the form says about itself; None where it isn't one of ours or not whole."""
    if HIDDEN not in sheets:
        message = "这不是 kesu 导出的填报表，或内容是复制到别的表格文件里的（缺少隐藏的表单信息）"
        found.faults.append(FormFault(next(iter(sheets)), "A1", message, _EXPORT_AGAIN))
        return None
    hidden = sheets[HIDDEN]
    meta = {label: hidden.cell(row, 1) for row, label in enumerate(META)}
    if meta["表单版本"] != VERSION:
        version = meta["表单版本"] or "空白"
        found.of_form(f"填报表的版本是“{version}”，现在用的是“{VERSION}”", _EXPORT_AGAIN)
        return None
    if not _YEAR.fullmatch(meta["年度"]) or meta[DEMO] not in (YES, NO):
        found.of_form("这份填报表的内部记录被改过，不知道是谁、哪一年的", _EXPORT_AGAIN)
        return None
    for name in (LEDGER, NOTHING):
        if name not in sheets:
            found.faults.append(
                FormFault(name, "A1", f"缺少工作表“{name}”（可能改了名或被删除）", _EXPORT_AGAIN)
            )
    for name, sheet in sheets.items():
        if name not in SHEETS and not sheet.is_empty:
            message = f"多了一张工作表“{name}”，里面的内容不会被读取"
            hint = f"要报的内容请填进“{LEDGER}”，再删去这张表"
            found.faults.append(FormFault(name, sheet.first_cell, message, hint))
    return None if LEDGER not in sheets or NOTHING not in sheets else meta


def _check_whose(meta: dict[str, str], ledger: ReturnedSheet, context: FormContext, found: Found) -> None:
    """Find the form of another plan, unit or year, or a ledger copied in from another form."""
    if meta["方案"] != context.terms.plan.title:
        message = f"这是另一份方案（《{meta['方案']}》）的填报表，现在的方案是《{context.terms.plan.title}》"
        found.of_form(message, _EXPORT_AGAIN)
    if context.terms.units.find_one(meta["单位"]) not in context.terms.units.reporting:
        message = f"方案的单位里没有“{meta['单位']}”，或它不用报送"
        found.of_form(message, _EXPORT_AGAIN)
    if context.year and context.year != int(meta["年度"]):
        message = f"这是 {meta['年度']} 年度的填报表，要导入的是 {context.year} 年度"
        found.of_form(message, "请核对是不是选错了文件，或改 --year")
    wanted, read = subject(meta["单位"], int(meta["年度"])), ledger.cell(SUBJECT_ROW, 0)
    if read != wanted and not found.faults:
        message = f"{read_words(read)}，应为“{wanted}”；这张台账可能是从别的填报表复制来的"
        found.fault(LEDGER, (SUBJECT_ROW, 0), message, _EXPORT_AGAIN)


def _state(ledger: ReturnedSheet, found: Found) -> dict[str, Any]:
    """Read whether the report is complete, when it was handed in, and the note on it all."""
    state = {"status": _STATES.get(ledger.cell(*STATUS_AT), "draft")}
    for path, at in (("status", STATUS_AT), ("submitted", SUBMITTED_AT), ("note", NOTE_AT)):
        found.came_from((path,), LEDGER, at)
    if ledger.cell(*STATUS_AT) not in _STATES:
        message = f"报送状态{read_words(ledger.cell(*STATUS_AT))}"
        found.fault(LEDGER, STATUS_AT, message, f"请选“{DRAFT}”或“{COMPLETE}”")
    text, number = ledger.cell(*SUBMITTED_AT), ledger.numbers.get(SUBMITTED_AT)
    check_results(ledger, STATE_ROW, found)
    submitted = read_one_day(Written(number or text, LEDGER, SUBMITTED_AT, 0, bool(number)), found)
    if state["status"] == "complete" and not ledger.cell(*SUBMITTED_AT):
        message = f"报送状态是“{COMPLETE}”，没有填报送日期"
        found.fault(LEDGER, SUBMITTED_AT, message, f"请在 {cell_name(*SUBMITTED_AT)} 填上报送的那一天")
    note = check_text(ledger.cell(*NOTE_AT), LEDGER, NOTE_AT, found)
    return state | ({"submitted": submitted} if submitted else {}) | ({"note": note} if note else {})
