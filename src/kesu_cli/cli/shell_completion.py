"""Shell completion of units, tasks and rules, from the plan in force."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any


def _terms() -> Any:
    """Read the terms in force, if any; imported here, so that --help does not pay for it."""
    from kesu_cli.diagnostic import Refusal
    from kesu_cli.source.plan import terms_in
    from kesu_cli.source.workspace import find_workspace

    try:
        return terms_in(find_workspace((Path(),))).terms
    except Refusal:  # at a key press nobody asked for a sentence
        return None


def units(incomplete: str) -> Iterator[str]:
    """Complete the name of a unit."""
    terms = _terms()
    for name in terms.units.spellings if terms else ():
        if name.startswith(incomplete):
            yield name


def tasks(incomplete: str) -> Iterator[tuple[str, str]]:
    """Complete a task id, with its name beside it."""
    terms = _terms()
    for task in terms.plan.tasks if terms else ():
        if task.id.startswith(incomplete):
            yield task.id, task.name


def rules(incomplete: str) -> Iterator[tuple[str, str]]:
    """Complete the code of a rule, with its summary beside it."""
    from kesu_cli.rules.book import RULES

    for rule in RULES:
        if rule.code.startswith(incomplete):
            yield rule.code, rule.summary
