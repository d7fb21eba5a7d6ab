"""Exit codes: 0 nothing found, 1 findings, 2 could not judge."""

from typing import Any

CLEAN = 0
FOUND = 1
COULD_NOT_JUDGE = 2
INTERRUPTED = 130


def exit_code(report: Any, fail_on: str) -> int:
    """Return the exit code of a report: by what is new, where it is held against an earlier state.

    Of a plan check, by what was found in the plan.
    """
    from kesu_cli.diagnostic import Severity
    from kesu_cli.report import count

    if report.plan is None or report.crashed:
        return COULD_NOT_JUDGE
    counts = count(report.new if report.years else report.plan_findings)
    threshold = Severity(fail_on).rank
    return (
        FOUND if any(number for severity, number in counts.items() if severity.rank <= threshold) else CLEAN
    )
