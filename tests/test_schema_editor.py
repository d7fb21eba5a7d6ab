"""An officer's editor, by yaml-language-server: completes tasks, explains them, marks what is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kesu_cli.cli.app import run
from kesu_cli.render.schema.editor import modeline, schema_path, settings
from kesu_cli.render.schema.name import Name
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
    for file, head in ((WITH_SETTINGS, ""), (WITH_MODELINE, modeline("../../" + schema_path(Name.PROGRESS)))):
        (folder / file).parent.mkdir(parents=True)
        (folder / file).write_text(head + TEXT, encoding="utf-8")
    target = folder / schema_path(Name.PROGRESS)
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
