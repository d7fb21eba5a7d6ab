"""Founds a workspace: which files a new one holds, made from a plan and from what ships with kesu."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from string import Template

from kesu_cli.drafting.question import open_questions
from kesu_cli.engine.open_workspace import OpenWorkspace, open_workspace
from kesu_cli.render.schema.editor_settings import modeline, schema_path, settings
from kesu_cli.render.schema.file_kind import FileKind
from kesu_cli.render.schema.file_schema import render
from kesu_cli.rules import open_ended_waiver
from kesu_cli.source.starter_files import (
    COPIED,
    example_folder,
    example_progress,
    holds_another,
    plan_files,
    starter_files,
    strangers,
)
from kesu_cli.source.workspace import PLAN, PLAN_FILE, PROGRESS, WAYS_OUT, LayoutError

_WAIVERS = f"""\
# 豁免：经批准、有期限的例外，写法见 kesu rule {open_ended_waiver.RULE.code}。没有就留空。
waivers: []
"""
_KINDS = {PLAN_FILE: FileKind.PLAN, "units.yaml": FileKind.UNITS, "policy.yaml": FileKind.POLICY}
_OWNERS = """\
# 谁来审哪份文件（GitHub、GitLab 都读这份文件；Gitee 不读）。
# 下面的账号都是空着的，所以每行都是注释：换成真实账号，再去掉行首的“# ”。
# 方案和决定由办公室审
# /plan/ @办公室账号
"""


def new_files(folder: Path, plan: Path | None, *, example: bool = False) -> dict[str, bytes]:
    """Return every file that a workspace in the folder should hold, by its path.

    A plan that is already there stays the plan; the example comes with its data, and is mixed with nothing.
    Raises LayoutError or PlanUnreadable where there is none to use.
    """
    _refuse_within(folder.resolve())
    if example:
        return _example(folder)
    source = _source(folder, plan)
    office = open_workspace((source,), source)
    return _laid_out(folder, office, _with_modelines(plan_files(source)))


def _example(folder: Path) -> dict[str, bytes]:
    """Return the files of the example, plan and data as they are; raises LayoutError beside any other."""
    source = example_folder() / PLAN
    office = open_workspace((source,), source)
    made = {**_laid_out(folder, office, plan_files(source)), **example_progress()}
    if found := strangers(folder, made):
        raise LayoutError(
            f"{folder} 里已有自己的方案或数据（{found[0]}{'等' if found[1:] else ''}），"
            "不与示例混在一起；请换一个空的文件夹"
        )
    return made


def _source(folder: Path, plan: Path | None) -> Path:
    """Return the folder of the plan to found a workspace on: its own, or the one that was named."""
    source = folder / PLAN if has_plan(folder) else plan
    if source is None:
        raise LayoutError(f"{folder.resolve()} 里没有方案（{PLAN}/{PLAN_FILE}）；{WAYS_OUT}")
    _refuse_incomplete(source)
    return source


def _laid_out(folder: Path, office: OpenWorkspace, plan: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a workspace that is judged by a plan."""
    copied = _plan_last(plan)
    if not has_plan(folder):
        _refuse_half_a_plan(folder, copied)
    shipped = starter_files()
    readme = Template(shipped.pop("README.md").decode()).substitute(_facts(office))
    made = {
        "README.md": readme,
        "CODEOWNERS": _code_owners(office),
        "plan/waivers.yaml": modeline(f"../{schema_path(FileKind.WAIVERS)}") + _WAIVERS,
        ".vscode/settings.json": settings(),
        **{f"progress/{year}/.gitkeep": "" for year in office.terms.plan.years},
    }
    return {**copied, **shipped, **{file: text.encode() for file, text in made.items()}, **_schemas(office)}


def unsettled(files: Mapping[str, bytes]) -> int:
    """Count the questions that a draft leaves to a person in the files of a plan."""
    plan = (content for name, content in files.items() if name.startswith("plan/"))
    return sum(open_questions(content.decode("utf-8", "replace")) for content in plan)


def _with_modelines(plan: Mapping[str, bytes]) -> dict[str, bytes]:
    """Tell editors which schema each file of a plan follows, unless its first line says so."""
    return {name: _with_modeline(name, content) for name, content in plan.items()}


def _with_modeline(name: str, content: bytes) -> bytes:
    kind = _KINDS[name.rpartition("/")[2]]
    known = content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")) or b"$schema=" in content[:200]
    return content if known else modeline(f"../{schema_path(kind)}").encode() + content


def has_plan(folder: Path) -> bool:
    """Whether a folder holds a plan of its own."""
    return (folder / "plan" / PLAN_FILE).is_file()


def _refuse_within(folder: Path) -> None:
    """Raise LayoutError in the plan or among the progress files of another workspace."""
    for inner, outer in pairwise((folder, *folder.parents)):
        if inner.name in ("plan", PROGRESS) and has_plan(outer):
            raise LayoutError(f"{folder} 在工作区 {outer} 的 {inner.name} 里面，不能再建一个；请换一个文件夹")


def _refuse_incomplete(plan: Path) -> None:
    missing = [name for name in COPIED if not (plan / name).exists()]
    if missing and PLAN_FILE not in missing:
        raise LayoutError(f"方案读不出来：{plan} 里缺少 {'、'.join(missing)}；请补上再建工作区")


def _plan_last(copied: Mapping[str, bytes]) -> dict[str, bytes]:
    """Put the file that makes a plan behind the others: an init that was cut short is begun again."""
    return dict(sorted(copied.items(), key=lambda named: named[0].endswith(f"/{PLAN_FILE}")))


def _refuse_half_a_plan(folder: Path, copied: dict[str, bytes]) -> None:
    """Raise LayoutError where files of another plan lie in the folder of plans."""
    found = [name for name in COPIED if holds_another(folder / "plan" / name, copied.get(f"plan/{name}"))]
    if found:
        raise LayoutError(
            f"{folder / 'plan'} 里有 {'、'.join(found)}，却没有 {PLAN_FILE}；"
            "不把两份方案混在一起，请补上它，或先把这些文件移走"
        )


def _schemas(office: OpenWorkspace) -> dict[str, bytes]:
    """Return the schemas that the editor's settings point at; that of progress knows the plan's tasks."""
    bound = {FileKind.PROGRESS: office.terms}
    return {schema_path(name): render(name, bound.get(name)) for name in FileKind}


def _facts(office: OpenWorkspace) -> dict[str, object]:
    years = office.terms.plan.years
    return {
        "title": office.terms.plan.title,
        "first": years[0],
        "last": years[-1],
        "count": len(office.terms.units.reporting),
    }


def _code_owners(office: OpenWorkspace) -> str:
    """Sketch who reviews what: a line a unit, all of them comments until accounts are filled in."""
    lines = (_owner_line(unit) for unit in office.terms.units.reporting)
    return _OWNERS + "# 各单位的台账由各单位确认\n" + "".join(lines)


def _owner_line(unit: str) -> str:
    file = unit.replace(" ", "\\ ")
    return f"# /progress/*/{file}.yaml @{unit}账号\n"
