"""Judging looks only at the entries near a window; what it leaves out would change nothing."""

from datetime import date
from pathlib import Path

from kesu_cli.engine.judged_years import running
from kesu_cli.engine.standings import judge
from kesu_cli.loaded import Loaded
from kesu_cli.model.window import read_days
from kesu_cli.source.plan import terms_at
from kesu_cli.source.progress import load_progress
from kesu_cli.source.workspace import find_workspace
from kesu_cli.standing import stand

ROOT = Path(__file__).parent.parent
YEARS = (2021, 2022, 2023, 2024, 2025)


def test_a_standing_is_the_same_from_the_entries_near_its_window_as_from_all() -> None:
    workspace = find_workspace((ROOT,))
    terms = terms_at(workspace.plan_dir, workspace.plan_label).readable_terms()
    listed, _ = workspace.listing()
    read = load_progress(listed, terms.units, workspace.read_report).filings
    # every second entry dated to the month: such an entry may end after the window that it meets
    filings = tuple(
        filing._replace(
            entries=tuple(
                entry._replace(days=read_days(f"{entry.days.end:%Y-%m}")) if number % 2 else entry
                for number, entry in enumerate(filing.entries)
            )
        )
        for filing in read
    )
    entries = [entry for filing in filings for entry in filing.entries]
    as_of = running(date(2025, 6, 15))
    standings = judge(Loaded(terms, filings), YEARS, as_of)
    for standing in standings:
        task, window, unit = standing.task, standing.window, standing.unit
        whole = [entry for entry in entries if entry.task == task.id]
        assert stand(task, window, unit, whole, as_of, terms.policy).contributions == standing.contributions
