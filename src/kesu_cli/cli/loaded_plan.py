"""Loads the plan for the commands that show it; imported only when one of them runs."""

from pathlib import Path

from kesu_cli import VERSION
from kesu_cli.cli.clock import today
from kesu_cli.cli.failure import said_plainly, usage_error
from kesu_cli.engine.check import Request, check_plan
from kesu_cli.model.plan import Plan
from kesu_cli.model.unit import Units
from kesu_cli.report import Report


def judged(folder: Path | None) -> Report:
    """Judge the plan in force."""
    with said_plainly():
        return check_plan(Request((Path(),), today(), plan=folder), VERSION)


def readable(folder: Path | None) -> tuple[Plan, Units]:
    """Return the plan in force; one that can't be read ends the command."""
    report = judged(folder)
    if report.plan is None or report.units is None:
        usage_error("方案读不出来；请先运行 kesu plan check")
    return report.plan, report.units
