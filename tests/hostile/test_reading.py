"""What a workspace holds was put there by somebody else: no file hangs, fills, leaks, or stops the others."""

import ctypes
import hashlib
import json
import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from examples import WORLD

ABOUT_A_GIGABYTE = 1_200_000_000
FILE = "progress/2024/市教体局.yaml"
OTHER = "progress/2024/团市委.yaml"
SECRET = "ghp_SECRET123"
GOOD = """\
unit: 市教体局
year: 2024
status: draft
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 30
"""
PIECE = "    evidence: [{{kind: 签到表, path: {path}}}]\n"
DIGESTED = "    evidence: [{{kind: 签到表, path: {path}, sha256: {digest}}}]\n"
RECORD = (
    "record",
    "--unit",
    "市教体局",
    "--task",
    "M06-1",
    "--date",
    "2024-07-20",
    "--name",
    "二期",
    "--value",
    "3",
)

Make = Callable[[Path], None]


def _as_anybody() -> None:
    """Give up what root alone may: to read what the modes of a file forbid."""
    for capability in (1, 2) if os.geteuid() == 0 else ():  # DAC_OVERRIDE, DAC_READ_SEARCH
        assert ctypes.CDLL(None).prctl(24, capability) == 0  # PR_CAPBSET_DROP, in force from exec on


def kesu(*arguments: str, folder: Path, memory: int = ABOUT_A_GIGABYTE) -> subprocess.CompletedProcess[bytes]:
    """Run kesu with little memory and little time; what breaks down or says nothing is no answer."""

    def confine() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        _as_anybody()

    done = subprocess.run(
        [sys.executable, "-m", "kesu_cli", *arguments],
        cwd=folder,
        capture_output=True,
        timeout=30,
        check=False,
        preexec_fn=confine,
        stdin=subprocess.DEVNULL,
    )
    said = (done.stdout + done.stderr).decode()
    assert said.strip()
    assert "内部出错" not in said
    assert "Traceback" not in said
    assert SECRET not in said
    return done


def _shown(done: subprocess.CompletedProcess[bytes]) -> str:
    """Return what was printed without the breaks of its lines."""
    return "".join((done.stdout + done.stderr).decode().split())


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Lay out a workspace in which one unit, not the one that is attacked, has reported well."""
    folder = tmp_path / "city"
    shutil.copytree(WORLD / "plan", folder / "plan")
    (folder / FILE).parent.mkdir(parents=True)
    (folder / OTHER).write_text("unit: 团市委\nyear: 2024\nstatus: draft\nwrong: 1\n", "utf-8")
    return folder


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_device_of_nothing(path: Path) -> None:
    path.symlink_to("/dev/null")


def a_terminal(path: Path) -> None:
    path.symlink_to("/dev/tty")


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def a_link_to_a_pipe(path: Path) -> None:
    os.mkfifo(path.with_name("管道"))
    path.symlink_to("管道")


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bound:
        there = os.open(path.parent, os.O_RDONLY)  # the name of a socket must be short
        bound.bind(f"/proc/self/fd/{there}/{path.name}")
        os.close(there)


def a_sparse_file(path: Path) -> None:
    path.touch()
    os.truncate(path, 5_000_000_000)


def a_sparse_file_of_a_gigabyte_and_a_half(path: Path) -> None:
    path.touch()
    os.truncate(path, 1_500_000_000)


def a_link_to_a_sparse_file(path: Path) -> None:
    a_sparse_file(path.with_name("大.bin"))
    path.symlink_to("大.bin")


def a_folder(path: Path) -> None:
    path.mkdir()


def a_link_to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def two_links_to_each_other(path: Path) -> None:
    path.symlink_to("乙")
    path.with_name("乙").symlink_to(path.name)


def a_link_through_a_circle(path: Path) -> None:
    path.with_name("圈").symlink_to("圈")
    path.symlink_to("圈/a.yaml")


def a_link_out(path: Path) -> None:
    outside = path
    while outside.name != "city":
        outside = outside.parent
    (outside.parent / "secret.yaml").write_text(f"unit: 市教体局\nyear: 2024\nstatus: {SECRET}\n", "utf-8")
    path.symlink_to(os.path.relpath(outside.parent / "secret.yaml", path.parent))


def an_absolute_link_out(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def a_link_out_that_comes_from_the_kernel(path: Path) -> None:
    path.symlink_to("/proc/self/environ")


NO_FILES: tuple[Make, ...] = (
    a_device,
    a_device_of_nothing,
    a_terminal,
    a_pipe,
    a_link_to_a_pipe,
    a_socket,
    a_sparse_file,
    a_sparse_file_of_a_gigabyte_and_a_half,
    a_link_to_a_sparse_file,
    a_folder,
    a_link_to_itself,
    two_links_to_each_other,
    a_link_through_a_circle,
    a_link_out,
    an_absolute_link_out,
    a_link_out_that_comes_from_the_kernel,
)


@pytest.mark.parametrize("make", NO_FILES)
def test_what_is_no_sound_file_is_named_and_the_other_reports_are_checked(make: Make, city: Path) -> None:
    make(city / FILE)
    done = kesu("check", "progress/2024", folder=city)
    assert done.returncode == 1
    assert f"{FILE}:1" in _shown(done)
    assert "wrong" in _shown(done)


@pytest.mark.parametrize("make", [a_device, a_pipe, a_sparse_file, a_link_out, a_link_to_itself, a_socket])
@pytest.mark.parametrize("name", ["units.yaml", "policy.yaml", "waivers.yaml"])
def test_a_file_of_the_plan_that_is_none_is_named(name: str, make: Make, city: Path) -> None:
    (city / "plan" / name).unlink(missing_ok=True)
    make(city / "plan" / name)
    done = kesu("check", "progress/2024", folder=city)
    assert done.returncode == (1 if name == "waivers.yaml" else 2)
    assert f"plan/{name}:1" in _shown(done)


@pytest.mark.parametrize("make", [a_device, a_pipe, a_sparse_file, a_link_out, a_link_to_itself])
def test_a_closing_that_is_none_is_named(make: Make, city: Path) -> None:
    make(city / "progress/2024/.closed.yaml")
    done = kesu("check", "progress/2024", folder=city)
    assert done.returncode == 1
    assert "progress/2024/.closed.yaml" in _shown(done)
    assert kesu("close", "2024", "--by", "办公室", folder=city).returncode == 2


@pytest.mark.parametrize("make", [a_device, a_pipe, a_link_out, a_link_to_itself, two_links_to_each_other])
def test_evidence_that_is_no_file_is_a_finding_of_its_entry(make: Make, city: Path) -> None:
    (city / "佐证").mkdir()
    make(city / "佐证/表.pdf")
    for piece in (PIECE.format(path="佐证/表.pdf"), DIGESTED.format(path="佐证/表.pdf", digest="a" * 64)):
        (city / FILE).write_text(GOOD + piece, "utf-8")
        done = kesu("check", "progress/2024", folder=city)
        assert done.returncode == 1
        assert "佐证/表.pdf" in _shown(done)
        assert "wrong" in _shown(done)


def test_evidence_of_many_gigabytes_is_digested_in_blocks(city: Path) -> None:
    (city / "佐证").mkdir()
    large = city / "佐证/录像.mp4"
    large.touch()
    os.truncate(large, 2_000_000_000)
    with large.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    (city / FILE).write_text(GOOD + DIGESTED.format(path="佐证/录像.mp4", digest=digest), "utf-8")
    done = kesu("check", "progress/2024", folder=city)
    assert "KS407" not in _shown(done)
    assert "KS408" not in _shown(done)


@pytest.mark.parametrize("make", [a_link_out, an_absolute_link_out, a_device, a_pipe])
@pytest.mark.parametrize(
    "command",
    [
        RECORD,
        ("form", "export", "--unit", "市教体局", "--year", "2024", "-o", "表"),
        ("close", "2024", "--by", "办公室"),
    ],
    ids=["record", "form export", "close"],
)
def test_no_command_takes_or_writes_a_report_that_is_none(
    command: tuple[str, ...], make: Make, city: Path
) -> None:
    make(city / FILE)
    outside = city.parent / "secret.yaml"
    before = outside.read_bytes() if outside.exists() else b""
    assert kesu(*command, folder=city).returncode in {1, 2}
    assert before == (outside.read_bytes() if outside.exists() else b"")


@pytest.mark.parametrize("make", NO_FILES)
def test_fix_says_why_it_left_what_is_no_sound_file_and_mends_the_others(make: Make, city: Path) -> None:
    make(city / FILE)
    outside = city.parent / "secret.yaml"
    before = outside.read_bytes() if outside.exists() else b""
    (city / OTHER).write_text("unit： 团市委\nyear: 2024\nstatus: draft\n", "utf-8")
    done = kesu("fix", "progress/2024", folder=city)
    assert done.returncode == 0
    assert f"{FILE}:1没有改：" in _shown(done)
    assert before == (outside.read_bytes() if outside.exists() else b"")
    assert (city / OTHER).read_text("utf-8").startswith("unit: ")


@pytest.mark.parametrize("target", ["还没有.yaml", "别处/还没有.yaml"])
def test_no_command_makes_a_file_through_a_link_that_leads_out(target: str, city: Path) -> None:
    (city.parent / "别处").mkdir()
    (city / FILE).symlink_to(city.parent / target)
    assert kesu(*RECORD, folder=city).returncode == 2
    assert not (city.parent / target).exists()


def test_no_command_makes_a_file_in_a_folder_that_leads_out(city: Path) -> None:
    elsewhere = city.parent / "别处"
    shutil.move(city / "progress/2024", elsewhere)
    (city / "progress/2024").symlink_to(elsewhere)
    assert kesu(*RECORD, folder=city).returncode == 2
    assert [path.name for path in elsewhere.iterdir()] == [Path(OTHER).name]


@pytest.mark.parametrize("written", ["报告.json", "出/报告.json", "深/出/报告.json"])
def test_no_output_is_written_through_a_link_that_leads_out(written: str, city: Path) -> None:
    elsewhere = city.parent / "别处"
    elsewhere.mkdir()
    link = city / written if written.count("/") == 0 else (city / written).parent
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(elsewhere / "报告.json" if link.name == "报告.json" else elsewhere)
    done = kesu("check", "progress/2024", "-o", f"json={written}", folder=city)
    assert done.returncode == 2
    assert "指到了工作区外面" in _shown(done)
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("target", ["/", "/etc", "/proc/self"])
@pytest.mark.parametrize("name", ["2023", "附件", "2023年"])
def test_a_folder_that_leads_out_is_named_and_not_listed(name: str, target: str, city: Path) -> None:
    (city / "progress" / name).symlink_to(target)
    for paths in (("progress",), ("progress/2024",)):
        done = kesu("check", *paths, folder=city)
        assert done.returncode == 1
        assert f"progress/{name}:1" in _shown(done)
        assert "指到了工作区外面" in _shown(done)
        assert not [inside for inside in ("hostname", "etc/", "cmdline") if inside in _shown(done)]


@pytest.mark.parametrize("path", ["progress/2023", "progress/2023/", "progress/2023/etc"])
def test_a_path_that_leads_out_of_the_workspace_is_refused(path: str, city: Path) -> None:
    (city / "progress/2023").symlink_to("/")
    for command in ("check", "fix"):
        done = kesu(command, path, folder=city)
        assert done.returncode == 2
        assert "指到了工作区外面" in _shown(done)


def test_progress_as_a_whole_is_not_read_through_a_link_that_leads_out(city: Path) -> None:
    shutil.move(city / "progress", city.parent / "别处")
    (city / "progress").symlink_to(city.parent / "别处")
    for path in (".", "progress", "progress/2024"):
        done = kesu("check", path, folder=city)
        assert done.returncode == 2
        assert "wrong" not in _shown(done)


def test_links_that_stay_within_the_workspace_are_followed(city: Path) -> None:
    (city / "共用").mkdir()
    (city / "共用/表.pdf").write_bytes(b"x")
    (city / "佐证").symlink_to("共用")
    shutil.move(city / "plan/units.yaml", city / "共用/units.yaml")
    (city / "plan/units.yaml").symlink_to("../共用/units.yaml")
    (city / "共用/报告.yaml").write_text(GOOD + PIECE.format(path="佐证/表.pdf"), "utf-8")
    (city / FILE).symlink_to("../../共用/报告.yaml")
    shown = _shown(kesu("check", "progress/2024", folder=city))
    assert not [code for code in ("KS110", "KS407", "KS409") if code in shown]
    assert "wrong" in shown


def test_a_plan_of_another_folder_is_a_root_of_its_own(city: Path) -> None:
    shutil.move(city / "plan", city.parent / "方案")
    done = kesu("check", "progress/2024", "--plan", "../方案", folder=city)
    assert "wrong" in _shown(done)
    (city.parent / "方案/policy.yaml").unlink()
    a_link_out_of_the_plan = city.parent / "方案/policy.yaml"
    a_link_out_of_the_plan.symlink_to("../city/" + OTHER)
    done = kesu("check", "progress/2024", "--plan", "../方案", folder=city)
    assert "指到了工作区外面" in _shown(done)


@pytest.mark.parametrize("make", [a_device, a_pipe, a_folder, a_socket, a_link_to_itself])
@pytest.mark.parametrize(
    "command",
    [("plan", "draft", "{}", "-o", "稿"), ("plan", "verify", "{}"), ("form", "import", "{}", "--yes")],
    ids=["draft", "verify", "import"],
)
def test_what_is_given_to_be_read_and_is_no_file_is_refused(
    command: tuple[str, ...], make: Make, city: Path
) -> None:
    make(city / "原文.txt")
    assert kesu(*(part.format("原文.txt") for part in command), folder=city).returncode == 2


@pytest.mark.parametrize("make", [a_device, a_pipe, a_link_out, a_link_to_itself, a_sparse_file])
def test_a_template_that_is_no_file_is_refused(make: Make, city: Path) -> None:
    (city / "plan/模板").mkdir()
    make(city / "plan/模板/通报.docx")
    done = kesu("check", "progress/2024", folder=city)
    assert done.returncode == 2
    assert "plan/模板/通报.docx" in _shown(done)


BROKEN = {
    "a comment": b"# \xe6\xbc\xff\nunit: x\n",
    "the first byte": b"\xff\xffunit: x\n",
    "half a character at the end": b"unit: \xe5\xb8\x82\xe6",
    "between good ones": "unit: 市\n".encode() + b"year: \xff\xfe\n" + "note: 市\n".encode(),
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("file", [FILE, "plan/policy.yaml"])
def test_a_broken_byte_behind_a_mark_is_named_on_its_line(file: str, content: bytes, city: Path) -> None:
    (city / file).write_bytes(b"\xef\xbb\xbf" + content)
    done = kesu("check", "progress/2024", folder=city)
    assert done.returncode in {1, 2}
    assert f"{file}:" in _shown(done)


ESCAPES = [r"\u202e", r"\u200b", r"\u2066", r"\r", r"\u061c", r"\U000e0041", r"\u3164", r"\x85"]


@pytest.mark.parametrize("escape", ESCAPES)
@pytest.mark.parametrize(
    ("file", "text"),
    [
        (FILE, GOOD.replace("暑期科技", '"暑期{}科技').replace("培训班", '培训班"')),
        (FILE, GOOD.replace("2024-07-16", '"2024-07{}-16"')),
        (FILE, GOOD.replace("unit: 市教体局", 'unit: "市教{}体局"')),
        ("plan/waivers.yaml", 'waivers: [{{task: M06-1, reason: "x{}y"}}]\n'),
    ],
    ids=["name", "date", "unit", "waiver"],
)
def test_what_an_escape_hides_is_named_and_not_printed(file: str, text: str, escape: str, city: Path) -> None:
    (city / file).write_text(text.replace("{}", escape).replace("{{", "{").replace("}}", "}"), "utf-8")
    hidden = escape.encode().decode("unicode_escape")
    for form in ("text", "github", "markdown", "html") if escape == ESCAPES[0] else ("text",):
        done = kesu("check", "progress/2024", "--format", form, folder=city)
        assert hidden not in done.stdout.decode()
        assert f"U+{ord(hidden):04X}" in done.stdout.decode()


NAMES = [
    "市教\u202e体局.yaml",
    "市教体局\u200b.yaml",
    "换\n行.yaml",
    "铃\x07.yaml",
    "\udcff.yaml",
    "\u2066.txt",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_name_is_one_finding_shown_as_an_escape(name: str, city: Path) -> None:
    (city / "progress/2024" / name).write_text(GOOD, "utf-8")
    for form in ("text", "github", "markdown", "html", "json"):
        done = kesu("check", "progress/2024", "--format", form, folder=city)
        shown = done.stdout.decode()
        assert done.returncode == 1
        assert not [sign for sign in "\u202e\u200b\x07\u2066" if sign in shown]
        assert "wrong" in shown
    assert shown.count("文件或文件夹的名称里有看不见的字符") == 1
    assert kesu("close", "2024", "--by", "办公室", folder=city).returncode == 2


def test_the_unit_whose_file_has_a_bad_name_is_not_said_to_be_silent(city: Path) -> None:
    (city / "progress/2024/市教\u200b体局.yaml").write_text(GOOD, "utf-8")
    shown = _shown(kesu("report", "--year", "2024", "--unit", "市教体局", folder=city))
    assert "市教\\u200b体局.yaml" in shown


START = "unit: 市教体局\nyear: 2024\nstatus: draft\n"


def _of_rows(row: str, head: str = "entries:\n") -> str:
    """Fill two megabytes with the same row."""
    start = START + head
    return start + row * ((1_900_000 - len(start)) // len(row.encode()))


CROWDED = {
    "empty entries": _of_rows("- {}\n"),
    "bare dashes": _of_rows("-\n"),
    "nothing to report": _of_rows("- {}\n", "nothing_to_report:\n"),
    "evidence": _of_rows("  - {}\n", "entries:\n- task: M06-1\n  evidence:\n"),
    "entries as short as can be": _of_rows("- {task: M06-1, date: 2024-07, name: a}\n"),
    "keys": START + "".join(f"k{number}:\n" for number in range(200_000)),
    "wrong in each of its rows": START + "entries:\n" + "- {}\n" * 90_000,
    "text alone": START + "note: |\n" + "  x\n" * 450_000,
}


@pytest.mark.parametrize("text", CROWDED.values(), ids=CROWDED)
def test_two_megabytes_of_the_least_that_can_be_written_stay_small(text: str, city: Path) -> None:
    (city / FILE).write_text(text, "utf-8")
    done = kesu("check", "progress/2024", folder=city, memory=600_000_000)
    assert done.returncode == 1
    assert "wrong" in _shown(done)


def test_writers_leave_a_file_with_a_bad_name_alone_and_make_none_like_it(city: Path) -> None:
    bad = city / "progress/2024/市教\u200b体局.yaml"
    bad.write_text(GOOD, "utf-8")
    done = kesu(*RECORD, folder=city)
    assert done.returncode == 2
    assert "请改名" in _shown(done)
    assert "没有改" in _shown(kesu("fix", folder=city))
    assert sorted(path.name for path in bad.parent.iterdir()) == sorted([bad.name, Path(OTHER).name])
    assert bad.read_text("utf-8") == GOOD


@pytest.fixture
def barred(city: Path) -> Iterator[Callable[[str], None]]:
    """Lend a way to take the leave to read away, and give it back afterwards."""
    taken: list[Path] = []

    def bar(name: str) -> None:
        taken.append(city / name)
        (city / name).chmod(0)

    yield bar
    for path in taken:
        path.chmod(0o755)


@pytest.mark.parametrize("name", ["progress/2023", "progress/2023/附件", "progress/附件"])
def test_a_folder_that_may_not_be_read_is_named_and_the_others_are_checked(
    name: str, city: Path, barred: Callable[[str], None]
) -> None:
    (city / name).mkdir(parents=True)
    (city / name / "a.yaml").write_text(GOOD, "utf-8")
    barred(name)
    for path in ("progress", "."):
        done = kesu("check", path, folder=city)
        assert done.returncode == 1
        assert f"{name}:1" in _shown(done)
        assert "没有读取它的权限" in _shown(done)
        assert "wrong" in _shown(done)


@pytest.mark.parametrize("name", ["progress", "plan", "progress/2024"])
def test_where_all_that_is_asked_for_may_not_be_read_nothing_is_judged(
    name: str, city: Path, barred: Callable[[str], None]
) -> None:
    barred(name)
    for command in (("check", "progress/2024"), ("close", "2024", "--by", "李某"), RECORD):
        done = kesu(*command, folder=city)
        assert done.returncode == 2
        assert "Errno" not in _shown(done)


@pytest.mark.parametrize("file", [FILE, "plan/units.yaml", "plan/waivers.yaml", "progress/2024/.closed.yaml"])
def test_a_file_that_may_not_be_read_is_named(file: str, city: Path, barred: Callable[[str], None]) -> None:
    (city / file).touch()
    barred(file)
    assert f"{file}:1" in _shown(kesu("check", "progress/2024", folder=city))


@pytest.mark.parametrize("make", [a_sparse_file, a_folder, a_link_out, a_pipe])
@pytest.mark.parametrize("file", [FILE, "plan/waivers.yaml", "progress/2024/.closed.yaml"])
def test_what_could_not_be_read_is_among_what_was_asked_for(file: str, make: Make, city: Path) -> None:
    (city / file).unlink(missing_ok=True)
    make(city / file)
    done = kesu("check", "progress/2024", "--format", "json", folder=city)
    assert json.loads(done.stdout)["inputs"][file] == ""


def test_no_output_is_written_over_a_report_that_is_too_large(city: Path) -> None:
    a_sparse_file(city / FILE)
    done = kesu("check", "progress/2024", "-o", f"json={FILE}", folder=city)
    assert done.returncode == 2
    assert "不能覆盖" in _shown(done)
    assert (city / FILE).stat().st_size == 5_000_000_000


@pytest.mark.parametrize("text", ["waivers: [", "waivers: [{task: M99-9}]\n", "a: b\n"])
def test_waivers_that_cannot_be_read_are_a_fault_of_the_plan_alone_too(text: str, city: Path) -> None:
    (city / "plan/waivers.yaml").write_text(text, "utf-8")
    done = kesu("plan", "check", folder=city)
    assert done.returncode == 1
    assert "plan/waivers.yaml:1" in _shown(done)


LONG = "长" * 3000


@pytest.mark.parametrize(
    "command",
    [
        ("check", LONG),
        ("check", f"progress/{LONG}"),
        ("check", "progress/2024", "--plan", LONG),
        ("check", "progress/2024", "-o", f"json={LONG}"),
        ("fix", LONG),
        ("init", LONG),
        ("init", "新", "--plan", LONG),
        ("plan", "draft", LONG, "-o", "稿"),
        ("plan", "draft", "progress/2024/团市委.yaml", "-o", LONG),
        ("plan", "verify", "--source", LONG),
        ("plan", "diff", LONG, "plan"),
        ("form", "import", LONG),
        ("form", "export", "--year", "2024", "-o", LONG),
        ("schema", "progress", "-o", LONG),
        (*RECORD, "--evidence", LONG),
    ],
    ids=lambda command: " ".join(part[:12] for part in command),
)
def test_a_name_longer_than_any_file_has_is_refused(command: tuple[str, ...], city: Path) -> None:
    assert kesu(*command, folder=city).returncode == 2


@pytest.mark.parametrize("command", ["check {}", "fix {}", "plan draft {} -o 稿", "form import {}"])
@pytest.mark.parametrize("name", ["\udcff\udcfe.yaml", "\udce4.yaml"])
def test_a_name_that_is_no_text_is_an_argument_like_any_other(name: str, command: str, city: Path) -> None:
    path = f"progress/2024/{name}"
    (city / path).write_text(GOOD, "utf-8")
    assert kesu(*command.format(path).split(), folder=city).returncode in {0, 1, 2}
