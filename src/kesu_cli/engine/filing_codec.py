"""Packs filings for the trip between processes: plain values cost a tenth of pickled objects."""

import marshal
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from kesu_cli.model.evidence import Evidence
from kesu_cli.model.progress import Entry, Filing, Nothing
from kesu_cli.model.window import Days, Precision

PackedFilings = bytes

_DAYS, _NUMBER, _EVIDENCE = map(Entry._fields.index, ("days", "number", "evidence"))


def pack(filings: Sequence[Filing]) -> PackedFilings:
    """Turn filings into bytes."""
    return marshal.dumps([_plain_filing(filing) for filing in filings])


def unpack(parcel: PackedFilings) -> tuple[Filing, ...]:
    """Turn the bytes of a worker back into filings."""
    return tuple(_filing(plain) for plain in marshal.loads(parcel))  # noqa: S302 - bytes of our own worker


def _plain_filing(filing: Filing) -> tuple[Any, ...]:
    submitted = filing.submitted.toordinal() if filing.submitted else 0
    nothing = [tuple(row) for row in filing.nothing]
    return (*filing[:5], submitted, filing.demo, _columns(filing.entries), nothing)


def _columns(entries: Sequence[Entry]) -> list[Sequence[Any]]:
    """Turn entries into one column for each of their fields: only three of them need a second look."""
    columns: list[Sequence[Any]] = list(zip(*entries, strict=True))
    if columns:
        columns[_DAYS] = [_plain_days(days) for days in columns[_DAYS]]
        columns[_NUMBER] = [_plain_number(number) for number in columns[_NUMBER]]
        columns[_EVIDENCE] = [[tuple(piece) for piece in pieces] for pieces in columns[_EVIDENCE]]
    return columns


def _plain_days(days: Days) -> tuple[int, int, str]:
    return days.start.toordinal(), days.end.toordinal(), days.precision.value


def _plain_number(number: Fraction | None) -> tuple[int, int] | None:
    return None if number is None else number.as_integer_ratio()


def _filing(plain: tuple[Any, ...]) -> Filing:
    file, unit, written, year, complete, submitted, demo, columns, nothing = plain
    return Filing(
        file,
        unit,
        written,
        year,
        complete,
        date.fromordinal(submitted) if submitted else None,
        demo,
        tuple(_entries(columns)),
        tuple(Nothing(*row) for row in nothing),
    )


def _entries(columns: list[Sequence[Any]]) -> Iterator[Entry]:
    if columns:
        columns[_DAYS] = [_days(*days) for days in columns[_DAYS]]
        columns[_NUMBER] = [ratio and _number(*ratio) for ratio in columns[_NUMBER]]
        columns[_EVIDENCE] = [tuple(map(Evidence._make, pieces)) for pieces in columns[_EVIDENCE]]
    return map(Entry._make, zip(*columns, strict=True))


@lru_cache(maxsize=100_000)
def _days(start: int, end: int, precision: str) -> Days:
    return Days(date.fromordinal(start), date.fromordinal(end), Precision(precision))


@lru_cache(maxsize=100_000)
def _number(top: int, bottom: int) -> Fraction:
    return Fraction(top, bottom)
