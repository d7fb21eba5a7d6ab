"""What a draft leaves out, listed with the reason: clauses that are no task, numbers that are no target."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from kesu_cli.drafting.allowance import REASON
from kesu_cli.drafting.chapter_text import ChapterText, chapters
from kesu_cli.drafting.clause import clauses, sentences
from kesu_cli.drafting.covering import Covered, covered, quoted
from kesu_cli.drafting.figure import Quantity
from kesu_cli.drafting.figures import Figure, unaccounted_figures
from kesu_cli.drafting.not_target import NotTarget
from kesu_cli.drafting.quantity import numbers
from kesu_cli.drafting.structure import Outline
from kesu_cli.finding import Place
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.transcript import Cover
from kesu_cli.writing import COMMENT, Node

_PURPOSE = "只说明目的或总的要求，由本段的任务落实"
_UNSAID = "起草时未列为指标，请核对"


def left_out(data: Mapping[str, Node], taken: Outline) -> dict[str, Node]:
    """Return not_targets and not_duties for a drafted plan."""
    paired = chapters(PlanFile.model_validate(_without_comments(data)), Place(""), taken)
    targets: list[Node] = [row for chapter in paired for row in _figures(chapter)]
    duties: list[Node] = [row for chapter in paired for row in _clauses(chapter)]
    comment: Node = "review: 下列分句没有单列为任务，请看有没有漏掉的"
    return {
        **({"not_targets": targets} if targets else {}),
        **({f"{COMMENT} not_duties": comment, "not_duties": duties} if duties else {}),
    }


def _without_comments(node: Node) -> Node:
    if isinstance(node, Mapping):
        return {key: _without_comments(part) for key, part in node.items() if not key.startswith(COMMENT)}
    return node if isinstance(node, str) else [_without_comments(part) for part in node]


def _figures(chapter: ChapterText) -> Iterator[Node]:
    for figure in unaccounted_figures(chapter, quoted(chapter), ()):
        clause = _clause_at(chapter.text, figure)
        yield {"text": figure.text, "quote": clause, "reason": _reason(clause, figure)}


def _clause_at(text: str, figure: Figure) -> str:
    for sentence in sentences(text):
        for clause in clauses(text, sentence):
            if clause.start <= figure.start < clause.end:
                return clause.text
    return figure.text


def _reason(clause: str, figure: Figure) -> str:
    for item in numbers(clause):
        if isinstance(item, NotTarget) and figure.text in item.text:
            return item.reason
        if isinstance(item, Quantity) and item.is_allowance and figure.text in clause[item.start : item.end]:
            return REASON
    return _UNSAID


def _clauses(chapter: ChapterText) -> Iterator[Node]:
    """List bare clauses, those next to one another as one."""
    found = covered(chapter, ())
    for bare, group in groupby(found, key=lambda c: (c.cover is Cover.BARE, chapter.line(c.clause.start))):
        if bare[0]:
            yield {"quote": _whole(chapter.text, group), "reason": _PURPOSE}


def _whole(text: str, group: Iterable[Covered]) -> str:
    stretch = list(group)
    return text[stretch[0].clause.start : stretch[-1].clause.end]
