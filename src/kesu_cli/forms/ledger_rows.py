"""Entries of a progress file as rows of the ledger."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kesu_cli.forms.form import Form
from kesu_cli.forms.layout import DONE, ONGOING, SEPARATOR
from kesu_cli.model.evidence import ON_PAPER
from kesu_cli.model.window import Days, Precision, read_day, read_days

Cell = str | float | date
LedgerRow = dict[str, Cell]

_TEXTS = ("name", "unit", "counted_by", "cited_from", "note")
_AMOUNTS = ("value", "numerator", "denominator")
_LISTS = ("items", "jointly_with")
_NUMBER = re.compile(r"(?:0|[1-9]\d{0,14})(?:\.\d+)?")
_STATES = {"done": DONE, "ongoing": ONGOING}
_FIRST_SERIAL_YEAR = 1901  # the spreadsheet's calendar is wrong before


def ledger_rows(form: Form) -> Iterator[LedgerRow]:
    """Return the rows of all entries: one with everything, and one more for each further evidence.

    They bear the number of their entry, so that it shows when rows have been sorted or torn apart.
    """
    for number, entry in enumerate(form.filing.get("entries") or (), 1):
        first, *rest = _evidence(entry) or [{}]
        yield {"number": number, **_facts(form, entry), **first}
        yield from ({"number": number, **piece} for piece in rest)


def nothing_rows(form: Form) -> Iterator[tuple[str, str]]:
    """Return task and reason of every statement that there is nothing to report."""
    for row in form.filing.get("nothing_to_report") or ():
        yield form.choice(row["task"]), row["reason"]


def _facts(form: Form, entry: Mapping[str, Any]) -> LedgerRow:
    row: LedgerRow = {"task": form.choice(entry["task"]), **_when(entry["date"], form.year)}
    row |= {key: entry[key] for key in _TEXTS if entry.get(key)}
    row |= {key: number(entry[key]) for key in _AMOUNTS if entry.get(key)}
    row |= {key: joined(entry[key]) for key in _LISTS if entry.get(key)}
    if entry.get("status"):
        row["status"] = _STATES[entry["status"]]
    return row


def _evidence(entry: Mapping[str, Any]) -> list[LedgerRow]:
    return [
        dict(_piece_cell(key, text) for key, text in piece.items() if text)
        for piece in entry.get("evidence") or ()
    ]


def _piece_cell(key: str, text: str) -> tuple[str, str]:
    """Return the column of a part of a piece of evidence and what stands there; a paper has none."""
    if key == "archive":
        return "path", f"{ON_PAPER}{text}"
    return "evidence_note" if key == "note" else key, text


def _when(written: str | Mapping[str, str], year: int) -> LedgerRow:
    if isinstance(written, Mapping):
        return {"date": day_cell(written["from"]), "until": day_cell(written["to"])}
    days = read_days(written)
    if days.precision is Precision.MONTH:
        return {"month": month_words(days, year)}
    return {"date": day_cell(written)}


def day_cell(written: str) -> Cell:
    """Return a day as the spreadsheet keeps it."""
    day = read_day(written)
    return day if day.year >= _FIRST_SERIAL_YEAR else day.isoformat()


def month_words(days: Days, year: int) -> str:
    """Name a month; that of another year with its year."""
    return f"{days.start.month}月" if days.start.year == year else f"{days.start:%Y-%m}"


def number(written: str) -> Cell:
    """Return a number where the spreadsheet would give it back as it is written, otherwise the text."""
    if _NUMBER.fullmatch(written) and plain_number(float(written)) == written:
        return float(written)
    return written


def plain_number(value: float) -> str:
    """Write a number as a spreadsheet shows it: its 15 digits, no exponent, no needless decimals."""
    text = format(Decimal(f"{value:.15g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def joined(parts: str | list[str]) -> str:
    """Write several names into one cell with 、 between them, in quotes where a name holds such a sign."""
    names = [parts] if isinstance(parts, str) else parts
    return SEPARATOR.join(_quoted(name) if _TO_BE_QUOTED.search(name) else name for name in names)


_SEPARATORS = "、,，;；\n"
_TO_BE_QUOTED = re.compile(f"[{_SEPARATORS}“”]")
_PART = re.compile(rf"\s*“((?:[^”]|””)*)”\s*(?=[{_SEPARATORS}]|\Z)|([^{_SEPARATORS}]+)")


def _quoted(name: str) -> str:
    return "“" + name.replace("”", "””") + "”"


def parted(text: str) -> list[str]:
    """Read several names from one cell."""
    found = (match[1].replace("””", "”") if match[1] else match[2] or "" for match in _PART.finditer(text))
    return [name.strip() for name in found if name.strip()]
