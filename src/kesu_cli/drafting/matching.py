"""Finds in a new version of a plan the tasks of the old one, whatever their numbers are now."""

from collections.abc import Callable, Iterable

from kesu_cli.model.plan import Task

Pair = tuple[Task | None, Task | None]


def match(old: Iterable[Task], new: Iterable[Task]) -> tuple[Pair, ...]:
    """Pair tasks in the order of the new version; those that are gone come last.

    A task is itself where id and words (or name) agree; then where the words alone agree, then the
    name alone; what is left over agrees by its id. So a task put in front does not change all others.
    """
    left, right = {task.id: task for task in old}, {task.id: task for task in new}
    gone, found = dict(left), dict[str, Task]()
    for key in (_id_and_words, _id_and_name, _words, _name, _id):
        known = _unique(gone.values(), key)
        for mark, task in _unique((one for one in right.values() if one.id not in found), key).items():
            if mark in known:
                found[task.id] = known[mark]
                del gone[known[mark].id]
    return (
        *((found.get(task.id), task) for task in right.values()),
        *((task, None) for task in gone.values()),
    )


Key = Callable[[Task], tuple[str, ...]]


def _unique(tasks: Iterable[Task], key: Key) -> dict[tuple[str, ...], Task]:
    """Return tasks by key; what does not name a task, or names two, names none."""
    found: dict[tuple[str, ...], Task] = {}
    twice: set[tuple[str, ...]] = set()
    for task in tasks:
        mark = key(task)
        if mark in found or not all(mark):
            twice.add(mark)
        found[mark] = task
    return {mark: task for mark, task in found.items() if mark not in twice}


def _plain(task: Task) -> str:
    return "".join(task.quote.split())


def _id_and_words(task: Task) -> tuple[str, ...]:
    return task.id, _plain(task)


def _id_and_name(task: Task) -> tuple[str, ...]:
    return task.id, task.name


def _words(task: Task) -> tuple[str, ...]:
    return (_plain(task),)


def _name(task: Task) -> tuple[str, ...]:
    return (task.name,)


def _id(task: Task) -> tuple[str, ...]:
    return (task.id,)
