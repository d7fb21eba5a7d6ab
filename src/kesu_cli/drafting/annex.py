"""Rows of a task table: joined to the measures of the text, or measures themselves where it has none."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, reduce
from itertools import groupby

from kesu_cli.drafting.grouping import name_of
from kesu_cli.drafting.label import label_of
from kesu_cli.drafting.owners import Owners
from kesu_cli.drafting.shortened import is_shortened
from kesu_cli.drafting.structure import Action, Measure, OutlinePassage
from kesu_cli.drafting.task_table import TableTask
from kesu_cli.drafting.title import split_title

_LIKE = 70
_LIKE_WITH_NUMBER = 45
_FEWEST = 8  # what is shorter stands in many a sentence


def actions_of_rows(rows: Sequence[TableTask], title: str, first: int = 1) -> tuple[Action, ...]:
    """Make the rows measures, under the groups that the table names."""
    keyed = _grouped(rows)
    counted = Counter(row.task for row in rows)
    printed = [row.number for _, row in keyed]
    is_running = all(printed) and len(set(printed)) == len(printed) and first == 1
    numbers = iter(printed if is_running else range(first, first + len(printed)))
    actions: list[Action] = []
    for name, part in groupby(keyed, key=lambda pair: pair[0]):
        measures = tuple(_measure(row, next(numbers), is_shared=counted[row.task] > 1) for _, row in part)
        shown = name_of(_bare(name)) if name else title
        actions.append(Action(len(actions) + 1, shown, (), measures, None, measures[0].line))
    return tuple(actions)


def _grouped(rows: Sequence[TableTask]) -> list[tuple[str, TableTask]]:
    """Pair each row with its action; a task that goes on over several rows is one."""
    if any(row.group for row in rows):
        return [(row.group, row) for row in rows]
    counted = Counter(row.task for row in rows)
    if rows and all(row.detail for row in rows) and len(counted) < len(rows):
        return [(row.task, row) for row in rows]
    return [("", row) for row in rows]


def _measure(row: TableTask, number: int, *, is_shared: bool) -> Measure:
    """Make a row a measure; a task cell that several rows share does not name it."""
    texts = [text for text in (row.detail if is_shared else row.task, row.detail) if text] or [row.task]
    lines = [line.strip() for text in dict.fromkeys(texts) for line in text.split("\n") if line.strip()]
    title, rest_at = split_title(_bare(lines[0]))
    first = _bare(lines[0])[rest_at:].strip()
    passages = [text for text in (first, *map(_bare, lines[1:])) if text] or [_bare(lines[0])]
    label = str(row.number) if row.number else ""
    found = tuple(OutlinePassage(text, row.line) for text in passages)
    return Measure(number, title, found, row.owners, row.line, label, row.deadline)


def _bare(text: str) -> str:
    label = label_of(text)
    return text[label.end :].strip() if label else text.strip()


def joined(
    actions: Sequence[Action], rows: Sequence[TableTask]
) -> tuple[tuple[Action, ...], tuple[TableTask, ...]]:
    """Give the measures what their rows say beyond them; return also the rows that fit none."""
    measures = [measure for action in actions for measure in action.measures]
    found: dict[int, list[TableTask]] = {}
    for_action: dict[int, list[TableTask]] = {}
    left: list[TableTask] = []
    for row in rows:
        number = _best(row, measures)
        action = (
            None if number else next((a.number for a in actions if _score(row.task, a.name) >= _LIKE), None)
        )
        if number:
            found.setdefault(number, []).append(row)
        elif action and not row.detail:
            for_action.setdefault(action, []).append(row)
        else:
            left.append(row)
    return tuple(_with_rows(action, found, for_action.get(action.number, [])) for action in actions), tuple(
        left
    )


def _otherwise(rows: Sequence[TableTask], measure: Measure) -> Owners | None:
    """Return the units that table and text do not share; the text stands, the table is for review."""
    owners = [row.owners for row in rows if row.owners]
    if not owners or not measure.owners or any(p.owners for p in measure.passages):
        return None
    whole = reduce(Owners.joined, owners)
    return whole if set(whole.names) != set(measure.owners.names) else None


def _best(row: TableTask, measures: Sequence[Measure]) -> int | None:
    scored = [(_likeness(row, measure), measure.number) for measure in measures]
    if not scored:
        return None
    score, number = max(scored, key=lambda pair: (pair[0], -pair[1]))
    if score >= _LIKE:
        return number
    same = [other for other in measures if row.number and row.number == other.number]
    return same[0].number if len(same) == 1 and _likeness(row, same[0]) >= _LIKE_WITH_NUMBER else None


def _likeness(row: TableTask, measure: Measure) -> float:
    texts = [measure.title, *(passage.text for passage in measure.passages)]
    titles = max(_score(written, measure.title) for written in (row.task, row.detail or row.task))
    within = max((_within(row.detail or row.task, text) for text in texts), default=0)
    return max(titles, within)


def _score(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return fuzz.ratio(_plain(one), _plain(other))


def _within(part: str, whole: str) -> float:
    from rapidfuzz import fuzz

    part, whole = _plain(part), _plain(whole)
    return fuzz.partial_ratio(part, whole) if _FEWEST <= len(part) <= len(whole) else 0


@lru_cache(maxsize=10_000)
def _plain(text: str) -> str:
    return re.sub(r"\W", "", _bare(text))


def _with_rows(action: Action, found: dict[int, list[TableTask]], own: Sequence[TableTask]) -> Action:
    measures = tuple(
        _filled(measure, found.get(measure.number, []), action.name) for measure in action.measures
    )
    owners = action.owners
    for row in own:
        if row.owners:
            owners = owners.joined(row.owners) if owners else row.owners
    return replace(action, measures=measures, owners=owners)


def _filled(measure: Measure, rows: Sequence[TableTask], action: str) -> Measure:
    owners = measure.owners
    for row in rows if owners is None else ():
        if row.owners:
            owners = owners.joined(row.owners) if owners else row.owners
    added = tuple(_unsaid(rows, measure, action))
    said = [row for row in rows if row.line not in {passage.line for passage in added}]
    deadline = "；".join(dict.fromkeys(row.deadline for row in said if row.deadline))
    return replace(
        measure,
        passages=(*measure.passages, *added),
        owners=owners,
        deadline=deadline or measure.deadline,
        otherwise=_otherwise(said, measure),
        rows=tuple(row.line for row in rows),
    )


def _unsaid(rows: Sequence[TableTask], measure: Measure, action: str) -> Iterator[OutlinePassage]:
    """Yield what the rows ask for beyond the words of the measure that they belong to."""
    for row in rows:
        own = replace(row.owners, deadline=row.deadline) if row.owners else None
        for text in dict.fromkeys((row.task, row.detail)):
            for line in map(_bare, text.split("\n")):
                if line and not is_shortened(line, measure.title, (action, *measure.words)):
                    yield OutlinePassage(line, row.line, own)
