"""An officer's editor, by yaml-language-server: completes tasks, explains them, marks what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kesu_cli.cli.app import run
from kesu_cli.model.evidence import KINDS
from kesu_cli.render.schema.editor_settings import modeline, schema_path, settings
from kesu_cli.render.schema.file_kind import FileKind
from kesu_cli.render.schema.file_schema import schema_of
from language_server import LanguageServer

PLAN = Path(__file__).parent.parent / "plan"
WITH_SETTINGS = "progress/2024/市教体局.yaml"
WITH_MODELINE = "progress/2023.1/市教体局.yaml"  # a folder that only the first line binds
TEXT = """\
unit: 市教体剧
year: 2024
status: draft
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 大约三十
    jointly_with: [市科协]
  - task: M06-
    date: 2024-07
    name: 培训班
    vlaue: 3
"""


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a workspace as kesu init leaves it: schemas, settings, and a file with a first line."""
    folder = tmp_path_factory.mktemp("工作区")
    for file, head in (
        (WITH_SETTINGS, ""),
        (WITH_MODELINE, modeline("../../" + schema_path(FileKind.PROGRESS))),
    ):
        (folder / file).parent.mkdir(parents=True)
        (folder / file).write_text(head + TEXT, encoding="utf-8")
    target = folder / schema_path(FileKind.PROGRESS)
    target.parent.mkdir()
    assert run(["schema", "progress", "--plan", str(PLAN), "-o", str(target)]) == 0
    return folder


@pytest.fixture(scope="module", params=[WITH_SETTINGS, WITH_MODELINE], ids=["settings", "modeline"])
def opened(
    root: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[LanguageServer, str, int, list[str]]]:
    file = str(request.param)
    offset = 1 if file == WITH_MODELINE else 0
    given = {} if offset else json.loads(settings())
    with LanguageServer(root, given) as server:
        marked = [
            f"{found['range']['start']['line'] - offset + 1} {found['message']}"
            for found in server.open(file)
        ]
        yield server, file, offset, marked


Opened = tuple[LanguageServer, str, int, list[str]]


@pytest.fixture(scope="module")
def editor(root: Path) -> Iterator[LanguageServer]:
    for name in FileKind:
        bound = ["--plan", str(PLAN)] if name is FileKind.PROGRESS else []
        assert run(["schema", name, *bound, "-o", str(root / schema_path(name))]) == 0
    patterns = {f"./{schema_path(name)}": f"typed/*-{name}.yaml" for name in FileKind}
    with LanguageServer(root, {"yaml.schemas": patterns}) as server:
        yield server


def _write(root: Path, name: FileKind, text: str) -> str:
    """Write a file that no other test has opened; its name says what it holds."""
    file = root / "typed" / f"第{len(list((root / 'typed').glob('*')))}份-{name}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(text.encode())
    return file.relative_to(root).as_posix()


def _marked(server: LanguageServer, root: Path, name: FileKind, text: str) -> list[str]:
    found = server.open(_write(root, name, text))
    return [f"{mark['range']['start']['line'] + 1} {mark['message']}" for mark in found]


ONE = """\
unit: 市教体局
year: 2024
status: draft
entries:
  - task: M06-1
    date: 2024-07
    name: 培训班
"""
TASK = """\
title: 方案
issuer: 市人民政府
issued: 2022-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions:
  - id: A1
    name: 行动
    lead: [市科协]
    measures:
      - number: 6
        title: 措施
        tasks:
          - id: M06-1
            name: 任务
            kind: quantity
            strength: hard
            target: {at_least: 30, unit: 名}
            every: year
"""
UNIT = "units:\n  - name: 市科协\n    kind: 群团组织\n"
POLICY = "report_due: {years_after: 1, day: 01-31}\n"
WAIVER = """\
waivers:
  - task: M06-1
    unit: 市科协
    reason: 顺延
    document: 会议纪要
    approved_by: 市政府
"""
NAMES_AND_KEYS = "这里写一组“键: 值”，键只能是："
MISTAKES = [
    (
        FileKind.PROGRESS,
        ONE.replace("    date: 2024-07\n", ""),
        "5 缺少 date（日期）；请补上一行“date: 2024-07-16”",
    ),
    (
        FileKind.PROGRESS,
        ONE.replace("2024-07", "7月16日"),
        "6 应是一天（2024-07-16）、一个月（2024-07）或起止日期 {from",
    ),
    (
        FileKind.PROGRESS,
        ONE.replace("2024-07", "45489"),
        "6 应是一天（2024-07-16）、一个月（2024-07）或起止日期 {from",
    ),
    (
        FileKind.PROGRESS,
        ONE.replace("M06-1", "6-1"),
        "5 方案里没有这个任务编号；请从列表里选，或用 kesu plan show 查",
    ),
    (FileKind.PROGRESS, ONE.replace("draft", "已完成"), "3 这里可以写：draft（草稿）、complete（报送完毕）"),
    (
        FileKind.PROGRESS,
        ONE.replace("draft", "complete"),
        "1 状态是 complete（报送完毕）时要写 submitted（报送日期）",
    ),
    (FileKind.PROGRESS, ONE.replace("培训班", ""), "7 这里应填写一段文字，不能空着"),
    (FileKind.PROGRESS, f"{ONE}    value: 三十名左右\n", "8 应是一个确切的数，例如 18"),
    (FileKind.PROGRESS, f"{ONE}    数值: 18\n", f"8 {NAMES_AND_KEYS}task（任务编号）、"),
    (FileKind.PROGRESS, f"{ONE}    numerator: 1\n", "5 numerator（分子）和 denominator（分母）要一起写"),
    (FileKind.PROGRESS, f"{ONE}    jointly_with: 市科学协会\n", "8 方案里没有登记这个单位"),
    (FileKind.PROGRESS, f"{ONE}    counted_by: 各乡（镇）、街道\n", "8 方案里没有登记这个单位"),
    (FileKind.PROGRESS, f"{ONE}    evidence: 签到表\n", "8 应是列表，每一项以“- ”开头"),
    (
        FileKind.PROGRESS,
        f"{ONE}    evidence: [签到表]\n",
        f"8 {NAMES_AND_KEYS}kind（种类）、path（文件路径）",
    ),
    (
        FileKind.PROGRESS,
        f"{ONE}    evidence: [{{kind: 签到表}}]\n",
        "8 佐证材料要写 path（仓库内的文件）、url（网址）或 archive（存档号），至少一项",
    ),
    (FileKind.PLAN, TASK.replace("M06-1", "6-1"), "13 编号应写成 M06-1、G-1、S1-2、P3-1 这样的形式"),
    (
        FileKind.PLAN,
        TASK.replace("hard", "硬"),
        "16 这里可以写：hard（硬任务）、firm（一般任务）、soft（鼓励性任务）",
    ),
    (FileKind.PLAN, TASK.replace("30,", "30, at_most: 40,"), "17 目标要且只要写一种比较方式"),
    (FileKind.PLAN, TASK.replace("            every: year\n", ""), "13 任务要且只要写一种时间"),
    (FileKind.PLAN, TASK.replace("[市科协]", "市科协"), "8 应是列表，每一项以“- ”开头"),
    (
        FileKind.UNITS,
        UNIT.replace("    kind: 群团组织\n", ""),
        "2 缺少 kind（性质）；请补上一行“kind: 政府部门”",
    ),
    (FileKind.UNITS, f"{UNIT}    reports: 不报\n", "4 应写 true（是）或 false（否）"),
    (FileKind.POLICY, POLICY.replace("01-31", "1月31日"), "1 应写成“月-日”，例如 09-01"),
    (FileKind.POLICY, "lights: {yellow_within: 30}\n", "1 缺少 report_due（报送期限）"),
    (
        FileKind.WAIVERS,
        WAIVER.replace("task: M06-1\n    ", ""),
        "2 豁免要写明 rule（规则代码，如 KS301）或 task",
    ),
    (FileKind.WAIVERS, f"{WAIVER}    until: 2025年底\n", "7 应是日期；请写成 2024-07-16 这样的日期"),
]


RIGHT = {
    FileKind.PROGRESS: ONE,
    FileKind.PLAN: TASK,
    FileKind.UNITS: UNIT,
    FileKind.POLICY: POLICY,
    FileKind.WAIVERS: WAIVER,
}


@pytest.mark.parametrize("name", RIGHT)
def test_what_is_right_is_not_marked(name: FileKind, editor: LanguageServer, root: Path) -> None:
    assert _marked(editor, root, name, RIGHT[name]) == []


@pytest.mark.parametrize(("name", "text", "said"), MISTAKES)
def test_a_common_mistake_is_answered_once_in_chinese_on_its_line(
    name: FileKind, text: str, said: str, editor: LanguageServer, root: Path
) -> None:
    (mark,) = _marked(editor, root, name, text)
    assert mark[: len(said)] == said


def test_hover_and_completion_count_lines_of_windows_too(editor: LanguageServer, root: Path) -> None:
    file = _write(root, FileKind.PROGRESS, ONE.replace("\n", "\r\n"))
    assert editor.open(file) == []
    assert "每年培训30名科技辅导员" in editor.at(file, "hover", 4, 12)["contents"]["value"]
    labels = [item["label"] for item in editor.at(file, "completion", 4, 10)["items"]]
    assert {"M06-1", "M06-2"} <= set(labels)


def test_hovering_a_task_or_a_unit_shows_that_one_alone(editor: LanguageServer, root: Path) -> None:
    file = _write(root, FileKind.PROGRESS, f"{ONE}    jointly_with: [市科协]\n  - task: M99-9\n")
    editor.open(file)
    shown = [editor.at(file, "hover", *place)["contents"]["value"] for place in ((4, 12), (0, 8), (7, 21))]
    assert "公民具备科学素质比例" not in shown[0]
    assert "市教体局：政府部门" in shown[1]
    assert "市科协：群团组织" in shown[2]
    wrong = editor.at(file, "hover", 8, 12)["contents"]["value"]
    assert "方案里没有这个任务编号" in wrong
    assert all(len(text) < 1_000 for text in (*shown, wrong))


def test_a_new_entry_is_begun_with_what_it_must_hold(editor: LanguageServer, root: Path) -> None:
    file = _write(root, FileKind.PROGRESS, f"{ONE}  - \n")
    editor.open(file)
    offered = {item["label"]: item["insertText"] for item in editor.at(file, "completion", 7, 4)["items"]}
    assert (
        offered["台账条目"] == "task: ${1:M06-1}\n  date: ${2:2024-07-16}\n  name: ${3:暑期科技辅导员培训班}"
    )
    assert offered["date"] == "date: ${1:2024-07-16}"
    assert set(offered) == {"台账条目", *schema_of(FileKind.PROGRESS)["$defs"]["EntryRow"]["properties"]}


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("    status: ", {"done", "ongoing"}),
        ("    evidence: [{kind: ", set(KINDS)),
    ],
)
def test_only_words_that_may_stand_there_are_offered(
    line: str, offered: set[str], editor: LanguageServer, root: Path
) -> None:
    file = _write(root, FileKind.PROGRESS, f"{ONE}{line}{'}]' if '[' in line else ''}\n")
    editor.open(file)
    answer = editor.at(file, "completion", 7, len(line))
    assert {item["label"] for item in answer["items"]} == offered


def test_units_are_offered_by_every_name_they_have(editor: LanguageServer, root: Path) -> None:
    file = _write(root, FileKind.PROGRESS, f"{ONE}    jointly_with: []\n")
    editor.open(file)
    answer = editor.at(file, "completion", 7, 19)
    offered = {item["label"]: item["documentation"] for item in answer["items"]}
    assert offered["市科协"] == "市科协：群团组织"
    assert "null" not in offered


def test_task_ids_are_completed_with_the_words_of_the_plan(opened: Opened) -> None:
    server, file, offset, _ = opened
    answer = server.at(file, "completion", 9 + offset, 14)
    offered = {item["label"]: item.get("documentation") for item in answer["items"]}
    assert "M06-1" in offered
    assert "每年培训30名科技辅导员" in json.dumps(offered["M06-1"], ensure_ascii=False)


def test_hovering_a_task_shows_the_words_of_the_plan(opened: Opened) -> None:
    server, file, offset, _ = opened
    shown = server.at(file, "hover", 4 + offset, 12)["contents"]["value"]
    assert "每年培训30名科技辅导员" in shown


def test_a_wrong_unit_and_a_wrong_number_are_marked_in_chinese(opened: Opened) -> None:
    _, _, _, marked = opened
    assert (
        "1 方案里没有登记这个单位；请从列表里选，或用 kesu plan units 查；这里只写一个单位，不写单位组"
        in marked
    )
    assert "8 应是一个确切的数，例如 18、12,000、2万、15.4%" in marked
    assert "10 方案里没有这个任务编号；请从列表里选，或用 kesu plan show 查" in marked


def test_an_unknown_key_is_answered_with_the_keys_that_there_are(opened: Opened) -> None:
    _, _, _, marked = opened
    (unknown,) = [said for said in marked if said.startswith("13 ")]
    assert unknown.startswith(
        "13 这里写一组“键: 值”，键只能是：task（任务编号）、date（日期）、name（名称）、value（数值）"
    )
