"""Shell completion of units, tasks and rules, from the plan in force."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any


def _plan() -> Any:
    """Read the plan in force; imported here, so that --help does not pay for it."""
    from kesu_cli.source.plan import load_plan
    from kesu_cli.source.workspace import find_workspace

    workspace = find_workspace((Path(),))
    return load_plan(workspace.plan_dir, workspace.plan_label)


def units(incomplete: str) -> Iterator[str]:
    """Complete the name of a unit."""
    known = _plan().units
    for name in known.spellings if known else ():
        if name.startswith(incomplete):
            yield name


def tasks(incomplete: str) -> Iterator[tuple[str, str]]:
    """Complete a task id, with its name beside it."""
    plan = _plan().plan
    for task in plan.tasks if plan else ():
        if task.id.startswith(incomplete):
            yield task.id, task.name


def rules(incomplete: str) -> Iterator[tuple[str, str]]:
    """Complete the code of a rule, with its summary beside it."""
    from kesu_cli.rules.book import RULES

    for rule in RULES:
        if rule.code.startswith(incomplete):
            yield rule.code, rule.summary
