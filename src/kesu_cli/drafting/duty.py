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
from kesu_cli.drafting.verb import Weight, opening, verbs_in
from kesu_cli.model.plan_file import Kind

_SAME_MATTER = 5  # so many characters in common, and two clauses of a sentence speak of one thing

_HOPED = re.compile(
    r"(?:力争|争取|努力|奋力)(?:达到|达|实现|突破|超过)?\D{0,4}\d[\d.]*[%％万亿]?[^，。]{0,6}$"
)
_SETTING = re.compile(r"(?:基础上|过程中|的同时|情况下|状态下|期间)$")
_ONLY_HOW = re.compile(
    r"(?:等|方式|途径|手段|形式|需求|困难|实际|为重点|为主线|为目标|为手段|为基础|为抓手|为载体|原则|要求|现状|情况|年|需要|主题|挑战"
    r"|数据|发展|资源|短板|中)$"
)
_TAKES = re.compile(
    r"[将把].+?(?:纳入|列入|融入|作为|导入|编入|列为|转化为|予以|给予)|对.+?(?:进行|给予|予以|实行)"
)
_SUBJECT = re.compile(
    r"[^，。；]{0,40}?(?:局|部|委|会|办|联|协|府|中心|单位|部门|办公室|街道|乡镇|园区|机关|学校|企业|各地)"
    r"(?=负责|要|应|认真|将|把|按|每|会同|牵头|组织|结合|根据|制定|建立|对|密切|加强|做好|落实)"
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
    for clause in parts:
        weight = weight_of(clause.text)
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
    if is_stretch(current.main.text, found.main.text):
        return True
    if is_measured(found.main.text) or is_measured(current.main.text) or places(found.main.text):
        return False
    if current.weight is not Weight.CONCRETE:
        return (
            found.weight is Weight.CONCRETE
            or opening(current.main.text).verb != opening(found.main.text).verb
        )
    return found.weight is Weight.GENERAL or _is_same_matter(current.main.text, found.main.text)


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
    if is_measured(clause) or places(clause) or _TAKES.match(text, how.offset):
        return Weight.CONCRETE
    if _SETTING.search(text):
        return Weight.ADJUNCT
    if _ONLY_HOW.search(text) and how.weight in (Weight.ADJUNCT, None):
        return Weight.ADJUNCT
    if how.weight is Weight.ADJUNCT and how.verb:
        return _after_adjunct(text[how.offset + len(how.verb.word) :])
    if _is_left_to_others(text) and not verbs_in(text[how.offset + 2 :]):
        return Weight.GENERAL
    return how.weight


def is_measured(clause: str) -> bool:
    """Whether the words hold a number to reach or an explicit rhythm."""
    return bool(quantities(clause)) or rhythm_of(clause) is not None


def _after_adjunct(rest: str) -> Weight:
    """Look for the verb that an adjunct leads up to within its own clause."""
    weights = [verb.weight for verb in verbs_in(rest, with_object=True) if verb.weight is not Weight.ADJUNCT]
    return weights[-1] if weights else Weight.ADJUNCT


def subject_end(clause: str) -> int:
    """Return where the act begins in a clause that opens with who is to do it."""
    match = _SUBJECT.match(clause)
    return match.end() if match else 0
