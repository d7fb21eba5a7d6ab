"""The installed program, run as a person and as CI run it."""

import fcntl
import json
import os
import pty
import re
import shutil
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest
from command_page import command_page
from rich.cells import cell_len

from kesu_cli.render import FORMAT_NAMES

HERE = Path(__file__).parent
KESU = Path(sys.executable).with_name("kesu")
PROGRESS = HERE.parent / "progress"
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    shutil.copytree(HERE / "world" / "plan", tmp_path / "plan")
    shutil.copytree(HERE / "sample" / "progress", tmp_path / "progress")
    return tmp_path


def kesu(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    ours = ("NO_COLOR", "COLUMNS", "GITHUB_")
    plain = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return subprocess.run(
        [KESU, *arguments], cwd=folder, env=plain | environment, capture_output=True, timeout=60, check=False
    )


def on_a_terminal(
    *arguments: str, folder: Path, width: int, errors: int = subprocess.DEVNULL, **environment: str
) -> str:
    """Run kesu on a pseudo terminal of a width and return what a person would see."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    plain = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "COLUMNS", "LINES") and not name.startswith("GITHUB_")
    }
    process = subprocess.Popen(
        [KESU, *arguments],
        cwd=folder,
        env=plain | {"TERM": "xterm-256color", "LANG": "C.UTF-8"} | environment,
        stdin=slave,
        stdout=slave,
        stderr=errors,
    )
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(master)
    process.wait(timeout=60)
    return seen.decode()


COMMANDS = [
    ("check", "progress/2024"),
    ("report",),
    ("report", "--unit", "市教体局"),
    ("explain", "M06-1"),
    ("rule",),
    ("plan", "show"),
    ("plan", "show", "30"),
    ("plan", "units"),
    ("plan", "check"),
]


def test_a_locale_without_chinese_names_is_refused_with_what_to_do(city: Path) -> None:
    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = kesu("check", "progress/2024", folder=city, **ascii_only)
    assert "export PYTHONUTF8=1" in done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert kesu("check", "progress/2024", folder=city, **ascii_only | {"PYTHONUTF8": "1"}).returncode == 1


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("width", [80, 140])
def test_on_a_terminal_no_line_is_wider_than_it_and_nothing_is_cut(
    command: tuple[str, ...], width: int, city: Path
) -> None:
    lines = ESCAPE.sub("", on_a_terminal(*command, folder=city, width=width)).replace("\r", "").split("\n")
    assert any(lines)
    assert [line for line in lines if cell_len(line) > width] == []
    assert [line for line in lines if line.rstrip().endswith("…")] == []


def test_at_80_columns_every_column_of_the_figures_is_there(city: Path) -> None:
    page = ESCAPE.sub("", on_a_terminal("check", "progress/2024", folder=city, width=80))
    for word in (
        "目标",
        "完成",
        "完成率",
        "序时",
        "进度差",
        "预计",
        "判定",
        "由谁办",
        "市农业农村",
        "≥20000人",
    ):
        assert word in page


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_on_a_gbk_console_nothing_crashes(command: tuple[str, ...], city: Path) -> None:
    done = kesu(*command, folder=city, PYTHONIOENCODING="gbk")
    assert done.returncode in (0, 1)
    assert b"Traceback" not in done.stderr
    assert done.stdout.decode("gbk")


def test_without_colours_not_even_bold_is_left(city: Path) -> None:
    coloured = on_a_terminal("check", "progress/2024", folder=city, width=100)
    plain = on_a_terminal("check", "progress/2024", folder=city, width=100, NO_COLOR="1")
    assert ESCAPE.search(coloured)
    assert not ESCAPE.search(plain)


def test_in_a_pipe_every_finding_is_one_complete_line(city: Path) -> None:
    done = kesu("check", "progress/2024", folder=city)
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("# ")
    assert lines[-1].startswith("# ")
    for line in lines[1:-1]:
        assert re.match(r"\S+:\d+:\d+ KS\d{3} (错误|警告|提示) .* #[0-9a-f]{7}$", line), line


def test_every_page_of_help_is_chinese(city: Path) -> None:
    for command in (
        (),
        ("check",),
        ("report",),
        ("explain",),
        ("rule",),
        ("plan",),
        ("plan", "show"),
        ("plan", "diff"),
    ):
        page = kesu(*command, "--help", folder=city).stdout.decode()
        assert page.startswith("用法：kesu")
        assert not re.search(r"Usage|Options|Commands|Arguments|Show this", page)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("chek",), "没有命令 chek"),
        (("check", "--foo"), "没有选项 --foo"),
        (("check", "--as-of", "2024-02-30"), "这一天不存在"),
        (("check", "nowhere"), "找不到 nowhere"),
        (("check", "plan"), "没有找到进展文件"),
        (("check", "--format", "pdf"), "--format 可写"),
        (("explain", "M06-1", "--format", "xml"), "--format 可写"),
        (("check", "--fail-on", "all"), "--fail-on 可写"),
        (("check", "-o", "pdf=a"), "-o 应写成"),
        (("check", "-o", "json=nowhere/a.json"), "写不了"),
        (("check", "--plan", "progress"), "没有 measures.yaml"),
        (("report", "--unit", "市教育"), "是否应为“市教体局”"),
        (("report", "--year", "1999"), "1999 年没有可以判定的任务"),
        (("report", "--year", "x"), "--year：“x”不是整数"),
        (("explain", "M06-9"), "是否应为"),
        (("explain",), "缺少"),
        (("rule", "KS999"), "没有规则“KS999”"),
        (("plan", "show", "99"), "方案里没有“99”"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_a_wrong_command_line_is_said_plainly_with_exit_code_2(
    arguments: tuple[str, ...], words: str, city: Path
) -> None:
    done = kesu(*arguments, folder=city)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert done.stdout == b""


def test_what_takes_a_value_has_a_name_of_its_own_for_it() -> None:
    assert re.findall(r"\b(?:None|TEXT|INTEGER|PATH)\b", command_page()) == []


def test_an_unreadable_plan_is_exit_code_2_and_says_where(city: Path) -> None:
    (city / "plan" / "measures.yaml").write_text("title： 缺\n", "utf-8")
    for command in (("check", "progress/2024"), ("plan", "check")):
        done = kesu(*command, folder=city)
        assert done.returncode == 2
        assert "plan/measures.yaml:1:6 KS101" in done.stdout.decode()


def test_the_threshold_decides_about_the_exit_code(city: Path) -> None:
    assert kesu("check", "progress/2024", folder=city).returncode == 1
    for file in (city / "progress" / "2024").iterdir():
        file.unlink()
    (city / "plan" / "units.yaml").write_text(
        "units: [{name: 市教体局, kind: 部门}, {name: 市科协, kind: 团体, reports: false}]\n", "utf-8"
    )
    (city / "plan" / "measures.yaml").write_text(
        "title: 例\nissuer: 例\nissued: 2021-01-01\n"
        "period: {from: 2021-01-01, to: 2025-12-31}\nactions: []\n",
        "utf-8",
    )
    text = "unit: 市教体局\nyear: 2024\nstatus: complete\nsubmitted: 2025-02-20\n"
    (city / "progress" / "2024" / "市教体局.yaml").write_text(text, "utf-8")
    assert kesu("check", "progress/2024", folder=city).returncode == 0
    assert kesu("check", "progress/2024", "--fail-on", "warning", folder=city).returncode == 1


def test_under_github_actions_annotations_are_printed_and_the_summary_is_appended(city: Path) -> None:
    summary = city / "summary.md"
    summary.write_text("# 前一步写的\n", "utf-8")
    actions = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(summary)}
    done = kesu("check", "progress/2024", folder=city, **actions)
    assert done.returncode == 1
    assert done.stdout.decode().startswith("::error title=KS401 unit-did-not-report,file=plan/units.yaml")
    text = summary.read_text("utf-8")
    assert text.startswith("# 前一步写的\n## 《示例市")
    for words in (
        "演示数据",
        "### 错误 14 条",
        "硬指标",
        "M06-1 培训科技辅导员",
        "2024 年度报告：应报",
    ):
        assert words in text


def test_a_format_that_is_asked_for_is_not_overridden_by_github_actions(city: Path) -> None:
    actions = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(city / "summary.md")}
    done = kesu("check", "progress/2024", "--format", "text", folder=city, **actions)
    assert done.stdout.decode().startswith("# 《示例市")
    assert not (city / "summary.md").exists()


def test_a_step_summary_that_cannot_be_written_changes_no_verdict(city: Path) -> None:
    actions = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(city)}
    done = kesu("check", "progress/2024", folder=city, **actions)
    assert done.returncode == 1
    assert "写不了 GITHUB_STEP_SUMMARY" in done.stderr.decode()
    assert done.stdout.decode().startswith("::error ")


def test_the_help_names_every_format(city: Path) -> None:
    page = "".join(kesu("check", "--help", folder=city).stdout.decode().split())
    assert f"auto、{'、'.join(FORMAT_NAMES)}；" in page


def test_several_formats_are_saved_in_one_run(city: Path) -> None:
    outputs = [part for name in FORMAT_NAMES for part in ("-o", f"{name}=出.{name}")]
    assert kesu("check", "progress/2024", *outputs, folder=city).returncode == 1
    for name in FORMAT_NAMES:
        assert (city / f"出.{name}").read_bytes()
        printed = kesu("check", "progress/2024", "--format", name, folder=city).stdout
        assert (city / f"出.{name}").read_bytes() == printed


def test_outputs_are_written_whole_and_never_over_what_was_read(city: Path) -> None:
    done = kesu("check", "progress/2024", "-o", "json=a.json", "-o", "table=b.txt", folder=city)
    assert done.returncode == 1
    assert json.loads((city / "a.json").read_text("utf-8"))["format_version"] == "2"
    assert "演示数据" in (city / "b.txt").read_text("utf-8")
    before = (city / "progress" / "2024" / "市教体局.yaml").read_bytes()
    refused = kesu("check", "progress/2024", "-o", "json=progress/2024/市教体局.yaml", folder=city)
    assert refused.returncode == 2
    assert before == (city / "progress" / "2024" / "市教体局.yaml").read_bytes()


def test_an_alias_is_taken_for_its_unit(city: Path) -> None:
    by_name = kesu("report", "--unit", "市教体局", folder=city)
    by_alias = kesu("report", "--unit", "市教育体育局", folder=city)
    assert by_name.stdout == by_alias.stdout
    assert by_name.returncode == 0


def test_explain_shows_formula_operands_and_places(city: Path) -> None:
    page = kesu("explain", "M06-1", folder=city).stdout.decode()
    for words in ("18 名 ÷ 30 名 = 60.00%", "366 ÷ 366 = 100.00%", "-40.00 个百分点", "由团市委计数"):
        assert words in page
    assert re.search(r"progress/2024/市教体局\.yaml:8", page.replace("\n", ""))


def test_a_finding_is_explained_by_its_mark(city: Path) -> None:
    lines = kesu("check", "progress/2024", folder=city).stdout.decode().splitlines()
    missed = next(line for line in lines if "KS301" in line)
    page = kesu("explain", missed[-7:], folder=city).stdout.decode()
    assert "M06-1 培训科技辅导员" in page
    assert "KS301" in page


@pytest.mark.parametrize(
    ("words", "expected"),
    [("kesu report --unit 市教", "市教体局"), ("kesu explain M06", "M06-1"), ("kesu rule KS30", "KS301")],
)
def test_the_shell_completes_units_tasks_and_rules(words: str, expected: str, city: Path) -> None:
    count = len(words.split()) - 1
    done = kesu(folder=city, _KESU_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(count))
    assert expected in done.stdout.decode()


@pytest.mark.parametrize("words", ["kesu report --unit 市教", "kesu explain M06"])
def test_where_there_is_no_plan_the_shell_completes_nothing_and_says_nothing(
    words: str, tmp_path: Path
) -> None:
    count = len(words.split()) - 1
    done = kesu(folder=tmp_path, _KESU_COMPLETE="complete_bash", COMP_WORDS=words, COMP_CWORD=str(count))
    assert (done.stdout.strip(), done.stderr) == (b"", b"")


def test_two_dates_differ_as_the_arithmetic_says(city: Path) -> None:
    def training(as_of: str) -> tuple[str | None, ...]:
        done = kesu("check", "progress/2024", "--as-of", as_of, "--format", "json", folder=city)
        row = next(row for row in json.loads(done.stdout)["standings"] if row["task"] == "M06-1")
        return row["pace"], row["actual"], row["verdict"]

    half_of_366_days = "0.497268"
    assert training("2024-06-30") == (half_of_366_days, None, "unreported")
    assert training("2024-12-31") == ("1", "18", "missed")


def test_a_workbook_is_saved_or_piped(city: Path) -> None:
    done = kesu("check", "progress/2024/", "-o", "xlsx=台账.xlsx", folder=city)
    assert done.returncode == 1
    piped = kesu("check", "progress/2024/", "--format", "xlsx", folder=city)
    assert (city / "台账.xlsx").read_bytes() == piped.stdout


@pytest.mark.parametrize("command", [("check", "progress/2024/"), ("report",)])
def test_a_terminal_gets_a_hint_instead_of_a_binary_format(command: tuple[str, ...], city: Path) -> None:
    said = on_a_terminal(*command, "--format", "docx", folder=city, width=80, errors=subprocess.STDOUT)
    assert said.startswith("错误：docx 不是文字，终端显示不了；请用 -o 存成文件")
    assert "PK" not in said


def test_report_writes_the_notice_of_a_unit(city: Path) -> None:
    done = kesu("report", "--unit", "市科协", "--notice", "-o", "督办单.docx", folder=city)
    assert (done.returncode, done.stderr) == (0, b"")
    piped = kesu("report", "--unit", "市科协", "--notice", "--format", "docx", folder=city)
    assert (city / "督办单.docx").read_bytes() == piped.stdout


def test_a_unit_with_nothing_to_see_to_gets_no_notice(city: Path) -> None:
    early = ("--year", "2024", "--as-of", "2024-03-01")
    done = kesu("report", "--unit", "团市委", *early, "--notice", "-o", "a.docx", folder=city)
    assert done.returncode == 0
    assert done.stderr.decode() == "团市委没有需要办理的事项，没有写督办单\n"
    assert not (city / "a.docx").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--notice",), "督办单要写明给哪个单位"),
        (("--unit", "市科协", "--notice", "--format", "xlsx"), "督办单只有 docx"),
        (("-o", "a.docx"), "请用 --format 写明"),
        (("--unit", "市科协", "--format", "docx", "-o", "a.docx"), "请加 --notice"),
        (("--format", "doc"), "--format 可写"),
        (("--format", "docx", "-o", "没有/a.docx"), "写不了 没有/a.docx"),
        (("--format", "docx", "-o", "plan/units.yaml"), "不能覆盖"),
    ],
)
def test_report_refuses_what_makes_no_sense(arguments: tuple[str, ...], said: str, city: Path) -> None:
    done = kesu("report", *arguments, folder=city)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert not (city / "a.docx").exists()


def test_a_wrong_template_or_plan_ends_with_a_sentence(city: Path) -> None:
    (city / "plan" / "模板").mkdir()
    (city / "plan" / "模板" / "通报.docx").write_bytes(b"nonsense")
    done = kesu("check", "progress/2024/", "-o", "docx=a.docx", folder=city)
    assert done.returncode == 2
    assert "模板 通报.docx 填不了" in done.stderr.decode()
    (city / "plan" / "measures.yaml").write_text("title： 缺\n", "utf-8")
    done = kesu("report", "--format", "docx", folder=city)
    assert done.returncode == 2
    assert "方案读不出来" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
