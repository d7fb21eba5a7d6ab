"""kesu fix adds no finding, whatever it is run on, and breaks on nothing."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings

from examples import TODAY, Example, examples, run_example, sections
from form_city import lay_out
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.fix import fix_basis, fix_files
from kesu_cli.engine.judged_years import NothingToCheck
from kesu_cli.engine.open_workspace import open_workspace
from kesu_cli.loaded import PlanUnreadable
from kesu_cli.model.unit import Units
from kesu_cli.report import Report
from kesu_cli.rules.book import RULES
from kesu_cli.source.fix import fixed
from kesu_cli.source.fix_value import FixBasis
from kesu_cli.source.progress_as_typed import progress_text
from test_broken_files import ANYTHING, BROKEN, CAN_NOT_BE_SEEN, FILE
from test_cli import kesu

UNREAD = {"KS101", "KS103", "KS104", "KS109", "KS110"}
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def _all_examples() -> Iterator[tuple[str, Example]]:
    for rule in RULES:
        for title, text in sections(rule.manual).items():
            for number, example in enumerate(examples(text) if title.endswith("示例") else []):
                if any(name.startswith("progress/") for name in example.files):
                    yield f"{rule.code} {title} {number}", example


EXAMPLES = dict(_all_examples())


def _spoiled(text: str, units: Units) -> str:
    """Write what fix repairs wherever there is any: aliases that are known, digits and task ids."""
    if not units.find_one("市教育体育局"):
        return text
    text = re.sub(r"(?m)^unit: 市教体局$", "unit: 市教育体育局", text)
    text = re.sub(r"(?m)^(    jointly_with: \[.*?)市教体局", r"\1市教育体育局", text)
    text = re.sub(r"(?m)^(    counted_by: )市科协$", r"\1市全民科学素质工作领导小组办公室", text)
    text = re.sub(r"(?m)^(  - task: )(M\d\d-\d)$", lambda m: m[1] + m[2].translate(WIDE), text)
    return re.sub(r"(?m)^(    (?:value|date): )(\d.*)$", lambda m: m[1] + m[2].translate(WIDE), text)


def _with_chinese_colons(text: str) -> str:
    return re.sub(r"(?m)^(year|    name|    value): ", r"\1：", text)


def _found(report: Report) -> Counter[str]:
    return Counter(f"{f.code} {f.file} {f.fingerprint}" for f in (*report.findings, *report.plan_findings))


def _again(folder: Path, example: Example) -> Report:
    years = sorted(path for path in (folder / "progress").glob("*") if path.is_dir())
    return check(Request((years[-1],), TODAY, example.as_of), "test")


def _fix(folder: Path) -> int:
    count = 0
    for made in fix_files(open_workspace((folder,)), (folder,)):
        (folder / made.file).write_bytes(made.after)
        count += len(made.repairs)
    return count


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_fix_adds_no_finding(name: str, tmp_path: Path) -> None:
    before = run_example(EXAMPLES[name], tmp_path)
    try:
        _fix(tmp_path)
    except (PlanUnreadable, NothingToCheck):
        return
    more = _found(_again(tmp_path, EXAMPLES[name])) - _found(before)
    unread = {finding.file for finding in before.findings if finding.code in UNREAD}
    assert not [said for said in more if said.startswith("KS1") or not unread]


def _sound() -> Iterator[str]:
    """Name the examples whose files read and are no copies, and whose year is open: every byte counts."""
    for name, example in EXAMPLES.items():
        is_closed = any(file.endswith("/.closed.yaml") for file in example.files)
        if not is_closed and {code for *_, code in example.expected}.isdisjoint({*UNREAD, "KS111"}):
            yield name


@pytest.mark.parametrize("name", list(_sound()))
def test_what_is_spoiled_and_fixed_is_found_to_be_what_it_was(name: str, tmp_path: Path) -> None:
    run_example(EXAMPLES[name], tmp_path)
    _fix(tmp_path)
    clean = _found(_again(tmp_path, EXAMPLES[name]))
    units = open_workspace((tmp_path,)).terms.units
    for file in (tmp_path / "progress").rglob("[!.]*.yaml"):
        text = _spoiled(file.read_text("utf-8-sig"), units)
        is_known = units.find_one(text.partition("unit: ")[2].partition("\n")[0]) is not None
        file.write_bytes(_with_chinese_colons(text).encode("gb18030" if is_known else "utf-8"))
    _fix(tmp_path)
    assert clean == _found(_again(tmp_path, EXAMPLES[name]))


def _broken() -> list[bytes]:
    contents = [param.values[0] for param in BROKEN]
    return [c for c in contents if isinstance(c, bytes)] + [
        str(wrong).encode() for wrong, *_ in CAN_NOT_BE_SEEN
    ]


def test_on_broken_files_it_ends_honestly_and_says_why_it_left_them(tmp_path: Path) -> None:
    city = lay_out(tmp_path, "")
    contents = _broken()
    for number, content in enumerate(contents):
        (city / f"progress/2024/第{number}份.yaml").write_bytes(content)
    done = kesu("fix", folder=city)
    assert (done.returncode, done.stderr) == (0, b"")
    told = done.stdout.decode()
    for number, content in enumerate(contents):
        name = f"progress/2024/第{number}份.yaml"
        is_sound = progress_text(content, name).written is not None
        assert is_sound or f"{name}:" in told
        assert is_sound or "没有改" in told.partition(f"{name}:")[2].partition("\n")[0] or "KS10" in told


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> FixBasis:
    city = lay_out(tmp_path_factory.mktemp("ground"))
    office = open_workspace((city,))
    return fix_basis(office)


@settings(max_examples=200, deadline=None)
@given(content=ANYTHING)
def test_any_bytes_are_mended_once_or_left(content: bytes, ground: FixBasis) -> None:
    made = fixed(content, FILE, ground)
    assert (made.after != made.before) == bool(made.repairs)
    assert (made.after, ()) == (
        fixed(made.after, FILE, ground).after,
        fixed(made.after, FILE, ground).repairs,
    )
