"""What of a document lies in no chapter of its plan: annexes, notes, cells and lines that nothing took up."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kesu_cli.drafting.chapter_text import ChapterText
from kesu_cli.drafting.clause import Clause, clauses, sentences
from kesu_cli.drafting.duty import is_asked_of_someone
from kesu_cli.drafting.grouping import name_of
from kesu_cli.drafting.label import label_of
from kesu_cli.drafting.owners import all_owners
from kesu_cli.drafting.phase import PHASE_HEAD
from kesu_cli.drafting.shortened import is_shortened
from kesu_cli.drafting.signature import DATE_LINE, ISSUED, NUMBER, SIGNED
from kesu_cli.drafting.structure import Measure, Outline, OutlinePassage, Section
from kesu_cli.drafting.task_table import header_rows
from kesu_cli.drafting.title_duty import is_taken_up
from kesu_cli.model.document import Document, Table

ANNEX = "附件"
_HEADINGS = "标题"
_BACKGROUND, _LOOSE = "文首、前言、总体要求等", "没有归入各章的内容（表格、附件、脚注等）"
_SURE = 8  # so many characters in a row are the same words, not a part of others
_BLANK = re.compile(r"\s")
_CAPTION = re.compile(r"[（(]?(?:附\s*[件表]|专栏|图|表|注)\s*[\d一二三四五六七八九十]*\s*[：:.．、]?")
_NUMBERS = re.compile("序号|编号|电话|手机|传真|邮编")
_COUNTER = re.compile(r"[（(]?\d{1,3}[）)．.、]?")


@dataclass(frozen=True)
class _Placed:
    """The words that chapters and headings hold, blanks left out."""

    whole: str
    clauses: frozenset[str]
    headings: frozenset[str]
    deadlines: frozenset[str]
    phases: dict[int, str]
    rows: dict[int, tuple[str, ...]]

    def holds(self, clause: str, line: int) -> bool:
        """Whether a clause stands in a chapter, or is a heading that asks for nothing more."""
        words = _bare(clause)
        if line in self.rows and is_shortened(words, self.rows[line][0], self.rows[line]):
            return True
        if line in self.phases and (self.phases[line] in words or PHASE_HEAD.match(words)):
            return True
        if (
            not words
            or words in self.clauses | self.deadlines
            or (len(words) >= _SURE and words in self.whole)
        ):
            return True
        return bool({words, name_of(words)} & self.headings) and not is_asked_of_someone(clause)


def rest_of(document: Document, outline: Outline, paired: Sequence[ChapterText]) -> tuple[ChapterText, ...]:
    """Collect the words of a document that no chapter holds; any task may quote them."""
    placed = _placed(outline, paired)
    tasks = tuple(task for chapter in paired for task in chapter.tasks)
    background = {
        passage.line for section in outline.others if section.title != ANNEX for passage in section.passages
    }
    around: list[OutlinePassage] = []
    loose: list[OutlinePassage] = []
    for block in document.blocks:
        if isinstance(block, Table):
            loose.extend(_cells(block, placed))
        else:
            (around if block.line in background else loose).extend(_left(block.text, block.line, placed))
    for note in document.notes:
        loose.extend(_left(note.text, note.line, placed))
    for beside in document.aside:
        around.extend(_left(beside.text, beside.line, placed))
    return (
        ChapterText("背景", _BACKGROUND, "", tasks, tuple(around), listed=True, background=True),
        ChapterText("标题", _HEADINGS, "", tasks, tuple(_headings(outline)), listed=True),
        ChapterText("其他", _LOOSE, "", tasks, tuple(loose), listed=True),
    )


def _headings(outline: Outline) -> Iterator[OutlinePassage]:
    """Yield the headings that name an act which the text below them does not speak of."""
    measures = (measure for action in outline.actions for measure in action.measures)
    parts: Iterable[Measure | Section] = (*measures, *outline.safeguards)
    for part in parts:
        if not is_taken_up(part.title, part.passages):
            yield OutlinePassage(part.title, part.line)


def _placed(outline: Outline, paired: Sequence[ChapterText]) -> _Placed:
    found = (
        _bare(clause.text)
        for chapter in paired
        for sentence in sentences(chapter.text)
        for clause in clauses(chapter.text, sentence)
    )
    names = [action.name for action in outline.actions]
    measures = [measure for action in outline.actions for measure in action.measures]
    sections = [section.title for section in outline.safeguards]
    titles = [measure.title for measure in measures]
    return _Placed(
        _BLANK.sub("", "".join(chapter.text for chapter in paired)),
        frozenset(found),
        frozenset(map(_bare, (*outline.headings, *names, *titles, *sections))),
        frozenset(map(_bare, _deadlines(measures))),
        {phase.line: phase.name for phase in outline.phases},
        {line: measure.words for measure in measures for line in measure.rows},
    )


def _deadlines(measures: Sequence[Measure]) -> Iterator[str]:
    for measure in measures:
        yield from measure.deadline.split("；")
        yield from (passage.owners.deadline for passage in measure.passages if passage.owners)


def _bare(text: str) -> str:
    """Return words without label, blanks and the stop behind them."""
    label = label_of(text)
    return _BLANK.sub("", text[label.end :] if label else text).rstrip("。；;：:，,")


def _cells(table: Table, placed: _Placed) -> Iterator[OutlinePassage]:
    """Yield what is left of the cells; one that is merged over several places once."""
    above: tuple[str, ...] = ()
    first = header_rows(table)
    numbers = {
        column for row in table.rows[:first] for column, cell in enumerate(row) if _NUMBERS.search(cell)
    }
    for row, line in zip(table.rows[first:], table.lines[first:], strict=True):
        seen: set[str] = set()
        for column, cell in enumerate(row):
            is_counter = column in numbers or (column == 0 and _COUNTER.fullmatch(cell.strip()))
            is_same = cell in seen or (bool(above) and above[column] == cell and len(cell) >= _SURE)
            if not is_counter and not is_same:
                for text in cell.split("\n"):
                    yield from _left(text, line, placed)
            seen.add(cell)
        above = row


def _left(text: str, line: int, placed: _Placed) -> Iterator[OutlinePassage]:
    """Yield the stretches of a text that stand in no chapter, unit lists left out."""
    if any(pattern.fullmatch(text.strip()) for pattern in (DATE_LINE, SIGNED, ISSUED, NUMBER)):
        return
    start = 0
    for owners in all_owners(text, line):
        yield from _stretches(text[start : owners.start], line, placed)
        start = owners.end
    yield from _stretches(text[start:], line, placed)


def _stretches(text: str, line: int, placed: _Placed) -> Iterator[OutlinePassage]:
    caption = _CAPTION.match(text)
    text = text[caption.end() :] if caption else text
    for sentence in sentences(text):
        held: list[Clause] = []
        for clause in clauses(text, sentence):
            if not placed.holds(clause.text, line):
                held.append(clause)
            elif held:
                yield _passage(text, held, line)
                held = []
        if held:
            yield _passage(text, held, line)


def _passage(text: str, held: Sequence[Clause], line: int) -> OutlinePassage:
    return OutlinePassage(text[held[0].start : held[-1].end], line)
