"""What is missing from a plan is named: tasks, numbers, units and times, wherever the document hides them."""

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from invented_plan import Invented, invented
from kesu_cli.diagnostic import Place
from kesu_cli.drafting.draft import Draft, draft
from kesu_cli.drafting.verification import verify
from kesu_cli.model.document import Document
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.unit import Units, UnitsFile
from kesu_cli.render.web import verification_page
from kesu_cli.source.documents.document_reader import read_document
from kesu_cli.verification import Discrepancy, Verification
from kesu_cli.yamltext.read import read

PLACE = Place("measures.yaml")
PLANS = tuple(invented())
Row = dict[str, Any]


@cache
def made(plan: Invented) -> tuple[Document, Draft]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / plan.name
        plan.write(path)
        document = read_document(path)
    return document, draft(document)


def data_of(plan: Invented) -> Row:
    data, _ = read(made(plan)[1].measures, PLACE)
    loaded: Row = copy.deepcopy(data)
    return loaded


def held(plan: Invented, data: Row) -> Verification:
    document, drafted = made(plan)
    units = UnitsFile.model_validate(read(drafted.units, Place("units.yaml"))[0])
    known = Units(units.units, units.groups, "units.yaml")
    return verify(PlanFile.model_validate(data), PLACE, known, document)


def task_lists(node: object) -> Iterator[list[Row]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "tasks":
                yield value
            else:
                yield from task_lists(value)
    elif isinstance(node, list):
        for value in node:
            yield from task_lists(value)


def places(data: Row) -> list[tuple[list[Row], int]]:
    return [(tasks, index) for tasks in task_lists(data) for index in range(len(tasks))]


def changes(plan: Invented) -> Iterator[tuple[Row, list[Row], int]]:
    """Yield a copy of the plan for each of its tasks, with the list that the task stands in."""
    for number in range(len(places(data_of(plan)))):
        data = data_of(plan)
        yield (data, *places(data)[number])


def new(plan: Invented, data: Row) -> list[Discrepancy]:
    before = {one.message for one in held(plan, data_of(plan)).discrepancies}
    return [one for one in held(plan, data).discrepancies if one.message not in before]


def by_name(plan: Invented) -> str:
    return plan.name


plans = pytest.mark.parametrize("plan", PLANS, ids=by_name)


@plans
def test_every_duty_number_and_unit_is_drafted_or_named(plan: Invented) -> None:
    data = data_of(plan)
    quotes = [tasks[index]["quote"] for tasks, index in places(data)]
    reasons = [row["quote"] for row in data.get("not_duties", [])]
    messages = [one.message for one in held(plan, data).discrepancies]
    said = "\n".join([*quotes, *reasons, *messages])
    assert [words for words in plan.words if words not in said] == []


@plans
def test_what_a_draft_did_not_understand_fails_the_verification_and_stands_in_draft_and_page(
    plan: Invented,
) -> None:
    drafted = made(plan)[1]
    found = held(plan, data_of(plan))
    page = verification_page.render(found).decode()
    for _, words in drafted.not_understood:
        assert any(words in one.message or one.words in words for one in found.discrepancies if one.words)
        assert words in drafted.measures
        assert words in page
    assert not (drafted.not_understood and found.holds)


@plans
def test_a_task_that_is_taken_out_is_named_by_its_words(plan: Invented) -> None:
    for data, tasks, index in changes(plan):
        quote = tasks[index]["quote"]
        del tasks[index]
        assert any(one.words and (one.words in quote or quote in one.words) for one in new(plan, data)), quote


@plans
def test_a_number_that_is_taken_out_or_changed_is_named(plan: Invented) -> None:
    for data, tasks, index in changes(plan):
        row = tasks[index]
        target = row.get("target", {})
        if not target or target == {"at_least": "1", "unit": "次"}:
            continue
        key = next(key for key in target if key != "unit")
        target[key] = "7777"
        assert any(row["id"] in one.message for one in new(plan, data)), row["quote"]
        for gone in ("target", "tally", "spread"):
            row.pop(gone, None)
        row["kind"] = "qualitative"
        assert any(row["id"] in one.message for one in new(plan, data)), row["quote"]


@plans
def test_another_unit_of_measure_is_named(plan: Invented) -> None:
    for data, tasks, index in changes(plan):
        row = tasks[index]
        if row.get("target") and not (row["target"]["unit"] == "次" and "次" not in row["quote"]):
            row["target"]["unit"] = "斛"
            assert any(row["id"] in one.message for one in new(plan, data)), row["quote"]


@plans
def test_a_unit_that_is_taken_out_of_a_task_or_an_action_is_named(plan: Invented) -> None:
    whole = data_of(plan)
    count = len(places(whole))
    holders = [*range(count), *range(count, count + len(whole["actions"]))]
    for number in holders:
        for key in ("lead", "responsible"):
            for position in range(len(holder(data_of(plan), number).get(key) or [])):
                data = data_of(plan)
                name = holder(data, number)[key].pop(position)
                assert any(name in one.message for one in new(plan, data)), name


def holder(data: Row, number: int) -> Row:
    tasks = [rows[index] for rows, index in places(data)]
    return tasks[number] if number < len(tasks) else data["actions"][number - len(tasks)]


@plans
def test_a_rhythm_or_a_last_day_that_the_document_prints_is_not_lost(plan: Invented) -> None:
    for data, tasks, index in changes(plan):
        row = tasks[index]
        is_said = "完成时限一栏" in row.get("reading", "") or any(
            one in row["quote"] for one in ("每年", "每季", "到20")
        )
        if is_said and not row.get("throughout"):
            for key in ("by", "every", "during"):
                row.pop(key, None)
            row["throughout"] = "true"
            assert any(row["id"] in one.message for one in new(plan, data)), row["quote"]


def test_a_table_of_tasks_beside_the_text_becomes_tasks_with_units_and_days() -> None:
    (plan,) = (one for one in PLANS if one.name == "青岚.docx")
    action = data_of(plan)["actions"][-1]
    rows = [measure["tasks"][0] for measure in action["measures"]]
    assert action["name"] == "任务清单"
    assert [(row["quote"], row["responsible"], row.get("by") or row.get("every")) for row in rows] == [
        ("改造滨河步道18公里", ["市水务局"], "2027-06-30"),
        ("补植行道树5000株", ["市水务局"], "2027-10-31"),
        ("编印公园导览手册", ["市文旅局"], "year"),
    ]


def test_a_heading_that_moves_others_is_a_task_and_one_that_is_deleted_is_named() -> None:
    (plan,) = (one for one in PLANS if one.name == "青岚.docx")
    quotes = [tasks[index]["quote"] for tasks, index in places(data_of(plan))]
    assert "鼓励有条件的单位开放内部绿地" in quotes


def test_a_capacity_is_no_sum_and_the_time_of_a_sentence_is_quoted() -> None:
    (plan,) = (one for one in PLANS if one.name == "青岚.docx")
    row = data_of(plan)["goals"]["tasks"][1]
    assert (row["tally"], row["by"], row["reading"]) == (
        "latest",
        "2028-12-31",
        "同一句的“到2028年底”统领本句",
    )
    assert "不是各条相加" in made(plan)[1].measures


def test_a_duty_of_a_note_may_be_settled_by_a_task_or_a_reason() -> None:
    (plan,) = (one for one in PLANS if one.name == "沙渚.docx")
    data = data_of(plan)
    data["not_duties"] = [
        *data.get("not_duties", []),
        {"quote": "市审计局每年开展一次专项审计", "reason": "已由审计计划安排"},
    ]
    template = data["actions"][0]["measures"][0]["tasks"][0]
    added = template | {
        "id": "M01-3",
        "name": "新增壁灯",
        "quote": "城区背街小巷每年新增壁灯40盏",
        "every": "year",
    }
    added["target"] = {"at_least": "40", "unit": "盏"}
    added.pop("by")
    data["actions"][0]["measures"][0]["tasks"].append(added)
    left = [one.message for one in held(plan, data).discrepancies]
    assert not any("审计" in one or "壁灯" in one for one in left)


def test_a_table_whose_columns_have_no_names_is_named_cell_by_cell(tmp_path: Path) -> None:
    path = tmp_path / "方案.md"
    path.write_text(
        "# 梅渡市护水方案（2026年）\n\n一、重点任务\n\n1．开展巡河。组织巡河60次。（责任单位：市水利局）\n\n"
        "二、其他\n\n| 编制护水计划 | 市住建局 | 每年三月底前 |\n|---|---|---|\n"
        "| 清理水草 | 市城管局 | 2026年9月底前 |\n",
        "utf-8",
    )
    document = read_document(path)
    drafted = draft(document)
    data = read(drafted.measures, PLACE)[0]
    units = UnitsFile.model_validate(read(drafted.units, PLACE)[0])
    known = Units(units.units, units.groups, "units.yaml")
    found = verify(PlanFile.model_validate(data), PLACE, known, document)
    words = {one.words for one in found.discrepancies}
    assert words >= {"编制护水计划", "清理水草", "市住建局", "市城管局"}
    assert not found.clauses.is_whole
    assert not found.units.is_whole
