"""What a draft leaves out, listed with the reason: clauses that are no task, numbers that are no target."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from pydantic import ValidationError

from kesu_cli.diagnostic import Place
from kesu_cli.drafting.allowance import REASON
from kesu_cli.drafting.chapter_text import ChapterText, chapters
from kesu_cli.drafting.clause import clause_at
from kesu_cli.drafting.covering import Covered, Quoted, covered, quoted
from kesu_cli.drafting.figure import Quantity
from kesu_cli.drafting.figures import TextFigure, unaccounted_figures
from kesu_cli.drafting.not_target import NotTarget
from kesu_cli.drafting.outline import NoPlan
from kesu_cli.drafting.quantity import numbers
from kesu_cli.drafting.rest import rest_of
from kesu_cli.drafting.rest_figure import left_figures
from kesu_cli.drafting.structure import Outline, OutlinePassage
from kesu_cli.model.document import Document
from kesu_cli.model.plan_file import NotTargetRow, PlanFile
from kesu_cli.verification import Cover
from kesu_cli.yamltext.write import COMMENT, Node

_PURPOSE = "只说明目的或总的要求，由本段的任务落实"
_REASONS = {
    "背景": "写在任务以外的部分，起草时未列为任务，请核对",
    "标题": "是标题，下面各项没有再提，起草时未列为任务，请核对",
}
_UNSAID = "起草时未列为指标，请核对"


@dataclass(frozen=True)
class LeftOut:
    """What a drafted plan says of the words that are no task.

    ``rows`` are its not_targets and not_duties, ``not_understood`` the lines that a person must settle.
    """

    rows: dict[str, Node]
    not_understood: tuple[OutlinePassage, ...]


def left_out(data: Mapping[str, Node], taken: Outline, document: Document) -> LeftOut:
    """Find them for a drafted plan."""
    file = _plan_of(data, document)
    paired = chapters(file, Place(""), taken)
    background, headings, loose = rest_of(document, taken, paired)
    return LeftOut(_rows((*paired, background, headings)), tuple(_strange(loose)))


def _plan_of(data: Mapping[str, Node], document: Document) -> PlanFile:
    """Load the draft; where that fails there is no plan in the document, and no draft of it is of use."""
    try:
        return PlanFile.model_validate(_without_comments(data))
    except ValidationError as error:
        where = ".".join(map(str, error.errors()[0]["loc"]))
        raise NoPlan(
            f"{document.name}：起草出来的内容不成一份方案（{where} 一处写不出来）；"
            "请核对文件是不是方案正文，标题、序号和日期是否完整"
        ) from None


def _rows(paired: Sequence[ChapterText]) -> dict[str, Node]:
    targets: list[Node] = [row for chapter in paired for row in _figures(chapter)]
    duties: list[Node] = [row for chapter in paired for row in _clauses(chapter)]
    comment: Node = "review: 下列分句没有单列为任务，请看有没有漏掉的"
    return {
        **({"not_targets": targets} if targets else {}),
        **({f"{COMMENT} not_duties": comment, "not_duties": duties} if duties else {}),
    }


def _strange(chapter: ChapterText) -> Iterator[OutlinePassage]:
    """Yield the passages of what lies in no chapter that ask for something or hold a number."""
    found, quotes = covered(chapter, ()), quoted(chapter)
    starts = [c.clause.start for c in found if c.cover is Cover.BARE]
    starts += [figure.start for figure in left_figures(chapter, quotes, found, ())]
    ends = (start + len(p.text) for start, p in zip(chapter.starts, chapter.passages, strict=True))
    for passage, start, end in zip(chapter.passages, chapter.starts, ends, strict=True):
        if any(start <= one < end for one in starts):
            yield passage


def _without_comments(node: Node) -> Node:
    if isinstance(node, Mapping):
        return {key: _without_comments(part) for key, part in node.items() if not key.startswith(COMMENT)}
    return node if isinstance(node, str) else [_without_comments(part) for part in node]


def _figures(chapter: ChapterText) -> Iterator[Node]:
    found, quotes = covered(chapter, ()), quoted(chapter)
    every = left_figures if chapter.background else _every
    for figure in every(chapter, quotes, found, ()):
        clause = clause_at(chapter.text, figure.start)
        quote = clause.text if clause else figure.text
        yield {"text": figure.text, "quote": quote, "reason": _reason(quote, figure)}


def _every(
    chapter: ChapterText, quotes: Sequence[Quoted], _found: Sequence[Covered], excused: Sequence[NotTargetRow]
) -> Iterator[TextFigure]:
    return unaccounted_figures(chapter, quotes, excused)


def _reason(clause: str, figure: TextFigure) -> str:
    for item in numbers(clause):
        if isinstance(item, NotTarget) and figure.text in item.text:
            return item.reason
        if isinstance(item, Quantity) and item.is_allowance and figure.text in clause[item.start : item.end]:
            return REASON
    return _UNSAID


def _clauses(chapter: ChapterText) -> Iterator[Node]:
    """List bare clauses, those next to one another as one."""
    found = covered(chapter, ())
    reason = _REASONS.get(chapter.label, _PURPOSE)
    for bare, group in groupby(found, key=lambda c: (c.cover is Cover.BARE, chapter.line(c.clause.start))):
        if bare[0]:
            yield {"quote": _whole(chapter.text, group), "reason": reason}


def _whole(text: str, group: Iterable[Covered]) -> str:
    stretch = list(group)
    return text[stretch[0].clause.start : stretch[-1].clause.end]
