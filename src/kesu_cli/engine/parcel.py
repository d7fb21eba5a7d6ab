"""Packs filings for the trip between processes: plain values cost a tenth of pickled objects."""

import marshal
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from kesu_cli.model.calendar import Days, Precision
from kesu_cli.model.progress import Entry, Evidence, Filing, Nothing

Parcel = bytes


def pack(filings: Sequence[Filing]) -> Parcel:
    """Turn filings into bytes."""
    return marshal.dumps([_plain_filing(filing) for filing in filings])


def unpack(parcel: Parcel) -> tuple[Filing, ...]:
    """Turn the bytes of a worker back into filings."""
    return tuple(_filing(plain) for plain in marshal.loads(parcel))  # noqa: S302 - bytes of our own worker


def _plain_filing(filing: Filing) -> tuple[Any, ...]:
    submitted = filing.submitted.toordinal() if filing.submitted else 0
    entries = [_plain_entry(entry) for entry in filing.entries]
    nothing = [tuple(row) for row in filing.nothing]
    return (*filing[:5], submitted, filing.demo, entries, nothing)


def _plain_entry(entry: Entry) -> tuple[Any, ...]:
    days, number = entry.days, entry.number
    start, end, precision = days.start.toordinal(), days.end.toordinal(), days.precision.value
    top, bottom = (number.numerator, number.denominator) if number is not None else (0, 0)
    evidence = tuple(tuple(piece) for piece in entry.evidence)
    return (
        entry.position,
        entry.task,
        start,
        end,
        precision,
        entry.name,
        top,
        bottom,
        *entry[7:14],
        evidence,
    )


def _filing(plain: tuple[Any, ...]) -> Filing:
    file, unit, written, year, complete, submitted, demo, entries, nothing = plain
    return Filing(
        file,
        unit,
        written,
        year,
        complete,
        date.fromordinal(submitted) if submitted else None,
        demo,
        tuple(_entry(file, unit, entry) for entry in entries),
        tuple(Nothing(*row) for row in nothing),
    )


def _entry(file: str, unit: str, plain: tuple[Any, ...]) -> Entry:
    position, task, start, end, precision, name, top, bottom, *rest, evidence = plain
    days, number = _days(start, end, precision), _number(top, bottom) if bottom else None
    pieces = tuple(Evidence._make(piece) for piece in evidence)
    return Entry._make((file, position, unit, task, days, name, number, *rest, pieces))


@lru_cache(maxsize=100_000)
def _days(start: int, end: int, precision: str) -> Days:
    return Days(date.fromordinal(start), date.fromordinal(end), Precision(precision))


@lru_cache(maxsize=100_000)
def _number(top: int, bottom: int) -> Fraction:
    return Fraction(top, bottom)
