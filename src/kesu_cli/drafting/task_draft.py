"""From the duties of a passage to drafted tasks: one a duty, or one a figure where a duty holds several."""

import re
from collections.abc import Iterator
from dataclasses import replace

from kesu_cli.drafting.clause import clauses, sentences
from kesu_cli.drafting.drafted import DraftedTask
from kesu_cli.drafting.duty import Duty, duties, is_only_time, is_stretch, subject_end
from kesu_cli.drafting.figure_draft import figures_asked, joined, sentence_of, times_in, with_figures
from kesu_cli.drafting.figure_name import Counted
from kesu_cli.drafting.kind import kind_of, places
from kesu_cli.drafting.naming import LONGEST, name_of
from kesu_cli.drafting.quantity import quantities
from kesu_cli.drafting.setting import Setting
from kesu_cli.drafting.structure import OutlinePassage
from kesu_cli.drafting.time_draft import DraftedTime, time_around, time_of
from kesu_cli.drafting.verb import Weight, opening
from kesu_cli.model.task_in_plan_file import Kind, Strength

__all__ = ["Setting", "tasks_of"]

_STATE_KINDS = ((Kind.MECHANISM, re.compile("机制|制度|体系")),)
_NAMED = re.compile(r"“([^”]{2,12})”")
_COMES_ABOUT = re.compile("得到[^，。；]{0,4}(?:提升|改善|保障|加强|遏制|解决|控制|提高|落实)$")
_EFFORT = re.compile("(?:通过|经过|利用|用).{0,6}(?:努力|奋斗|时间)")
_LEAST = 2


def tasks_of(passage: OutlinePassage, setting: Setting) -> Iterator[DraftedTask]:
    """Draft the tasks of a passage in order."""
    found = _states(passage.text) if setting.states else duties(passage.text)
    counted: list[Counted] = []
    ended = 0
    for duty in found:
        if re.search("[。；;]", passage.text[ended : duty.start]):
            counted.clear()
        ended = duty.end
        for task in _of_duty(passage, duty, setting, counted):
            yield replace(task, lead=setting.lead, responsible=setting.responsible)


def _states(text: str) -> Iterator[Duty]:
    """Take every clause of the goals for a duty: they say what is to be, not what to do."""
    for sentence in sentences(text):
        current: Duty | None = None
        start = None
        for clause in clauses(text, sentence):
            if is_only_time(clause.text) or _EFFORT.fullmatch(clause.text):
                start = clause.start if start is None else start
            elif current and is_stretch(current.main.text, clause.text):
                current = replace(current, end=clause.end, parts=(*current.parts, clause))
            else:
                yield from [current] if current else []
                begin, start = clause.start if start is None else start, None
                current = Duty(begin, clause.end, (clause,), clause, Weight.CONCRETE, soft=False)
        yield from [current] if current else []


def _of_duty(
    passage: OutlinePassage, duty: Duty, setting: Setting, counted: list[Counted]
) -> Iterator[DraftedTask]:
    if figures_asked(passage.text[duty.start : duty.end]):
        yield from with_figures(passage, duty, setting, counted)
    else:
        task = _without_figure(passage, duty, setting)
        counted.append(Counted(None, task.name))
        yield task


def _without_figure(passage: OutlinePassage, duty: Duty, setting: Setting) -> DraftedTask:
    words, main = passage.text[duty.start : duty.end], duty.main.text
    kind = _kind(words, main, setting)
    pays = any(quantity.is_allowance for quantity in quantities(words))
    said = None if pays else time_around(words, main, sentence_of(passage.text, duty)[0], setting.period)
    time = time_of(main, said, kind, setting.period, measured=False, soft=duty.soft, column=setting.column)
    if setting.states and time.value in ("true", setting.period.end.isoformat()):
        time = DraftedTime("by", setting.period.end.isoformat(), is_said=False)
    items = _items(words, time)
    once = time.is_regular and not items
    hard = (
        time.is_said and time.key in ("by", "during", "every") and not (duty.soft and time is setting.column)
    )
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
        reading=joined("原文没有次数，按每期至少 1 次理解" if once else "", time.reading),
        reviews=time.reviews,
    )


def _name(main: str, setting: Setting) -> str:
    if setting.states:
        return main if len(main) <= LONGEST else name_of(main)
    act = main[subject_end(main) :]
    return name_of(act, sorted(times_in(act), reverse=True)) or main


def _kind_of_act(words: str, main: str) -> Kind:
    """Tell the kind of a duty; what each is paid is a policy, what is to be and not to be done a quality."""
    if any(quantity.is_allowance for quantity in quantities(words)):
        return Kind.POLICY
    kind = kind_of(main)
    is_state = opening(main[subject_end(main) :]).verb is None or _COMES_ABOUT.search(main)
    return Kind.QUALITATIVE if is_state and kind in (Kind.DIRECTION, Kind.DELIVERABLE) else kind


def _kind(words: str, main: str, setting: Setting) -> Kind:
    if not setting.states:
        return _kind_of_act(words, main)
    return next((kind for kind, pattern in _STATE_KINDS if pattern.search(words)), Kind.QUALITATIVE)


def _items(words: str, time: DraftedTime) -> tuple[str, ...]:
    """Name the parts that must each be covered: places gone into, or named events with a rhythm."""
    gone_into = places(words)
    if gone_into or not time.is_regular:
        return gone_into
    named = tuple(dict.fromkeys(_NAMED.findall(words)))
    return named if len(named) >= _LEAST else ()
