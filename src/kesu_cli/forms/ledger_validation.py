"""What the spreadsheet itself checks while the ledger is filled in: lists, dates, numbers, colours."""

from datetime import date
from typing import Any

from kesu_cli.forms.form import Form
from kesu_cli.forms.hidden_sheet import Choices
from kesu_cli.forms.layout import COLUMNS, INDEX, STATUS_AT, SUBMITTED_AT, column_letters
from kesu_cli.forms.style import Style

_LONGEST_TITLE, _LONGEST_MESSAGE = 32, 255
_STRICT, _LENIENT = "stop", "warning"


def add_checks(sheet: Any, form: Form, style: Style, choices: Choices, rows: tuple[int, int]) -> None:
    """Add validations and conditional colours to the rows that are filled in."""
    for column in COLUMNS:
        rule = _rule(column.key, form, choices, rows[0])
        if rule:
            index = INDEX[column.key]
            sheet.data_validation(rows[0], index, rows[1], index, _spoken(rule, column.title, column.prompt))
    state = _listed(choices.filing_states, _STRICT)
    sheet.data_validation(
        *STATUS_AT, *STATUS_AT, _spoken(state, "报送状态", "填完了选“报送完毕”，并填报送日期")
    )
    day = _between(date(form.year, 1, 1), date(form.year + 5, 12, 31))
    sheet.data_validation(
        *SUBMITTED_AT, *SUBMITTED_AT, _spoken(day, "报送日期", "报送的那一天，如 2025-01-08")
    )
    _add_colours(sheet, style, choices, rows)


def _rule(key: str, form: Form, choices: Choices, first_row: int) -> dict[str, Any]:
    amount = {"validate": "decimal", "criteria": ">=", "value": 0, "error_type": _LENIENT}
    return {
        "task": _listed(choices.tasks, _STRICT),
        "date": _day_of_year(form.year, first_row),
        "until": _between(date(form.year, 1, 1), date(form.year, 12, 31)),
        "month": _listed(choices.months, _STRICT),
        "name": {"validate": "any"},
        "value": amount,
        "unit": _listed(choices.measures, _STRICT),
        "numerator": amount,
        "denominator": amount,
        "items": {"validate": "any"},
        "status": _listed(choices.states, _STRICT),
        "jointly_with": _listed(choices.units, _LENIENT),
        "counted_by": _listed(choices.units, _STRICT),
        "kind": _listed(choices.kinds, _LENIENT),
        "path": {"validate": "any"},
    }.get(key, {})


def _day_of_year(year: int, row: int) -> dict[str, Any]:
    """Admit a day of the year, and one before it where the matter ended within the year."""
    day, until = (f"${column_letters(INDEX[key])}{row + 1}" for key in ("date", "until"))
    first, last = (f"DATE({year},{month},{day_})" for month, day_ in ((1, 1), (12, 31)))
    inside = f"AND({day}>={first},{day}<={last})"
    before = f"AND(ISNUMBER({until}),{day}<{first},{until}>={first},{until}<={last})"
    formula = f"=AND(ISNUMBER({day}),OR({inside},{before}))"
    return {"validate": "custom", "value": formula, "error_type": _STRICT}


def _listed(source: str, error_type: str) -> dict[str, Any]:
    return {"validate": "list", "source": source, "error_type": error_type}


def _between(first: date, last: date) -> dict[str, Any]:
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": first,
        "maximum": last,
        "error_type": _STRICT,
    }


_ERRORS = {
    "list": {
        _STRICT: "请从下拉列表里选，不要自己写。",
        _LENIENT: "不在列表里。写的是几个单位或别的种类时，选“是”。",
    },
    "date": {_STRICT: "请填日期，如 2024-07-16，并且要在本年度内。只知道月份的，请在“月份”里选。"},
    "custom": {
        _STRICT: "请填本年度的日期，如 2024-07-16；上年开始、本年度结束的，先填“结束日期”。"
        "只知道月份的，在“月份”里选。"
    },
    "decimal": {_LENIENT: "不是纯数字。确实要写 2万、15.4% 这样的，选“是”。"},
}


def _spoken(rule: dict[str, Any], title: str, prompt: str) -> dict[str, Any]:
    """Add what is said when the cell is chosen and when something else is put in."""
    said = _ERRORS.get(rule["validate"], {}).get(rule.get("error_type", ""), "")
    return {
        **rule,
        "input_title": title[:_LONGEST_TITLE],
        "input_message": prompt[:_LONGEST_MESSAGE],
        "error_title": f"{title}不对"[:_LONGEST_TITLE],
        "error_message": said,
        "ignore_blank": True,
    }


def _add_colours(sheet: Any, style: Style, choices: Choices, rows: tuple[int, int]) -> None:
    first = rows[0]
    cell = {key: f"${column_letters(index)}{first + 1}" for key, index in INDEX.items()}
    facts = f"COUNTA({cell['task']}:{cell['note']})>0"
    begun = f"AND({facts},{{}})"
    in_list = "COUNTIF({},{})>0"
    valued = in_list.format(choices.with_value[1:], cell["task"])
    parted = in_list.format(choices.with_items[1:], cell["task"])
    proven = in_list.format(choices.with_evidence[1:], cell["task"])
    no_figure = f'{cell["value"]}="",{cell["numerator"]}=""'
    no_proof = f'{cell["path"]}="",{cell["url"]}=""'
    colours = (
        ("task", begun.format(f'{cell["task"]}=""'), style.missing),
        ("date", begun.format(f'{cell["date"]}="",{cell["month"]}=""'), style.missing),
        ("name", begun.format(f'{cell["name"]}=""'), style.missing),
        ("value", f"AND({valued},{no_figure})", style.doubtful),
        ("items", f'AND({parted},{cell["items"]}="")', style.doubtful),
        ("path", f"AND({proven},{no_proof})", style.doubtful),
        ("kind", f'AND({cell["kind"]}="",OR({cell["path"]}<>"",{cell["url"]}<>""))', style.missing),
    )
    for key, formula, colour in colours:
        index = INDEX[key]
        rule = {"type": "formula", "criteria": f"={formula}", "format": colour}
        sheet.conditional_format(first, index, rows[1], index, rule)
