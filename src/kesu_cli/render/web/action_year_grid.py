"""挂图作战: actions × years in lights, and every task × years for those who want to see which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu_cli.model.plan import Chapter, Plan, Task
from kesu_cli.model.task_in_plan_file import Spread
from kesu_cli.render.tallies import (
    ACTION_COLUMNS,
    EACH,
    action_counts,
    by_word,
    counted_word,
    due_of,
    is_in_doubt,
    is_met,
    is_unfulfilled,
    met_words,
)
from kesu_cli.render.web.lights import EMPTY, LightCell, cell_of, colour, rank
from kesu_cli.render.wording import listed, owner_words, short_target
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from kesu_cli.verdict import Light

ACROSS = "跨年度"
_LONGEST_YEAR = 366


@dataclass(frozen=True, slots=True)
class BoardAction:
    """One action: who leads it, a cell a column and one for all, its counts by kind of task."""

    id: str
    name: str
    leads: str
    cells: tuple[LightCell, ...]
    whole: LightCell
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoardTask:
    """One task of the large grid; ``number`` counts the tasks of the page."""

    number: int
    id: str
    name: str
    target: str
    when: str
    owner: str
    cells: tuple[LightCell, ...]


@dataclass(frozen=True, slots=True)
class BoardGroup:
    """The tasks of one action."""

    id: str
    name: str
    tasks: tuple[BoardTask, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Both grids; ``counted`` names the counts of each action, ``totals`` are of the whole.

    ``cells`` names the standings of each numbered cell by their index, the worst first.
    """

    columns: tuple[str, ...]
    counted: tuple[str, ...]
    actions: tuple[BoardAction, ...]
    groups: tuple[BoardGroup, ...]
    cells: tuple[tuple[int, ...], ...]
    totals: tuple[str, ...]


class _Sorted:
    """The standings of a report, put into the cells of both grids."""

    def __init__(self, report: Report) -> None:
        self.standings = report.standings
        self.tasks = tuple({standing.task.id: standing.task for standing in report.standings}.values())
        self.by_chapter: dict[tuple[Chapter, str], list[Standing]] = {}
        self.by_task: dict[tuple[str, str], list[int]] = {}
        for index, standing in enumerate(report.standings):
            column = _column(standing, report.years)
            self.by_chapter.setdefault((standing.task.chapter, column), []).append(standing)
            self.by_task.setdefault((standing.task.id, column), []).append(index)
        present = {column for _, column in self.by_task}
        years = (f"{year}年" for year in report.years)
        self.columns = tuple(column for column in (*years, ACROSS) if column in present)

    def chapters(self) -> dict[Chapter, list[tuple[int, Task]]]:
        found: dict[Chapter, list[tuple[int, Task]]] = {}
        for number, task in enumerate(self.tasks):
            found.setdefault(task.chapter, []).append((number, task))
        return found


def board_of(report: Report) -> Board:
    """Lay out the standings of a report by action, task and column."""
    sorted_ = _Sorted(report)
    cells: list[tuple[int, ...]] = []
    groups = tuple(
        BoardGroup(chapter.id, chapter.name, tuple(_task_row(n, task, sorted_, cells) for n, task in tasks))
        for chapter, tasks in sorted_.chapters().items()
    )
    leads = _leads(report.plan)
    actions = tuple(_action_row(chapter, sorted_, leads) for chapter in sorted_.chapters())
    return Board(
        columns=sorted_.columns,
        counted=ACTION_COLUMNS,
        actions=actions,
        groups=groups,
        cells=tuple(cells),
        totals=action_counts(report.standings),
    )


def _column(standing: Standing, years: Sequence[int]) -> str:
    window = standing.window
    if window.days.length > _LONGEST_YEAR:
        return ACROSS
    return f"{min(max(window.start.year, years[0]), years[-1])}年"


def _task_row(number: int, task: Task, sorted_: _Sorted, cells: list[tuple[int, ...]]) -> BoardTask:
    return BoardTask(
        number=number,
        id=task.id,
        name=task.name,
        target=short_target(task),
        when=task.row.when,
        owner=EACH if task.row.spread is Spread.EACH else owner_words(task),
        cells=tuple(_task_cells(task, sorted_, cells)),
    )


def _task_cells(task: Task, sorted_: _Sorted, cells: list[tuple[int, ...]]) -> Iterator[LightCell]:
    for column in sorted_.columns:
        indexes = sorted_.by_task.get((task.id, column), [])
        if not indexes:
            yield EMPTY
            continue
        yield cell_of([sorted_.standings[index] for index in indexes], len(cells))
        cells.append(tuple(sorted(indexes, key=lambda index: rank(sorted_.standings[index]))))


def _leads(plan: Plan | None) -> dict[str, str]:
    return {action.id: listed(action.lead) for action in plan.file.actions} if plan else {}


def _action_row(chapter: Chapter, sorted_: _Sorted, leads: dict[str, str]) -> BoardAction:
    per_column = [sorted_.by_chapter.get((chapter, column), []) for column in sorted_.columns]
    standings = [standing for column in per_column for standing in column]
    return BoardAction(
        id=chapter.id,
        name=chapter.name,
        leads=leads.get(chapter.id, ""),
        cells=tuple(_action_cell(column) for column in per_column),
        whole=_action_cell(standings),
        counts=action_counts(standings),
    )


def _action_cell(standings: Sequence[Standing]) -> LightCell:
    """Show the worst of what an action holds, and how many count so; a chip is never better than that."""
    if not standings:
        return EMPTY
    telling = [s for s in standings if s.concluded or not s.over] or standings
    worst = min(telling, key=rank)
    word, found = counted_word(worst), by_word(standings)
    in_doubt = sum(map(is_in_doubt, standings))
    note = f"达标 {met_words(standings)}" + (f"，其中待核实 {in_doubt}" if in_doubt else "")
    unfulfilled = sum(map(is_unfulfilled, standings))
    if found[word] == len(standings):
        return LightCell(colour(worst), f"全部{word}", f"{len(standings)} 项")
    if worst.light in (Light.GREY, Light.GREEN) and not unfulfilled and all(map(is_met, due_of(standings))):
        words = "到期全部达标" if due_of(standings) else f"{word} {found[word]} 项"
        return LightCell(colour(worst) if not due_of(standings) else Light.GREEN.value, words, note)
    if is_unfulfilled(worst):
        return LightCell(colour(worst), f"未落实 {unfulfilled} 项", note)
    return LightCell(colour(worst), f"{word} {found[word]} 项", note)
