"""Finds every expression of time of a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache

from kesu_cli.drafting.date_word import DATE_WORDS, MONTH_WORDS, YEAR, Build, last_day
from kesu_cli.drafting.not_target import BASE_YEAR
from kesu_cli.drafting.plain import PlainText, plain
from kesu_cli.drafting.rhythm_word import RHYTHM_WORDS, VAGUE_WORDS
from kesu_cli.model.window import Rhythm


@dataclass(frozen=True, slots=True)
class When:
    """What the words say about time; what they do not say stays empty.

    ``due`` is a day that comes round within every rhythm: (None, 28) for 每月28日前, (1, 15) for
    每年1月15日前. ``lasting`` is a length without dates (5y, 6m, 30d). ``cycle`` is a rhythm that the
    plan has no word for (every 2y, half-month, week).
    """

    words: str
    start_at: int
    end_at: int
    every: Rhythm | None = None
    by: date | None = None
    during: int | None = None
    start: date | None = None
    throughout: bool = False
    on_event: bool = False
    due: tuple[int | None, int] | None = None
    lasting: str = ""
    cycle: str = ""
    is_deadline: bool = False  # the words say 前, 底 or 内, or the year ends a piece of work
    is_recurring: bool = False  # 定期, 常态化: more than once, nobody says how often

    @property
    def says_something(self) -> bool:
        """Whether more is known than that these words speak of time."""
        return any(getattr(self, field.name) not in {None, False, ""} for field in fields(self)[3:])


_ROWS = tuple(
    (re.compile(pattern), build)
    for pattern, build in (*DATE_WORDS, *RHYTHM_WORDS, *MONTH_WORDS, *VAGUE_WORDS)
)
_NOT_TIME = re.compile(rf"{BASE_YEAR}|《[^》]*》|[（(](?:19|20)\d\d年?[—–~～-](?:19|20)\d\d年?[）)]")
_BARE_YEAR = re.compile(rf"{YEAR}年")


@lru_cache(maxsize=10_000)
def times(text: str, *, is_event: bool | None = None) -> tuple[When, ...]:
    """Find every expression of time, from left to right, none within another; earlier rows go first."""
    folded = plain(text)
    found = [_held(when, is_event=is_event) for when in _find(folded.text)]
    return tuple(_in_place(when, folded, text) for when in sorted(found, key=lambda when: when.start_at))


def _find(text: str) -> Iterator[When]:
    taken = [match.span() for match in _NOT_TIME.finditer(text)]
    for pattern, build in _ROWS:
        for match in pattern.finditer(text):
            free = not any(start < match.end() and match.start() < end for start, end in taken)
            when = _make(match, build) if free and match.group() else None
            if when is not None:
                taken.append(match.span())
                yield when


def _in_place(when: When, folded: PlainText, text: str) -> When:
    start, end = folded.span(when.start_at, when.end_at)
    return replace(when, words=text[start:end], start_at=start, end_at=end)


def _make(match: re.Match[str], build: Build) -> When | None:
    try:
        said = build(match)
    except ValueError:
        return None  # a year 0 or a month 0: no day of the calendar
    return When(match.group(), match.start(), match.end(), **said)  # type: ignore[arg-type]


def _held(when: When, *, is_event: bool | None) -> When:
    """Let the caller decide what a bare year means."""
    year = when.during or (when.by.year if when.by else None)
    if is_event is None or year is None or not _BARE_YEAR.fullmatch(when.words):
        return when
    if is_event:
        return replace(when, during=year, by=None, is_deadline=False)
    return replace(when, during=None, by=last_day(year), is_deadline=True)
