"""The hidden sheet: what a form is, and the lists that its cells are chosen from."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from kesu_cli.forms.exported_state import base_of
from kesu_cli.forms.form import Form
from kesu_cli.forms.layout import (
    BASE_COLUMN,
    COMPLETE,
    DONE,
    DRAFT,
    HIDDEN,
    LISTS_COLUMN,
    META,
    NO,
    ONGOING,
    PRINTED_COLUMN,
    VERSION,
    YES,
    column_letters,
)
from kesu_cli.model.evidence import KINDS


class Choices(NamedTuple):
    """The ranges of the lists, as formulas refer to them."""

    tasks: str
    with_value: str
    with_evidence: str
    with_items: str
    measures: str
    kinds: str
    units: str
    states: str
    months: str
    filing_states: str


def write_hidden(sheet: Any, form: Form, examples: str) -> Choices:
    """Write the sheet and return where its lists stand."""
    sheet.very_hidden()
    demo = YES if form.filing_is_demo else NO
    values = (VERSION, form.plan, form.digest, str(form.year), form.unit, examples, demo)
    for row, (label, value) in enumerate(zip(META, values, strict=True)):
        sheet.write_string(row, 0, label)
        sheet.write_string(row, 1, value)
    _write(sheet, BASE_COLUMN, base_of(form.filing))
    lists = _lists(form)
    return Choices(*(_write(sheet, LISTS_COLUMN + at, words) for at, words in enumerate(lists)))


def write_printed(sheet: Any, digests: Iterable[str]) -> None:
    """Keep what the form says of itself."""
    _write(sheet, PRINTED_COLUMN, tuple(dict.fromkeys(digests)))


def _lists(form: Form) -> tuple[Sequence[str], ...]:
    return (
        _once(task.choice for task in form.tasks),
        _once(task.choice for task in form.tasks if task.needs_value),
        _once(task.choice for task in form.tasks if task.needs_evidence),
        _once(task.choice for task in form.tasks if task.items),
        _once(task.unit for task in form.tasks if task.unit),
        KINDS,
        form.units,
        (DONE, ONGOING),
        tuple(f"{month}月" for month in range(1, 13)),
        (DRAFT, COMPLETE),
    )


def _once(words: Any) -> Sequence[str]:
    return tuple(dict.fromkeys(words))


def _write(sheet: Any, column: int, words: Sequence[str]) -> str:
    for row, word in enumerate(words):
        sheet.write_string(row, column, word)
    letters = column_letters(column)
    return f"={HIDDEN}!${letters}$1:${letters}${max(len(words), 1)}"
