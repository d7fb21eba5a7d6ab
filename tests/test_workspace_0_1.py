"""A workspace that kesu 0.1 left behind is judged as it was then, but for what docs/upgrade.md lists."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml.error import YAMLError

from frozen_workspace import FROZEN, UPGRADE, Move, Output, again, frozen, kesu, lay_out, listed, moves
from schema_reader import typed

THEN = {output.name: output for output in frozen()}
CLOSED = "progress/2023/.closed.yaml"
JUDGED_2023 = "check progress/2023 --as-of 2024-03-01 --format json"
FORMS = ("2024-市林业局", "2024-市科协")
SCHEMAS = {
    "schema plan": "plan*/measures.yaml",
    "schema units": "plan*/units.yaml",
    "schema policy": "plan*/policy.yaml",
    "schema waivers": "plan/waivers.yaml",
    "schema progress --plan plan": "progress/*/[!.]*.yaml",
}
IN_GBK = "progress/2024/市应急管理局.yaml"
# of the faults that were put into the files, a Chinese colon and a task id of wide letters
REFUSED = {"progress/2024/塔山街道.yaml", "progress/2024/涌山镇.yaml"}


@pytest.fixture(autouse=True)
def _outside_of_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Output, Output]]:
    """Every output of then with that of now; the command that writes is the last."""
    workspace = lay_out(tmp_path_factory.mktemp("frozen"))
    return [(then, again(then, workspace)) for then in frozen()]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return lay_out(tmp_path)


def files(workspace: Path) -> dict[str, bytes]:
    found = (path for path in workspace.rglob("*") if path.is_file())
    return {path.relative_to(workspace).as_posix(): path.read_bytes() for path in found}


def test_what_moved_since_0_1_is_what_the_page_on_upgrading_lists(
    pairs: list[tuple[Output, Output]],
) -> None:
    written = {move for move, _ in listed(UPGRADE.read_text("utf-8"))}
    moved = moves(pairs)
    assert [move.row() for move in sorted(moved - written)] == [], (
        "add these rows to docs/upgrade.md, with why"
    )
    assert [move.row() for move in sorted(written - moved)] == [], "take these rows out of docs/upgrade.md"


def test_every_row_of_the_page_says_why_and_stands_there_once() -> None:
    rows = listed(UPGRADE.read_text("utf-8"))
    assert [move for move, reason in rows if not reason] == []
    assert len(rows) == len({move for move, _ in rows})


def test_every_reason_opens_with_a_cause_that_the_page_explains() -> None:
    page = UPGRADE.read_text("utf-8")
    section = page.partition("## 判定变了什么")[2].partition("\n## ")[0]
    causes = re.findall(r"(?m)^- \*\*(.+?)\*\*：", section)
    assert len(causes) == len(set(causes)) > 0
    assert {reason.partition("：")[0] for _, reason in listed(page)} <= set(causes)


def test_every_file_of_outputs_stands_in_the_table_of_commands() -> None:
    kept = {path.name for path in (FROZEN / "outputs").iterdir()}
    assert kept == THEN.keys() | {f"{name}.yaml" for name in FORMS}


def test_every_report_of_the_workspace_says_that_it_is_invented() -> None:
    reports = [path.read_bytes() for path in FROZEN.glob("progress/*/[!.]*.yaml")]
    assert len(reports) > 30
    assert [report for report in reports if b"demo: true" not in report] == []


@pytest.mark.parametrize("name", FORMS)
def test_a_form_filled_in_then_is_read_in_byte_for_byte(name: str, workspace: Path) -> None:
    code, _ = kesu(workspace, f"form import forms/{name}.xlsx --yes")
    unit = name.partition("-")[2]
    written = (workspace / f"progress/2024/{unit}.yaml").read_bytes()
    assert (0, (FROZEN / f"outputs/{name}.yaml").read_bytes()) == (code, written)


def test_a_form_of_today_brings_nothing_new_into_the_workspace(workspace: Path) -> None:
    kesu(workspace, "form export --year 2024 --unit 市教体局 -o out")
    code, said = kesu(workspace, "form import out/2024-市教体局.xlsx --yes")
    assert (code, "没有变化" in said.decode()) == (0, True)


def found_in_2023(workspace: Path) -> list[tuple[str, str]]:
    findings = json.loads(kesu(workspace, JUDGED_2023)[1])["findings"]
    return [(one["code"], one["file"]) for one in findings if one["code"] in ("KS606", "KS607")]


def test_the_closing_of_then_holds_and_one_unit_stays_open(workspace: Path) -> None:
    assert found_in_2023(workspace) == [("KS607", CLOSED)]


def test_a_change_in_a_year_closed_then_is_found(workspace: Path) -> None:
    file = workspace / "progress/2023/市教体局.yaml"
    file.write_bytes(file.read_bytes().replace(b"value: 19", b"value: 29"))
    assert ("KS606", "progress/2023/市教体局.yaml") in found_in_2023(workspace)


def test_a_year_closed_then_is_closed_again_once_its_open_unit_is_done(workspace: Path) -> None:
    assert kesu(workspace, "close 2023 --by 示例办公室")[0] == 0
    assert found_in_2023(workspace) == []


def test_what_fix_mends_it_mends_at_once(workspace: Path) -> None:
    kesu(workspace, "fix")
    mended = files(workspace)
    kesu(workspace, "fix")
    assert mended == files(workspace)
    codes = {
        one["code"] for one in json.loads(kesu(workspace, "check progress/2024 --format json")[1])["findings"]
    }
    assert codes & {"KS101", "KS102", "KS107", "KS108"} == set()


def test_init_over_the_workspace_changes_nothing_that_is_there(workspace: Path) -> None:
    before = files(workspace)
    code, _ = kesu(workspace, "init .")
    assert (code, before) == (0, {name: files(workspace)[name] for name in before})


def test_the_schemas_take_the_files_of_then_but_for_the_broken_ones(workspace: Path) -> None:
    refused = {
        path.relative_to(workspace).as_posix()
        for command, pattern in SCHEMAS.items()
        for schema in [Draft202012Validator(json.loads(kesu(workspace, command)[1]))]
        for path in workspace.glob(pattern)
        if not taken(path, schema)
    }
    assert refused == REFUSED


def taken(path: Path, schema: Draft202012Validator) -> bool:
    text = path.read_text("gbk" if path.match(IN_GBK) else "utf-8-sig")
    try:
        return schema.is_valid(typed(text))
    except YAMLError:
        return False


def changed(then: Output, change: Callable[[dict[str, list[dict[str, object]]]], object]) -> Output:
    data = json.loads(then.content)
    change(data)
    return replace(then, content=json.dumps(data).encode())


def told(change: Callable[[dict[str, list[dict[str, object]]]], object]) -> set[Move]:
    then = THEN["check-2024.json"]
    return moves([(then, changed(then, change))])


def test_a_verdict_that_moved_is_a_row_with_what_it_was_and_is() -> None:
    row = Move("2024 截至 2025-03-01", "M06-1", "2024年", "", "判定 已豁免", "判定 达标")
    (number,) = (
        number
        for number, one in enumerate(json.loads(THEN["check-2024.json"].content)["standings"])
        if one["task"] == "M06-1"
    )
    assert told(lambda data: data["standings"][number].update(verdict_label="达标")) == {row}


def test_a_finding_that_is_gone_or_new_is_a_row_and_the_line_of_a_text_goes_with_it() -> None:
    then, text = THEN["check-2024.json"], THEN["check-2024.txt"]
    finding = json.loads(then.content)["findings"][0]
    fewer = changed(then, lambda data: data["findings"].pop(0))
    line = f"#{finding['fingerprint'][:7]}\n"
    kept = "".join(one for one in text.content.decode().splitlines(keepends=True) if not one.endswith(line))
    shorter = replace(text, content=kept.replace("# 错误 ", "# 错误 0").encode())
    said = f"{finding['code']} {finding['severity']} {finding['message']}"
    row = Move("2024 截至 2025-03-01", "", "2024年", finding["unit"], said, "—")
    assert moves([(then, fewer), (text, shorter)]) == {row}
    assert moves([(fewer, then), (shorter, text)]) == {replace(row, before="—", after=said)}


def test_fields_and_rules_that_are_new_the_version_and_the_totals_are_no_moves() -> None:
    def grown(data: dict[str, list[dict[str, object]]]) -> None:
        data["standings"][0].update(later=1)
        data["rules"].append({"code": "KS999", "outcome": "passed", "findings": 0, "why": ""})
        data.update(kesu=[], counts=[], reviews=[{"unit": "市科协"}])

    assert told(grown) == set()


def test_a_rule_that_no_longer_runs_and_an_entry_that_no_longer_counts_are_moves() -> None:
    assert len(told(lambda data: data["rules"][0].update(outcome="skipped"))) == 1
    assert len(told(lambda data: data["standings"][0].update(entries=[]))) == 1


def test_a_row_that_is_written_is_read_back() -> None:
    move = Move("2024 截至 2025-03-01", "", "", "", "说明 甲|乙", "—")
    page = f"| 年度 | 任务 |\n|---|---|\n{move.row()[:-3]} 因为 |\n"
    assert listed(page) == [(move, "因为")]
