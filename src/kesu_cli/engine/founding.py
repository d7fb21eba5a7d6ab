"""Founds a workspace: which files a new one holds, made from a plan and from what ships with kesu."""

from itertools import pairwise
from pathlib import Path
from string import Template

from kesu_cli.engine.desk import Desk, desk
from kesu_cli.render.schema.document import render
from kesu_cli.render.schema.editor import modeline, schema_path, settings
from kesu_cli.render.schema.name import Name
from kesu_cli.source.starter import COPIED, plan_files, starter_files
from kesu_cli.source.workspace import PLAN_FILE, PROGRESS, LayoutError, packaged_plan

_WAIVERS = """\
# 豁免：经批准、有期限的例外，写法见 kesu rule KS604。没有就留空。
waivers: []
"""
_OWNERS = """\
# 谁来审哪份文件（GitHub、GitLab 都读这份文件；Gitee 不读）。
# 下面的账号都是空着的，所以每行都是注释：换成真实账号，再去掉行首的“# ”。
# 方案和决定由办公室审
# /plan/ @办公室账号
"""


def founded(folder: Path, plan: Path | None) -> dict[str, bytes]:
    """Return every file that a workspace in the folder should hold, by its path.

    A plan that is already there stays the plan.
    Raises LayoutError or NotOnTheDesk where there is none to use.
    """
    _refuse_within(folder.resolve())
    source = _source(folder / "plan", plan or packaged_plan())
    office, copied = desk((source,), source), plan_files(source)
    shipped = starter_files()
    readme = Template(shipped.pop("README.md").decode()).substitute(_facts(office))
    made = {
        "README.md": readme,
        "CODEOWNERS": _code_owners(office),
        "plan/waivers.yaml": modeline(f"../{schema_path(Name.WAIVERS)}") + _WAIVERS,
        ".vscode/settings.json": settings(),
        **{f"progress/{year}/.gitkeep": "" for year in office.plan.years},
    }
    return {**copied, **shipped, **{file: text.encode() for file, text in made.items()}, **_schemas(office)}


def has_plan(folder: Path) -> bool:
    """Whether a folder holds a plan of its own."""
    return not _lacking(folder / "plan")


def _refuse_within(folder: Path) -> None:
    """Raise LayoutError in the plan or among the progress files of another workspace."""
    for inner, outer in pairwise((folder, *folder.parents)):
        if inner.name in ("plan", PROGRESS) and has_plan(outer):
            raise LayoutError(f"{folder} 在工作区 {outer} 的 {inner.name} 里面，不能再建一个；请换一个文件夹")


def _source(own: Path, given: Path) -> Path:
    """Choose the plan in use; one that an earlier run began to copy is completed, two are never mixed."""
    missing = _lacking(own)
    there = [name for name in COPIED if name not in missing]
    if not missing:
        return own
    if not (given / PLAN_FILE).is_file():
        return given  # said by whoever reads it
    if _lacking(given):
        named = "、".join(_lacking(given))
        raise LayoutError(f"方案读不出来：{given} 里缺少 {named}；请补上，写法可参照 kesu init 建的工作区")
    if all((own / name).read_bytes() == (given / name).read_bytes() for name in there):
        return given
    raise LayoutError(
        f"{own} 里有 {'、'.join(there)}，却没有 {'、'.join(missing)}；"
        "不把两份方案混在一起，请补上缺的，或先把已有的移走"
    )


def _lacking(plan: Path) -> list[str]:
    return [name for name in COPIED if not (plan / name).is_file()]


def _schemas(office: Desk) -> dict[str, bytes]:
    """Return the schemas that the editor's settings point at; that of progress knows the plan's tasks."""
    bound = {Name.PROGRESS: (office.plan, office.units)}
    return {schema_path(name): render(name, bound.get(name)) for name in Name}


def _facts(office: Desk) -> dict[str, object]:
    years = office.plan.years
    return {
        "title": office.plan.title,
        "first": years[0],
        "last": years[-1],
        "count": len(office.units.reporting),
    }


def _code_owners(office: Desk) -> str:
    """Sketch who reviews what: a line a unit, all of them comments until accounts are filled in."""
    lines = (_owner_line(unit) for unit in office.units.reporting)
    return _OWNERS + "# 各单位的台账由各单位确认\n" + "".join(lines)


def _owner_line(unit: str) -> str:
    file = unit.replace(" ", "\\ ")
    return f"# /progress/*/{file}.yaml @{unit}账号\n"
