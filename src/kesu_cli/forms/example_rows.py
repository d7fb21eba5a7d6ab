"""The grey rows that show how a ledger is filled in, made of the unit's own tasks."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from kesu_cli.forms.form import Form
from kesu_cli.forms.layout import EXAMPLE
from kesu_cli.forms.ledger_rows import Cell, LedgerRow, joined, plain_number

_MATTER = ("task", "date", "until", "month", "name")


def example_rows(form: Form) -> tuple[LedgerRow, ...]:
    """Return the rows: a figure with two pieces of evidence, and a matter known by its month only."""
    return tuple({"number": EXAMPLE, **row} for row in _rows(form))


def _rows(form: Form) -> Iterator[LedgerRow]:
    figure = next((task for task in form.tasks if task.needs_value), None)
    duty = next((task for task in form.tasks if task is not figure and not task.unit), None)
    if figure:
        yield {
            "task": figure.choice,
            "date": date(form.year, 7, 16),
            "until": date(form.year, 7, 18),
            "name": f"{figure.name}（第一期）",
            "value": 18.0,
            "unit": figure.unit,
            "kind": "签到表",
            "path": f"佐证/{form.year}/签到表.pdf",
        }
        yield {"kind": "照片", "path": f"佐证/{form.year}/现场照片.jpg"}
    if duty:
        other = [unit for unit in form.units if unit != form.unit][:1]
        yield {
            "task": duty.choice,
            "month": "9月",
            "name": f"{duty.name}（专题会议）",
            **({"items": joined([duty.items[0]])} if duty.items else {}),
            **({"jointly_with": other[0], "counted_by": form.unit} if other else {}),
        }


def example_digest(row: Mapping[str, str]) -> str:
    """Return what tells an example from what somebody typed; the row is given in words."""
    words = sorted((key, text) for key, text in row.items() if text and key != "number")
    return hashlib.sha256(repr(words).encode()).hexdigest()[:8]


def matter_digest(row: Mapping[str, str]) -> str:
    """Return what tells the matter of an example, whatever its figures and evidence have become."""
    return example_digest({key: row.get(key, "") for key in _MATTER}) if row.get("name") else ""


def digests(rows: Iterable[LedgerRow]) -> str:
    """Return the digests of the rows as the form keeps them."""
    told = [{key: _word(cell) for key, cell in row.items()} for row in rows]
    return " ".join(filter(None, (digest(row) for digest in (example_digest, matter_digest) for row in told)))


def _word(cell: Cell) -> str:
    return plain_number(cell) if isinstance(cell, float) else str(cell)
