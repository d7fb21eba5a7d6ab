"""Holds a transcribed plan against its document: headings, units, quotes, numbers, what was left out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu_cli.diagnostic import Place
from kesu_cli.drafting.chapter_text import ChapterText, chapters
from kesu_cli.drafting.covering import Covered, Quoted, covered, passages, quoted
from kesu_cli.drafting.due_check import undue
from kesu_cli.drafting.figures import figures, misdated, unaccounted, unfounded, unwritten
from kesu_cli.drafting.heading_check import check_headings
from kesu_cli.drafting.named_units import names_listed, names_missing, units_missing
from kesu_cli.drafting.outline import outline
from kesu_cli.drafting.rest import rest_of
from kesu_cli.drafting.rest_figure import left_figures, left_over
from kesu_cli.drafting.structure import Outline
from kesu_cli.drafting.subject import subjects_missing
from kesu_cli.model.document import Document
from kesu_cli.model.name_similarity import suggest
from kesu_cli.model.plan_file import ActionRow, NotDutyRow, NotTargetRow, PhaseRow, PlanFile, SectionRow
from kesu_cli.model.unit import Units
from kesu_cli.verification import Aspect, Cover, CoveredPart, Discrepancy, Share, Verification


@dataclass(frozen=True)
class _Case:
    """A plan and its document, chapter by chapter."""

    file: PlanFile
    place: Place
    units: Units
    document: Document
    outline: Outline
    chapters: tuple[ChapterText, ...]
    covered: tuple[tuple[Covered, ...], ...]
    quoted: tuple[tuple[Quoted, ...], ...]
    rest: tuple[ChapterText, ...]
    rest_covered: tuple[tuple[Covered, ...], ...]
    rest_quoted: tuple[tuple[Quoted, ...], ...]


def verify(file: PlanFile, place: Place, units: Units, document: Document) -> Verification:
    """Compare a plan with the document it transcribes, sentence by sentence."""
    taken = outline(document)
    paired = chapters(file, place, taken)
    rest = rest_of(document, taken, paired)
    case = _Case(
        file=file,
        place=place,
        units=units,
        document=document,
        outline=taken,
        chapters=paired,
        covered=tuple(covered(one, file.not_duties) for one in paired),
        quoted=tuple(quoted(one) for one in paired),
        rest=rest,
        rest_covered=tuple(covered(one, file.not_duties) for one in rest),
        rest_quoted=tuple(quoted(one) for one in rest),
    )
    headings = check_headings(file, place, units, taken)
    nowhere = tuple(names_missing(file, paired, document, units))
    found = [
        *_other_document(case),
        *headings.discrepancies,
        *_quotes(case),
        *_numbers(case),
        *_owners(case),
        *_left_out(case),
        *nowhere,
        *_numbering(case),
    ]
    return Verification(
        title=file.title,
        document=document.name,
        parts=tuple(
            _part(one, cover)
            for one, cover in zip(case.chapters, case.covered, strict=True)
            if one.passages or one.tasks
        )
        + tuple(_rest_parts(case)),
        names={task.row.id: task.row.name for one in case.chapters for task in one.tasks},
        quotes=_quote_share(case),
        clauses=_clause_share(case),
        numbers=_number_share(case),
        units=_unit_share(case, headings.units, len(nowhere)),
        headings=headings.headings,
        discrepancies=tuple(found),
    )


def _other_document(case: _Case) -> Iterator[Discrepancy]:
    source = case.file.source
    place = case.place / "source"
    if source is None:
        message = f"方案没有写明原文文件的 sha256；本次核对的是 {case.document.sha256}"
        yield Discrepancy(Aspect.DOCUMENT, message, place=case.place)
    elif source.sha256 != case.document.sha256:
        message = f"原文文件与转录时的不同：现为 {case.document.sha256}，转录时为 {source.sha256}"
        yield Discrepancy(Aspect.DOCUMENT, message, place=place / "sha256")


def _quotes(case: _Case) -> Iterator[Discrepancy]:
    elsewhere = {found.task.row.id for quotes in case.rest_quoted for found in quotes}
    for chapter, quotes in zip(case.chapters, case.quoted, strict=True):
        standing = {found.task.row.id for found in quotes} | elsewhere
        for task in chapter.tasks:
            if task.row.id in standing:
                continue
            words = task.row.quote or ""
            near = suggest(words, (covering.clause.text for covering in covered(chapter, ())))
            hint = f"；最接近的是“{near}”" if near and words else ""
            said = f"引文“{words}”不在原文的{chapter.title}里" if words else "没有写引文"
            yield Discrepancy(
                Aspect.QUOTE, f"任务 {task.row.id} {said}{hint}", 0, task.place / "quote", task.row.id
            )
    yield from _excuses(case)


def _excuses(case: _Case) -> Iterator[Discrepancy]:
    others = (passage.text for section in case.outline.others for passage in section.passages)
    printed = "\n".join((*(one.text for one in (*case.chapters, *case.rest)), *others))
    excused: dict[str, Sequence[NotDutyRow | NotTargetRow]] = {
        "not_duties": case.file.not_duties,
        "not_targets": case.file.not_targets,
    }
    for key, rows in excused.items():
        for index, row in enumerate(rows):
            place = case.place / key / index
            if row.quote not in printed:
                yield Discrepancy(Aspect.QUOTE, f"{key} 里的“{row.quote}”不在原文里", 0, place / "quote")
            elif isinstance(row, NotTargetRow) and row.text not in row.quote:
                message = f"not_targets 里的“{row.text}”不在它的引文“{row.quote}”里"
                yield Discrepancy(Aspect.NUMBER, message, 0, place / "text")


def _numbers(case: _Case) -> Iterator[Discrepancy]:
    for chapter, quotes in zip(case.chapters, case.quoted, strict=True):
        yield from unaccounted(chapter, quotes, case.file.not_targets)
        yield from unwritten(chapter, quotes, case.file.not_targets)
        yield from misdated(chapter, quotes, case.file.period.days)
        yield from unfounded(chapter, quotes)
        yield from undue(chapter, quotes, case.file.period.days)
    for chapter, quotes, found in zip(case.rest, case.rest_quoted, case.rest_covered, strict=True):
        yield from unfounded(chapter, quotes)
        yield from left_over(chapter, quotes, found, case.file.not_targets)


def _owners(case: _Case) -> Iterator[Discrepancy]:
    for chapter, quotes in zip(case.chapters, case.quoted, strict=True):
        yield from subjects_missing(chapter, quotes, case.units)
        yield from units_missing(chapter, quotes, case.units)


def _left_out(case: _Case) -> Iterator[Discrepancy]:
    everything = zip((*case.chapters, *case.rest), (*case.covered, *case.rest_covered), strict=True)
    for chapter, cover in everything:
        for covering in cover:
            if covering.cover is Cover.BARE:
                words = covering.clause.text
                where = chapter.title if chapter in case.rest else f"{chapter.label} {chapter.title}"
                message = f"{where}里的“{words}”没有任务覆盖，也没有列入 not_duties"
                yield Discrepancy(Aspect.DUTY, message, chapter.line(covering.clause.start), words=words)


def _numbering(case: _Case) -> Iterator[Discrepancy]:
    """Name the chapters whose task ids do not run from 1 without a gap under the chapter's own prefix."""
    yield from _chapter_ids(case)
    for chapter in case.chapters:
        ids = [task.row.id for task in chapter.tasks]
        expected = {f"{chapter.prefix}-{number}" for number in range(1, len(ids) + 1)}
        odd = sorted({*(set(ids) - expected), *(one for one in ids if ids.count(one) > 1)})
        if odd:
            missing = "、".join(sorted(expected - set(ids)))
            message = (
                f"{chapter.label} {chapter.title}的任务编号应从 1 连续编：缺 {missing}，多 {'、'.join(odd)}"
            )
            place = next(task.place for task in chapter.tasks if task.row.id in odd)
            yield Discrepancy(Aspect.NUMBERING, message, 0, place / "id", odd[0])


def _chapter_ids(case: _Case) -> Iterator[Discrepancy]:
    file = case.file
    lists: dict[str, Sequence[ActionRow | SectionRow | PhaseRow]] = {
        "actions": file.actions,
        "safeguards": file.safeguards,
        "phases": file.phases,
    }
    for key, rows in lists.items():
        for number, row in enumerate(rows, 1):
            expected = f"{key[0].upper()}{number}"
            if row.id != expected:
                message = f"编号“{row.id}”应为“{expected}”：它是第 {number} 个"
                yield Discrepancy(Aspect.NUMBERING, message, 0, case.place / key / (number - 1) / "id")


def _part(chapter: ChapterText, found: Sequence[Covered]) -> CoveredPart:
    ids = tuple(task.row.id for task in chapter.tasks)
    return CoveredPart(chapter.label, chapter.title, passages(chapter, found), ids)


def _rest_parts(case: _Case) -> Iterator[CoveredPart]:
    """Show of what lies in no chapter the passages that ask for something."""
    for chapter, found, quotes in zip(case.rest, case.rest_covered, case.rest_quoted, strict=True):
        asking = [c.clause.start for c in found if c.cover is not Cover.PLAIN]
        asking += [figure.start for figure in left_figures(chapter, quotes, found, case.file.not_targets)]
        lines = {chapter.line(start) for start in asking}
        shown = tuple(p for p in passages(chapter, found) if p.line in lines)
        if shown:
            yield CoveredPart(chapter.label, chapter.title, shown, ())


def _quote_share(case: _Case) -> Share:
    standing = {found.task.row.id for quotes in (*case.quoted, *case.rest_quoted) for found in quotes}
    ids = [task.row.id for one in case.chapters for task in one.tasks]
    return Share(sum(one in standing for one in ids), len(ids))


def _clause_share(case: _Case) -> Share:
    counted = [
        c.cover for found in (*case.covered, *case.rest_covered) for c in found if c.cover is not Cover.PLAIN
    ]
    return Share(sum(cover is not Cover.BARE for cover in counted), len(counted))


def _unit_share(case: _Case, of_actions: Share, nowhere: int) -> Share:
    """Count the units of the actions' lists, of the lists below them, and those that are named nowhere."""
    listed = sum(len(names_listed(chapter)) for chapter in case.chapters)
    paired = zip(case.chapters, case.quoted, strict=True)
    missing = sum(len({d.words for d in units_missing(one, quotes, case.units)}) for one, quotes in paired)
    done = of_actions.done + max(listed - missing, 0)
    return Share(done, of_actions.all + listed + nowhere)


def _number_share(case: _Case) -> Share:
    everything = sum(1 for chapter in case.chapters for _ in figures(chapter.text))
    paired = zip(case.chapters, case.quoted, strict=True)
    left = sum(1 for one, quotes in paired for _ in unaccounted(one, quotes, case.file.not_targets))
    loose = zip(case.rest, case.rest_quoted, case.rest_covered, strict=True)
    named = sum(1 for one in loose for _ in left_figures(*one, case.file.not_targets))
    return Share(everything - left, everything + named)
