"""Phases (阶段): their names and stretches of days."""

import re
from collections.abc import Iterable, Iterator, Sequence

from kesu_cli.drafting.heading_tree import Node
from kesu_cli.drafting.span import stretch_in
from kesu_cli.drafting.structure import OutlinePassage, Phase
from kesu_cli.model.window import Days

PHASE_HEAD = re.compile(
    r"第[一二三四五六七八\d]+(?:个)?阶段\s*(?:[（(](?P<when>[^（）()]*)[）)])?\s*[：:、，,—\s]*"
)
_BARE_MONTH = re.compile(r"(?<![\d年])(\d{1,2}\s*月)")
_NAMED = re.compile(
    r"(?P<name>[^。：:；，（）()]{2,20})(?:[（(](?P<when>[^（）()]*\d[^（）()]*)[）)])?\s*(?:$|[。：:；])"
)
_WHEN = re.compile(r"[（(](?P<when>[^（）()]*[\d一二三四五六七八九十〇○]\s*[年月][^（）()]*)[）)]")


def phases_of(node: Node, year: int = 0) -> tuple[Phase, ...]:
    """Read the phases of a section: as headings, or as paragraphs that begin 第一阶段.

    ``year`` is the year of months that are written without one, 0 where the plan has several.
    """
    if node.children:
        found = [_of_heading(child, year) for child in node.children]
    else:
        found = list(_of_passages(node.passages, year))
    return tuple(found)


def _of_heading(node: Node, year: int) -> Phase:
    when = _WHEN.search(node.title)
    name = _WHEN.sub("", node.title).strip(" 。：:")
    head = PHASE_HEAD.match(name)
    name = name[head.end() :] if head and head.end() < len(name) else name
    passages = tuple(node.texts()) or (OutlinePassage(node.whole, node.line),)
    texts = [when["when"] if when else "", node.title, passages[0].text[:40]]
    return Phase(name, _first_stretch(texts, year), passages, node.line)


def _of_passages(passages: Iterable[OutlinePassage], year: int) -> Iterator[Phase]:
    held: Phase | None = None
    for passage in passages:
        head = PHASE_HEAD.match(passage.text)
        if head is None:
            if held:
                held = Phase(held.name, held.period, (*held.passages, passage), held.line)
            continue
        if held:
            yield held
        held = _begun(passage, head, year)
    if held:
        yield held


def _begun(passage: OutlinePassage, head: re.Match[str], year: int) -> Phase:
    rest = passage.text[head.end() :]
    named = _NAMED.match(rest)
    when = [head["when"] or "", (named["when"] or "") if named else ""]
    name, body = (named["name"], rest[named.end() :].strip()) if named else (head[0].strip("：:、，, "), rest)
    passages = (OutlinePassage(body, passage.line, passage.owners),) if body else ()
    return Phase(name.strip(), _first_stretch([*when, rest[:60]], year), passages, passage.line)


def _first_stretch(texts: Sequence[str], year: int) -> Days | None:
    found = next((days for text in texts if (days := stretch_in(text))), None)
    if found or not year:
        return found
    dated = (_BARE_MONTH.sub(rf"{year}年\1", text, count=1) for text in texts)
    return next((days for text in dated if (days := stretch_in(text))), None)
