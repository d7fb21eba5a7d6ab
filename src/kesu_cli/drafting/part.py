"""其中: which figures are parts of a total, over any number of levels."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

_MARK = re.compile(r"其中|分解|具体是|具体为|分别是|分别为|包括|包含|(?<=[（(，])含")
_ENDS = re.compile(r"[。；;\n]")
_BRACKET_END = re.compile(r"[）)]")


class PartFigure(Protocol):
    """What has to be known of a figure."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def amount(self) -> Decimal: ...


def parts(text: str, figures: Sequence[PartFigure], new_duty: re.Pattern[str]) -> list[int | None]:
    """Say for each figure the index of the total that it is a part of."""
    totals: list[int | None] = []
    open_totals: list[tuple[int, Decimal]] = []  # each with what its parts have not filled yet
    for index, figure in enumerate(figures):
        gap = text[figures[index - 1].end : figure.start] if index else ""
        if not index or _ENDS.search(gap):
            open_totals.clear()
        marked = bool(index and _MARK.search(gap))
        if marked:
            open_totals.append((index - 1, figures[index - 1].amount))
        elif new_duty.search(gap) or _BRACKET_END.search(gap):
            open_totals.clear()
        _close_filled(open_totals, figure)
        total = open_totals[-1][0] if open_totals else None
        same = total is not None and (figure.unit == figures[total].unit or marked)
        totals.append(total if same else None)
        if same:
            _fill(open_totals, figure.amount)
    return totals


def _close_filled(open_totals: list[tuple[int, Decimal]], figure: PartFigure) -> None:
    """Go up to the total above where a figure does not fit into the last one any more."""
    while open_totals and open_totals[-1][1] < figure.amount and figure.unit not in {"%", "‰"}:
        open_totals.pop()


def _fill(open_totals: list[tuple[int, Decimal]], amount: Decimal) -> None:
    total, left = open_totals[-1]
    open_totals[-1] = (total, left - amount)
