"""From the figures of a duty to drafted tasks, one a figure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kesu_cli.drafting.clause import Clause, clauses, sentence_at
from kesu_cli.drafting.clause_break import has_break
from kesu_cli.drafting.drafted import DraftedTask
from kesu_cli.drafting.duty import Duty
from kesu_cli.drafting.figure import Nature, Quantity
from kesu_cli.drafting.figure_name import Counted, figure_name, is_only_figure, shared_out
from kesu_cli.drafting.naming import name_of
from kesu_cli.drafting.quantity import quantities
from kesu_cli.drafting.setting import Setting
from kesu_cli.drafting.structure import OutlinePassage
from kesu_cli.drafting.target_draft import LEVELS, target_of
from kesu_cli.drafting.time_draft import time_of
from kesu_cli.drafting.when import When, dealt_out, times, when
from kesu_cli.model.parts_of_text import names_period
from kesu_cli.model.task_in_plan_file import Kind, Strength

_JOINT = re.compile("[、，,]|和(?!谐|平|美)|与|(?<![惠以普涉危遍波触顾推])及(?!时|格)|以及|并")
_RATE_TIME = re.compile("(?<=每[人生户位床亩头只])每[年月天]|每[年月天](?=每[人生户位床亩头只])")


def with_figures(
    passage: OutlinePassage, duty: Duty, setting: Setting, counted: list[Counted]
) -> Iterator[DraftedTask]:
    """Draft a task for each figure of a duty; ``counted`` are those of its sentence so far, and grows."""
    words = passage.text[duty.start : duty.end]
    found = figures_asked(words)
    dates = dealt_out(words, [quantity.number_start for quantity in found])
    names = shared_out(words, len(found))
    for index, (quantity, (start, end)) in enumerate(zip(found, list(_cuts(words, found)), strict=True)):
        goes_on = index > 0 and not has_break(words[found[index - 1].end : quantity.start])
        piece = Clause(words[start:end], duty.start + start, duty.start + end)
        said, above = dates[index] if dates else None, ""
        if said is None:
            said, above = _when_said(passage.text, duty, piece, quantity, setting)
        name = names[index] if names else _name(piece.text, quantity, start, counted, goes_on=goes_on)
        counted.append(Counted(quantity, name))
        task = _with_figure(passage, duty, setting, piece, quantity, said, name)
        task = replace(task, reading=joined(task.reading, above))
        yield replace(task, quote=words) if index and is_only_figure(piece.text, quantity, start) else task


def figures_asked(words: str) -> list[Quantity]:
    """Return the figures to be reached: none within a quotation, none that only says what each is paid."""
    found = (quantity for quantity in quantities(words) if not quantity.is_allowance)
    return [quantity for quantity in found if not _is_inside_quotes(words, quantity)]


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


def _when_said(
    text: str, duty: Duty, piece: Clause, quantity: Quantity, setting: Setting
) -> tuple[When | None, str]:
    """Read when a figure is due: from its own words, else from its sentence, which is then quoted."""
    own = _without_rate_time(piece.text, quantity)
    said = when(own, period=setting.period)
    if said and (said.by or said.during or said.every or said.cycle):
        return said, ""
    sentence, at = sentence_of(text, duty)
    sentence, at = sentence.replace(piece.text, own), at + quantity.number_start
    found = when(_governing(sentence, at, quantity), period=setting.period, at=at)
    is_above = found is not None and names_period(found.words) and not names_period(piece.text)
    return found, f"同一句的“{found.words}”统领本句" if found and is_above else ""


def _without_rate_time(words: str, quantity: Quantity) -> str:
    """Blank 每年 of 每生每年800元, which belongs to the unit and is no rhythm."""
    return _RATE_TIME.sub("，，", words) if "元" in quantity.unit else words


def _governing(sentence: str, at: int, quantity: Quantity) -> str:
    """Blank the clauses of a sentence whose times cannot hold for a figure.

    A later clause with a figure or a rhythm keeps its time to itself, and a level is not reached anew
    with the rhythm of an earlier clause.
    """
    for clause in clauses(sentence, Clause(sentence, 0, len(sentence))):
        is_later = clause.start > at and _keeps_its_time(clause.text)
        is_rhythm = clause.end <= at and quantity.nature in LEVELS and _is_rhythm_only(clause.text)
        if is_later or is_rhythm:
            blank = "，" * (clause.end - clause.start)
            sentence = sentence[: clause.start] + blank + sentence[clause.end :]
    return sentence


def _keeps_its_time(clause: str) -> bool:
    return bool(quantities(clause)) or any(time.every or time.cycle for time in times(clause))


def _is_rhythm_only(clause: str) -> bool:
    found = times(clause)
    return any(time.every or time.cycle for time in found) and not any(
        time.by or time.during for time in found
    )


def _name(piece: str, quantity: Quantity, offset: int, counted: Sequence[Counted], *, goes_on: bool) -> str:
    cut_out = times_in(piece)
    if quantity.nature is not Nature.COVERAGE:
        end = quantity.end - offset
        cut_out.append((quantity.start - offset, end + piece.startswith("的", end)))
    own = name_of(piece, sorted(cut_out, reverse=True))
    return figure_name(own, piece, quantity, counted, goes_on=goes_on) or piece


def _with_figure(
    passage: OutlinePassage,
    duty: Duty,
    setting: Setting,
    piece: Clause,
    quantity: Quantity,
    said: When | None,
    name: str,
) -> DraftedTask:
    time = time_of(
        piece.text, said, Kind.QUANTITY, setting.period, measured=True, soft=False, column=setting.column
    )
    figure = target_of(quantity, is_regular=time.is_regular)
    return DraftedTask(
        quote=piece.text,
        name=name,
        kind=figure.kind,
        strength=Strength.SOFT if duty.soft and quantity.is_aspired else Strength.HARD,
        when=(time.key, time.value),
        line=passage.line,
        target=figure.target,
        tally=figure.tally,
        spread=figure.spread,
        reading=joined(figure.reading, time.reading),
        reviews=(*figure.reviews, *time.reviews),
    )


def sentence_of(text: str, duty: Duty) -> tuple[str, int]:
    """Return the sentence a duty stands in, and where in it the duty begins."""
    sentence = sentence_at(text, duty.start)
    if sentence:
        return sentence.text, duty.start - sentence.start
    return text, duty.start


def times_in(clause: str) -> list[tuple[int, int]]:
    """Return where a clause names a date or a rhythm; 持续 and 坚持 stay in the name."""
    said = (
        when
        for when in times(clause)
        if when.by
        or when.during
        or when.every
        or when.start
        or when.is_deadline
        or when.lasting
        or when.cycle
    )
    return [(when.start_at, when.end_at) for when in said]


def joined(*parts: str) -> str:
    """Join the readings that say something."""
    return "；".join(part for part in parts if part)
