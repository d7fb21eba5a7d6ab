"""Whatever lies in the folder, a check names it in Chinese on its line and never breaks down."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from examples import TODAY, WORLD
from kesu_cli.diagnostic import Finding, Place, Step
from kesu_cli.engine.check import Request, check, check_plan
from kesu_cli.invisible import UNSEEN
from kesu_cli.model.name_similarity import suggest
from kesu_cli.report import Outcome, Report
from kesu_cli.yamltext.locate import locate
from kesu_cli.yamltext.read import read
from kesu_cli.yamltext.tree import tree_of

FILE = "progress/2024/市教体局.yaml"
GOOD = """\
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 30
    evidence: [{kind: 签到表, url: "https://example.invalid/1"}]
"""
CHINESE = re.compile(r"[\u4e00-\u9fff]")

Hit = tuple[str, int]


def _workspace(folder: Path) -> Path:
    shutil.copytree(WORLD / "plan", folder / "plan", dirs_exist_ok=True)
    (folder / FILE).parent.mkdir(parents=True, exist_ok=True)
    return folder


def _judge(folder: Path) -> Report:
    return check(Request((folder,), TODAY, date(2025, 2, 28)), "test")


def _about(report: Report, file: str = FILE) -> list[Finding]:
    """List what is said of how a file reads; what its content lacks is another matter."""
    everything = (*report.findings, *report.plan_findings)
    return [found for found in everything if found.file == file and found.code.startswith("KS1")]


def _hits(found: list[Finding]) -> list[Hit]:
    assert all(CHINESE.search(finding.message) for finding in found)
    return [(finding.code, finding.span.line) for finding in found]


def _written(folder: Path, content: bytes) -> Report:
    (_workspace(folder) / FILE).write_bytes(content)
    report = _judge(folder)
    assert list(report.crashed) == []
    return report


BROKEN = [
    pytest.param(GOOD.encode(), [], "", id="a good file"),
    pytest.param(GOOD.encode("gbk"), [("KS102", 1)], "GBK", id="GBK"),
    pytest.param(GOOD.encode("utf-16"), [("KS102", 1)], "UTF-16", id="UTF-16 with its mark"),
    pytest.param(GOOD.encode("utf-16-le"), [("KS102", 1)], "UTF-16", id="UTF-16 without"),
    pytest.param(GOOD.encode("utf-16-be"), [("KS102", 1)], "UTF-16", id="UTF-16 of the other end"),
    pytest.param(GOOD.replace("\n", "\r\n").encode("utf-8-sig"), [], "", id="BOM and CRLF"),
    pytest.param(GOOD.replace("\n", "\r").encode(), [], "", id="CR alone"),
    pytest.param(
        GOOD.encode().replace("暑期".encode(), b"\xff\xff"), [("KS102", 8)], "无法识别", id="bad bytes"
    ),
    pytest.param(
        GOOD.replace("    value: 30\n", "<<<<<<< HEAD\n    value: 30\n=======\n").encode(),
        [("KS101", 9)],
        "合并冲突",
        id="conflict markers",
    ),
    pytest.param(GOOD.encode() + b"# " + b"x" * 5_000_000, [("KS110", 1)], "5.0 MB", id="five megabytes"),
    pytest.param(b"a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", [("KS109", 1)], "&", id="a YAML bomb"),
    pytest.param(b"unit: x\nentries: " + b"[" * 100_000, [("KS109", 2)], "40 层", id="deep brackets"),
    pytest.param(
        "单位: ".encode("gbk") + b"{a: " * 100_000,
        [("KS102", 1), ("KS109", 1)],
        "40 层",
        id="deep braces in GBK",
    ),
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), [("KS110", 1)], "", id="PNG"),
    pytest.param(GOOD.encode() + b"\x00\x00", [("KS110", 1)], "空字节", id="NUL bytes"),
    pytest.param(GOOD.replace("暑期", "暑\x07期").encode(), [("KS101", 8)], "U+0007", id="a bell"),
    pytest.param(b"", [("KS110", 1)], "空的", id="an empty file"),
    pytest.param(b"\xef\xbb\xbf\n", [("KS110", 1)], "空的", id="nothing but a mark"),
    pytest.param("# 待填\n".encode(), [("KS110", 1)], "空的", id="nothing but a comment"),
    pytest.param(b"- 1\n- 2\n", [("KS101", 1)], "键: 值", id="a list"),
]


@pytest.mark.parametrize(("content", "hits", "said"), BROKEN)
def test_a_broken_file_is_named_on_its_line(
    content: bytes, hits: list[Hit], said: str, tmp_path: Path
) -> None:
    found = _about(_written(tmp_path, content))
    assert hits == _hits(found)
    assert said in "".join(finding.message for finding in found)


def test_what_is_wrong_with_a_file_is_the_business_of_its_unit(tmp_path: Path) -> None:
    found = _about(_written(tmp_path, b"unit: ["))
    assert [finding.owners for finding in found] == [("市教体局",)]


def test_a_unit_is_told_that_its_own_file_can_not_be_read(tmp_path: Path) -> None:
    (_workspace(tmp_path) / FILE).write_bytes(b"unit: [")
    report = check(Request((tmp_path,), TODAY, unit="市教体局"), "test")
    assert _hits(_about(report)) == [("KS101", 1)]


def test_a_folder_of_gbk_files_is_read_and_counted_all_the_same(tmp_path: Path) -> None:
    _workspace(tmp_path)
    names = ("市教体局", "团市委", "市科协")
    for name in names:
        text = GOOD.replace("unit: 市教体局", f"unit: {name}").replace("暑期", name)
        (tmp_path / f"progress/2024/{name}.yaml").write_bytes(text.encode("gbk"))
    report = _judge(tmp_path)
    for name in names:
        assert _hits(_about(report, f"progress/2024/{name}.yaml")) == [("KS102", 1)]
    actual = [s.actual for s in report.standings if s.task.id == "M06-1" and s.window.label == "2024年"]
    assert actual == [90]


def _a_folder(path: Path) -> None:
    path.mkdir()


def _a_dangling_link(path: Path) -> None:
    path.symlink_to(path.parent / "gone" / "away.yaml")


def _a_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "said"),
    [(_a_folder, "文件夹"), (_a_dangling_link, "链接"), (_a_link_to_itself, "链接")],
    ids=["a folder", "a dangling link", "a link to itself"],
)
@pytest.mark.parametrize(
    ("file", "code"), [(FILE, "KS110"), ("progress/市教体局.yaml", "KS112")], ids=["in its year", "beside"]
)
def test_what_is_no_file_but_called_like_one_is_named(
    make: Callable[[Path], None], said: str, file: str, code: str, tmp_path: Path
) -> None:
    make(_workspace(tmp_path) / file)
    (tmp_path / "progress/2024/团市委.yaml").write_text("unit: 团市委\nyear: 2024\nstatus: draft\n", "utf-8")
    found = _about(_judge(tmp_path), file)
    assert _hits(found) == [(code, 1)]
    assert (said if code == "KS110" else "不是年度文件夹") in found[0].message


def test_a_link_that_leads_out_of_the_workspace_is_named_and_not_read(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.yaml").write_text(GOOD, "utf-8")
    folder = _workspace(tmp_path / "workspace")
    (folder / FILE).symlink_to(tmp_path / "elsewhere.yaml")
    report = check(Request((folder / "progress/2024",), TODAY), "test")
    assert _hits(_about(report)) == [("KS110", 1)]
    assert report.inputs[FILE] == ""  # named, with no digest of what lies elsewhere


def test_a_link_within_the_workspace_is_read_under_its_own_name(tmp_path: Path) -> None:
    folder = _workspace(tmp_path)
    (folder / "elsewhere.yaml").write_text(GOOD, "utf-8")
    (folder / FILE).symlink_to(folder / "elsewhere.yaml")
    report = check(Request((folder / "progress/2024",), TODAY), "test")
    assert _about(report) == []
    assert FILE in report.inputs


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(tmp_path: Path) -> None:
    path = _workspace(tmp_path) / FILE
    path.write_text(GOOD, "utf-8")
    path.chmod(0)
    found = _about(_judge(tmp_path))
    assert _hits(found) == [("KS110", 1)]
    assert "权限" in found[0].message


@pytest.mark.parametrize("file", ["progress/2024年/市教体局.yaml", "progress/2024/附件/市教体局.yaml"])
def test_a_report_in_a_folder_that_is_not_read_is_named(file: str, tmp_path: Path) -> None:
    _workspace(tmp_path)
    (tmp_path / "progress/2024/团市委.yaml").write_text("unit: 团市委\nyear: 2024\nstatus: draft\n", "utf-8")
    (tmp_path / file).parent.mkdir()
    (tmp_path / file).write_text(GOOD, "utf-8")
    assert _hits(_about(_judge(tmp_path), file)) == [("KS112", 1)]


@pytest.mark.parametrize(
    ("name", "content", "hit"),
    [
        ("measures.yaml", b"\x00\x01\x02\x03" * 200, ("KS110", 1)),
        ("measures.yaml", b"", ("KS110", 1)),
        ("measures.yaml", "title：方案\n".encode(), ("KS101", 1)),
        ("measures.yaml", b"title: x\ntitle: y\n", ("KS103", 2)),
        ("units.yaml", None, ("KS110", 1)),
        ("policy.yaml", b"report_due: {years_after: 1, day: 02-30}\n", ("KS104", 1)),
    ],
)
def test_a_plan_that_can_not_be_read_is_one_finding_and_the_other_rules_are_skipped(
    name: str, content: bytes | None, hit: Hit, tmp_path: Path
) -> None:
    (_workspace(tmp_path) / FILE).write_text(GOOD, "utf-8")
    if content is None:
        (tmp_path / "plan" / name).unlink()
    else:
        (tmp_path / "plan" / name).write_bytes(content)
    for report in (_judge(tmp_path), check_plan(Request((tmp_path,), TODAY), "test")):
        assert [hit] == _hits(list(report.plan_findings))
        assert report.findings == ()
        outcomes = {outcome.code: outcome.outcome for outcome in report.outcomes}
        assert Outcome.FAILED is outcomes[hit[0]]
        assert Outcome.SKIPPED is outcomes["KS301"]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _workspace(tmp_path_factory.mktemp("world"))


PIECES = st.sampled_from(
    ["unit: 市教体局\n", "year: 2024\n", "status: draft\n", "entries:\n", "  - ", "task: M06-1\n"]
)
LIKE_YAML = st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=12).map("".join)
ANYTHING = st.one_of(
    st.binary(max_size=300),
    LIKE_YAML.map(lambda text: text.encode("utf-8", "surrogatepass")),
    LIKE_YAML.map(lambda text: text.encode("gb18030", "ignore")),
    LIKE_YAML.map(lambda text: text.encode("utf-16", "surrogatepass")),
)


@settings(max_examples=150, deadline=None)
@given(content=ANYTHING)
def test_any_bytes_yield_a_report_or_a_finding(content: bytes, world: Path) -> None:
    report = _written(world, content)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    read_as_report = {handover.file for handover in report.submissions if handover.state.label == "草稿"}
    assert _about(report) or FILE in read_as_report
    assert all(1 <= finding.span.line <= lines for finding in _about(report))


@pytest.mark.parametrize("code", [r"\x1b[31m", r"\0", r"\a", r"\u2028", r"\uFFFF", r"\P", r"\r"])
def test_a_control_character_written_as_an_escape_is_refused_on_its_line(code: str, tmp_path: Path) -> None:
    written = GOOD.replace("暑期科技辅导员培训班", f'"培训班{code}"')
    report = _written(tmp_path, written.encode())
    assert _hits(_about(report)) == [("KS109", 8)]


@pytest.mark.parametrize("code", [r"\n", r"\t", r"\u4e00", r"\\x1b"])
def test_other_escapes_are_taken(code: str, tmp_path: Path) -> None:
    written = GOOD.replace("暑期科技辅导员培训班", f'"培训班{code}期"')
    assert _about(_written(tmp_path, written.encode())) == []


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("换行\n.yaml", "换行\\n.yaml"),
        ("控制\x1b.yaml", "控制\\x1b.yaml"),
        ("\udcff.yaml", "\\udcff.yaml"),
        ("市教\u202e体局.yaml", "市教\\u202e体局.yaml"),
        ("市教体局\u200b.yaml", "市教体局\\u200b.yaml"),
    ],
)
def test_a_file_name_that_no_output_can_show_is_one_finding_and_the_others_go_on(
    name: str, shown: str, tmp_path: Path
) -> None:
    folder = _workspace(tmp_path)
    (folder / FILE).with_name(name).write_text(GOOD, "utf-8")
    (folder / "progress/2024/团市委.yaml").write_text("unit: 团市委\n", "utf-8")
    report = _judge(folder)
    assert _hits(_about(report, f"progress/2024/{shown}")) == [("KS110", 1)]
    assert _hits(_about(report, "progress/2024/团市委.yaml")) == [("KS104", 1), ("KS104", 1)]


PLAIN = st.text(st.characters(exclude_categories=["Cs"]), max_size=12).filter(
    lambda t: "\r" not in t and not UNSEEN.search(t)
)
KEYS = PLAIN.filter(lambda key: key != "<<")
NESTED = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=20
)


def _dumped(data: object, *, flow: bool, width: int) -> str:
    return yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=width, sort_keys=False)


def _paths(data: object) -> Iterator[tuple[Step, ...]]:
    yield ()
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inside:
        yield from ((step, *rest) for rest in _paths(value))


@given(data=NESTED, flow=st.booleans(), width=st.integers(min_value=10, max_value=200))
def test_the_reader_agrees_with_the_reference_reader(data: object, flow: bool, width: int) -> None:
    text = _dumped(data, flow=flow, width=width)
    assert (yaml.load(text, yaml.BaseLoader), ()) == read(text, Place("x.yaml"))


@given(data=NESTED, flow=st.booleans(), width=st.integers(min_value=10, max_value=200))
def test_every_path_has_a_span_within_the_text(data: object, flow: bool, width: int) -> None:
    text = _dumped(data, flow=flow, width=width)
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", text)
    found = tree_of(text)
    for path in _paths(data):
        span = locate(found, path)
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1


WORDS = st.text("甲乙丙丁abcxyz", min_size=1, max_size=8)


@given(data=st.dictionaries(WORDS, WORDS, min_size=1, max_size=4), flow=st.booleans())
def test_the_span_of_a_plain_scalar_is_the_scalar(data: dict[str, str], flow: bool) -> None:
    text = _dumped(data, flow=flow, width=1_000)
    lines, found = text.split("\n"), tree_of(text)
    for key, value in data.items():
        span = locate(found, (key,))
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == value


BLANK = """unit: 市教体局
year: 2024
status: draft
entries:
  - task: M06-1
    date: 2024-07-16
    name: 培训
    value: 18
    items:
    jointly_with:
    evidence:
nothing_to_report:
"""


@pytest.mark.parametrize("blank", ["", "entries:\n", "entries: ~\n", "nothing_to_report:\nentries:\n"])
def test_a_list_left_blank_is_empty(blank: str, tmp_path: Path) -> None:
    text = BLANK if not blank else BLANK[: BLANK.index("entries:")] + blank
    (_workspace(tmp_path) / FILE).write_text(text, "utf-8")
    report = _judge(tmp_path)
    assert [finding for finding in _about(report, FILE) if finding.code.startswith("KS1")] == []
    training = next(s for s in report.standings if s.task.id == "M06-1")
    assert training.interval.greatest == (None if blank else 18)


def test_a_list_that_must_be_filled_is_not_blank(tmp_path: Path) -> None:
    folder = _workspace(tmp_path)
    (folder / "plan/units.yaml").write_text("units:\n", "utf-8")
    assert [finding.code for finding in _about(_judge(tmp_path), "plan/units.yaml")] == ["KS104"]


HEAD = "unit: 市教体局\nyear: 2024\nstatus: draft\nentries:\n"
ENTRY = "  - task: M06-1\n    date: 2024-07-16\n    name: 培训\n    value: 18\n"


CAN_NOT_BE_SEEN = [
    (HEAD.replace("unit: ", "unit:\u3000"), 1, "冒号后面是中文（全角）空格或不间断空格"),
    (HEAD.replace("unit: ", "unit:\u00a0"), 1, "冒号后面是中文（全角）空格或不间断空格"),
    (HEAD + ENTRY.replace("value: ", "value:\u3000"), 8, "冒号后面是中文（全角）空格或不间断空格"),
    (HEAD + ENTRY.replace("    date", "\u3000\u3000date"), 6, "缩进用了中文（全角）空格"),
    (HEAD + ENTRY.replace("    date", "\u00a0" * 4 + "date"), 6, "缩进用了网页或文档里的不间断空格"),
    (HEAD.replace("市教体局", "市教\u200b体局"), 1, "这里有看不见的零宽空格 U+200B"),
    (HEAD + ENTRY.replace("培训", "培\u202e训"), 7, "这里有看不见的字符 U+202E"),
    (HEAD + ENTRY + "    evidence: [｛kind: 签到表, url: x｝]\n", 9, "括号是中文（全角）的"),
    (HEAD + ENTRY + "    evidence:\n      - ｛kind: 签到表, url: x｝\n", 10, "括号是中文（全角）的"),
    (HEAD + ENTRY + "    evidence: ［{kind: 签到表, url: x}］\n", 9, "括号是中文（全角）的"),
    (HEAD + ENTRY + "    evidence: [{kind: 报道, url: https://a.b/c?x=1,2}]\n", 9, "网址里有逗号"),
    (HEAD + ENTRY + "    evidence: [{kind: 报道, url: https://a.b/c?x=1,y=2}]\n", 9, "网址里有逗号"),
]


@pytest.mark.parametrize(("wrong", "line", "message"), CAN_NOT_BE_SEEN)
def test_what_cannot_be_seen_is_named_once_where_it_stands(
    wrong: str, line: int, message: str, tmp_path: Path
) -> None:
    (_workspace(tmp_path) / FILE).write_text(wrong, "utf-8")
    (found,) = _about(_judge(tmp_path))
    assert (found.span.line, found.message[: len(message)]) == (line, message)
    assert found.hint.startswith("请")


@pytest.mark.parametrize(
    "fine",
    [
        '    evidence: [{kind: 报道, url: "https://a.b/c?x=1,2"}]\n',
        "    evidence: [{kind: 报道, url: https://a.b/c?x=1,note: 转载}]\n",
        "    note: ［转载］ 全文见｛附件｝\n",
        "    note: |\n      \u3000\u3000全年工作另附总结\n",
    ],
)
def test_odd_signs_where_they_do_no_harm_are_let_be(fine: str, tmp_path: Path) -> None:
    (_workspace(tmp_path) / FILE).write_text(HEAD + ENTRY + fine, "utf-8")
    assert _about(_judge(tmp_path)) == []


def test_a_path_with_backslashes_is_told_how_to_be_written(tmp_path: Path) -> None:
    evidence = "    evidence: [{kind: 签到表, path: 佐证\\2024\\a.pdf}]\n"
    (_workspace(tmp_path) / FILE).write_text(HEAD + ENTRY + evidence, "utf-8")
    (found,) = [found for found in _judge(tmp_path).findings if found.code == "KS407"]
    assert found.hint.endswith("路径请用正斜杠 /")


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("市水利局", ["市人社局", "市林业局"], ""),
        ("KS999", ["KS109", "KS909"], "KS909"),
        ("市教育局", ["市教体局", "市人社局"], "市教体局"),
        ("市人力资源局", ["市人力资源和社会保障局"], "市人力资源和社会保障局"),
    ],
)
def test_only_what_is_near_is_offered(name: str, known: list[str], near: str) -> None:
    assert suggest(name, known) == near
