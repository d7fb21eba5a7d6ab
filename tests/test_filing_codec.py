"""Filings survive the trip between processes unchanged."""

from fractions import Fraction
from pathlib import Path

from kesu_cli.engine.filing_codec import pack, unpack
from kesu_cli.model.progress import Survey
from kesu_cli.source.plan import terms_at
from kesu_cli.source.progress import load_progress
from kesu_cli.source.workspace import find_workspace

ROOT = Path(__file__).parent.parent


def test_what_is_unpacked_is_what_was_packed() -> None:
    workspace = find_workspace((ROOT,))
    units = terms_at(workspace.plan_dir, workspace.plan_label).readable_terms().units
    listed, _ = workspace.listing()
    filings = load_progress(listed, units, workspace.read_report).filings
    assert filings == unpack(pack(filings))


def test_a_reported_zero_stays_a_zero_and_an_empty_report_stays_empty() -> None:
    workspace = find_workspace((ROOT,))
    units = terms_at(workspace.plan_dir, workspace.plan_label).readable_terms().units
    listed, _ = workspace.listing()
    filing = next(
        filing for filing in load_progress(listed, units, workspace.read_report).filings if filing.entries
    )
    zero = filing._replace(entries=(filing.entries[0]._replace(number=Fraction(0)),))
    empty = filing._replace(entries=())
    assert (zero, empty) == unpack(pack((zero, empty)))


def test_what_is_said_of_a_survey_survives_with_its_error_exact_or_without_one() -> None:
    workspace = find_workspace((ROOT,))
    units = terms_at(workspace.plan_dir, workspace.plan_label).readable_terms().units
    listed, _ = workspace.listing()
    filing = next(
        filing for filing in load_progress(listed, units, workspace.read_report).filings if filing.entries
    )
    surveys = Survey("邻市", 2000, Fraction(3, 2)), Survey("", 0, Fraction(0)), Survey("邻市", 0, None)
    entries = tuple(filing.entries[0]._replace(survey=survey) for survey in surveys)
    assert (filing._replace(entries=entries),) == unpack(pack((filing._replace(entries=entries),)))
