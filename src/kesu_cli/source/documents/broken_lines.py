"""Joins the lines of a text that a program broke at a fixed width, in the middle of sentences."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from kesu_cli.model.document import Paragraph

_FINISHED = re.compile(r"[。！？；：:;!?…）)”’》】〕]$")
_BEGINS = re.compile(
    r"[一二三四五六七八九十]{1,3}[、是]|[（(][一二三四五六七八九十\d]+[）)]|\d{1,3}[．.、](?!\d)"
    r"|第.{1,3}(?:章|节|条|阶段|部分)|附件|附表|[（(〔]?(?:牵头|责任|配合|完成)\S{2}[：:]"
)
_SHORTEST = 20  # signs: what is shorter is a title, not running text
_WIDEST = 65
_FEWEST = 8
_SHARE = 0.5
_EDGE = 0.9  # from this share of the full width on, a line reaches the edge


class BrokenLine(NamedTuple):
    """A line and whether it is indented, which begins a paragraph."""

    paragraph: Paragraph
    is_indented: bool = False


class _Edge(NamedTuple):
    """The width of the page in one measure: printed width or count of signs."""

    measure: Callable[[str], int]
    full: int

    def reached_by(self, text: str) -> bool:
        return self.measure(text) >= _EDGE * self.full


def unbroken(lines: Sequence[BrokenLine]) -> Iterator[Paragraph]:
    """Join what was broken; a text whose lines are paragraphs stays as it is."""
    edge = _edge([line.paragraph.text for line in lines])
    marks_begin = edge is not None and any(line.is_indented for line in lines)
    held: Paragraph | None = None
    before: Paragraph | None = None
    for line in lines:
        here = line.paragraph
        if held and before and edge and _goes_on(before, line, edge, marks_begin=marks_begin):
            held = replace(held, text=held.text + here.text)
        else:
            if held:
                yield held
            held = here
        before = here
    if held:
        yield held


def _goes_on(before: Paragraph, line: BrokenLine, edge: _Edge, *, marks_begin: bool) -> bool:
    here = line.paragraph
    if here.heading or line.is_indented or here.line != before.line + 1 or not edge.reached_by(before.text):
        return False
    is_finished = bool(_FINISHED.search(before.text))
    return not is_finished or (marks_begin and not _BEGINS.match(here.text))


def _edge(texts: Sequence[str]) -> _Edge | None:
    """Find the width at which the lines were broken, None where they were not."""
    found = [_broken_at(texts, measure, size) for measure, size in ((_width, 2), (len, 1))]
    sharp = [(share, edge) for share, edge in filter(None, found)]
    return max(sharp, key=lambda pair: pair[0])[1] if sharp else None


def _broken_at(texts: Sequence[str], measure: Callable[[str], int], size: int) -> tuple[float, _Edge] | None:
    long = [measure(text) for text in texts if measure(text) >= _SHORTEST * size]
    if len(long) < _FEWEST or max(long) > _WIDEST * size:
        return None
    edge = _Edge(measure, max(long))
    at_edge = [text for text in texts if edge.reached_by(text)]
    unfinished = sum(not _FINISHED.search(text) for text in at_edge)
    share = len(at_edge) / len(long)
    return (share, edge) if share >= _SHARE and 2 * unfinished >= len(at_edge) else None


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)
