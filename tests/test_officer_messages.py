"""What an officer gets wrong in a file is said on the right line, by its name, with what to write."""

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from examples import TODAY, WORLD
from kesu_cli.engine.check import Request, check
from kesu_cli.model.coded_word import CodedWord
from kesu_cli.model.progress_file import (
    EntryRow,
    EvidenceRow,
    FilingStatus,
    NothingRow,
    Progress,
    ProgressFile,
)
from kesu_cli.model.task_in_plan_file import Kind, Spread, Strength, Tally

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
  - task: M06-1
    date: 2024-11-16
    name: 冬季科技辅导员培训班
    value: 12
    evidence:
      - kind: 签到表
        url: "https://example.invalid/2"
"""
LAST = GOOD[: GOOD.index("    evidence:\n")]
HEAD = "unit: 市教体局\nyear: 2024\nstatus: draft\n"

Told = tuple[int, str, str]


def told(text: str, folder: Path) -> list[Told]:
    """Return line, message and hint of whatever is said of how the file is written."""
    shutil.copytree(WORLD / "plan", folder / "plan")
    (folder / FILE).parent.mkdir(parents=True)
    (folder / FILE).write_text(text, "utf-8")
    report = check(Request((folder,), TODAY, date(2025, 2, 28)), "test")
    about = [found for found in report.findings if found.file == FILE and found.code.startswith("KS1")]
    return [(found.span.line, found.message, found.hint) for found in about]


def changed(old: str, new: str, text: str = GOOD) -> str:
    assert old in text
    return text.replace(old, new, 1)


SLIPS = [
    ("an open quote", changed("name: 暑", 'name: "暑'), 8, "引号没有配对"),
    ("an open quote at the end", changed('invalid/2"', "invalid/2"), 17, "引号没有配对"),
    ("an open quote in braces", changed('invalid/1"', "invalid/1"), 10, "引号没有配对"),
    ("no space behind the dash", changed("- task", "-task"), 6, "短横 - 后面没有空格"),
    ("no space behind any dash", GOOD.replace("- task", "-task"), 6, "短横 - 后面没有空格"),
    ("nothing but a dash without space", f"{HEAD}entries:\n  -task: M06-1\n", 5, "短横 - 后面没有空格"),
    ("a full-width dash", changed("- task", "－ task"), 6, "短横是中文（全角）的"),
    ("nothing but long dashes", GOOD.replace("- task", "— task"), 6, "短横是中文（全角）的"),
    ("full-width spaces", changed("    date", "　　date"), 7, "中文（全角）空格"),
    ("a full-width space behind the dash", changed("- task", "-　task"), 6, "中文（全角）空格"),
    ("a key that lost its indentation", changed("    date", "date"), 7, "date 这一行的缩进比上一行少"),
    ("a key that lost half of it", changed("    date", "  date"), 7, "date 这一行的缩进比上一行少"),
    ("the last key without it", changed("    value: 12", "value: 12", LAST), 14, "value 这一行没有缩进"),
    ("a list without it", changed("    evidence:\n", "evidence:\n"), 15, "evidence 这一行没有缩进"),
    ("a Chinese colon", changed("    value: 30", "    value：30"), 9, "冒号是中文的"),
    ("a Chinese colon at the end", changed("value: 12", "value：12", LAST), 14, "冒号是中文的"),
    ("no space behind the colon", changed("value: 12", "value:12", LAST), 14, "冒号后面没有空格"),
]


@pytest.mark.parametrize(("text", "line", "words"), [pytest.param(*row[1:], id=row[0]) for row in SLIPS])
def test_a_slip_of_the_keyboard_is_the_only_thing_said_and_on_its_line(
    text: str, line: int, words: str, tmp_path: Path
) -> None:
    ((found, message, hint),) = told(text, tmp_path)
    assert (found, words in message) == (line, True)
    assert hint


SHAPES = [
    (changed("2024-07-16", ""), 7, "date（日期）没有填写", "请写成 date: 2024-07-16"),
    (changed("value: 30", "value:"), 9, "value（数值）没有填写", "请写成 value: 18；不需要的，整行删去"),
    (
        changed('url: "https://example.invalid/1"', "path: "),
        10,
        "path（文件路径）没有填写",
        "请写成 path: 佐证/2024/签到表.pdf；不需要的，整行删去",
    ),
    (
        changed("name: 暑期", "name: #3 暑期"),
        8,
        "name（名称）没有填写（后面的“#3 暑期科技辅导员培训班”成了注释）",
        '以 # 开头的是注释，不算填写；就是要写 # 的，请加英文引号，例如 "#3 暑期科技辅导员培训班"',
    ),
    (
        changed("    date: 2024-07-16\n", ""),
        6,
        "缺少 date（日期）",
        "请补上一行“date: 2024-07-16”",
    ),
    (
        changed("status: complete", "status: 报送完毕"),
        3,
        "status（报送状态）写的是“报送完毕”，不在可选范围内",
        "请写成 status: complete；这里可以写：draft（草稿）、complete（报送完毕）",
    ),
    (
        changed("    name: 暑", "    名称: 暑"),
        8,
        "“名称”要写成英文的 name",
        "请改成“name: 暑期科技辅导员培训班”这样的形式",
    ),
    (
        changed('[{kind: 签到表, url: "https://example.invalid/1"}]', "签到表"),
        10,
        "evidence（佐证材料）应是列表，每一项以“- ”开头，或写在方括号里",
        "例如 evidence: [{kind: 签到表, path: 佐证/2024/签到表.pdf}]",
    ),
    (
        changed('[{kind: 签到表, url: "https://example.invalid/1"}]', "[签到表]"),
        10,
        "evidence（佐证材料）应是一组“键: 值”",
        "例如 evidence: [{kind: 签到表, path: 佐证/2024/签到表.pdf}]",
    ),
    (
        f"{HEAD}entries: 无\n",
        4,
        "entries（条目）应是列表，每一项以“- ”开头，或写在方括号里",
        "另起一行写“  - task: M06-1”，下面各行与 task 对齐",
    ),
    (
        f"{HEAD}nothing_to_report: [M05-5]\n",
        4,
        "nothing_to_report（无可报送的任务）应是一组“键: 值”",
        "例如 nothing_to_report: [{task: M05-5, reason: 本年度上级未安排}]",
    ),
    (
        changed("2024-07-16", "2024-13-16"),
        7,
        "“2024-13-16”的月份是 13，月份只有 1—12",
        "请核对",
    ),
    (
        changed("2024-07-16", "2024-07-08至2024-07-12"),
        7,
        "“2024-07-08至2024-07-12”是一段日期",
        "起止日期请写成 {from: 2024-07-08, to: 2024-07-12}",
    ),
    (
        changed("M06-1", "M06-11"),
        6,
        "方案里没有任务“M06-11”；是否应为“M06-1”（培训科技辅导员）？",
        "请核对任务编号；这里的任务有：M06-1 培训科技辅导员、M06-2 加强新科技知识培训",
    ),
    (
        changed("M06-1", "培训科技辅导员"),
        6,
        "方案里没有任务“培训科技辅导员”；是否应为“M06-1”（培训科技辅导员）？",
        "请核对任务编号；用 kesu plan show 可列出全部任务",
    ),
]


@pytest.mark.parametrize(("text", "line", "message", "hint"), SHAPES, ids=[row[2][:20] for row in SHAPES])
def test_what_is_missing_or_misshapen_is_named_with_what_to_write(
    text: str, line: int, message: str, hint: str, tmp_path: Path
) -> None:
    assert [(line, message, hint)] == told(text, tmp_path)


def test_a_note_that_only_looks_like_a_slip_is_left_alone(tmp_path: Path) -> None:
    note = "    note: |\n      value：说明里的冒号\n      -task:也是说明\n"
    assert told(changed("    value: 30\n", f"    value: 30\n{note}"), tmp_path) == []


@pytest.mark.parametrize("row", [ProgressFile, EntryRow, EvidenceRow, NothingRow])
def test_every_key_of_a_report_has_a_chinese_word_and_an_example(
    row: type[ProgressFile | EntryRow | EvidenceRow | NothingRow],
) -> None:
    bare = [name for name, info in row.model_fields.items() if not (info.title and info.examples)]
    assert bare == []
    titles = [info.title for info in row.model_fields.values()]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("kind", [FilingStatus, Progress, Kind, Strength, Tally, Spread])
def test_every_code_has_its_own_chinese_words(kind: type[CodedWord]) -> None:
    words = [word for member in kind for word in member.words]
    assert len(set(words)) == len(words)
    assert all(re.search(r"[\u4e00-\u9fff]", member.word) for member in kind)


@pytest.mark.parametrize(
    ("arguments", "words", "command"),
    [
        (("chek",), "没有命令 chek；是否应为 check？", "kesu"),
        (("plan", "shw"), "没有命令 shw；是否应为 show？", "kesu plan"),
        (("zzz",), "没有命令 zzz", "kesu"),
        (("check", "--fromat", "x"), "没有选项 --fromat；是否应为 --format？", "kesu check"),
        (("report", "市教体局"), "多写了 市教体局；单位请写成 --unit 市教体局", "kesu report"),
    ],
)
def test_an_unknown_word_on_the_command_line_is_said_in_clean_chinese(
    arguments: tuple[str, ...], words: str, command: str
) -> None:
    kesu = Path(sys.executable).with_name("kesu")
    done = subprocess.run([kesu, *arguments], capture_output=True, timeout=60, check=False)
    expected = f"错误：{words}\n用法说明请看：{command} --help\n"
    assert (done.returncode, done.stderr.decode()) == (2, expected)
