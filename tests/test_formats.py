"""Every format writes the same sample to the same bytes, and its readers accept it.

After a change that is meant, KESU_WRITE_GOLDEN=1 pytest tests/test_formats.py writes the golden files anew.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len
from rich.console import RenderableType

from kesu_cli.engine import load_reports
from kesu_cli.engine.check import Request, check, check_plan
from kesu_cli.engine.explain import explain
from kesu_cli.render import FORMAT_NAMES, format_table
from kesu_cli.render.format import Format
from kesu_cli.render.format_table import format_named
from kesu_cli.render.json.report_v2 import JsonReport
from kesu_cli.render.terminal import (
    check_page,
    city_page,
    explanation_page,
    plan_page,
    rule_page,
    unit_page,
)
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.report import Report
from kesu_cli.rules.book import RULES
from kesu_cli.source.workspace import ProgressPath, Workspace
from office import shown

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"
FORMATS = tuple(format_named(name) for name in FORMAT_NAMES)
TODAY = date(2026, 11, 24)


def lay_out(folder: Path) -> Path:
    shutil.copytree(HERE / "world" / "plan", folder / "plan")
    shutil.copy(HERE / "sample" / "waivers.yaml", folder / "plan" / "waivers.yaml")
    shutil.copytree(HERE / "sample" / "progress", folder / "progress")
    return folder / "progress" / "2024"


@pytest.fixture
def sample(tmp_path: Path) -> Report:
    return check(Request((lay_out(tmp_path),), TODAY), "test")


def only_rules_that_found(report: Report) -> Report:
    """Leave the manuals of all other rules out, or every new rule would change the golden file."""
    return replace(report, outcomes=tuple(outcome for outcome in report.outcomes if outcome.findings))


def golden(name: str, content: bytes) -> bytes:
    path = GOLDEN / name
    if os.environ.get("KESU_WRITE_GOLDEN"):
        path.write_bytes(content)
    return path.read_bytes()


def test_the_names_that_help_lists_are_those_of_the_table() -> None:
    assert tuple(format_table.FORMATS) == FORMAT_NAMES
    assert tuple(form.name for form in FORMATS) == FORMAT_NAMES


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_format_writes_its_golden_bytes(form: Format, sample: Report) -> None:
    content = form.render(only_rules_that_found(sample) if form.name == "sarif" else sample)
    if form.binary:
        content = shown(form, content).encode()
    name = f"{form.name}.txt" if form.binary else f"{form.name}{form.suffix}"
    assert golden(name, content) == content


def test_the_table_folds_at_80_columns_and_loses_no_cell(sample: Report) -> None:
    content = to_bytes(check_page.layout(sample), 80)
    assert golden("table-80.txt", content) == content
    assert "…" not in content.decode().replace("progress/…", "")
    flat = "".join(content.decode().split())
    for standing in sample.standings:
        assert standing.task.id in flat
    for finding in sample.findings:
        assert finding.fingerprint[:7] in flat or finding.code.startswith(("KS3", "KS401", "KS402", "KS403"))


PAGES: dict[str, Callable[[Path], RenderableType]] = {
    "city-80.txt": lambda folder: city_page.layout(check(Request((folder,), TODAY), "test")),
    "unit-80.txt": lambda folder: unit_page.layout(check(Request((folder,), TODAY, unit="市教体局"), "test")),
    "explanation-80.txt": lambda folder: explanation_page.layout(
        explain(Request((folder,), TODAY), "M06-1", "test")
    ),
    "plan-80.txt": lambda folder: plan_page.findings_layout(check_plan(Request((folder,), TODAY), "test")),
    "rules-80.txt": lambda _: rule_page.rule_table(RULES),
}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_writes_its_golden_bytes_at_80_columns(name: str, tmp_path: Path) -> None:
    content = to_bytes(PAGES[name](lay_out(tmp_path)), 80)
    assert golden(name, content) == content
    assert max(cell_len(line) for line in content.decode().splitlines()) <= 80


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_every_format_says_that_the_data_is_invented(form: Format, sample: Report) -> None:
    assert sample.demo
    marker = {"json": '"demo": true', "jsonl": '"demo":true'}.get(form.name, "演示数据")
    assert marker in shown(form, form.render(sample))


def test_the_json_holds_to_its_published_schema(sample: Report) -> None:
    schema = json.loads((HERE.parent / "docs" / "report-v2.schema.json").read_text("utf-8"))
    document = json.loads(next(form for form in FORMATS if form.name == "json").render(sample))
    jsonschema.Draft202012Validator(schema).validate(document)
    assert document == json.loads(JsonReport.model_validate(document).model_dump_json())


def test_the_same_input_and_date_give_the_same_bytes(tmp_path: Path) -> None:
    reports = [check(Request((lay_out(tmp_path / name),), TODAY), "test") for name in ("a", "b")]
    for form in FORMATS:
        assert form.render(reports[0]) == form.render(reports[1])


def test_the_order_of_files_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lay_out(tmp_path)
    straight = check(Request((folder,), TODAY), "test")
    listing = Workspace.listing

    def reversed_listing(self: Workspace) -> tuple[tuple[ProgressPath, ...], tuple[ProgressPath, ...]]:
        taken, stray = listing(self)
        return taken[::-1], stray[::-1]

    monkeypatch.setattr(Workspace, "listing", reversed_listing)
    shuffled = check(Request((folder,), TODAY), "test")
    for form in FORMATS:
        assert form.render(straight) == form.render(shuffled)


def test_the_pool_says_what_one_process_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = lay_out(tmp_path)
    alone = check(Request((folder,), TODAY), "test")
    monkeypatch.setattr(load_reports, "WORTH_A_POOL", 1)
    monkeypatch.setattr(load_reports, "CHUNK", 2)
    together = check(Request((folder,), TODAY), "test")
    for form in FORMATS:
        assert form.render(alone) == form.render(together)


def test_a_waived_finding_is_marked_and_counted_apart(sample: Report) -> None:
    waived = [finding for finding in sample.findings if finding.waiver]
    expected = ["KS304"]
    assert expected == [finding.code for finding in waived]
    assert sample.waived == len(expected)
    for form in FORMATS:
        assert "示例府办〔2024〕8号" in "".join(shown(form, form.render(sample)).split())
