"""Which years and files a check is asked about, and on which date it judges."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kesu_cli.diagnostic import Refusal
from kesu_cli.model.plan import Plan
from kesu_cli.model.policy import Policy
from kesu_cli.model.window import AsOf, Basis, year_of
from kesu_cli.source.file_opening import real_path_of
from kesu_cli.source.workspace import ProgressPath, Workspace


class NothingToCheck(Refusal):
    """There is nothing to judge; the message is for the user."""


@dataclass(frozen=True)
class Selection:
    """What the paths of the command line mean.

    ``years`` are the years judged, ``whole`` says that the progress folder as a whole was meant,
    ``files`` narrows the findings to single files (empty: all), ``loaded`` is everything to read.
    """

    years: tuple[int, ...]
    whole: bool
    files: frozenset[str]
    chosen: tuple[ProgressPath, ...]
    listed: tuple[ProgressPath, ...]


def select(workspace: Workspace, paths: Sequence[Path], listed: tuple[ProgressPath, ...]) -> Selection:
    """Work out what the paths select among the progress files."""
    resolved = [path.resolve() for path in paths]
    chosen = _chosen(listed, resolved)
    whole = any(workspace.progress_dir.is_relative_to(path) for path in resolved)
    single = all(path.is_file() for path in resolved)
    files = frozenset(item.file for item in chosen) if single else frozenset()
    years = {item.year for item in chosen if item.year is not None}
    asked = {int(path.name) for path in resolved if workspace.is_year_folder(path)}
    return Selection(tuple(sorted(years | asked)), whole, files, chosen, listed)


def _chosen(listed: Sequence[ProgressPath], paths: Sequence[Path]) -> tuple[ProgressPath, ...]:
    """Pick what lies at or below one of the paths; folders are asked first, there are few of them."""
    folders = {item.path.parent for item in listed}
    inside = {folder for folder in folders if any(_lies_in(folder, path) for path in paths)}
    files = [path for path in paths if not path.is_dir()]
    return tuple(
        item
        for item in listed
        if item.path.parent in inside
        or ((files or item.path.is_symlink()) and any(_lies_in(item.path, path) for path in paths))
    )


def _lies_in(file: Path, path: Path) -> bool:
    """Whether a file lies at or below a path, be it by a link that leads elsewhere."""
    return file.is_relative_to(path) or real_path_of(file).is_relative_to(path)


def judging_date(given: date | None, today: date, selection: Selection, policy: Policy) -> AsOf:
    """Choose the date: the one given; for a single past year its last day; otherwise today.

    For a past year, who has reported is judged on the day the reports were due, or today where
    that day is still to come.
    """
    if given is not None:
        return AsOf(given, over=True, basis=Basis.GIVEN, reporting=given, reporting_over=True)
    if not selection.whole and len(selection.years) == 1 and selection.years[0] < today.year:
        year = selection.years[0]
        due = policy.report_due.of(year)
        return AsOf(
            date(year, 12, 31),
            over=True,
            basis=Basis.PAST_YEAR,
            reporting=min(due, today),
            reporting_over=today > due,
        )
    return running(today)


def running(today: date) -> AsOf:
    """Judge by today, a day that is not over."""
    return AsOf(today, over=False, basis=Basis.TODAY, reporting=today, reporting_over=False)


def judged_years(selection: Selection, found: set[int], as_of: AsOf, plan: Plan) -> tuple[int, ...]:
    """Return the years that findings are asked for.

    For the progress folder as a whole no year of the plan between the first one reported and the
    judging date is passed over: a missing folder is missing reports. A year mistyped by decades does
    not ask for the decades between. Where nothing can be read, the folders say the years; where nothing
    has been reported, every year of the plan that has begun is asked for.
    """
    found = (found | set(selection.years)) if selection.chosen else set(selection.years)
    if not selection.whole:
        return tuple(sorted(found))
    first = max(min(found, default=plan.period.start.year), plan.period.start.year)
    expected = range(first, min(as_of.day.year, plan.period.end.year) + 1)
    return tuple(sorted(found | set(expected)))


def refuse_outside(plan: Plan, years: Sequence[int], as_of: AsOf) -> None:
    """Raise NothingToCheck where no task of the plan has anything to do with the years or the date."""
    windows = [window.days for task in plan.tasks for window in task.windows]
    judged = [year_of(year) for year in years]
    is_asked = any(window.meets(year) for window in (plan.period, *windows) for year in judged)
    if judged and not is_asked:
        named = "、".join(map(str, years))
        raise NothingToCheck(f"方案期是 {plan.period}，{named} 年没有可以判定的任务；请核对年度")
    if as_of.day < plan.period.start:
        raise NothingToCheck(f"{as_of.day} 早于方案期（{plan.period}），还没有可以判定的任务；请核对 --as-of")


def known_years(workspace: Workspace) -> list[int]:
    """Return the years that there are progress files of, the earliest first."""
    listed, _ = workspace.listing()
    return sorted({item.year for item in listed if item.year is not None})


def year_folder(workspace: Workspace, year: int | None, as_of: date) -> Path:
    """Return the folder of a year; without one of the latest with reports that has begun on a date."""
    years = known_years(workspace) or [as_of.year]
    begun = [found for found in years if found <= as_of.year]
    return workspace.progress_dir / str(year or (begun or years)[-1])
