"""Headings that are duties themselves: 鼓励有条件的学校设立实践基地。推动…."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from kesu_cli.drafting.duty import is_asked_of_someone, subject_end
from kesu_cli.drafting.structure import OutlinePassage
from kesu_cli.drafting.verb import Weight, opening, verbs_in
from kesu_cli.model.task_in_plan_file import Kind

_MOVES = re.compile("鼓励|支持|引导|激励|提倡|倡导|动员|推动|推进|督促|指导|组织|允许|要求|确保")
_INTO = re.compile("进(?:校园|社区|机关|企业|农村|家庭|课堂|教材|网络|军营|乡镇|村|单位|商场|景区)")
_ACTS = frozenset({Kind.DELIVERABLE, Kind.EVENT, Kind.PROGRAMME, Kind.FUNDING, Kind.INTEGRATION})
_NAMES_ONLY = re.compile(
    "^(?:健全|完善|构建|优化).{2,}|(?:体系|能力|水平|作用|工作|建设|行动|工程|计划|宣传|培训|活动|教育|责任)$"
)
_SAME_MATTER = 3  # so many characters in common, and the text below takes the heading up


def with_title(title: str, line: int, below: Iterable[OutlinePassage]) -> tuple[OutlinePassage, ...]:
    """Put a heading that counts, dates, obliges a unit or moves others in front of the text below it."""
    passages = tuple(below)
    is_duty = is_asked_of_someone(title) or _moves_others(title) or _INTO.search(title)
    if not passages or not is_duty or title in _said(passages):
        return passages
    return (OutlinePassage(title, line), *passages)


def is_taken_up(title: str, below: Iterable[OutlinePassage]) -> bool:
    """Whether a heading that names an act (建设示范片区) only names what the text below it speaks of."""
    how = opening(title)
    if how.verb is None or how.weight is not Weight.CONCRETE or how.verb.kind not in _ACTS:
        return True
    matter = title[how.offset + len(how.verb.word) :]
    return bool(_NAMES_ONLY.search(title)) or _shared(matter, _said(below)) >= _SAME_MATTER


def _said(passages: Iterable[OutlinePassage]) -> str:
    return "".join(passage.text for passage in passages)


def _moves_others(title: str) -> bool:
    """Whether a heading says who is moved to do what: 引导企业开放展厅, not 推动智慧科普建设."""
    act = title[subject_end(title) :]
    how = opening(act)
    if how.verb is None or not _MOVES.fullmatch(how.verb.word):
        return False
    rest = act[how.offset + len(how.verb.word) :]
    return any(verb.weight is Weight.CONCRETE for verb in verbs_in(rest, with_object=True))


def _shared(one: str, other: str) -> int:
    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size
