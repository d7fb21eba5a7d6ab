"""A number with the words that belong to it: comparing words, unit of measure, range."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kesu_cli.drafting.comparison import Before, before, behind
from kesu_cli.drafting.measure_word import MEASURE, Sort, sort_of
from kesu_cli.drafting.numeral import Numeral, numerals
from kesu_cli.model.target import Comparator

_TO = re.compile(r" ?(?:[—–~～-]{1,2}|至|到) ?")
_MORE = re.compile(r"[余多几]|来(?=[名个人家所])")
_AND = re.compile(r"[、和及,]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A number as it stands in the text, before anyone says what it means."""

    start: int
    end: int
    numeral: Numeral
    number_end: int
    high: Decimal | None
    unit: str
    before: Before
    behind: Comparator | None
    is_more: bool = False  # 100余名

    @property
    def sort(self) -> Sort | None:
        """What the unit measures."""
        return sort_of(self.unit)

    @property
    def is_compared(self) -> bool:
        """Whether any word compares."""
        return bool(self.before.firm or self.before.loose or self.behind or self.high is not None)


def phrases(text: str, hidden: tuple[tuple[int, int], ...]) -> Iterator[Phrase]:
    """Yield the phrases of a plain text whose numbers do not lie in a hidden stretch."""
    at = 0
    found = [n for n in numerals(text) if not any(a < n.end and n.start < b for a, b in hidden)]
    for index, numeral in enumerate(found):
        if numeral.start < at:
            continue
        phrase = _phrase(text, numeral, found[index + 1 : index + 2])
        at = max(numeral.end, phrase.end)
        yield phrase


def _phrase(text: str, numeral: Numeral, rest: list[Numeral]) -> Phrase:
    unit, end = numeral.unit, numeral.end
    more = _MORE.match(text, end)
    end = more.end() if more else end
    if not unit:
        unit, end = _unit(text, end)
    number_end, high = numeral.end, numeral.high
    second = _second(text, end, rest)
    if second is not None:
        high, number_end, end = second.value, second.end, second.end
        other, end = (second.unit, end) if second.unit else _unit(text, end)
        unit = unit or other
    if not unit and rest and _AND.fullmatch(text[end : rest[0].start]):
        unit = rest[0].unit or _unit(text, rest[0].end)[0]  # 10、20和30个
    comparator, end = behind(text, end)
    words = before(text, numeral.start)
    return Phrase(words.start, end, numeral, number_end, high, unit, words, comparator, more is not None)


def _second(text: str, end: int, rest: list[Numeral]) -> Numeral | None:
    """Return the upper end of a range that begins here."""
    sign = _TO.match(text, end)
    if sign and rest and rest[0].start == sign.end() and not rest[0].is_growth:
        return rest[0]
    return None


def _unit(text: str, start: int) -> tuple[str, int]:
    match = MEASURE.match(text, start)
    if match is None:
        return "", start
    if match["division"]:
        return match["division"][1:] or "个", match.end()
    return (match["rate"] or match["word"] + (match["per"] or "")), match.end()
