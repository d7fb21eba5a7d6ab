"""A transcription that is changed in any one place is found out against its document."""

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kesu_cli.diagnostic import Place
from kesu_cli.drafting.verification import verify
from kesu_cli.model.document import Document
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.unit import Units
from kesu_cli.source.documents.document_reader import read_document
from kesu_cli.source.plan import terms_at
from kesu_cli.verification import Aspect, Cover, Verification
from kesu_cli.yamltext.read import read
from official_document import official_document

PLAN = Path(__file__).parent.parent / "plan"
PLACE = Place("plan/measures.yaml")
Path_ = tuple[str | int, ...]


@cache
def plan_data() -> dict[str, Any]:
    data, _ = read((PLAN / "measures.yaml").read_text("utf-8"), PLACE)
    loaded: dict[str, Any] = data
    return loaded


@cache
def declared_units() -> Units:
    return terms_at(PLAN, "plan").readable_terms().units


@cache
def document(path: Path) -> Document:
    return read_document(path)


def verified(data: dict[str, Any]) -> Verification:
    source = document(official_document())
    return verify(PlanFile.model_validate(data), PLACE, declared_units(), source)


def task_paths(node: object, path: Path_ = ()) -> Iterator[Path_]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "tasks":
                yield from ((*path, key, index) for index in range(len(value)))
            yield from task_paths(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from task_paths(value, (*path, index))


def at(data: Any, path: Path_) -> Any:  # noqa: ANN401 - what comes out of YAML has no type
    for step in path:
        data = data[step]
    return data


def label(path: Path_) -> str:
    return str(at(plan_data(), path)["id"])


TASKS = tuple(task_paths(plan_data()))
LISTS = tuple(
    ("actions", index, key, position)
    for index, action in enumerate(plan_data()["actions"])
    for key in ("lead", "responsible")
    for position in range(len(action[key]))
)


def test_the_shipped_plan_is_faithful_and_complete() -> None:
    found = verified(plan_data())
    assert list(found.discrepancies) == []
    shares = (found.quotes, found.clauses, found.numbers, found.units, found.headings)
    assert all(share.is_whole and share.all for share in shares)


def test_no_clause_of_the_document_is_left_bare() -> None:
    found = verified(plan_data())
    stretches = [s for part in found.parts for passage in part.passages for s in passage.stretches]
    assert [s.text for s in stretches if s.cover is Cover.BARE] == []


@pytest.mark.parametrize("path", TASKS, ids=label)
def test_a_task_that_is_deleted_is_named_by_its_words(path: Path_) -> None:
    data = copy.deepcopy(plan_data())
    quote = at(data, path)["quote"]
    del at(data, path[:-1])[path[-1]]
    bare = [d for d in verified(data).discrepancies if d.doubt is Aspect.DUTY]
    assert any(d.words in quote for d in bare)
    assert all(d.line for d in bare)


def digits_of(task: dict[str, Any]) -> Iterator[tuple[Path_, str]]:
    """Yield every place of a task that holds a digit, with its text once changed."""
    places: list[tuple[str, ...]] = [("id",), ("quote",), ("by",), ("during",)]
    places += [("target", key) for key in task.get("target", {}) if key != "unit"]
    for place in places:
        text = task.get(place[0]) if len(place) == 1 else task["target"][place[1]]
        text = str(text or "")
        match = re.search(r"\d(?=\D*$)", text)
        if match:
            changed = str((int(match[0]) + 9) % 10)
            yield place, text[: match.start()] + changed + text[match.end() :]


@pytest.mark.parametrize("path", TASKS, ids=label)
def test_a_digit_that_is_changed_is_found_and_its_task_named(path: Path_) -> None:
    for place, changed in digits_of(at(plan_data(), path)):
        data = copy.deepcopy(plan_data())
        task = at(data, path)
        at(task, place[:-1])[place[-1]] = changed
        found = verified(data).discrepancies
        assert any(task["id"] in d.message or d.task == task["id"] for d in found), (place, changed)


@pytest.mark.parametrize("path", LISTS, ids=str)
def test_a_unit_that_is_dropped_is_named(path: Path_) -> None:
    data = copy.deepcopy(plan_data())
    name = at(data, path)
    del at(data, path[:-1])[path[-1]]
    assert [d.words for d in verified(data).discrepancies if d.doubt is Aspect.UNITS] == [name]


@pytest.mark.parametrize("path", [p for p in TASKS if at(plan_data(), p).get("lead")], ids=label)
def test_a_unit_that_a_task_leaves_out_is_found(path: Path_) -> None:
    for position in range(len(at(plan_data(), path)["lead"])):
        data = copy.deepcopy(plan_data())
        del at(data, path)["lead"][position]
        assert any(d.doubt is Aspect.UNITS and d.task == label(path) for d in verified(data).discrepancies)


CHANGES: tuple[tuple[Path_, str, Aspect], ...] = (
    (("title",), "另一份方案", Aspect.HEADING),
    (("issuer",), "别的市人民政府", Aspect.HEADING),
    (("issued",), "2022-03-28", Aspect.HEADING),
    (("period", "to"), "2026-12-31", Aspect.HEADING),
    (("cites", 0, "number"), "国发〔2021〕8号", Aspect.HEADING),
    (("cites", 3, "title"), "另一份纲要", Aspect.HEADING),
    (("actions", 0, "name"), "青少年行动", Aspect.HEADING),
    (("actions", 0, "id"), "A9", Aspect.NUMBERING),
    (("actions", 0, "measures", 0, "title"), "弘扬科学精神", Aspect.HEADING),
    (("actions", 0, "measures", 0, "number"), "8", Aspect.HEADING),
    (("safeguards", 0, "title"), "组织领导", Aspect.HEADING),
    (("phases", 1, "period", "from"), "2021-06-01", Aspect.HEADING),
    (("source", "sha256"), "0" * 64, Aspect.DOCUMENT),
    (("not_targets", 0, "text"), "3.0", Aspect.NUMBER),
    (("not_duties", 0, "quote"), "原文没有的话", Aspect.QUOTE),
)


@pytest.mark.parametrize(("path", "changed", "doubt"), CHANGES, ids=lambda value: str(value)[:40])
def test_a_heading_date_or_citation_that_is_changed_is_found(
    path: Path_, changed: str, doubt: Aspect
) -> None:
    data = copy.deepcopy(plan_data())
    at(data, path[:-1])[path[-1]] = changed
    assert doubt in {d.doubt for d in verified(data).discrepancies}


def test_words_that_are_not_the_documents_are_quoted_beside_the_nearest_that_are() -> None:
    data = copy.deepcopy(plan_data())
    task = data["actions"][0]["measures"][0]["tasks"][1]
    task["quote"] = "将科学精神融入课堂教学和课外实践活动"
    (found,) = (d for d in verified(data).discrepancies if d.doubt is Aspect.QUOTE)
    assert "将科学精神和科学家精神融入课堂教学和课外实践活动" in found.message


def test_a_plan_that_names_no_document_is_told_its_digest() -> None:
    data = {key: value for key, value in plan_data().items() if key != "source"}
    (found,) = verified(data).discrepancies
    assert document(official_document()).sha256 in found.message


def test_a_task_without_words_is_found() -> None:
    data = copy.deepcopy(plan_data())
    del data["phases"][0]["tasks"][1]["quote"]
    assert Aspect.QUOTE in {d.doubt for d in verified(data).discrepancies}


def test_stretches_put_together_are_the_passage_again() -> None:
    found = verified(plan_data())
    text = "".join(block.text for block in document(official_document()).blocks if hasattr(block, "text"))
    for part in found.parts:
        for passage in part.passages:
            assert "".join(stretch.text for stretch in passage.stretches) in text
