"""Task ids and unit names of one plan as the only words a progress schema takes."""

from typing import Any

from kesu_cli.model.plan import Plan, Task
from kesu_cli.model.unit import Units, Via

Schema = dict[str, Any]

_WRONG_TASK = "方案里没有这个任务编号；请从列表里选，或用 kesu plan show 查"
_WRONG_UNIT = "方案里没有登记这个单位；请从列表里选，或用 kesu plan units 查"
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|~"})


def bind(schema: Schema, plan: Plan, units: Units) -> None:
    """Put the words of the plan into a progress schema."""
    rows = schema["$defs"]
    entry, nothing = rows["EntryRow"]["properties"], rows["NothingRow"]["properties"]
    tasks, one, any_of_them = _tasks(plan), _units(units, _singles(units)), _units(units, _spellings(units))
    for row in (entry, nothing):
        row["task"] = _kept(row["task"]) | tasks
    schema["properties"]["unit"] = _kept(schema["properties"]["unit"]) | one
    entry["counted_by"] = _kept(entry["counted_by"]) | {"anyOf": [one, {"type": "null"}]}
    entry["jointly_with"] = _kept(entry["jointly_with"]) | {
        "anyOf": [any_of_them, {"type": "array", "items": any_of_them}, {"type": "null"}]
    }


def _kept(before: Schema) -> Schema:
    return {key: before[key] for key in ("title", "description", "examples") if key in before}


def _tasks(plan: Plan) -> Schema:
    return {
        "type": "string",
        "enum": [task.id for task in plan.tasks],
        "markdownEnumDescriptions": [_explained(task) for task in plan.tasks],
        "errorMessage": _WRONG_TASK,
    }


def _explained(task: Task) -> str:
    """Tell what a task asks for: its name, the words of the plan, target, time and units."""
    lines = [f"**{_marked(task.name)}**"]
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


def _units(units: Units, names: list[str]) -> Schema:
    return {
        "type": "string",
        "enum": names,
        "enumDescriptions": [_who(units, name) for name in names],
        "errorMessage": _WRONG_UNIT,
    }


def _who(units: Units, name: str) -> str:
    """Say whom a name means."""
    found = units.find(name)
    if found is None or found.via is Via.NAME:
        return next((row.kind for row in units.rows if row.name == name), "")
    if found.via is Via.GROUP:
        return f"单位组：{'、'.join(found.units)}"
    return f"{found.unit}的{'别称' if found.via is Via.ALIAS else '另一身份'}"
