"""Holds the units that a document names for its tasks against those that the plan gives them."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from kesu_cli.drafting.chapter_text import ChapterText
from kesu_cli.drafting.covering import Quoted
from kesu_cli.drafting.owners import all_owners
from kesu_cli.drafting.task_table import header_rows
from kesu_cli.drafting.unit_name import names_in
from kesu_cli.model.document import Document, Table
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.task_in_plan_file import TaskRow
from kesu_cli.model.unit import Units
from kesu_cli.verification import Aspect, Discrepancy

_PLACED = re.compile("各|[市县区省州镇乡]|团[市县区]|共青团|[一-龥]{2,3}[市县区镇乡州]|有关|相关|国网")


def units_missing(chapter: ChapterText, quotes: Sequence[Quoted], units: Units) -> Iterator[Discrepancy]:
    """Name the tasks that leave out a unit which the document lists for their words."""
    for found in quotes:
        own = chapter.owners_at(found.start)
        listed = own.names if own else ()
        listed += chapter.otherwise.names if chapter.otherwise else ()
        row = found.task.row
        given = _given(row, chapter.of_action)
        known = {*given, *units.expand(given)}
        for name in dict.fromkeys(listed):
            if not _is_known(name, known, units):
                message = f"原文为任务 {row.id} 列出“{name}”，牵头和责任单位里没有"
                line = chapter.line(found.start)
                yield Discrepancy(Aspect.UNITS, message, line, found.task.place, row.id, name)


def names_listed(chapter: ChapterText) -> frozenset[str]:
    """Return the units that the document lists for a chapter or a passage of it."""
    owners = (chapter.owners, chapter.otherwise, *(passage.owners for passage in chapter.passages))
    return frozenset(name for own in owners if own for name in own.names)


def _is_known(name: str, known: AbstractSet[str], units: Units) -> bool:
    """Whether a unit is listed under this name or another; a group without members only under its own."""
    match = units.find(name)
    return name in known or bool(match and match.units and known >= set(match.units))


def _given(row: TaskRow, of_action: tuple[str, ...]) -> tuple[str, ...]:
    if row.lead is None and row.responsible is None:
        return of_action
    return (*(row.lead or ()), *(row.responsible or ()))


def names_missing(
    file: PlanFile, paired: Sequence[ChapterText], document: Document, units: Units
) -> Iterator[Discrepancy]:
    """Name the units that stand in a unit list or a cell of the document and nowhere in the plan."""
    listed = set(_listed(file, paired))
    known = {*listed, *units.expand(listed)}
    seen: set[str] = set()
    for name, line, text in _printed(document):
        if _is_known(name, known, units) or name in seen:
            continue
        if not any(text in row.quote for row in file.not_duties):
            seen.add(name)
            message = f"原文写的单位“{name}”不在任何任务的牵头或责任单位里"
            yield Discrepancy(Aspect.UNITS, message, line, words=name)


def _listed(file: PlanFile, paired: Sequence[ChapterText]) -> Iterator[str]:
    for action in file.actions:
        yield from (*action.lead, *action.responsible)
    for chapter in paired:
        for task in chapter.tasks:
            yield from _given(task.row, ())


def _printed(document: Document) -> Iterator[tuple[str, int, str]]:
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _in_cells(block)
            continue
        for owners in all_owners(block.text, block.line):
            yield from ((name, block.line, block.text) for name in owners.names)


def _in_cells(table: Table) -> Iterator[tuple[str, int, str]]:
    first = header_rows(table)
    for row, line in zip(table.rows[first:], table.lines[first:], strict=True):
        before = ""
        for cell in row:
            found = names_in(cell, before)
            if found.are_units and all(map(_PLACED.match, found.names)):
                before = found.names[-1]
                yield from ((name, line, cell) for name in found.names)
