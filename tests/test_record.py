"""kesu record: an entry more and not a byte less, or a refusal that says why."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from form_city import FILE, REPORT, UNIT, lay_out
from kesu_cli.cli.output_file import replace_progress
from kesu_cli.diagnostic import Refusal
from kesu_cli.engine.open_workspace import open_workspace
from kesu_cli.engine.record import NotRecorded, record
from kesu_cli.model.evidence import kind_named
from kesu_cli.model.window import Days, read_stretch
from kesu_cli.source.progress_as_typed import progress_text
from test_amend import is_within
from test_cli import kesu, on_a_terminal

TODAY = date(2024, 12, 1)
ENTRY = {"task": "M06-1", "date": "2024-07-20", "name": "二期", "value": "12"}
GIVEN = ("--unit", UNIT, "--task", "M06-1", "--date", "2024-07-20", "--name", "二期", "--value", "12")
LINES = "  - task: M06-1\n    date: 2024-07-20\n    name: 二期\n    value: 12\n"


def test_an_entry_is_added_and_every_byte_before_it_stays(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    done = kesu("record", *GIVEN, folder=city)
    assert (0, f"已记入 {FILE}（这份材料已标为报送完毕）") == (
        done.returncode,
        done.stdout.decode().splitlines()[0],
    )
    assert REPORT.replace("nothing_to_report", f"{LINES}nothing_to_report") == (city / FILE).read_text(
        "utf-8"
    )


def test_where_there_is_no_file_a_draft_is_begun(tmp_path: Path) -> None:
    city = lay_out(tmp_path, "")
    assert kesu("record", *GIVEN, folder=city).returncode == 0
    text = (city / FILE).read_text("utf-8")
    assert f"unit: {UNIT}\nyear: 2024\nstatus: draft\nentries:\n{LINES}" == text


def test_evidence_is_hashed_and_named_from_the_root(tmp_path: Path) -> None:
    city = lay_out(tmp_path, "")
    (city / "佐证").mkdir()
    (city / "佐证" / "签到表.csv").write_bytes(b"hi\n")
    pieces = ("--evidence", "签到表=签到表.csv", "--evidence", "https://demo.invalid/a=b")
    done = kesu("record", *GIVEN, *pieces, folder=city / "佐证")
    assert (done.returncode, done.stderr) == (0, b"")
    digest = "98ea6e4f216f2fb4b69fff9b3a44842c38686ca685f3f55dc48c5d3fb1107be4"
    wanted = f"""\
    evidence:
      - {{kind: 签到表, path: 佐证/签到表.csv, sha256: {digest}}}
      - {{kind: 其他, url: https://demo.invalid/a=b}}
"""
    assert (city / FILE).read_text("utf-8").endswith(wanted)


REFUSED = {
    "an unknown task": (("--task", "M66-1"), "--task：方案里没有任务“M66-1”"),
    "an unknown unit": (("--unit", "市科技协会"), "--unit：没有单位“市科技协会”"),
    "a day that isn't": (("--date", "2024-02-30"), "--date：“2024-02-30”这一天不存在"),
    "a blank name": (("--name", " "), "--name：名称没有填，例如 暑期科技辅导员培训班"),
    "a month without its year": (("--date", "7月16日"), "--date：“7月16日”不是日期"),
    "a blank part": (("--item", " "), "--item：覆盖哪一部分没有填"),
    "days in the wrong order": (("--date", "2024-07-05 至 2024-07-01"), "晚于结束日期"),
    "a year outside of the plan": (("--date", "2031-07-05"), "2031 年不在方案的期限内"),
    "a vague number": (("--value", "约12"), "“约12”不是确切的数"),
    "another unit of measure": (("--value", "12场"), "KS503"),
    "a value that counts for nothing": (("--value", ""), "--value：KS411"),
    "an invisible character": (("--name", "二\u200b期"), "看不见的字符 U+200B"),
    "evidence that isn't there": (("--evidence", "没有.pdf"), "读不了佐证材料 没有.pdf"),
    "evidence outside": (("--evidence", "/etc/hostname"), "不在资料库里"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_check_would_refuse_is_refused_and_nothing_is_written(name: str, tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    more, message = REFUSED[name]
    done = kesu("record", *GIVEN, *more, folder=city)
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert re.search(r"[a-z_]+: ", done.stderr.decode()) is None
    assert (city / FILE).read_text("utf-8") == REPORT


def test_the_same_entry_is_not_recorded_twice(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    assert kesu("record", *GIVEN, folder=city).returncode == 0
    once = (city / FILE).read_bytes()
    again = kesu("record", *GIVEN, folder=city)
    assert (again.returncode, (city / FILE).read_bytes()) == (2, once)
    assert "KS510" in again.stderr.decode()


def test_what_check_would_only_remark_on_is_said(tmp_path: Path) -> None:
    done = kesu("record", *GIVEN, folder=lay_out(tmp_path))
    assert "提示：KS406 “二期”的佐证材料有 0 件" in done.stdout.decode()


def test_without_a_terminal_it_says_what_is_missing(tmp_path: Path) -> None:
    done = kesu("record", "--unit", UNIT, "--name", "二期", folder=lay_out(tmp_path))
    assert (done.returncode, done.stderr.decode()) == (2, "错误：缺少 --task（任务编号）、--date（日期）\n")


def test_a_file_that_can_not_be_read_is_left_alone(tmp_path: Path) -> None:
    city = lay_out(tmp_path, REPORT.replace("year:", "year："))
    with pytest.raises(NotRecorded, match=f"{FILE} 有读不出来的地方"):
        record(open_workspace((city,)), UNIT, 2024, ENTRY, TODAY)


def test_what_is_given_is_checked_before_what_is_missing_is_said(tmp_path: Path) -> None:
    given = ("--date", "2025年13月", "--value", "十二", "--evidence", "没有.pdf")
    done = kesu("record", *given, folder=lay_out(tmp_path))
    assert done.returncode == 2
    for word in (
        "--date：“2025年13月”的月份是 13",
        "--evidence：读不了佐证材料",
        "--value：“十二”不是",
    ):
        assert word in done.stderr.decode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("签到表", "签到表"),
        ("2024年培训班签到表(2)", "签到表"),
        ("关于报送总结的通知", "通知"),
        ("现场照片01", "照片"),
        ("签到", "其他"),
        ("其他", "其他"),
    ],
)
def test_the_kind_of_evidence_is_taken_from_a_name_that_says_it(name: str, kind: str) -> None:
    assert kind == kind_named(name)


@pytest.mark.parametrize("until", ["2024-07-05", "07-05", "5", "5日"])
def test_several_days_are_read_however_their_end_is_written(until: str) -> None:
    assert Days(date(2024, 7, 1), date(2024, 7, 5)) == read_stretch(f"2024-07-01 至 {until}")


HEAD = "unit: 市科协\nyear: 2024\nstatus: draft\n"
IN_BRACES = "{task: M06-1, date: 2024-07-20, name: 二期, value: 12}"
LAYOUTS = {
    "an empty list in braces": (
        "{unit: 市科协, year: 2024, status: draft, entries: []}\n",
        f"{{unit: 市科协, year: 2024, status: draft, entries: [{IN_BRACES}]}}\n",
    ),
    "nothing in braces": (
        "{unit: 市科协, year: 2024, status: draft, entries: }\n",
        f"{{unit: 市科协, year: 2024, status: draft, entries: [{IN_BRACES}]}}\n",
    ),
    "braces over several lines": (
        "{\n  unit: 市科协, # 甲\n  year: 2024,\n  status: draft,\n  entries: [], # 乙\n}\n",
        "{\n  unit: 市科协, # 甲\n  year: 2024,\n  status: draft,\n  entries: [" + IN_BRACES + "], # 乙\n}\n",
    ),
    "no entries but a comment": (
        f"{HEAD}entries:   # 条目\n# 尾\n",
        f"{HEAD}entries:   # 条目\n{LINES}# 尾\n",
    ),
    "nothing to report before": (
        f"{HEAD}nothing_to_report:\n  - {{task: P2-1, reason: 无}}\nentries:\n",
        f"{HEAD}nothing_to_report:\n  - {{task: P2-1, reason: 无}}\nentries:\n{LINES}",
    ),
    "a tab before a comment": (f"{HEAD}entries:\t# 表\n", f"{HEAD}entries:\t# 表\n{LINES}"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_an_entry_is_added_however_the_file_is_laid_out(name: str, tmp_path: Path) -> None:
    before, after = LAYOUTS[name]
    city = lay_out(tmp_path, before)
    assert after == record(open_workspace((city,)), UNIT, 2024, ENTRY, TODAY).after.decode()


def test_a_list_that_holds_only_a_comment_is_refused_and_not_written_over(tmp_path: Path) -> None:
    city = lay_out(tmp_path, f"{HEAD}entries: [\n  # 以后补\n]\n")
    with pytest.raises(NotRecorded, match="请用编辑器手工添加"):
        record(open_workspace((city,)), UNIT, 2024, ENTRY, TODAY)


BREAKS = st.sampled_from(["\n", "\r\n"])
MARKS = st.sampled_from(["", "\ufeff"])
NOISE = st.sampled_from(["", "\n", "# 备注：a\n", "    # 更深的备注\n", "\n# 一\n\n# 二\n"])
NAMES = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"),
        exclude_characters="\ufeff",
    ),
    min_size=1,
    max_size=20,
).filter(lambda text: text.strip() and text == text.strip())


@st.composite
def reports(draw: st.DrawFn) -> bytes:
    """Draw the report with comments and blank lines between its entries, in other line breaks and marks."""
    lines = []
    for line in REPORT.splitlines(keepends=True):
        lines += [draw(NOISE), line] if line.startswith(("  - ", "nothing", "entries")) else [line]
    return (draw(MARKS) + "".join(lines).replace("\n", draw(BREAKS))).encode()


@st.composite
def facts(draw: st.DrawFn) -> dict[str, Any]:
    day = draw(st.dates(date(2024, 1, 1), date(2024, 11, 30)))
    entry: dict[str, Any] = {"task": draw(st.sampled_from(["M06-1", "M30-5", "M08-3"]))}
    entry["date"] = draw(st.sampled_from([str(day), f"{day:%Y-%m}", {"from": "2024-01-01", "to": str(day)}]))
    entry["name"] = draw(NAMES)
    entry["value"] = draw(st.sampled_from(["1", "12,000", "2万", "１８"]))
    if entry["task"] == "M30-5":
        entry["items"] = ["健康科普行动"]
    if draw(st.booleans()):
        entry["evidence"] = [{"kind": draw(NAMES), "url": f"https://demo.invalid/{quote(draw(NAMES))}#:,甲"}]
    return entry


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(reports(), st.lists(facts(), min_size=1, max_size=2))
def test_two_hundred_times_no_comment_is_lost_and_no_line_changed(
    tmp_path: Path, report: bytes, added: list[dict[str, Any]]
) -> None:
    shutil.rmtree(tmp_path / "city", ignore_errors=True)
    city = lay_out(tmp_path / "city", "")
    file = city / FILE
    file.write_bytes(report)
    entries = progress_text(report, FILE).data["entries"]
    for number, fact in enumerate(added, 1):
        entry = fact | {"name": f"第{number}期 {fact['name']}"}
        file.write_bytes(record(open_workspace((city,)), UNIT, 2024, entry, TODAY).after)
        entries = [*entries, entry]
    after = file.read_bytes()
    assert entries == progress_text(after, FILE).data["entries"]
    assert is_within(report.decode().splitlines(keepends=True), after.decode().splitlines(keepends=True))


def test_a_file_that_changed_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"other\n")
    with pytest.raises(Refusal, match="刚才被别的程序改过"):
        replace_progress(b"new", file, b"old")
    assert file.read_bytes() == b"other\n"


def test_help_names_every_option(tmp_path: Path) -> None:
    shown = on_a_terminal("record", "--help", folder=tmp_path, width=100)
    for option in ("--unit", "--task", "--date", "--name", "--value", "--item", "--evidence"):
        assert option in shown
