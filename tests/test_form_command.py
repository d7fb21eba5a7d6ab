"""kesu form on the command line: out to a folder, back with a look at the difference, never by surprise."""

import io
import os
import pty
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from form_city import FILE, REPORT, UNIT, lay_out
from test_cli import KESU, kesu


def export(city: Path) -> Path:
    done = kesu("form", "export", "--year", "2024", "--unit", UNIT, "-o", "out", folder=city)
    assert (done.returncode, done.stdout.decode()) == (0, "已导出 1 份填报表到 out（演示数据）\n")
    return city / "out" / f"2024-{UNIT}.xlsx"


def fill(file: Path, **cells: object) -> None:
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    for name, value in cells.items():
        book["台账"][name].value = value
    book.save(file)


ONE_MORE = {"B15": "M06-1 培训科技辅导员", "C15": date(2024, 8, 1), "F15": "二期", "G15": 12}
ADDED = "  - task: M06-1\n    date: 2024-08-01\n    name: 二期\n    value: 12\n"


def test_every_unit_that_reports_gets_a_form(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    done = kesu("form", "export", "--year", "2024", "-o", "out", folder=city)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(list((city / "out").iterdir())) == 7


def test_a_form_that_may_be_filled_in_is_not_written_over(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    form = export(city)
    fill(form, **ONE_MORE)
    filled = form.read_bytes()
    done = kesu("form", "export", "--year", "2024", "-o", "out", folder=city)
    assert (2, filled) == (done.returncode, form.read_bytes())
    assert "已经存在，可能填过了，不会覆盖" in done.stderr.decode()
    assert [form] == list((city / "out").iterdir())


def test_several_units_may_be_named_each_once_and_by_any_of_their_names(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    named = [part for name in ("市科协", "市教体局", "市教育体育局") for part in ("--unit", name)]
    done = kesu("form", "export", "--year", "2024", *named, "-o", "new/folder", folder=city)
    assert (done.returncode, done.stderr) == (0, b"")
    forms = ["2024-市教体局.xlsx", "2024-市科协.xlsx"]
    assert forms == sorted(file.name for file in (city / "new" / "folder").iterdir())


REFUSED = {
    "a unit that isn't": (("--year", "2024", "--unit", "市科技协会", "-o", "out"), "没有单位“市科技协会”"),
    "a unit left blank": (("--year", "2024", "--unit", "", "-o", "out"), "没有单位“”"),
    "a year after the plan": (("--year", "2026", "-o", "out"), "2026 年不在方案的期限内（2021—2025 年）"),
    "no year": (("-o", "out"), "缺少 --year 年度"),
    "no folder": (("--year", "2024"), "缺少 --output 文件夹"),
    "a file for a folder": (("--year", "2024", "-o", "plan/units.yaml"), "建不了文件夹 plan/units.yaml"),
    "a folder where a form goes": (
        ("--year", "2024", "--unit", UNIT, "-o", "taken"),
        f"taken/2024-{UNIT}.xlsx 已经存在",
    ),
    "where nothing can be written": (("--year", "2024", "-o", "/proc/kesu"), "建不了文件夹 /proc/kesu"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_export_that_can_not_be_made_says_why_and_writes_nothing(name: str, tmp_path: Path) -> None:
    arguments, message = REFUSED[name]
    city = lay_out(tmp_path)
    (city / "taken" / f"2024-{UNIT}.xlsx").mkdir(parents=True)
    before = sorted(city.rglob("*"))
    done = kesu("form", "export", *arguments, folder=city)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr.decode()
    assert before == sorted(city.rglob("*"))


def test_the_same_forms_are_the_same_bytes_wherever_and_by_whomever_they_are_made(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    here = {"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
    there = {"TZ": "America/New_York", "LC_ALL": "POSIX", "PYTHONHASHSEED": "2", "PYTHONUTF8": "1"}
    for folder, environment in (("here", here), ("there", there)):
        done = kesu("form", "export", "--year", "2024", "-o", folder, folder=city, **environment)
        assert done.returncode == 0
    made = [
        {file.name: file.read_bytes() for file in (city / folder).iterdir()} for folder in ("here", "there")
    ]
    assert made[0] == made[1]
    assert len(made[0]) == 7


def test_a_file_that_can_not_be_read_does_not_stop_the_others(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    form = export(city)
    done = kesu("form", "import", "gone.xlsx", str(form), folder=city)
    assert done.returncode == 2
    assert "读不了 gone.xlsx" in done.stderr.decode()
    assert f"与 {FILE} 的内容相同，没有变化" in done.stdout.decode()


def test_where_nobody_can_agree_every_difference_is_shown(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    kesu("form", "export", "--year", "2024", "-o", "out", folder=city)
    one, other = city / "out" / f"2024-{UNIT}.xlsx", city / "out" / "2024-团市委.xlsx"
    fill(one, **ONE_MORE)
    fill(other, B9="M06-1", C9=date(2024, 8, 1), F9="二期", G9=12)
    done = kesu("form", "import", str(one), str(other), folder=city)
    assert (done.returncode, done.stdout.decode().count("新增 M06-1")) == (2, 2)
    assert list((city / "progress/2024").iterdir()) == [city / FILE]


def test_a_report_that_can_not_be_read_stops_only_its_own_form(tmp_path: Path) -> None:
    city = lay_out(tmp_path, "unit： x\n")
    done = kesu("form", "export", "--year", "2024", "-o", "out", folder=city)
    assert (done.returncode, len(list((city / "out").iterdir()))) == (1, 6)
    assert f"没有导出 {UNIT}：{FILE} 有读不出来的地方" in done.stderr.decode()


def test_import_shows_the_difference_and_refuses_where_nobody_can_agree(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    form = export(city)
    fill(form, **ONE_MORE)
    done = kesu("form", "import", str(form), folder=city)
    assert (done.returncode, (city / FILE).read_text("utf-8")) == (2, REPORT)
    assert f"{form} → {FILE}（演示数据）：1 处变化\n  新增 M06-1 2024-08-01 二期 12\n" == done.stdout.decode()
    assert "加 --yes 再运行一次" in done.stderr.decode()


def test_import_with_yes_writes_and_a_second_time_changes_nothing(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    form = export(city)
    fill(form, **ONE_MORE)
    assert kesu("form", "import", str(form), "--yes", folder=city).returncode == 0
    text = (city / FILE).read_text("utf-8")
    assert REPORT.replace("nothing_to", f"{ADDED}nothing_to") == text
    again = kesu("form", "import", str(form), folder=city)
    assert (0, f"{form}：与 {FILE} 的内容相同，没有变化\n") == (again.returncode, again.stdout.decode())


def test_a_wrong_form_writes_nothing_and_the_others_go_on(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    kesu("form", "export", "--year", "2024", "-o", "out", folder=city)
    wrong, right = city / "out" / f"2024-{UNIT}.xlsx", city / "out" / "2024-团市委.xlsx"
    fill(wrong, **(ONE_MORE | {"G15": "约12"}))
    fill(right, B9="M06-1", C9=date(2024, 8, 1), F9="二期", G9=12)
    done = kesu("form", "import", str(wrong), str(right), "--yes", folder=city)
    assert (done.returncode, (city / FILE).read_text("utf-8")) == (1, REPORT)
    assert f"{wrong}：有 1 处要改，没有写入\n  台账!G15  “约12”不是确切的数" in done.stdout.decode()
    assert (city / "progress/2024/团市委.yaml").read_text("utf-8").endswith(ADDED)


LATER = "  - task: M06-1\n    date: 2024-09-01\n    name: 三期\n    value: 7\n"
SINCE: dict[str, tuple[str, str, str]] = {
    "an entry that was added": ("nothing_to", f"{LATER}nothing_to", "  M06-1 2024-09-01 三期 7\n"),
    "an entry that was changed": ("value: 18", "value: 19", "  M06-1 2024年7月16日 暑期班 19\n"),
    "a statement that was added": (
        "没有开展}\n",
        "没有开展}\n  - {task: M05-5, reason: 上级没有安排}\n",
        "  无可报送 M05-5：上级没有安排\n",
    ),
    "a note that was changed": ("全年情况见附件", "以附件为准", "  总的说明：以附件为准\n"),
}


@pytest.mark.parametrize("name", SINCE)
def test_what_came_after_the_export_is_not_undone_even_with_yes(name: str, tmp_path: Path) -> None:
    old, new, told = SINCE[name]
    city = lay_out(tmp_path)
    form = export(city)
    fill(form, **ONE_MORE)
    later = REPORT.replace(old, new)
    assert later != REPORT
    (city / FILE).write_text(later, "utf-8")
    for options in (("--yes",), ()):
        done = kesu("form", "import", str(form), *options, folder=city)
        assert (done.returncode, (city / FILE).read_text("utf-8")) == (1, later)
        assert f"导出以后 {FILE} 里又有了下面这些，写入会把它们去掉或改掉\n{told}" in done.stdout.decode()
        assert "请用 kesu form export 重新导出" in done.stderr.decode()


def test_on_a_terminal_what_came_after_the_export_is_named_before_the_question(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    form = export(city)
    (city / FILE).write_text(REPORT.replace("nothing_to", f"{LATER}nothing_to"), "utf-8")
    status, shown = answered("form", "import", str(form), folder=city, answers="是\n".encode())
    assert status == 0
    assert shown.index("  M06-1 2024-09-01 三期 7\n") < shown.index("写入 ")
    assert (city / FILE).read_text("utf-8") == REPORT


def test_a_blank_form_does_not_wipe_what_was_recorded_since(tmp_path: Path) -> None:
    city = lay_out(tmp_path, "")
    form = city / "out" / f"2024-{UNIT}.xlsx"
    kesu("form", "export", "--year", "2024", "--unit", UNIT, "-o", "out", folder=city)
    (city / FILE).write_text(REPORT.replace("demo: true\n", ""), "utf-8")
    done = kesu("form", "import", str(form), "--yes", folder=city)
    assert (done.returncode, (city / FILE).read_text("utf-8")) == (1, REPORT.replace("demo: true\n", ""))
    assert "  报送状态：报送完毕\n" in done.stdout.decode()


def test_what_the_form_itself_held_may_be_taken_out_though_the_file_was_laid_out_otherwise(
    tmp_path: Path,
) -> None:
    city = lay_out(tmp_path)
    form = export(city)
    fill(form, **{f"{letter}14": None for letter in "BCDEFGHIJKLMNOP"})
    (city / FILE).write_text("# 又看过一遍\n" + REPORT, "utf-8")
    done = kesu("form", "import", str(form), "--yes", folder=city)
    assert (done.returncode, "暑期班" in (city / FILE).read_text("utf-8")) == (0, False)


def test_what_was_recorded_since_and_stands_in_the_form_too_is_no_loss(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    form = export(city)
    fill(form, **(ONE_MORE | {"P14": "两天"}))
    (city / FILE).write_text(REPORT.replace("nothing_to", f"{ADDED}nothing_to"), "utf-8")
    done = kesu("form", "import", str(form), "--yes", folder=city)
    assert (done.returncode, done.stdout.decode().count("  修改 M06-1")) == (0, 1)


def test_one_form_after_another_is_read_whatever_became_of_those_before(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    kesu("form", "export", "--year", "2024", "-o", "out", folder=city)
    first, last = (f"out/2024-{unit}.xlsx" for unit in (UNIT, "团市委"))
    fill(city / first, **ONE_MORE)
    fill(city / last, B9="M06-1", C9=date(2024, 8, 1), F9="二期", G9=12)
    (city / FILE).parent.joinpath("团市委.yaml").symlink_to("/proc/version")
    done = kesu("form", "import", "--yes", first, "nope.xlsx", last, folder=city)
    assert done.returncode == 2
    assert "读不了 nope.xlsx" in done.stderr.decode()
    assert (ADDED in (city / FILE).read_text("utf-8"), f"{last}：有 1 处要改" in done.stdout.decode()) == (
        True,
        True,
    )


def test_the_difference_says_all_that_an_entry_holds(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    form = export(city)
    details = {"H15": "名", "M15": "团市委、塔山街道", "N15": "团市委", "P15": "两天", "L15": "办理中"}
    piece = {"Q15": "签到表", "R15": "佐证/a.pdf", "S15": "https://demo.invalid/9", "T15": "原件在办公室"}
    fill(form, **ONE_MORE, **details, **piece, T9="第四章")
    shown = kesu("form", "import", str(form), folder=city).stdout.decode()
    assert (
        "  新增 M06-1 2024-08-01 二期 12；计量单位 名；办理情况 办理中；联合单位 团市委、塔山街道；"
        "由谁计数 团市委；佐证 签到表 佐证/a.pdf https://demo.invalid/9 （原件在办公室）；备注 两天\n"
    ) in shown
    assert "佐证 报告 https://demo.invalid/3 （第三章）、" in shown
    assert " → 报告 https://demo.invalid/3 （第四章）、" in shown


@pytest.mark.parametrize(("answer", "code"), [("是", 0), ("y", 0), ("否", 2), ("不是", 2), ("", 2)])
def test_on_a_terminal_import_asks_first(answer: str, code: int, tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    form = export(city)
    fill(form, **ONE_MORE)
    status, shown = answered("form", "import", str(form), folder=city, answers=f"{answer}\n".encode())
    assert code == status
    assert f"写入 {FILE}？" in shown
    assert (ADDED in (city / FILE).read_text("utf-8")) == (code == 0)


def test_on_a_terminal_record_asks_for_what_is_missing_and_asks_again(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    answers = "市科技协会\n市科协\nM66-1\nM06-1\n2024-02-30\n2024-08-01\n二期\n十二\n12\n\n".encode()
    status, shown = answered("record", folder=city, answers=answers)
    assert status == 0
    for word in (
        "没有单位“市科技协会”",
        "方案里没有任务“M66-1”",
        "这一天不存在",
        "“十二”不是",
        "提示：KS406",
    ):
        assert word in shown
    assert ADDED in (city / FILE).read_text("utf-8")


def test_on_a_terminal_record_asks_which_part_is_covered(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    given = ("--unit", UNIT, "--task", "M30-5", "--date", "2024-08-01", "--name", "一期")
    status, shown = answered("record", *given, folder=city, answers="健康科普行动、防灾减灾日\n\n".encode())
    assert (status, "覆盖哪一部分（安全生产月、防灾减灾日、健康科普行动）" in shown) == (0, True)
    assert "    items: [健康科普行动, 防灾减灾日]\n" in (city / FILE).read_text("utf-8")


def test_on_a_terminal_record_opens_the_file_before_it_asks_on(tmp_path: Path) -> None:
    city = lay_out(tmp_path, REPORT.replace("year:", "year："))
    status, shown = answered("record", "--unit", UNIT, "--date", "2024-08-01", folder=city, answers=b"")
    assert (status, "任务编号" in shown) == (2, False)
    assert "有读不出来的地方" in shown


def test_on_a_terminal_record_asks_again_for_a_year_that_is_closed(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    assert kesu("close", "2024", "--by", "李某", folder=city).returncode == 0
    given = ("--unit", UNIT, "--task", "M06-1", "--name", "二期", "--value", "12")
    status, shown = answered("record", *given, folder=city, answers=b"2024-08-01\n2023-08-01\n\n")
    assert (status, "封存" in shown) == (0, True)
    assert "二期" in (city / "progress/2023/市科协.yaml").read_text("utf-8")


def test_on_a_terminal_record_asks_for_the_evidence_that_the_policy_asks_for(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    (city / "签到表.csv").write_bytes(b"hi\n")
    given = ("--unit", UNIT, "--task", "M06-1", "--date", "2024-08-01", "--name", "二期", "--value", "12")
    status, shown = answered("record", *given, folder=city, answers="没有.pdf\n签到表.csv\n".encode())
    assert (status, "读不了佐证材料 没有.pdf" in shown) == (0, True)
    assert "{kind: 签到表, path: 签到表.csv, sha256: " in (city / FILE).read_text("utf-8")


def test_on_a_terminal_record_stopped_at_a_question_writes_nothing(tmp_path: Path) -> None:
    city = lay_out(tmp_path)
    status, shown = answered("record", folder=city, answers=f"{UNIT}\nM06-1\n".encode())
    assert (status, "没有写入" in shown) == (2, True)
    assert (city / FILE).read_text("utf-8") == REPORT


def answered(*arguments: str, folder: Path, answers: bytes) -> tuple[int, str]:
    """Run kesu on a pseudo terminal, type the answers, and return the exit code and what was shown."""
    master, slave = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "LANG": "C.UTF-8"}
    process = subprocess.Popen(
        [KESU, *arguments], cwd=folder, stdin=slave, stdout=slave, stderr=slave, env=environment
    )
    os.close(slave)
    os.write(master, answers + b"\x04")  # the end of input, so that one question too many does not wait
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(master)
    return process.wait(timeout=60), shown.decode().replace("\r", "")
