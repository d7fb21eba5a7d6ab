"""Chapters of tasks to actions and measures, whatever the levels of their headings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from kesu_cli.drafting.duty import is_asked_of_someone
from kesu_cli.drafting.heading_tree import Node
from kesu_cli.drafting.label import Rank
from kesu_cli.drafting.owners import Owners
from kesu_cli.drafting.structure import Action, Measure, OutlinePassage
from kesu_cli.drafting.title_duty import with_title

_STARTS = re.compile(
    r"^(?:(?:深入|大力|全面|扎实|加快|组织|持续|重点|积极)?(?:实施|开展|推进|推动|启动|组织))+(?=.{2,}(?:行动|工程|计划)$)"
)


@dataclass(frozen=True, slots=True)
class _Group:
    """An action before its measures are numbered; ``head`` gives name, preamble and owners."""

    head: Node
    name: str
    members: tuple[Node, ...]


def actions_of(chapters: Sequence[Node], title: str) -> tuple[Action, ...]:
    """Choose what is an action and what a measure; every chapter of tasks ends up in one."""
    groups = list(_groups(chapters, title))
    numbers = _numbers(groups)
    actions = []
    for index, group in enumerate(groups, start=1):
        measures = tuple(_measure(node, next(numbers)) for node in group.members)
        is_apart = group.head not in group.members
        preamble = _preamble(group.head) if is_apart else ()
        owners = group.head.owners if is_apart else None
        actions.append(Action(index, group.name, preamble, measures, owners, group.head.line))
    return tuple(actions)


def _preamble(head: Node) -> tuple[OutlinePassage, ...]:
    """Return what stands under the heading of an action, and the heading if it counts, dates or obliges."""
    title = (OutlinePassage(head.title, head.line),) if is_asked_of_someone(head.title) else ()
    return (*title, *head.passages)


def _groups(chapters: Sequence[Node], title: str) -> Iterator[_Group]:
    if chapters and all(not chapter.children for chapter in chapters):
        yield _Group(Node(title=title, line=chapters[0].line), title, tuple(chapters))
        return
    for chapter in chapters:
        yield from _of_chapter(chapter)


def _of_chapter(chapter: Node) -> Iterator[_Group]:
    if not any(child.children and child.rank < Rank.ITEM for child in chapter.children):
        yield _Group(chapter, name_of(chapter.title), tuple(chapter.children) or (chapter,))
        return
    for child in chapter.children:
        if chapter.owners and not child.owners and not any(member.owners for member in child.children):
            child.owners = chapter.owners
        yield _Group(child, name_of(child.title), tuple(child.children) or (child,))


def owners_of(action: Action) -> Owners | None:
    """Return the owners of an action: its own, else those that all its measures share."""
    named = [measure.owners for measure in action.measures]
    first = named[0] if named else None
    if action.owners or first is None:
        return action.owners
    same = all(one and (one.lead, one.responsible) == (first.lead, first.responsible) for one in named)
    return first if same else None


def name_of(title: str) -> str:
    """Name an action without the verb in front: 实施青少年科学素质提升行动 → 青少年科学素质提升行动."""
    return _STARTS.sub("", title)


def _numbers(groups: Sequence[_Group]) -> Iterator[int]:
    printed = [node.number for group in groups for node in group.members]
    known = [number for number in printed if number]
    if len(set(known)) < len(known) or not known or not _are_boxes(groups):
        return iter(range(1, len(printed) + 1))
    free = count(max(known) + 1)
    return iter([number or next(free) for number in printed])


def _are_boxes(groups: Sequence[_Group]) -> bool:
    """Whether all measures without a number are boxes (专栏)."""
    return all(node.number or node.label.startswith("专栏") for group in groups for node in group.members)


def _measure(node: Node, number: int) -> Measure:
    passages = with_title(node.title, node.line, node.texts())
    passages = passages or (OutlinePassage(node.whole or node.title, node.line),)
    owners = node.owners
    deadline = owners.deadline if owners else ""
    return Measure(number, node.title, passages, owners, node.line, node.label, deadline)
