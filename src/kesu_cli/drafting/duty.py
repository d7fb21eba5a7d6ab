"""Finds the duties in running text: which clauses ask for something, and which say only how or what for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from kesu_cli.drafting.clause import Clause, clauses, sentences
from kesu_cli.drafting.kind import LEFT_TO_OTHERS, kind_of, places
from kesu_cli.drafting.quantity import quantities
from kesu_cli.drafting.rhythm import rhythm_of
from kesu_cli.drafting.unit_name import names_in
from kesu_cli.drafting.verb import Weight, first_verb, opening, verbs_in
from kesu_cli.drafting.when import When, times
from kesu_cli.model.task_in_plan_file import Kind

_SAME_MATTER = 5  # so many characters in common, and two clauses of a sentence speak of one thing

_HOPED = re.compile(
    r"(?:力争|争取|努力|奋力)(?:达到|达|实现|突破|超过)?\D{0,4}\d[\d.]*[%％万亿]?[^，。]{0,6}$"
)
_TOWARDS = "对"
_CLOSES = re.compile(
    "(?:全部|全面|基本|前|并|正式|统一)*(?:印发|发布|出台|报|上报|提交|公布|完成|实施|到位|启动|投用|移交|备案|落实|通过|建成)"
)
_BEFORE_TIME = re.compile("(?:要|应当?|须|必须|需|力争|确保|争取)?(?:于|在|到|至)?")
_STATE = re.compile(
    "(?:基本|全面|全部|明显|显著|大幅|进一步|更加|不断|初步|有效|持续|稳步|普遍|日益|总体|得到|实现|取得)[^，]{0,8}?"
    "(?:形成|建成|健全|完善|退出|消除|提升|提高|改善|增强|扩大|优化|建立|达标|成型|好转|降低|下降|缓解|遏制|解决|保障|突破|成效|进展|控制|均衡|丰富|合理|成熟|畅通)$"
)
_UNIT = re.compile(
    "(?:各[^，。；的]{0,8}?(?:县区|区县|市区|县（市、区）|乡镇|乡（镇）|镇街|街道|单位|部门|学校|企业|社区|村)"
    "|[市县区省州][^，。；、的]{1,8}?(?:局|委|办公室|中心|公司|联合会|协会|指挥部|办))"
)
_ANNOUNCED = re.compile(
    "(?:向社会|另行|向公众|对外|予以|及时|定期|按时|统一|同步)[^，]{0,4}(?:公布|公开|公示|通报|上报|报送|反馈|报告)$"
)
_SETTING = re.compile(r"(?:基础上|过程中|的同时|情况下|状态下|期间|(?<!似)的)$")
_ONLY_HOW = re.compile(
    r"(?:等|方式|途径|手段|形式|需求|困难|实际|为重点|为主线|为目标|为手段|为基础|为抓手|为载体|原则|要求|现状|情况|年|需要|主题|挑战"
    r"|数据|发展|资源|短板|中"
    r"|为[一-龥]{0,4}(?:方向|导向|核心|引领|牵引|支撑|突破口|切入点|契机|依托|底线|遵循|根本|前提|中心|主体|主导|纽带|平台|骨干|补充))$"
)
_TAKES = re.compile(
    r"[^，。；的]{2,24}(?:纳入|列入|实行|执行|严格落实|全面落实)[^，。；]{2,}|[将把].+?(?:纳入|列入|融入|作为|导入|编入|列为|转化为|予以|给予)|对.+?(?:进行|给予|予以|实行)"
)
_SUBJECT = re.compile(
    r"[^，。；]{0,40}?(?:局|部|委|会|办|联|协|府|中心|单位|部门|办公室|街道|乡镇|园区|机关|学校|企业|各地"
    r"|小组|医院|院校|馆|公司|集团|镇街|县区|区县|市区|[各级][县区乡镇村]|县（市、区）|（街道）|社区|负责人)"
    r"(?=负责|在|于|须|应|要|应|认真|将|把|按|每|会同|牵头|组织|结合|根据|制定|建立|对|密切|加强|做好|落实)"
)


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of a text: ``start`` to ``end`` is what to quote, adjunct included.

    ``parts`` are the clauses that ask for something, ``main`` the one that says most of it;
    ``soft`` says that every one of them only encourages.
    """

    start: int
    end: int
    parts: tuple[Clause, ...]
    main: Clause
    weight: Weight
    soft: bool


def duties(text: str) -> Iterator[Duty]:
    """Find the duties of a text in order; what is only rhetoric is left out."""
    for sentence in sentences(text):
        yield from _of_sentence(tuple(clauses(text, sentence)))


def _of_sentence(parts: tuple[Clause, ...]) -> Iterator[Duty]:
    current: Duty | None = None
    adjunct: int | None = None
    is_dated = bool(parts) and any(time.start_at == 0 and is_date(time) for time in times(parts[0].text))
    for clause in parts:
        weight = weight_of(clause.text)
        if weight is None and is_dated and _STATE.search(clause.text):
            weight = Weight.CONCRETE
        start = clause.start if adjunct is None else adjunct
        if weight is Weight.ADJUNCT:
            adjunct = start
        elif weight is not None:
            found = Duty(start, clause.end, (clause,), clause, weight, opening(clause.text).soft)
            if current and weight is Weight.EFFECT:
                continue
            if current and _belongs(current, found):
                current = _joined(current, found)
            else:
                yield from [current] if current else []
                current = found
            adjunct = None
    if current:
        yield current


def _belongs(current: Duty, found: Duty) -> bool:
    """Whether a clause is of one duty with what stands before it in its sentence."""
    if is_stretch(current.main.text, found.main.text) or _is_when(current.main.text, found.main.text):
        return True
    if is_due(found.main.text):
        return False
    if is_measured(found.main.text) or is_measured(current.main.text) or places(found.main.text):
        return False
    if current.weight is not Weight.CONCRETE:
        return (
            found.weight is Weight.CONCRETE
            or opening(current.main.text).verb != opening(found.main.text).verb
        )
    return found.weight is Weight.GENERAL or _is_same_matter(current.main.text, found.main.text)


def _is_when(clause: str, following: str) -> bool:
    """Whether a clause only says when the act of the clause before it is to end: 制定方案，3月底前印发."""
    if not is_due(following) or is_due(clause) or is_measured(clause) or is_measured(following):
        return False
    return bool(_CLOSES.match(following, subject_end(following)))


def is_date(time: When) -> bool:
    """Whether words of time name a day, a year or a rhythm, and not only 持续."""
    return bool(time.by or time.during or time.start or time.due or time.every or time.is_deadline)


def _is_same_matter(one: str, other: str) -> bool:
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size >= _SAME_MATTER


def _joined(current: Duty, found: Duty) -> Duty:
    leads = found if _says_more(current, found) else current
    return replace(
        current,
        end=found.end,
        parts=(*current.parts, *found.parts),
        main=leads.main,
        weight=leads.weight,
        soft=current.soft and (found.soft or _is_left_to_others(current.parts[0].text)),
    )


def is_stretch(clause: str, following: str) -> bool:
    """Whether a clause only says how far the figure of the clause before it is hoped to go: 力争达到95%."""
    return bool(_HOPED.match(following)) and bool(quantities(clause))


def _says_more(current: Duty, found: Duty) -> bool:
    """Whether the clause that joins a duty tells better what is to be done than the one it joins."""
    if found.weight is not Weight.CONCRETE:
        return False
    is_vague = kind_of(current.main.text) is Kind.DIRECTION and kind_of(found.main.text) is not Kind.DIRECTION
    return current.weight is not Weight.CONCRETE or is_vague


def _is_left_to_others(clause: str) -> bool:
    """Whether a clause asks that others be moved to do something, which then holds for what follows."""
    verb = opening(clause).verb
    return verb is not None and verb.word in LEFT_TO_OTHERS


@lru_cache(maxsize=10_000)  # the same clauses come back for every task that is looked for among them
def weight_of(clause: str) -> Weight | None:
    """Say what a clause does in its sentence; None where it asks for nothing."""
    text = clause[subject_end(clause) :]
    how = opening(text)
    if is_only_time(clause):
        return Weight.ADJUNCT
    if is_measured(clause) or is_due(clause) or places(clause) or _TAKES.match(text, how.offset):
        return Weight.CONCRETE
    is_how = _ONLY_HOW.search(text) and how.weight in (Weight.ADJUNCT, None)
    if _SETTING.search(text) or is_how:
        return Weight.ADJUNCT
    if how.weight is Weight.ADJUNCT and how.verb:
        return _after_adjunct(how.verb.word, text[how.offset + len(how.verb.word) :])
    is_announced = how.weight is None and _ANNOUNCED.search(text)
    if is_announced or (_is_left_to_others(text) and not verbs_in(text[how.offset + 2 :])):
        return Weight.GENERAL
    return how.weight


@lru_cache(maxsize=10_000)
def is_asked_of_someone(clause: str) -> bool:
    """Whether words are a duty wherever they stand: with a number, a last day, or a unit that is to do it."""
    by_whom = subject_end(clause) > _past_time(clause, 0)
    return is_measured(clause) or is_due(clause) or (by_whom and weight_of(clause) is Weight.CONCRETE)


def is_measured(clause: str) -> bool:
    """Whether the words hold a number to reach or an explicit rhythm."""
    return bool(quantities(clause)) or rhythm_of(clause) is not None


def _names_whom(rest: str) -> bool:
    """Whether a clause with 对 only says whom the next one is about: 对完成率低于80%的乡镇，取消…."""
    _, of, whom = rest.rpartition("的")
    return bool(of) and not verbs_in(whom)


def is_due(clause: str) -> bool:
    """Whether the words hold a last day: 10月底前全部入库."""
    return any(time.is_deadline and not time.lasting for time in times(clause))


def is_only_time(clause: str) -> bool:
    """Whether a clause says nothing but when."""
    return sum(time.end_at - time.start_at for time in times(clause)) >= len(clause) - 1


def _after_adjunct(word: str, rest: str) -> Weight:
    """Look for the verb that an adjunct leads up to within its own clause."""
    if word == _TOWARDS and _names_whom(rest):
        return Weight.ADJUNCT
    own = opening(rest)
    led_to = (
        rest[len(own.verb.word) :] if own.verb and not own.offset else rest
    )  # 围绕建设…: what it is about
    weights = [
        verb.weight for verb in verbs_in(led_to, with_object=True) if verb.weight is not Weight.ADJUNCT
    ]
    return weights[-1] if weights else Weight.ADJUNCT


def subject_end(clause: str) -> int:
    """Return where the act begins in a clause that opens with when or by whom it is to be done."""
    start = _past_time(clause, 0)
    match = _SUBJECT.match(clause, start)
    if match and _is_subject(match[0]):
        return _past_time(clause, match.end())
    return _units_end(clause, start)


def _units_end(clause: str, start: int) -> int:
    """Return where the names of units end that a verb follows: 各县区|印发细则."""
    named = _UNIT.match(clause, start)
    return named.end() if named and first_verb(clause, named.end()) == named.end() else start


def _is_subject(words: str) -> bool:
    """Tell 组织部门 (要建立…) from 健全县级统筹、乡镇 (落实的机制)."""
    return opening(words).verb is None or names_in(words).are_units


def _past_time(clause: str, start: int) -> int:
    """Return where the dates at a place of a clause end; the place itself where none stands there."""
    spoken = {time.start_at: time.end_at for time in times(clause) if is_date(time)}
    head = _BEFORE_TIME.match(clause, start)
    at = head.end() if head and head.end() in spoken else start
    while at in spoken:
        at = spoken[at]
    return at if at < len(clause) else start
