"""kesu schema says of a file what the reader says of it, as far as JSON Schema can."""

import json
import re
import shutil
from pathlib import Path

import file_reference
import pytest
from check_jsonschema.cli import main as check_jsonschema
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from examples import WORLD
from form_city import REPORT
from kesu_cli.cli.app import run
from kesu_cli.render.schema.editor_settings import FILES, schema_path, settings
from kesu_cli.render.schema.file_kind import FileKind
from kesu_cli.render.schema.file_schema import render, schema_of
from kesu_cli.source.plan import terms_at
from schema_reader import GOOD, ROOT, SAMPLE, both, typed

CHINESE = re.compile(r"[\u4e00-\u9fff]")
HEAD = """\
unit: 市教体局
year: 2024
status: draft
entries:
  - task: M06-1
    date: 2024-07-16
    name: 培训班
"""


def _task_ids(plan: Path) -> list[str]:
    return [task.id for task in terms_at(plan, "plan").readable_terms().plan.tasks]


@pytest.mark.parametrize("name", list(FileKind))
def test_every_schema_is_a_schema_and_speaks_chinese_of_every_key(name: FileKind) -> None:
    schema = schema_of(name)
    Draft202012Validator.check_schema(schema)
    rows = [schema, *schema["$defs"].values()]
    keys = [key for row in rows for key in row.get("properties", {}).values()]
    assert keys
    assert all(CHINESE.search(key["description"]) for key in keys)
    assert all(CHINESE.search(row["title"]) for row in rows if "properties" in row)
    assert all(row["additionalProperties"] is False for row in rows if "properties" in row)


@pytest.mark.parametrize("name", list(FileKind))
def test_of_every_file_of_the_repository_reader_and_schema_say_the_same(name: FileKind) -> None:
    said = {path: both(name, path.read_text("utf-8")) for path in GOOD[name]}
    assert {path: both for path, both in said.items() if both[0] != both[1]} == {}
    refused = {path.name for path, both in said.items() if both == (False, False)}
    assert refused == (
        {"塔山街道.yaml"} if name is FileKind.PROGRESS else set()
    )  # 约200, in the sample on purpose


def test_every_progress_file_passes_the_schema_bound_to_the_plan() -> None:
    terms = terms_at(ROOT / "plan", "plan").readable_terms()
    validator = Draft202012Validator(schema_of(FileKind.PROGRESS, terms))
    wrong = {
        f"{path}: {error.message[:80]}"
        for path in sorted(ROOT.glob("progress/20*/*.yaml"))
        for error in validator.iter_errors(typed(path.read_text("utf-8")))
    }
    assert wrong == set()


@pytest.mark.parametrize(
    "line",
    [
        "value: 18",
        "value: 2万",
        "value: 1.2万人次",
        "value: 15.4%",
        "value: １８",
        "value: 12,000",
        'value: "18"',
        "numerator: 142\n    denominator: 1000",
        "unit: 名",
        "items: 防灾减灾日",
        "items: [防灾减灾日, 110]",
        "items:",
        "jointly_with: [市科协, 团市委]",
        "evidence:",
        "evidence: [{kind: 签到表, path: a.pdf}]",
        "note: 2024",
        "note: true",
        "note:",
        "status: ongoing",
    ],
)
def test_what_the_reader_takes_passes(line: str) -> None:
    assert both(FileKind.PROGRESS, f"{HEAD}    {line}\n") == (True, True)


@pytest.mark.parametrize(
    "when", ["2024-07-16", "2024-7-6", "2024-07", "2024.7", "2024年7月", "2024年7月16日", "2024/7/16"]
)
def test_dates_as_people_write_them_pass(when: str) -> None:
    assert both(FileKind.PROGRESS, HEAD.replace("2024-07-16", when)) == (True, True)


@pytest.mark.parametrize(
    "line",
    [
        "value:",
        "value: 大约三十",
        "value: 约30",
        "value: 30多",
        "value: -3",
        "value: [1, 2]",
        "value: true",
        "numerator: 142",
        "value: 1\n    numerator: 1\n    denominator: 2",
        "vlaue: 3",
        "数值: 3",
        "unit: [名]",
        "status: 已办结",
        "evidence: [{kind: 签到表}]",
        "evidence: [{kind: 签到表, url: a, sha256: b}]",
        "evidence: 签到表",
        "name2: 1",
        "path:",
    ],
)
def test_what_the_reader_refuses_fails(line: str) -> None:
    assert both(FileKind.PROGRESS, f"{HEAD}    {line}\n") == (False, False)


@pytest.mark.parametrize(
    "when", ["2024", "45489", "7月16日", "下半年", "", "{from: 2024-07-01}", "[2024-07-01]"]
)
def test_dates_that_are_none_fail(when: str) -> None:
    assert both(FileKind.PROGRESS, HEAD.replace("2024-07-16", when)) == (False, False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("status: draft", "status: complete"),
        ("status: draft", "status: 草稿"),
        ("year: 2024\n", "year: 24\n"),
        ("year: 2024\n", ""),
        ("unit: 市教体局", "unit:"),
        ("entries:\n", "entries: 无\nx:\n"),
    ],
)
def test_a_broken_head_fails(old: str, new: str) -> None:
    assert both(FileKind.PROGRESS, HEAD.replace(old, new, 1)) == (False, False)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("target: {at_least: 30, unit: 名}", "target: {at_least: 30, at_most: 40, unit: 名}"),
        ("target: {at_least: 30, unit: 名}", "target: {unit: 名}"),
        ("every: year", "every: year\n            throughout: true"),
        ("id: M06-1", "id: 6-1"),
        ("kind: quantity", "kind: 数量"),
    ],
)
def test_a_broken_plan_fails(old: str, new: str) -> None:
    text = (ROOT / "plan/measures.yaml").read_text("utf-8")
    assert old in text
    assert both(FileKind.PLAN, text.replace(old, new, 1)) == (False, False)


def test_a_waiver_that_names_nothing_fails() -> None:
    text = (SAMPLE / "waivers.yaml").read_text("utf-8")
    assert both(FileKind.WAIVERS, text) == (True, True)
    assert both(FileKind.WAIVERS, text.replace("  - task: M08-7\n    unit", "  - unit")) == (False, False)


def test_check_jsonschema_takes_schema_and_files(tmp_path: Path) -> None:
    schema = tmp_path / "progress.json"
    schema.write_bytes(render(FileKind.PROGRESS))
    metaschema = CliRunner().invoke(check_jsonschema, ["--check-metaschema", str(schema)])
    assert (metaschema.exit_code, "ok" in metaschema.output) == (0, True)
    files = [str(path) for path in GOOD[FileKind.PROGRESS][:20]]
    checked = CliRunner().invoke(check_jsonschema, ["--schemafile", str(schema), *files])
    assert (checked.exit_code, checked.output.strip()) == (0, "ok -- validation done")


def test_the_command_lists_prints_and_saves(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["schema"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in listed] == list(FileKind)
    assert run(["schema", "units"]) == 0
    assert capsys.readouterr().out.encode() == render(FileKind.UNITS)
    file = tmp_path / "bound.json"
    assert run(["schema", "progress", "--plan", str(WORLD / "plan"), "-o", str(file)]) == 0
    tasks = json.loads(file.read_text("utf-8"))["$defs"]["TaskOfPlan"]["anyOf"]
    assert [task["const"] for task in tasks if "const" in task] == _task_ids(WORLD / "plan")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["schema", "task"], "可写：plan、units、policy、progress、waivers"),
        (["schema", "units", "--plan", "plan"], "--plan 只用于 kesu schema progress"),
        (["schema", "units", "-o", "plan/units.yaml"], "不会覆盖"),
        (["schema", "progress", "--plan", "/nowhere"], "/nowhere"),
        (["schema", "progress", "--plan", "docs"], "docs 里没有 measures.yaml；--plan 应指向含有它的文件夹"),
        (["schema", "units", "-o", "/nowhere/units.json"], "请核对文件夹是否存在"),
    ],
)
def test_wrong_use_is_said_plainly(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert said in capsys.readouterr().err


def test_the_settings_name_a_schema_for_every_kind_of_file() -> None:
    assert sorted(json.loads(settings())["yaml.schemas"].values()) == sorted(FILES.values())


def test_a_report_that_uses_everything_passes() -> None:
    assert both(FileKind.PROGRESS, REPORT) == (True, True)


@pytest.mark.parametrize("name", list(FileKind))
def test_the_examples_of_the_reference_are_right(name: FileKind) -> None:
    assert both(name, file_reference.EXAMPLES[name]) == (True, True)


def test_the_reference_is_fresh_and_names_every_key() -> None:
    page = (ROOT / "docs/files.md").read_text("utf-8")
    assert file_reference.page() == page
    for name in FileKind:
        schema = schema_of(name)
        keys = {key for row in (schema, *schema["$defs"].values()) for key in row.get("properties", ())}
        assert [key for key in sorted(keys) if f"| `{key}` |" not in page] == []


def test_the_editor_page_shows_the_settings_that_kesu_writes() -> None:
    page = (ROOT / "docs/editor.md").read_text("utf-8")
    shown = json.loads(page.partition("```json")[2].partition("```")[0])
    assert json.loads(settings())["yaml.schemas"] == shown["yaml.schemas"]


def test_the_commands_of_the_editor_page_make_every_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(WORLD / "plan", tmp_path / "plan")
    monkeypatch.chdir(tmp_path)
    page = (ROOT / "docs/editor.md").read_text("utf-8")
    commands = [
        line.split() for line in page.partition("```sh")[2].partition("```")[0].split("\n") if line.strip()
    ]
    assert commands[0] == ["mkdir", "-p", ".kesu"]
    Path(".kesu").mkdir()
    assert [run(command[1:]) for command in commands[1:]] == [0] * len(FileKind)
    assert sorted(Path(".kesu").iterdir()) == sorted(Path(schema_path(name)) for name in FileKind)
    assert capsys.readouterr().err == ""


def test_check_jsonschema_checks_with_the_schema_of_a_plan(tmp_path: Path) -> None:
    schema, wrong = tmp_path / "progress.json", tmp_path / "wrong.yaml"
    assert run(["schema", "progress", "--plan", str(ROOT / "plan"), "-o", str(schema)]) == 0
    files = [str(path) for path in sorted(ROOT.glob("progress/2024/*.yaml"))]
    checked = CliRunner().invoke(check_jsonschema, ["--schemafile", str(schema), *files])
    assert (checked.exit_code, checked.output.strip()) == (0, "ok -- validation done")
    wrong.write_text(HEAD.replace("M06-1", "M99-1"), "utf-8")
    checked = CliRunner().invoke(check_jsonschema, ["--schemafile", str(schema), str(wrong)])
    assert checked.exit_code == 1
    assert "$.entries[0].task" in checked.output


def test_the_same_plan_gives_the_same_bytes() -> None:
    bound = terms_at(WORLD / "plan", "plan").readable_terms()
    assert render(FileKind.PROGRESS, bound) == render(FileKind.PROGRESS, bound)
