"""A form as the bytes of an .xlsx file: the same form, the same bytes."""

from datetime import UTC, datetime
from io import BytesIO

from xlsxwriter import Workbook

from kesu_cli.forms.example_rows import digests, example_rows
from kesu_cli.forms.form import Form
from kesu_cli.forms.guide_sheet import write_guide
from kesu_cli.forms.hidden_sheet import write_hidden, write_printed
from kesu_cli.forms.layout import DEMO, SHEETS
from kesu_cli.forms.ledger_sheet import write_ledger
from kesu_cli.forms.nothing_to_report_sheet import write_nothing
from kesu_cli.forms.printed_text_check import Printed
from kesu_cli.forms.style import style
from kesu_cli.forms.task_sheet import write_tasks


def workbook(form: Form) -> bytes:
    """Write a form; raises DoesNotFit where something is too long for a cell."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties(
        {
            "title": f"{form.unit}{form.year}年度任务落实情况填报表",
            "comments": DEMO if form.demo else "",
            "created": datetime(form.year, 1, 1, tzinfo=UTC),
        }
    )
    formats = style(book)
    examples = example_rows(form)
    *sheets, hidden = (Printed(name, book.add_worksheet(name)) for name in SHEETS)
    guide, tasks, ledger, nothing = sheets
    choices = write_hidden(hidden, form, digests(examples))
    write_guide(guide, form, formats)
    write_tasks(tasks, form, formats)
    write_ledger(ledger, form, formats, choices, examples)
    write_nothing(nothing, form, formats, choices)
    write_printed(hidden, (digest for sheet in sheets for digest in sheet.texts))
    book.close()
    return content.getvalue()
