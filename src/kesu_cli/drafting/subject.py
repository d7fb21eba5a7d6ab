"""Whom the words of a chapter without a unit list oblige, and whether its tasks name them."""

import re
from collections.abc import Callable, Iterator, Sequence

from kesu_cli.drafting.chapter_text import ChapterText
from kesu_cli.drafting.clause import clauses, sentences
from kesu_cli.drafting.covering import Quoted
from kesu_cli.drafting.unit_name import names_in
from kesu_cli.model.unit import Units
from kesu_cli.verification import Aspect, Discrepancy

_SUBJECT_ENDS = re.compile(
    r"负责(?!人|同志)|认真|将|把|要|应|对|每|按|牵头(?!单位|部门)|会同|组织|制定|建立|加强|做好|落实"
)
_JOINTS = re.compile(r"[、及和与]")
_YEAR_FIRST = re.compile(r"^(?:到)?\d{4}年(?:底前|底)?，")


def subjects_missing(chapter: ChapterText, quotes: Sequence[Quoted], units: Units) -> Iterator[Discrepancy]:
    """Name the tasks that leave out a unit which their sentence, or the one it carries on, begins with."""
    if chapter.listed:
        return
    for found in quotes:
        owners = {*(found.task.row.lead or ()), *(found.task.row.responsible or ())}
        if not owners and not chapter.all_clauses:
            message = f"任务 {found.task.row.id} 没有写由谁负责"
            line = chapter.line(found.start)
            yield Discrepancy(Aspect.UNITS, message, line, found.task.place, found.task.row.id)
        known = set(units.expand(owners))
        for name in subject(chapter.text, found.start, units):
            match = units.find(name)
            is_known = name in owners or bool(match and match.units and known.issuperset(match.units))
            if not is_known:
                row, line = found.task.row, chapter.line(found.start)
                message = f"任务 {row.id} 的主语有“{name}”，牵头和责任单位里没有"
                yield Discrepancy(Aspect.UNITS, message, line, found.task.place, row.id, name)


def subject(text: str, offset: int, units: Units) -> tuple[str, ...]:
    """Return the declared units that the sentence at an offset begins with, else the nearest before it."""
    longest_first = sorted(units.spellings, key=len, reverse=True)
    return _governing(text, offset, lambda head: _declared(head, longest_first))


def subject_names(text: str, offset: int) -> tuple[str, ...]:
    """Return the units, declared or not, that the sentence at an offset or one before it begins with."""
    return _governing(text, offset, _any_units)


def _governing(text: str, offset: int, read: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    start = text.rfind("\n", 0, max(offset, 0)) + 1
    named: tuple[str, ...] = ()
    for sentence in sentences(text[start:]):
        for clause in clauses(text[start:], sentence):
            if start + clause.start > offset:
                return named
            named = read(_head(clause.text)) or named
    return named


def _head(sentence: str) -> str:
    """Return what stands before the verb of a sentence's first clause; empty where no such verb is known."""
    clause = re.split("[，：]", _YEAR_FIRST.sub("", sentence))[0]
    end = _SUBJECT_ENDS.search(clause)
    return clause[: end.start()].removeprefix("由") if end else ""


def _declared(head: str, known: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    while head:
        name = next((name for name in known if head.startswith(name)), "")
        if not name:
            return ()
        found.append(name)
        head = _JOINTS.sub("", head[len(name) :], count=1)
    return tuple(found)


def _any_units(head: str) -> tuple[str, ...]:
    found = names_in(head)
    return found.names if found.are_units else ()
