"""Which clauses of a chapter its quotes cover, which a stated reason excuses, and which are left bare."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu_cli.drafting.chapter_text import ChapterText, PlacedTask
from kesu_cli.drafting.clause import Clause, clauses, sentences
from kesu_cli.drafting.duty import is_asked_of_someone, weight_of
from kesu_cli.drafting.verb import Weight
from kesu_cli.model.plan_file import NotDutyRow
from kesu_cli.verification import Cover, CoveredPassage, CoveredStretch


@dataclass(frozen=True, slots=True)
class Quoted:
    """A task with the stretch of the chapter's text that it quotes."""

    task: PlacedTask
    start: int
    end: int


def quoted(chapter: ChapterText) -> tuple[Quoted, ...]:
    """Find the quotes of a chapter's tasks in its text; those that do not stand there are left out."""
    found: list[Quoted] = []
    for task in chapter.tasks:
        words = task.row.quote or ""
        after = found[-1].end if found else 0
        start = _place(chapter.text, words, after) if words else -1
        if start >= 0:
            found.append(Quoted(task, start, start + len(words)))
    return tuple(found)


def _place(text: str, words: str, after: int) -> int:
    """Find a quote: behind the one before it, or, where tasks are not in order, wherever it stands first."""
    start = text.find(words, after)
    return start if start >= 0 else text.find(words)


@dataclass(frozen=True, slots=True)
class Covered:
    """A clause of a chapter with what becomes of it."""

    clause: Clause
    cover: Cover
    tasks: tuple[str, ...] = ()
    reason: str = ""


def covered(chapter: ChapterText, excused: Sequence[NotDutyRow]) -> tuple[Covered, ...]:
    """Say of every clause of a chapter what becomes of it."""
    quotes = quoted(chapter)
    reasons = tuple(_excuses(chapter.text, excused))
    return tuple(
        _cover(chapter, clause, quotes, reasons)
        for sentence in sentences(chapter.text)
        for clause in clauses(chapter.text, sentence)
    )


_Excuse = tuple[int, int, str]


def _excuses(text: str, excused: Sequence[NotDutyRow]) -> Iterator[_Excuse]:
    for row in excused:
        start = text.find(row.quote)
        while start >= 0:
            yield start, start + len(row.quote), row.reason
            start = text.find(row.quote, start + 1)


def _cover(
    chapter: ChapterText, clause: Clause, quotes: Sequence[Quoted], reasons: Sequence[_Excuse]
) -> Covered:
    within = [q for q in quotes if _shared(clause, q)]
    tasks = tuple(q.task.row.id for q in within if 2 * _shared(clause, q) >= _length(clause, q))
    if tasks and 2 * sum(_shared(clause, q) for q in within) >= clause.end - clause.start:
        return Covered(clause, Cover.TASK, tasks)
    for start, end, reason in reasons:
        if start <= clause.start and clause.end <= end:
            return Covered(clause, Cover.EXCUSED, reason=reason)
    weight = weight_of(clause.text)
    asks = chapter.all_clauses or weight not in (None, Weight.ADJUNCT)
    if chapter.background:
        asks = is_asked_of_someone(clause.text)
    return Covered(clause, Cover.BARE if asks else Cover.PLAIN)


def _shared(clause: Clause, quote: Quoted) -> int:
    return max(min(clause.end, quote.end) - max(clause.start, quote.start), 0)


def _length(clause: Clause, quote: Quoted) -> int:
    """Return what counts as the whole: the clause, or a quote that is cut out of it with others."""
    is_part = clause.start <= quote.start and quote.end <= clause.end
    return quote.end - quote.start if is_part else clause.end - clause.start


def passages(chapter: ChapterText, found: Sequence[Covered]) -> tuple[CoveredPassage, ...]:
    """Cut the passages of a chapter into stretches; marks between clauses go with the clause before them."""
    return tuple(
        CoveredPassage(passage.line, tuple(_stretches(passage.text, start, found)))
        for passage, start in zip(chapter.passages, chapter.starts, strict=True)
    )


def _stretches(text: str, offset: int, found: Sequence[Covered]) -> Iterator[CoveredStretch]:
    within = [c for c in found if offset <= c.clause.start < offset + len(text)]
    bounds = [c.clause.start - offset for c in within]
    if not within or bounds[0] > 0:
        yield CoveredStretch(text[: bounds[0] if bounds else len(text)], Cover.PLAIN)
    current: CoveredStretch | None = None
    for covering, start, end in zip(within, bounds, [*bounds, len(text)][1:], strict=True):
        piece = CoveredStretch(text[start:end], covering.cover, covering.tasks, covering.reason)
        if current and (current.cover, current.tasks, current.reason) == (
            piece.cover,
            piece.tasks,
            piece.reason,
        ):
            current = CoveredStretch(current.text + piece.text, piece.cover, piece.tasks, piece.reason)
        else:
            yield from [current] if current else []
            current = piece
    if current:
        yield current
