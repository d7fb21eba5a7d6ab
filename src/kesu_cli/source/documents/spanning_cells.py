"""Cells that span rows and columns to a full grid."""

from collections.abc import Sequence
from typing import NamedTuple

_WIDEST = 100


_LONGEST_NUMBER = 9  # digits


def whole_number(written: str) -> int:
    """Return a number as a page writes it; 1 for 0, and for what is none or beyond all measure."""
    plain = written.strip()
    is_number = plain.isascii() and plain.isdecimal() and len(plain) <= _LONGEST_NUMBER
    return int(plain) or 1 if is_number else 1


class SpanningCell(NamedTuple):
    """A cell and over how many columns and rows it reaches."""

    text: str
    columns: int = 1
    rows: int = 1


def grid_of(rows: Sequence[Sequence[SpanningCell]]) -> tuple[tuple[str, ...], ...]:
    """Write a spanning cell into each place that it covers; all rows come out equally long."""
    places: list[dict[int, str]] = [{} for _ in rows]
    for index, row in enumerate(rows):
        column = 0
        for cell in row:
            while column in places[index]:
                column += 1
            width = min(cell.columns, _WIDEST)
            for below in places[index : index + cell.rows]:
                below.update(
                    {column + offset: cell.text for offset in range(width) if column + offset < _WIDEST}
                )
            column += width
    width = max((max(place, default=-1) + 1 for place in places), default=0)
    return tuple(tuple(place.get(column, "") for column in range(width)) for place in places) if width else ()
