"""Names the numbers of what lies in no chapter that nothing accounts for."""

from collections.abc import Iterator, Sequence

from kesu_cli.drafting.chapter_text import ChapterText
from kesu_cli.drafting.covering import Covered, Quoted
from kesu_cli.drafting.figures import TextFigure, unaccounted_figures
from kesu_cli.model.plan_file import NotTargetRow
from kesu_cli.verification import Aspect, Cover, Discrepancy

_AROUND = 8


def left_figures(
    chapter: ChapterText, quotes: Sequence[Quoted], found: Sequence[Covered], excused: Sequence[NotTargetRow]
) -> Iterator[TextFigure]:
    """Find the numbers of words that no reason excuses; of a background only those that are asked for."""
    settled = [
        c for c in found if c.cover is Cover.EXCUSED or (chapter.background and c.cover is Cover.PLAIN)
    ]
    for figure in unaccounted_figures(chapter, quotes, excused):
        if not any(c.clause.start <= figure.start < c.clause.end for c in settled):
            yield figure


def left_over(
    chapter: ChapterText, quotes: Sequence[Quoted], found: Sequence[Covered], excused: Sequence[NotTargetRow]
) -> Iterator[Discrepancy]:
    """Name those numbers, each with the words around it."""
    for figure in left_figures(chapter, quotes, found, excused):
        start = max(chapter.text.rfind("\n", 0, figure.start) + 1, figure.start - _AROUND)
        end = figure.start + len(figure.text) + _AROUND
        words = chapter.text[start:end].split("\n")[0]
        message = (
            f"{chapter.title}里的“{figure.text}”（…{words}…）既不是任务的指标或日期，也没有列入 not_targets"
        )
        yield Discrepancy(Aspect.NUMBER, message, chapter.line(figure.start), words=words)
