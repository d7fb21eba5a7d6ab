"""Make a large workspace: units × years × entries, from a seed.

    python bench/generate.py DIR --units 4000 --years 5 --entries 25

The plan is the repository's own; the further units join its largest group, so that every rule has
work to do. All of it is invented.
"""

import argparse
import random
import shutil
from pathlib import Path
from typing import Any, TypeAlias

import yaml

ROOT = Path(__file__).parent.parent
FIRST_YEAR = 2021
TOPICS = (
    "科普报告会",
    "技能培训班",
    "健康大讲堂",
    "科技下乡",
    "防灾减灾演练",
    "青少年科技体验",
    "农技推广现场会",
)
PLACES = ("文化广场", "社区服务中心", "实验小学", "农技站", "图书馆", "村委会", "科普园地")

_Task: TypeAlias = dict[str, Any]


def main() -> None:
    """Write the workspace."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--units", type=int, default=400)
    parser.add_argument("--years", type=int, default=5)
    parser.add_argument("--entries", type=int, default=24)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    generate(given.folder, given.units, given.years, given.entries, given.seed)


def generate(folder: Path, units: int, years: int, entries: int, seed: int = 1) -> int:
    """Write a workspace and return how many progress files it holds."""
    dice = random.Random(seed)
    names = [f"第{number:04d}街道" for number in range(1, units + 1)]
    _write_plan(folder / "plan", names)
    tasks = _tasks_of_towns()
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        (folder / "progress" / str(year)).mkdir(parents=True)
        for name in names:
            text = _report(dice, name, year, tasks, entries)
            (folder / "progress" / str(year) / f"{name}.yaml").write_text(text, encoding="utf-8")
    return units * years


def _write_plan(folder: Path, names: list[str]) -> None:
    shutil.copytree(ROOT / "plan", folder)
    path = folder / "units.yaml"
    file = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    file["units"] = [unit | {"reports": False} for unit in file["units"]]
    file["units"] += [{"name": name, "kind": "街道"} for name in names]
    file["groups"][0]["members"] += names
    path.write_text(yaml.dump(file, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _tasks_of_towns() -> tuple[list[_Task], list[_Task]]:
    """Return the tasks that the largest group shares in, and those that each member owes by itself."""
    plan = yaml.load((ROOT / "plan" / "measures.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    units = yaml.load((ROOT / "plan" / "units.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    name = units["groups"][0]["name"]
    actions = (action for action in plan["actions"] if name in action["responsible"])
    shared = [task for action in actions for measure in action["measures"] for task in measure["tasks"]]
    duties = (task for section in plan["safeguards"] for task in section["tasks"])
    own = [task for task in duties if task.get("spread") == "each" and name in task["lead"]]
    return shared, own


def _report(
    dice: random.Random, unit: str, year: int, tasks: tuple[list[_Task], list[_Task]], entries: int
) -> str:
    shared, own = tasks
    handed_in = f"{year + 1}-01-{dice.randint(5, 31):02d}"
    head = f"unit: {unit}\nyear: {year}\nstatus: complete\nsubmitted: {handed_in}\ndemo: true\n"
    chosen = own + [dice.choice(shared) for _ in range(entries - len(own))]
    body = "".join(_entry(dice, unit, year, task, number) for number, task in enumerate(chosen))
    return f"{head}entries:\n{body}"


def _entry(dice: random.Random, unit: str, year: int, task: _Task, number: int) -> str:
    topic, place = dice.choice(TOPICS), dice.choice(PLACES)
    day = f"{year}-{dice.randint(1, 12):02d}-{dice.randint(1, 28):02d}"
    items = f"    items: [{dice.choice(task['items'])}]\n" if "items" in task else ""
    return (
        f"  - task: {task['id']}\n"
        f"    date: {day}\n"
        f"    name: {unit}{place}{topic}（第{number + 1}场）\n"
        f"    value: {dice.randint(20, 400)}\n"
        f"{items}"
        f"    evidence:\n"
        f'      - {{kind: 签到表, url: "https://demo.invalid/{unit}/{year}/{number}/sign"}}\n'
        f'      - {{kind: 报道, url: "https://demo.invalid/{unit}/{year}/{number}/news"}}\n'
    )


if __name__ == "__main__":
    main()
