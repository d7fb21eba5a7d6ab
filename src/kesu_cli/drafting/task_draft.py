"""From the duties of a passage to drafted tasks: one a duty, or one a figure where a duty holds several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kesu_cli.drafting.clause import Clause, clauses, sentences
from kesu_cli.drafting.drafted import DraftedTask
from kesu_cli.drafting.duty import Duty, duties, is_stretch, subject_end
from kesu_cli.drafting.figure import Quantity
from kesu_cli.drafting.kind import kind_of, places
from kesu_cli.drafting.naming import LONGEST, name_of
from kesu_cli.drafting.quantity import quantities
from kesu_cli.drafting.structure import Passage
from kesu_cli.drafting.target_draft import target_of
from kesu_cli.drafting.time_draft import DraftedTime, time_around, time_of
from kesu_cli.drafting.verb import Weight
from kesu_cli.drafting.when import times, when
from kesu_cli.model.calendar import Days
from kesu_cli.model.plan_file import Kind, Strength

_STATE_KINDS = ((Kind.MECHANISM, re.compile("机制|制度|体系")),)
_NAMED = re.compile(r"“([^”]{2,12})”")
_JOINT = re.compile(r"[、，,]|和|与|及|以及|并")
_LEAST = 2


@dataclass(frozen=True, slots=True)
class Setting:
    """What a chapter says for all its tasks.

    ``period`` is that of the plan or the phase, ``states`` says that the chapter names states to reach
    rather than acts (the goals), ``lead`` and ``responsible`` are None where the action's own hold.
    """

    period: Days
    states: bool = False
    lead: tuple[str, ...] | None = None
    responsible: tuple[str, ...] | None = None


def tasks_of(passage: Passage, setting: Setting) -> Iterator[DraftedTask]:
    """Draft the tasks of a passage in order."""
    found = _states(passage.text) if setting.states else duties(passage.text)
    for duty in found:
        for task in _of_duty(passage, duty, setting):
            yield replace(task, lead=setting.lead, responsible=setting.responsible)


def _states(text: str) -> Iterator[Duty]:
    """Take every clause of the goals for a duty: they say what is to be, not what to do."""
    for sentence in sentences(text):
        current: Duty | None = None
        start = None
        for clause in clauses(text, sentence):
            if _is_only_time(clause.text):
                start = clause.start if start is None else start
            elif current and is_stretch(current.main.text, clause.text):
                current = replace(current, end=clause.end, parts=(*current.parts, clause))
            else:
                yield from [current] if current else []
                begin, start = clause.start if start is None else start, None
                current = Duty(begin, clause.end, (clause,), clause, Weight.CONCRETE, soft=False)
        yield from [current] if current else []


def _is_only_time(clause: str) -> bool:
    return sum(when.end_at - when.start_at for when in times(clause)) >= len(clause) - 1


def _of_duty(passage: Passage, duty: Duty, setting: Setting) -> Iterator[DraftedTask]:
    text = passage.text
    words = text[duty.start : duty.end]
    found = [quantity for quantity in quantities(words) if not _is_inside_quotes(words, quantity)]
    if not found:
        yield _without_figure(passage, duty, setting)
        return
    bounds = list(_cuts(words, found))
    for quantity, (start, end) in zip(found, bounds, strict=True):
        piece = Clause(words[start:end], duty.start + start, duty.start + end)
        yield _with_figure(passage, duty, setting, piece, quantity, start)


def _is_inside_quotes(words: str, quantity: Quantity) -> bool:
    before = words[: quantity.number_start]
    return before.count("“") > before.count("”") or before.count("《") > before.count("》")


def _cuts(words: str, found: Sequence[Quantity]) -> Iterator[tuple[int, int]]:
    """Cut words that hold several figures between these, at the last joint before each."""
    start = 0
    for quantity, following in zip(found, [*found[1:], None], strict=True):
        if following is None:
            yield start, len(words)
            return
        joints = list(_JOINT.finditer(words, quantity.end, max(following.start, quantity.end)))
        cut = joints[-1] if joints else None
        yield start, cut.start() if cut else max(following.start, quantity.end)
        start = cut.end() if cut else max(following.start, quantity.end)


def _with_figure(
    passage: Passage, duty: Duty, setting: Setting, piece: Clause, quantity: Quantity, offset: int
) -> DraftedTask:
    sentence, at = _sentence(passage.text, duty)
    said = when(piece.text, period=setting.period)
    if said is None or not (said.by or said.during or said.every or said.cycle):
        said = when(sentence, period=setting.period, at=at + quantity.number_start)
    time = time_of(piece.text, said, Kind.QUANTITY, setting.period, measured=True, soft=False)
    figure = target_of(quantity, is_regular=time.is_regular)
    cut_out = [(quantity.start - offset, quantity.end - offset), *_times_in(piece.text)]
    return DraftedTask(
        quote=piece.text,
        name=name_of(piece.text, sorted(cut_out, reverse=True)) or piece.text,
        kind=figure.kind,
        strength=Strength.SOFT if duty.soft and quantity.is_aspired else Strength.HARD,
        when=(time.key, time.value),
        line=passage.line,
        target=figure.target,
        tally=figure.tally,
        spread=figure.spread,
        reading=_joined(figure.reading, time.reading),
        reviews=(*figure.reviews, *time.reviews),
    )


def _without_figure(passage: Passage, duty: Duty, setting: Setting) -> DraftedTask:
    words, main = passage.text[duty.start : duty.end], duty.main.text
    kind = _kind(words, main, setting)
    said = time_around(words, main, _sentence(passage.text, duty)[0], setting.period)
    time = time_of(main, said, kind, setting.period, measured=False, soft=duty.soft)
    if setting.states:
        time = DraftedTime("by", setting.period.end.isoformat(), is_said=False)
    items = _items(words, time)
    once = time.is_regular and not items
    hard = time.is_said and time.key in ("by", "during", "every")
    return DraftedTask(
        quote=words,
        name=_name(main, setting),
        kind=Kind.RECURRENCE if time.is_regular and kind is not Kind.INTEGRATION else kind,
        strength=Strength.HARD if hard else Strength.SOFT if duty.soft else Strength.FIRM,
        when=(time.key, time.value),
        line=passage.line,
        target={"at_least": "1", "unit": "次"} if once and kind is not Kind.INTEGRATION else {},
        tally="count" if once and kind is not Kind.INTEGRATION else "",
        items=items,
        reading=_joined("原文没有次数，按每期至少 1 次理解" if once else "", time.reading),
        reviews=time.reviews,
    )


def _name(main: str, setting: Setting) -> str:
    if setting.states:
        return main if len(main) <= LONGEST else name_of(main)
    act = main[subject_end(main) :]
    return name_of(act, sorted(_times_in(act), reverse=True)) or main


def _times_in(clause: str) -> list[tuple[int, int]]:
    """Return where a clause names a date or a rhythm; 持续 and 坚持 stay in the name."""
    said = (when for when in times(clause) if when.by or when.during or when.every or when.start)
    return [(when.start_at, when.end_at) for when in said]


def _sentence(text: str, duty: Duty) -> tuple[str, int]:
    """Return the sentence a duty stands in, and where in it the duty begins."""
    for sentence in sentences(text):
        if sentence.start <= duty.start < sentence.end:
            return sentence.text, duty.start - sentence.start
    return text, duty.start


def _kind(words: str, main: str, setting: Setting) -> Kind:
    if not setting.states:
        return kind_of(main)
    return next((kind for kind, pattern in _STATE_KINDS if pattern.search(words)), Kind.QUALITATIVE)


def _items(words: str, time: DraftedTime) -> tuple[str, ...]:
    """Name the parts that must each be covered: places gone into, or named events with a rhythm."""
    gone_into = places(words)
    if gone_into or not time.is_regular:
        return gone_into
    named = tuple(dict.fromkeys(_NAMED.findall(words)))
    return named if len(named) >= _LEAST else ()


def _joined(*parts: str) -> str:
    return "；".join(part for part in parts if part)
