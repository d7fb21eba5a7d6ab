"""Task ids and unit names of one plan as the only words a progress schema takes.

Each word is an alternative of its own: an editor then shows on hover only the one that is written. The
first alternative never holds; it carries what is said where none does, and stands there twice because
yaml-language-server shows all alternatives where it counts as many that it looked at as there are.
"""

from typing import Any

from kesu_cli.model.key_dependency import NEVER
from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.unit import Units, Via
from kesu_cli.render.schema.model_schema import EMPTY

Schema = dict[str, Any]

_WRONG_TASK = "方案里没有这个任务编号；请从列表里选，或用 kesu plan show 查"
_WRONG_UNIT = "方案里没有登记这个单位；请从列表里选，或用 kesu plan units 查"
_WRONG_ONE = f"{_WRONG_UNIT}；这里只写一个单位，不写单位组"
_JOINTLY = "合办单位"
_TASK, _UNIT, _ONE_UNIT = "TaskOfPlan", "UnitOfPlan", "OneUnitOfPlan"
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|~"})


def bind(schema: Schema, plan: Plan, units: Units) -> None:
    """Put the words of the plan into a progress schema."""
    rows = schema["$defs"]
    rows[_TASK] = _one_of([_task(task) for task in plan.tasks], _WRONG_TASK)
    rows[_UNIT] = _one_of([_unit(units, name) for name in _spellings(units)], _WRONG_UNIT)
    rows[_ONE_UNIT] = _one_of([_unit(units, name) for name in _singles(units)], _WRONG_ONE)
    entry, nothing = rows["EntryRow"], rows["NothingRow"]
    several = {"title": _JOINTLY, "type": ["array"], "items": _ref(_UNIT), "errorMessage": _WRONG_UNIT}
    for row in (entry, nothing):
        _put(row, "task", _ref(_TASK))
    _put(schema, "unit", _ref(_ONE_UNIT))
    _put(entry, "counted_by", {"anyOf": [_ref(_ONE_UNIT), EMPTY]})
    _put(entry, "jointly_with", {"anyOf": [_ref(_UNIT), several, EMPTY]})


def _put(row: Schema, key: str, words: Schema) -> None:
    """Replace how a key is written; what it means stays."""
    before = row["properties"][key]
    kept = {name: before[name] for name in ("title", "description", "examples") if name in before}
    row["properties"][key] = kept | words


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _one_of(words: list[Schema], wrong: str) -> Schema:
    none = NEVER | {"description": wrong, "errorMessage": wrong}
    return {"anyOf": [none, none, *words]}


def _task(task: Task) -> Schema:
    said = f"{task.id} {task.name}"
    return {"const": task.id, "description": said, "markdownDescription": _explained(task)}


def _unit(units: Units, name: str) -> Schema:
    return {"const": name, "description": f"{name}：{_who(units, name)}"}


def _explained(task: Task) -> str:
    """Tell what a task asks for: its name, the words of the plan, target, time and units."""
    lines = [f"**{task.id} {_marked(task.name)}**"]
    if task.row.quote:
        lines.append(f"原文：{_marked(task.row.quote)}")
    if task.row.target:
        lines.append(f"目标：{_marked(task.row.target.words)}")
    lines.append(f"时限：{_marked(task.row.when)}")
    for word, names in (("牵头单位", task.lead), ("责任单位", task.responsible)):
        if names:
            lines.append(f"{word}：{_marked('、'.join(names))}")
    if task.row.reading:
        lines.append(f"口径：{_marked(task.row.reading)}")
    return "\n\n".join(lines)


def _marked(text: str) -> str:
    """Escape what Markdown would take for its own signs."""
    return text.translate(_SIGNS)


def _spellings(units: Units) -> list[str]:
    return list(dict.fromkeys(name for name in units.spellings if units.find(name)))


def _singles(units: Units) -> list[str]:
    return [name for name in _spellings(units) if units.find_one(name)]


def _who(units: Units, name: str) -> str:
    """Say whom a name means."""
    found = units.find(name)
    if found is None or found.via is Via.NAME:
        return next((row.kind for row in units.rows if row.name == name), "")
    if found.via is Via.GROUP:
        return f"单位组，包括{'、'.join(found.units)}"
    return f"{found.unit}的{'别称' if found.via is Via.ALIAS else '另一身份'}"
