"""Packs filings for the trip between processes: plain values cost a tenth of pickled objects."""

import marshal
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

from kesu_cli.model.evidence import Evidence
from kesu_cli.model.progress import NO_SURVEY, Entry, Filing, Nothing, Survey
from kesu_cli.model.window import Days, Precision

PackedFilings = bytes

_DAYS, _NUMBER, _SURVEY, _EVIDENCE = map(Entry._fields.index, ("days", "number", "survey", "evidence"))


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
    """Turn entries into one column for each of their fields: only four of them need a second look."""
    columns: list[Sequence[Any]] = list(zip(*entries, strict=True))
    if columns:
        columns[_DAYS] = [_plain_days(days) for days in columns[_DAYS]]
        columns[_NUMBER] = [_plain_number(number) for number in columns[_NUMBER]]
        columns[_SURVEY] = [_plain_survey(survey) for survey in columns[_SURVEY]]
        columns[_EVIDENCE] = [[tuple(piece) for piece in pieces] for pieces in columns[_EVIDENCE]]
    return columns


def _plain_days(days: Days) -> tuple[int, int, str]:
    return days.start.toordinal(), days.end.toordinal(), days.precision.value


def _plain_number(number: Fraction | None) -> tuple[int, int] | None:
    return None if number is None else number.as_integer_ratio()


def _plain_survey(survey: Survey) -> tuple[str, int, tuple[int, int] | None] | None:
    """Nearly all entries have none: those are told apart by one look."""
    return None if survey == NO_SURVEY else (survey.area, survey.sample, _plain_number(survey.margin))


def _survey(area: str, sample: int, margin: tuple[int, int] | None) -> Survey:
    return Survey(area, sample, margin and _number(*margin))


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
        columns[_SURVEY] = [_survey(*plain) if plain else NO_SURVEY for plain in columns[_SURVEY]]
        columns[_EVIDENCE] = [tuple(map(Evidence._make, pieces)) for pieces in columns[_EVIDENCE]]
    return map(Entry._make, zip(*columns, strict=True))


@lru_cache(maxsize=100_000)
def _days(start: int, end: int, precision: str) -> Days:
    return Days(date.fromordinal(start), date.fromordinal(end), Precision(precision))


@lru_cache(maxsize=100_000)
def _number(top: int, bottom: int) -> Fraction:
    return Fraction(top, bottom)
