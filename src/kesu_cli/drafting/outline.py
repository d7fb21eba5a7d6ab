"""Takes a plan document apart: title, goals, actions with measures and units, safeguards, phases."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from kesu_cli.diagnostic import Refusal
from kesu_cli.drafting.annex import actions_of_rows, joined
from kesu_cli.drafting.chapter import Topic, is_goal, topic_of
from kesu_cli.drafting.citation import cited_in
from kesu_cli.drafting.front import Frame, frame_of, without_contents
from kesu_cli.drafting.grouping import actions_of
from kesu_cli.drafting.heading_tree import Node, tree_of
from kesu_cli.drafting.phase import phases_of
from kesu_cli.drafting.span import stretch_in
from kesu_cli.drafting.structure import Action, Outline, OutlinePassage, Phase, Section
from kesu_cli.drafting.task_table import TableTask, rows_of
from kesu_cli.drafting.title_duty import with_title
from kesu_cli.model.document import Document, Paragraph, Table
from kesu_cli.model.window import Days

_PLAN_WORD = re.compile("方案|计划|规划|纲要|意见|要点|办法|措施|行动|任务|分工")
_DUTY_WORD = re.compile(
    "推进|推动|加强|开展|建立|完善|实施|落实|组织|建设|提升|强化|健全|培育|制定|鼓励|支持"
)
_MIXED = re.compile("思想|要求|原则|思路|总体考虑")
_FEWEST_DUTIES = 5
_LONGEST_PARAGRAPH = 20_000  # characters
_DRAWN = re.compile("[─━═]{8}")
_FEWEST_DRAWN = 3
_DRAWN_SHARE = 25  # a line drawn in so many
_TABLE_NAME = "任务分工表"
_PERIOD = re.compile(r"[（(\[〔]([^（）()]*\d{4}[^（）()]*)[）)\]〕]")


class NoPlan(Refusal):
    """Why a document is no plan that can be taken apart, and what to do."""


@dataclass
class _Parts:
    year: int = 0
    goals: list[OutlinePassage] = field(default_factory=list)
    tasks: list[Node] = field(default_factory=list)
    safeguards: list[Section] = field(default_factory=list)
    phases: list[Phase] = field(default_factory=list)
    others: list[Section] = field(default_factory=list)


def outline(document: Document) -> Outline:
    """Take a plan document apart; raises NoPlan where there is nothing to check in it."""
    _must_not_be_printed(document)
    _must_have_paragraphs(document)
    frame = frame_of(without_contents(document.blocks), document.name.rsplit(".", 1)[0])
    root = tree_of(frame.body)
    period = period_of(frame.title)
    parts = _sorted(_unwrapped(root), period)
    tables = [table for node in root.walk() for table in node.tables]
    tables += [block for block in frame.annex if isinstance(block, Table)]
    holders = [node.title for chapter in parts.tasks for node in chapter.walk() if _holds_table_only(node)]
    chapters = [chapter for chapter in map(_without_holders, parts.tasks) if chapter]
    actions = _with_tables(actions_of(chapters, frame.title), rows_of(tables), [*holders, frame.title])
    _must_be_plan(frame, actions, document)
    return Outline(
        title=frame.title,
        issuer=frame.issuer,
        issued=frame.issued,
        period=period,
        cites=cited_in(document.blocks, frame.title),
        goals=tuple(parts.goals),
        actions=actions,
        safeguards=tuple(parts.safeguards),
        phases=tuple(parts.phases),
        others=tuple(_around(frame, root) + parts.others),
        headings=tuple(dict.fromkeys((frame.title, *_headings(root)))),
    )


def _holds_table_only(node: Node) -> bool:
    return bool(node.tables) and not node.passages and not node.children


def _without_holders(node: Node) -> Node | None:
    """Return a chapter without the headings that stand only over a table; None where it is one."""
    if _holds_table_only(node):
        return None
    children = [child for child in map(_without_holders, node.children) if child]
    if node.children and not children and not node.passages:
        return None
    return replace(node, children=children)


def _with_tables(
    actions: tuple[Action, ...], rows: Sequence[TableTask], names: Sequence[str]
) -> tuple[Action, ...]:
    """Let the task tables name units and deadlines, and let rows that the text does not say be measures."""
    if not _has_words(actions):
        return actions_of_rows(rows, names[-1]) or actions
    filled, left = joined(actions, rows)
    first = max(measure.number for action in filled for measure in action.measures) + 1
    made = actions_of_rows(left, names[0] if len(names) > 1 else _TABLE_NAME, first) if left else ()
    return (*filled, *(replace(one, number=number) for number, one in enumerate(made, len(filled) + 1)))


def _headings(root: Node) -> Iterator[str]:
    for node in root.walk():
        yield node.title
        yield node.whole


def _has_words(actions: Sequence[Action]) -> bool:
    measures = [measure for action in actions for measure in action.measures]
    return any(passage.text != measure.title for measure in measures for passage in measure.passages)


def _must_have_paragraphs(document: Document) -> None:
    """Refuse a text that has lost its line ends: the numbers of its items stand nowhere in front."""
    for block in document.blocks:
        if isinstance(block, Paragraph) and len(block.text) > _LONGEST_PARAGRAPH:
            raise NoPlan(
                f"{document.name}：第 {block.line} 行有 {len(block.text)} 字，方案的一段不会这么长；"
                "请核对分段是不是丢了，恢复分段后再试"
            )


def _must_not_be_printed(document: Document) -> None:
    """Refuse what a program printed for a terminal, kesu's own pages among it: its tables are drawn."""
    lines = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    drawn = sum(bool(_DRAWN.search(line)) for line in lines)
    if drawn >= _FEWEST_DRAWN and drawn * _DRAWN_SHARE >= len(lines):
        raise NoPlan(f"{document.name}：这是程序打印出来的表格，不是方案；请换成方案正文")


def _must_be_plan(frame: Frame, actions: Sequence[Action], document: Document) -> None:
    """Refuse what has no measures or does not read like a plan: a novel has chapters too."""
    measures = [measure for action in actions for measure in action.measures]
    texts = [passage.text for measure in measures for passage in measure.passages]
    is_owned = any(action.owners for action in actions) or any(measure.owners for measure in measures)
    is_titled = bool(_PLAN_WORD.search(frame.title))
    duties = sum(len(_DUTY_WORD.findall(text)) for text in texts)
    if not measures or not (is_owned or duties >= _FEWEST_DUTIES or (is_titled and duties)):
        lacking = "任务的话很少，也没有写明责任单位" if measures else "没有“一、”“（一）”“1．”这样的条目"
        raise NoPlan(
            f"{document.name}：看不出这是一份有任务、有分工的方案（{lacking}）；"
            "请换成方案正文，网页请只保留正文，扫描件请先识别成文字并核对"
        )


def period_of(title: str) -> Days | None:
    """Read the period in a title: （2021—2025年）, 2024年, “十四五”."""
    bare = re.sub(r"《[^《》]*》", "", title)
    bracketed = [days for match in _PERIOD.finditer(bare) if (days := stretch_in(match[1]))]
    return bracketed[-1] if bracketed else stretch_in(bare)


def _unwrapped(root: Node) -> Node:
    """Step inside a single heading that holds the whole plan."""
    while len(root.children) == 1:
        only = root.children[0]
        topics = {topic_of(child.title) for child in only.children}
        if topic_of(only.title) is not Topic.TASKS or Topic.TASKS not in topics or len(topics) == 1:
            break
        only.passages[:0] = root.passages
        root = only
    return root


def _around(frame: Frame, root: Node) -> list[Section]:
    found = []
    for name, blocks in (("文首", frame.before), ("文末", frame.after), ("附件", frame.annex)):
        passages = tuple(
            OutlinePassage(block.text, block.line) for block in blocks if isinstance(block, Paragraph)
        )
        if passages:
            found.append(Section("", name, passages, None, passages[0].line))
    if root.passages:
        found.insert(1, Section("", "前言", tuple(root.passages), None, root.passages[0].line))
    return found


def _sorted(root: Node, period: Days | None) -> _Parts:
    parts = _Parts(period.start.year if period and period.start.year == period.end.year else 0)
    topics = [topic_of(chapter.title) for chapter in root.children]
    if Topic.TASKS not in topics:
        topics = [Topic.TASKS if topic is Topic.SAFEGUARDS else topic for topic in topics]
    first_task = topics.index(Topic.TASKS) if Topic.TASKS in topics else 0
    for index, (chapter, topic) in enumerate(zip(root.children, topics, strict=True)):
        is_early = (
            topic is Topic.SAFEGUARDS and index < first_task and bool(chapter.children or chapter.owners)
        )
        _sort(chapter, Topic.TASKS if is_early else topic, parts)
    return parts


def _sort(node: Node, topic: Topic, parts: _Parts) -> None:
    if topic is Topic.TASKS:
        parts.tasks.append(node)
        if node.passages and any(child.children for child in node.children):
            parts.others.append(Section(node.label, node.title, tuple(node.passages), None, node.line))
    elif topic is Topic.PHASES:
        _sort_phases(node, parts)
    elif topic is Topic.SAFEGUARDS:
        _sort_safeguards(node, parts)
    elif topic in {Topic.GOALS, Topic.GUIDANCE}:
        _sort_goals(node, topic, parts)
    else:
        parts.others.append(_section(node))


def _sort_phases(node: Node, parts: _Parts) -> None:
    phases = phases_of(node, parts.year)
    parts.phases.extend(phases)
    if not phases:
        parts.safeguards.append(_section(node))


def _sort_safeguards(node: Node, parts: _Parts) -> None:
    if not node.children:
        parts.safeguards.append(_section(node))
        return
    if node.passages:
        parts.safeguards.append(Section(node.label, node.title, tuple(node.passages), node.owners, node.line))
    for child in node.children:
        if topic_of(child.title) is Topic.PHASES:
            _sort_phases(child, parts)
        else:
            parts.safeguards.append(_section(child))


def _sort_goals(node: Node, topic: Topic, parts: _Parts) -> None:
    kinds = [topic_of(child.title) for child in node.children]
    if Topic.GOALS in kinds or (topic is Topic.GUIDANCE and node.children):
        if node.passages:
            parts.others.append(Section(node.label, node.title, tuple(node.passages), None, node.line))
        for child, kind in zip(node.children, kinds, strict=True):
            if kind is Topic.GOALS:
                parts.goals.extend(child.texts())
            else:
                parts.others.append(_section(child))
        return
    if topic is Topic.GUIDANCE and not _MIXED.search(node.title):
        parts.others.append(_section(node))
        return
    is_mixed = bool(_MIXED.search(node.title))
    passages = list(node.texts())
    stated = [passage for passage in passages if not is_mixed or is_goal(passage.text)]
    parts.goals.extend(stated)
    rest = tuple(passage for passage in passages if passage not in stated)
    if rest:
        parts.others.append(Section(node.label, node.title, rest, None, node.line))


def _section(node: Node) -> Section:
    passages = with_title(node.title, node.line, node.texts()) or (OutlinePassage(node.whole, node.line),)
    return Section(node.label, node.title, passages, node.owners, node.line)
