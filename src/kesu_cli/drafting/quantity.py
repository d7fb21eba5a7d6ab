"""Reads the quantities out of a clause: how much is asked for, of what, and how it is compared."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from kesu_cli.drafting.allowance import is_allowance
from kesu_cli.drafting.clause_break import clause_before, has_break, sentence_behind
from kesu_cli.drafting.counting_verb import NEW_DUTY
from kesu_cli.drafting.coverage import coverages
from kesu_cli.drafting.describing_number import condition
from kesu_cli.drafting.entity import entity
from kesu_cli.drafting.figure import Nature, Quantity
from kesu_cli.drafting.nature import comparator, nature
from kesu_cli.drafting.not_target import NotTarget, names
from kesu_cli.drafting.noun import noun
from kesu_cli.drafting.numeral import PER_CENT
from kesu_cli.drafting.part import parts
from kesu_cli.drafting.phrase import Phrase, phrases
from kesu_cli.drafting.plain import PlainText, plain
from kesu_cli.drafting.rank import ranks
from kesu_cli.drafting.time_word import times
from kesu_cli.model.target import Comparator

UNSAID = "未能判断含义，请人工核对"
_ARABIC = re.compile(r"\d+(?:[.,]\d+)*")
_NEW_DUTY = re.compile(f"[，,](?:并|同时)?(?:{NEW_DUTY})")
_STRETCH = re.compile(r"[（(，,、 ]*(?:并|且)?(?:到|至)?(?:力争|争取|努力|冲刺|奋力)?[，, ]*")
_ITEMISED = re.compile(r"(?:具体是|具体为|[（(，]含)")
_TIMES = "倍"
_MET_BY = re.compile("^对(?![标])[^的]*$")  # 对排名前三位的乡镇予以奖励


def quantities(text: str) -> tuple[Quantity, ...]:
    """Read the target figures of a sentence or a clause, in order."""
    return tuple(item for item in numbers(text) if isinstance(item, Quantity))


@lru_cache(maxsize=10_000)
def numbers(text: str) -> tuple[Quantity | NotTarget, ...]:
    """Account for every Arabic number of a text, in order: a target, or why it is none."""
    folded = plain(text)
    return tuple(_in_place(item, folded, text) for item in _numbers(folded.text))


def _in_place(item: Quantity | NotTarget, folded: PlainText, text: str) -> Quantity | NotTarget:
    """Give an item the offsets it has in the text that was given."""
    start, end = folded.span(item.start, item.end)
    if isinstance(item, NotTarget):
        return replace(item, start=start, end=end, text=text[start:end])
    number_start, number_end = folded.span(item.number_start, item.number_end)
    return replace(item, start=start, end=end, number_start=number_start, number_end=number_end)


def _numbers(text: str) -> tuple[Quantity | NotTarget, ...]:
    placed = [rank for rank in ranks(text) if not _MET_BY.search(clause_before(text, rank.start))]
    hidden = [item for item in _told_apart(text) if not _meets_any(item, placed)]
    found, refused = _figures(text, [*hidden, *placed])
    ends = {item.end for item in found}  # 1次全覆盖检查 asks for one check
    wholes = [
        item for item in _wholes(text) if item.start not in ends and not _meets_any(item, [*hidden, *found])
    ]
    ordered = _apart([*_stretched(text, _carried(text, found)), *placed, *wholes])
    totals = parts(text, ordered, _NEW_DUTY)
    split = [_part(text, item, total) for item, total in zip(ordered, totals, strict=True)]
    return _accounted(text, split, [*hidden, *refused])


def _told_apart(text: str) -> list[NotTarget]:
    """Find what is time or a name, whose numbers are never read."""
    spoken = [(when.start_at, when.end_at) for when in times(text)]
    return [NotTarget(start, end, text[start:end], "时间") for start, end in spoken] + list(names(text))


def _meets_any(item: NotTarget | Quantity, others: Iterable[NotTarget | Quantity]) -> bool:
    return any(item.start < other.end and other.start < item.end for other in others)


def _figures(text: str, hidden: Iterable[NotTarget | Quantity]) -> tuple[list[Quantity], list[NotTarget]]:
    found: list[Quantity] = []
    refused: list[NotTarget] = []
    for phrase in phrases(text, tuple((item.start, item.end) for item in hidden)):
        reason = condition(text, phrase)
        if reason:
            refused.append(NotTarget(phrase.start, phrase.end, text[phrase.start : phrase.end], reason))
        else:
            found.append(_quantity(text, phrase))
    return found, refused


def _quantity(text: str, phrase: Phrase) -> Quantity:
    near = clause_before(text, phrase.start)
    per = entity(text, phrase.numeral.start)
    kind = nature(phrase, near, per)
    factor, unit = _per_cent(phrase.unit) if kind in {Nature.GROWTH, Nature.DECLINE} else (1, phrase.unit)
    return Quantity(
        comparator=comparator(phrase, near, kind),
        amount=phrase.numeral.value * factor,
        high=None if phrase.high is None else phrase.high * factor,
        unit=unit,
        noun=noun(text, phrase),
        start=phrase.start,
        end=phrase.end,
        number_start=phrase.numeral.start,
        number_end=phrase.number_end,
        nature=kind,
        per=per if kind is Nature.PER_ENTITY and not unit.startswith(PER_CENT) else "",
        conflict=phrase.before.conflict,
        is_aspired=phrase.before.is_aspired,
        is_explicit=phrase.is_compared,
        is_allowance=is_allowance(text, phrase, near),
    )


def _per_cent(unit: str) -> tuple[int, str]:
    """Read a growth by one time as a growth of 100 %."""
    return (100, PER_CENT) if unit == _TIMES else (1, unit)


def _carried(text: str, found: list[Quantity]) -> list[Quantity]:
    """Let 不超过10个、5个 hold for both."""
    carried: list[Quantity] = []
    for item in found:
        last = carried[-1] if carried else None
        if last and _carries(text, last, item):
            item = replace(item, comparator=last.comparator)  # noqa: PLW2901
        if last and item.nature is Nature.COUNT and _is_listed_with(text, last, item):
            item = replace(item, nature=last.nature)  # noqa: PLW2901
        carried.append(item)
    return carried


def _carries(text: str, last: Quantity, item: Quantity) -> bool:
    """Whether the words before one number hold for the next, which has none of its own."""
    if item.is_explicit or item.comparator is not Comparator.AT_LEAST or last.high is not None:
        return False
    has_words_before = last.is_explicit and bool(text[last.start : last.number_start].strip())
    return has_words_before and not has_break(text[last.end : item.start])


def _is_listed_with(text: str, last: Quantity, item: Quantity) -> bool:
    """Whether two figures are of one list: 分别达到85分、86分."""
    is_level = last.nature in {Nature.LEVEL, Nature.STOCK} and last.unit == item.unit
    return (
        is_level and "分别" in clause_before(text, last.number_start) + text[last.start : last.number_start]
    )


def _stretched(text: str, found: list[Quantity]) -> list[Quantity]:
    """Make 力争达到15% the stretch of the figure before it, where both are about the same thing."""
    kept: list[Quantity] = []
    for item in found:
        last = kept[-1] if kept else None
        gap = text[last.end : item.start] if last else ""
        if last and item.is_aspired and item.measure == last.measure and _STRETCH.fullmatch(gap):
            kept[-1] = replace(last, stretch=item.amount, end=item.end)
        else:
            kept.append(item)
    return kept


def _wholes(text: str) -> Iterable[Quantity]:
    for item in coverages(text):
        noun_before = clause_before(text, item.start)
        whole = Comparator.ABOUT if "基本" in noun_before else Comparator.EQUAL
        yield Quantity(
            whole,
            item.amount,
            None,
            item.unit,
            noun_before,
            item.start,
            item.end,
            item.start,
            item.end,
            Nature.COVERAGE,
        )


def _apart(items: Iterable[Quantity]) -> list[Quantity]:
    """Order figures and drop what overlaps an earlier one."""
    kept: list[Quantity] = []
    for item in sorted(items, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept


def _part(text: str, item: Quantity, total: int | None) -> Quantity:
    rest = sentence_behind(text, item.end)
    itemised = _ITEMISED.match(rest.lstrip("，,")) or _ITEMISED.match(rest)
    if itemised and not item.is_explicit and item.comparator is Comparator.AT_LEAST:
        item = replace(item, comparator=Comparator.EQUAL)
    return replace(item, part_of=total)


def _accounted(
    text: str, found: list[Quantity], refused: list[NotTarget]
) -> tuple[Quantity | NotTarget, ...]:
    """Join targets and the reasons of the others; a number that neither holds is left to the reader."""
    items: list[Quantity | NotTarget] = list(found)
    for item in sorted(refused, key=lambda item: (item.start, -item.end)):
        if _ARABIC.search(text, item.start, item.end) and not _meets_any(item, items):
            items.append(item)
    rest = [NotTarget(*match.span(), match.group(), UNSAID) for match in _ARABIC.finditer(text)]
    items += [item for item in rest if not _meets_any(item, items)]
    return tuple(sorted(items, key=lambda item: item.start))
