"""Opens a form in LibreOffice as a person does: says what it finds as JSON, fills in a row, saves as .xlsx.

Run by the system's Python, which has UNO:  python3 fill_form.py FORM FOLDER PROFILE [--only-open]
FOLDER gets filled.xlsx with what was typed, reworked.xlsx with what people do besides, and sorted.xlsx;
PROFILE is a folder for LibreOffice's own files.
"""

import json
import subprocess
import sys
import time
import uuid

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.table import TableSortField

TYPED = {
    "B": "M06-1 培训科技辅导员",
    "F": "秋季科技辅导员培训班",
    "H": "名",
    "Q": "签到表",
    "R": "佐证/秋季签到表.pdf",
}
NUMBERS = {"C": 45580, "G": 21}  # 2024-10-15 is what LibreOffice makes of the date typed


def prop(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connect(pipe, office):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if office.poll() is not None:
                raise SystemExit("LibreOffice has ended") from None
            time.sleep(0.25)
    raise SystemExit("LibreOffice does not answer")


def validation(cell):
    found = cell.Validation
    return {
        "type": found.Type.value,
        "formula": found.getFormula1(),
        "style": found.ErrorAlertStyle.value,
        "shows_error": found.ShowErrorMessage,
        "error": found.ErrorMessage,
        "shows_input": found.ShowInputMessage,
        "input": found.InputMessage,
    }


def area(range_):
    return [range_.StartColumn, range_.StartRow, range_.EndColumn, range_.EndRow]


def sheet_facts(sheet, styles):
    style = styles.getByName(sheet.PageStyle)
    rows = sheet.getTitleRows() if sheet.getPrintTitleRows() else None
    return {
        "visible": sheet.IsVisible,
        "protected": sheet.isProtected(),
        "landscape": style.IsLandscape,
        "paper": [style.Width, style.Height],
        "pages_wide": style.ScaleToPagesX,
        "print_areas": [area(range_) for range_ in sheet.getPrintAreas()],
        "repeated_row": rows.StartRow if rows else None,
    }


def first_empty(ledger):
    row = 6
    while any(ledger.getCellRangeByName(f"{column}{row}").String for column in "ABQRS"):
        row += 1
    return row


def facts(document):
    sheets = document.Sheets
    ledger = sheets.getByName("台账")
    row = first_empty(ledger)
    styles = document.StyleFamilies.getByName("PageStyles")
    cell = ledger.getCellRangeByName
    return {
        "sheets": {name: sheet_facts(sheets.getByName(name), styles) for name in sheets.ElementNames},
        "row": row,
        "validations": {column: validation(cell(f"{column}{row}")) for column in "BCDEGHLMNQ"},
        "locked": {
            name: cell(name).CellProtection.IsLocked for name in ("B5", "B6", f"B{row}", f"R{row}", "C3")
        },
        "colours": cell(f"B{row}").ConditionalFormat.getCount(),
        "task": sheets.getByName("任务").getCellRangeByName("C4").String,
    }


def fill(document, row):
    ledger = document.Sheets.getByName("台账")
    for column, text in TYPED.items():
        ledger.getCellRangeByName(f"{column}{row}").String = text
    for column, number in NUMBERS.items():
        ledger.getCellRangeByName(f"{column}{row}").Value = number


def rework(document, row):
    """Delete the examples, leave a line free, let the sheet add up the value, and begin another sheet."""
    ledger = document.Sheets.getByName("台账")
    ledger.unprotect("")
    ledger.getCellRangeByName(f"G{row}").Formula = "=9+12"
    ledger.Rows.insertByIndex(row - 1, 1)
    while ledger.getCellRangeByName("A6").String == "示例":
        ledger.Rows.removeByIndex(5, 1)
    document.Sheets.insertNewByName("Sheet1", document.Sheets.Count)


def sort(document):
    """Sort the rows by their dates."""
    field = TableSortField()
    field.Field, field.IsAscending = 2, True
    fields = uno.Any("[]com.sun.star.table.TableSortField", (field,))
    rows = document.Sheets.getByName("台账").getCellRangeByName("A6:U60")
    uno.invoke(rows, "sort", ((prop("SortFields", fields), prop("ContainsHeader", False)),))


def work(context, form, folder):
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    url = uno.systemPathToFileUrl
    document = desktop.loadComponentFromURL(url(form), "_blank", 0, (prop("Hidden", True),))
    found = facts(document)
    steps = {
        "filled": lambda: fill(document, found["row"]),
        "reworked": lambda: rework(document, found["row"]),
        "sorted": lambda: sort(document),
    }
    for name, step in steps.items():
        step()
        document.storeToURL(url(f"{folder}/{name}.xlsx"), (prop("FilterName", "Calc MS Excel 2007 XML"),))
    document.close(True)
    desktop.terminate()
    return found


def only_open(context, form, _folder):
    """Open any file and close it: whether LibreOffice can be driven at all."""
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    document = desktop.loadComponentFromURL(
        uno.systemPathToFileUrl(form), "_blank", 0, (prop("Hidden", True),)
    )
    document.close(True)
    desktop.terminate()


def main(form, folder, profile, *asked):
    pipe = f"kesu{uuid.uuid4().hex}"
    options = [
        "--headless",
        "--norestore",
        "--nologo",
        f"-env:UserInstallation={uno.systemPathToFileUrl(profile)}",
    ]
    office = subprocess.Popen(["soffice", *options, f"--accept=pipe,name={pipe};urp;"])
    try:
        found = (only_open if asked else work)(connect(pipe, office), form, folder)
        print(json.dumps(found, ensure_ascii=False))
        office.wait(timeout=60)
    finally:
        office.kill()


main(*sys.argv[1:])
