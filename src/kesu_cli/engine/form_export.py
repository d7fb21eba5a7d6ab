"""Makes the forms of a year: the plan's tasks with how they stand, and what was reported so far."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial

from kesu_cli.contribution import evidence_needed
from kesu_cli.diagnostic import Refusal
from kesu_cli.engine.judged_years import Selection, judging_date
from kesu_cli.engine.open_workspace import OpenWorkspace
from kesu_cli.engine.rule_context import judged_reports
from kesu_cli.forms.form import Form, TaskLine
from kesu_cli.loaded import Loaded
from kesu_cli.model.amount import show_number
from kesu_cli.model.plan import Task
from kesu_cli.model.task_in_plan_file import Tally
from kesu_cli.model.window import AsOf, Basis, year_of
from kesu_cli.render.wording import NONE, quantity, target_words, unit_of_measure, verdict_words
from kesu_cli.source.progress_as_typed import read_progress_text
from kesu_cli.standing import Standing


class NoForm(Refusal):
    """The form of a unit can't be made; the message is for the user."""


@dataclass(frozen=True)
class FormYear:
    """Everything that the forms of one year are made of."""

    office: OpenWorkspace
    year: int
    as_of: AsOf
    loaded: Loaded
    standings: tuple[Standing, ...]
    before: dict[tuple[str, str, date], Standing]


def form_year(office: OpenWorkspace, year: int, today: date) -> FormYear:
    """Judge a year and the one before; raises NoForm for a year outside of the plan."""
    if year not in office.terms.plan.years:
        first, last = office.terms.plan.years[0], office.terms.plan.years[-1]
        raise NoForm(f"{year} 年不在方案的期限内（{first}—{last} 年）")
    loaded = office.reports(year)
    selection = Selection((year,), whole=False, files=frozenset(), chosen=(), listed=())
    as_of = judging_date(None, today, selection, office.terms.policy)
    last_day = date(year - 1, 12, 31)
    then = AsOf(last_day, over=True, basis=Basis.GIVEN, reporting=last_day, reporting_over=True)
    loaded = replace(loaded, evidence=office.workspace.hashed(office.workspace.evidence_of(loaded.filings)))
    earlier = judged_reports(loaded, then, (year - 1,)).standings
    return FormYear(
        office=office,
        year=year,
        as_of=as_of,
        loaded=loaded,
        standings=judged_reports(loaded, as_of, (year,)).standings,
        before={(s.task.id, s.unit, s.window.end): s for s in earlier},
    )


def form_of(made: FormYear, unit: str) -> Form:
    """Make the form of a unit; raises NoForm where its progress file can't be read."""
    office = made.office
    file = office.file_of(unit, made.year, made.loaded)
    beside = office.beside(unit, made.year, made.loaded)
    if beside and (file in beside or file not in made.loaded.files):
        raise NoForm(
            f"{'、'.join(beside)} 说不准是不是报告；请先用 kesu check progress/{made.year} 查出并改正"
        )
    known = read_progress_text(office.workspace, file)
    if known.faults:
        raise NoForm(f"{file} 有读不出来的地方；请先用 kesu check {file} 查出并改正，再导出")
    owed = (s for s in made.standings if s.task.owners and s.task.owed_by(unit) and s.unit in ("", unit))
    is_demo = bool(known.written and known.written.demo)
    return Form(
        plan=office.terms.plan.title,
        digest=office.digest,
        unit=unit,
        year=made.year,
        due=office.terms.policy.report_due.of(made.year),
        as_of=made.as_of.day,
        tasks=tuple(_line(made, standing, unit) for standing in owed),
        names={task.id: task.name for task in office.terms.plan.by_id.values()},
        units=office.terms.units.names,
        filing=known.data or {},
        demo=is_demo or made.loaded.demo,
        filing_is_demo=is_demo,
    )


def _line(made: FormYear, standing: Standing, unit: str) -> TaskLine:
    task = standing.task
    earlier = _before(made, standing)
    return TaskLine(
        id=task.id,
        name=task.name,
        quote=task.quote,
        reading=task.row.reading or "",
        role=_role(task, unit),
        window=standing.window.label,
        target=target_words(task),
        before=NONE if earlier is None else quantity(earlier, unit_of_measure(task)),
        this_year=_this_year(standing, earlier, made.year),
        verdict=verdict_words(standing),
        unit=task.row.target.unit if task.row.target else "",
        items=task.row.items,
        needs_value=task.row.target is not None and task.tally is not Tally.COUNT,
        needs_evidence=evidence_needed(task, made.office.terms.policy).number > 0,
    )


def _before(made: FormYear, standing: Standing) -> Fraction | None:
    """Return what the window had reached when the year began; if it begins later, what last year had."""
    key = (standing.task.id, standing.unit)
    same = made.before.get((*key, standing.window.end))
    if same or standing.window.start.year < made.year:
        return same.actual if same else None
    others = (s for s in made.before.values() if (s.task.id, s.unit) == key)
    ended = (s for s in others if s.window.end.year < made.year)
    actuals = [s.actual for s in sorted(ended, key=lambda s: s.window.end) if s.actual is not None]
    if not actuals:
        return None
    return sum(actuals, Fraction(0)) if standing.task.tally in (Tally.SUM, Tally.COUNT) else actuals[-1]


def _this_year(standing: Standing, earlier: Fraction | None, year: int) -> str:
    """Say what is asked for in the year: all of it, the office's own split, or what is still lacking."""
    task, (start, end, _) = standing.task, standing.window.days
    target = task.row.target
    inside = [row for row in task.interim if year_of(year).contains(row.day)]
    if target and inside and end.year > year:
        point = max(inside, key=lambda row: row.day)
        return f"到 {point.day} 累计 {show_number(point.amount.number)} {target.unit}"
    goes_on = start.year < year
    if target is None or not goes_on or earlier is None or standing.target is None:
        return target_words(task)
    lacking = standing.target - earlier
    return f"到 {end} 还差 {target.more(lacking)}" if lacking > 0 else "已达到"


def _role(task: Task, unit: str) -> str:
    if unit in task.answering(""):
        return "汇总"
    return "牵头" if unit in task.lead else "责任"


def forms(made: FormYear, units: Sequence[str]) -> Iterator[tuple[str, Callable[[], Form]]]:
    """Give each unit with what makes its form, so that one that can't be made does not stop the others."""
    for unit in units:
        yield unit, partial(form_of, made, unit)
