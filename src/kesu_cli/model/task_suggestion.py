"""What task was meant by an id or a name that the plan does not have: it suggests, it never binds."""

import re
from collections.abc import Mapping

from kesu_cli.model.amount import normal
from kesu_cli.model.name_similarity import suggest
from kesu_cli.model.plan import Task

_LIKE_AN_ID = re.compile(r"([MGSPA]?)0*(\d{0,2})[-.月](\d{1,3})日?")
_ALIKE = 60
_MOST = 12


def meant_by(written: str, tasks: Mapping[str, Task]) -> str:
    """Offer the task that was meant: by what the digits say, by its name, or by what looks alike."""
    exact = _by_digits(written, tasks)
    if exact:
        return _question(tasks[exact])
    names = {task.name: task for task in tasks.values()}
    named = "" if written.isascii() else suggest(written, names, _ALIKE)
    if named:
        return _question(names[named])
    near = suggest(written.upper(), tasks)
    return _question(tasks[near]) if near else ""


def siblings(written: str, tasks: Mapping[str, Task]) -> str:
    """List the tasks of the measure or section that an unknown id names."""
    match = _LIKE_AN_ID.fullmatch(normal(written).upper())
    if match is None:
        return ""
    prefixes = tuple(f"{match[1] or 'M'}{number}-" for number in (match[2], f"{match[2]:0>2}"))
    found = [f"{task.id} {task.name}" for task in tasks.values() if task.id.startswith(prefixes)]
    more = f"等 {len(found)} 项" if len(found) > _MOST else ""
    return "、".join(found[:_MOST]) + more


def _by_digits(written: str, tasks: Mapping[str, Task]) -> str:
    match = _LIKE_AN_ID.fullmatch(normal(written).upper())
    if match is None:
        return ""
    letter, chapter, number = match[1] or "M", match[2], int(match[3])
    ids = (f"{letter}{chapter}-{number}", f"{letter}{chapter:0>2}-{number}")
    return next((task for task in ids if task in tasks), "")


def _question(task: Task) -> str:
    return f"是否应为“{task.id}”（{task.name}）？"
