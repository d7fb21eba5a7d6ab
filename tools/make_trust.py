"""Write docs/trust.md: what was tried against kesu and how much of it held, counted by running the tests.

    python tools/make_trust.py

runs tests/hostile and tests/test_killed.py, which takes a quarter of an hour, and measures what size
costs; with --sizes it only measures, and prints that. Files that come to tests/hostile are counted by
themselves. Nothing in the tables is written by hand but BY_HAND and BEFORE.
"""

import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "trust.md"
TESTS = ("tests/hostile", "tests/test_killed.py")


class Attack(NamedTuple):
    """A class of attacks: which tests try it, by what their file or they themselves are called."""

    title: str
    pattern: str
    what: str


# the first that matches; what matches none is counted under the name of its file
ATTACKS = (
    Attack(
        "大小",
        r"two_megabytes|gigabytes|four_times_as_long|in_one_line|takes_no_(memory|time)|are_not_unpacked",
        "撑大的文件、解开才变大的压缩包、没有尽头的一行",
    ),
    Attack("读进来", r"test_(reading|swapped)::", "链接、管道、设备、坏字节、看不见的字符、没有权限、名称"),
    Attack("打出来", r"test_output::", "关掉的和写满的输出、随时 Ctrl-C、混进来的换行"),
    Attack("工作区", r"test_workspace::", "方案不见了、换了名、读不了、别处也有一份"),
    Attack("副本", r"test_stray_copy::", "“ - 副本”“(1)”、别称、文件名和内容对不上"),
    Attack("git", r"test_hostile_git::", "仓库设置里的程序、嵌套的裸仓库、损坏、浅克隆、别人的仓库"),
    Attack("两个同时写", r"test_two_writers::", "五个写命令两两同时运行，锁被占、被留下、被换掉"),
    Attack("办公文件", r"test_hostile_(forms|documents)::", "损坏的、炸弹、图片、批注、删除线、隐藏、跨度"),
    Attack("佐证", r"test_evidence::", "网址、路径、档案号，空文件，同一份材料换个名"),
    Attack("中途被杀", r"test_killed::", "写命令在写的每一步被强行结束"),
    Attack("yaml-test-suite", r"test_yaml_suite::", "402 个案例，逐个与标准答案对照"),
    Attack("随机改动", r"test_fuzz::", "读进展、方案、填报表、原文，起草；每次运行一小批"),
)


class ByHand(NamedTuple):
    """What takes too long for every run: how much was tried, by what command, when and on which commit."""

    what: str
    tried: str
    held: str
    day: str
    commit: str
    command: str


BY_HAND = (
    ByHand(
        "五个写命令两两同时运行，15 对里的 13 对，每对 200 轮",
        "2,600 轮",
        "2,600 轮",
        "2026-11-30",
        "6a6c978",
        "KESU_PAIRS=200 pytest -n0 tests/hostile/test_two_writers.py",
    ),
    ByHand(
        "各读取器、起草、填报表读进改坏了的输入（另有两处先查出，已改）",
        "2,002,600",
        "2,002,600",
        "2026-11-30",
        "f5c87dc",
        "KESU_FUZZ=100000 pytest -n0 -s tests/hostile/test_fuzz.py",
    ),
)


class Before(NamedTuple):
    """How many cases of these tests the program failed before, at the commit that was reviewed."""

    title: str
    tried: int
    failed: int


REVIEWED = "5c5a00b"
BEFORE = (
    Before("大小", 23, 15),
    Before("读进来", 161, 107),
    Before("打出来", 75, 67),
    Before("工作区", 43, 37),
    Before("副本", 14, 13),
    Before("git", 61, 40),
    Before("两个同时写（9 对，每对 12 轮）", 9, 5),
    Before("办公文件", 98, 61),
    Before("中途被杀", 11, 0),
)

INTRODUCTION = """\
# 试过什么，防住多少

本页由 `python tools/make_trust.py` 运行测试以后写出，请勿手改。
防什么、不防什么见 `SECURITY.md`。

一个“试了”是一次真的动手：造一个坏文件、坏仓库、坏时机，运行 kesu，答案要与事先写下的一样：退出码、
点名的文件、没有多写一个字节。卡住、内存用尽、“内部出错”、Python 的报错，都算没有防住。
"""
OPEN = """\
## 没有防住的，没有试的

没有防住：

- 硬链接：与普通文件分不开，指到工作区外面的也照读。
- 别人的 `.git` 里重写过的历史、强制推送以后不在了的提交：只能由代码托管平台的分支保护来防。
- 没有封存过任何年度的浅克隆：封存记录若在更早的提交里就被删去，看不到，也不提示（有封存的年度时有 KS608）。
- 不在 git 仓库里的工作区：删去 `.closed.yaml` 就看不到曾经封存。
- 方案、规定、单位、豁免改松了：`check --since` 只比进展，改了什么要看 `kesu plan diff`。
- 文件的个数：一个文件多大有限制，一个工作区放多少个文件没有限制。
- Windows 上，打开文件的一瞬间把上级文件夹换成链接：Linux、macOS 逐级打开，Windows 没有这个办法。

没有试：

- Windows、macOS：这些测试只在 Linux 上运行过。
- 网络盘（SMB、NFS）上两台机器同时写：锁用的是网络盘也支持的字节锁，没有在真的网络盘上试。
- 断电：试的是进程被强行结束；写完有 fsync，没有拔过电源。
- WPS、Excel 的窗口本身：表格是用程序和 LibreOffice 做的；`.et` 没有试。
- Python、git、expat、lxml、calamine、python-docx 自己的漏洞。
"""


class Tried(NamedTuple):
    """One case: file::name, how it ended, and what it printed itself."""

    name: str
    ended: str
    said: str


def run_tests() -> list[Tried]:
    """Run the tests, and return every case."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", f"--junitxml={report}"]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(map(str, (ROOT / "src", ROOT / "tests")))}
        subprocess.run(
            [*command, "-o", "junit_logging=system-out", *TESTS], cwd=ROOT, env=environment, check=False
        )
        return [_tried(case) for case in ET.parse(report).iter("testcase")]  # noqa: S314 - pytest's own


def _tried(case: ET.Element) -> Tried:
    file = case.get("classname", "").rpartition(".")[2]
    ended = next((part.tag for part in case if part.tag in ("failure", "error", "skipped")), "held")
    printed = case.findtext("system-out") or ""
    said = [line for line in printed.splitlines() if line.strip() and not line.startswith("---")]
    return Tried(f"{file}::{case.get('name')}", ended, "；".join(said))


def attack_of(name: str) -> Attack:
    """Return the class that a case belongs to."""
    file = name.partition("::")[0]
    return next((it for it in ATTACKS if re.search(it.pattern, name)), Attack(file, re.escape(file), ""))


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Write a table of Markdown."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(str(cell) for cell in row)} |"


def counted(cases: Sequence[Tried]) -> Iterator[str]:
    """Count the cases by class, and name those that did not hold."""
    yield "## 每次测试都试的\n"
    by_attack: dict[Attack, list[Tried]] = {attack: [] for attack in ATTACKS}
    for case in cases:
        by_attack.setdefault(attack_of(case.name), []).append(case)
    rows = [(it.title, it.what, *_sums(of_it)) for it, of_it in by_attack.items() if of_it]
    yield from table(("类", "试的是", "试了", "防住", "跳过"), [*rows, ("**合计**", "", *_sums(cases))])
    if wrong := [case.name for case in cases if case.ended in ("failure", "error")]:
        yield f"\n没有防住的：{'、'.join(f'`{name}`' for name in wrong)}"
    if passed_over := [case.name for case in cases if case.ended == "skipped"]:
        yield f"\n跳过的（这台机器上试不了）：{'、'.join(f'`{name}`' for name in passed_over)}"
    if missing := [it.title for it, of_it in by_attack.items() if not of_it]:
        yield f"\n这次没有试：{'、'.join(missing)}"
    if printed := [case for case in cases if case.said]:
        yield "\n测试自己数的：\n"
        yield from (f"- {case.said}" for case in printed)


def _sums(cases: Sequence[Tried]) -> tuple[int, int, int]:
    skipped = sum(case.ended == "skipped" for case in cases)
    return len(cases) - skipped, sum(case.ended == "held" for case in cases), skipped


def by_hand() -> Iterator[str]:
    """Give the figures of the runs that take too long for every time, and those of the old program."""
    if BY_HAND:
        yield "\n## 手工跑的\n"
        yield from table(
            ("试的是", "试了", "防住", "日期", "提交", "命令"),
            [(*row[:5], f"`{row.command}`") for row in BY_HAND],
        )
    if BEFORE:
        yield f"\n## 改以前\n\n同样的测试，从命令行运行的，拿改以前的程序（{REVIEWED}）跑：\n"
        yield from table(("类", "试了", "没有防住"), BEFORE)


CROWDED = (
    ("- {}", 380_000),
    ("-", 900_000),
    ("- {task: M06-1, date: 2024-07, name: a}", 46_000),
    # as many as are taken: a file may hold 100,000 items, and each of these is four or five
    ("- {task: M06-1, date: 2024-07, name: a}", 24_000),
    ("- {task: M06-1, date: 2024-07, name: a, value: 1}", 19_000),
)
LINES = {"正文": "组织科普活动进校园，每年培训30名科技辅导员，推动资源下沉；加强队伍建设。", "括号": "（"}
LINES |= {"数字": "30名、", "分号": "举办1场活动；"}
LENGTHS = (4_000, 8_000, 16_000, 19_000)
MEASURE = """\
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
PLAN = """\
某市全民科学素质行动实施方案（2021—2025年）

一、重点任务
（一）青少年科学素质提升行动
1．开展科普活动。每年举办5场科普讲座。
{line}
牵头单位：市教体局
责任单位：市科协
"""


def measured(folder: Path, *arguments: str) -> tuple[float, float]:
    """Run kesu, and return the seconds of the processor and the megabytes that it took."""
    command = [sys.executable, "-c", MEASURE, sys.executable, "-m", "kesu_cli", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1000


def sizes() -> Iterator[str]:
    """Measure what a crowded file and a long line cost."""
    yield "\n## 大小\n\n一个进展文件里全是同样的一行，`kesu check progress/2024`：\n"
    with TemporaryDirectory() as made:
        folder = Path(made)
        yield from table(
            ("每一行", "行数", "处理器秒", "内存 MB"), [_crowded(folder, *rows) for rows in CROWDED]
        )
        yield "\n一份方案里有一行很长，`kesu plan draft a.txt -o 稿`（超过 20,000 字的拒绝），处理器秒：\n"
        head = ("一行里是", *(f"{length:,} 字" for length in LENGTHS))
        yield from table(head, [_long(folder, name, text) for name, text in LINES.items()])


def _crowded(folder: Path, row: str, times: int) -> tuple[str, str, str, str]:
    city = folder / "city"
    if not city.exists():
        subprocess.run(["cp", "-r", ROOT / "tests" / "world", city], check=True)
        (city / "progress" / "2024").mkdir(parents=True, exist_ok=True)
    start = "unit: 市教体局\nyear: 2024\nstatus: draft\nentries:\n"
    (city / "progress" / "2024" / "市教体局.yaml").write_text(start + f"{row}\n" * times, "utf-8")
    seconds, megabytes = measured(city, "check", "progress/2024")
    return f"`{row}`", f"{times:,}", f"{seconds:.1f}", f"{megabytes:.0f}"


def _long(folder: Path, name: str, text: str) -> tuple[str, ...]:
    found = [name]
    for length in LENGTHS:
        line = (text * length)[:length]
        (folder / "a.txt").write_text(PLAN.format(line=line), "utf-8")
        found.append(f"{measured(folder, 'plan', 'draft', 'a.txt', '-o', f'{name}{length}')[0]:.1f}")
    return tuple(found)


def where_and_when() -> str:
    """Say what the figures are of."""
    commit, git = _told("log", "-1", "--format=提交 %h（%cs）"), _told("--version").split()[2]
    return f"{commit}，Python {platform.python_version()}，git {git}，{platform.system()}。\n"


def _told(*asked: str) -> str:
    done = subprocess.run(("git", *asked), cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def main() -> None:
    """Run, measure, and write the page."""
    if "--sizes" in sys.argv:
        sys.stdout.writelines(f"{line}\n" for line in sizes())
        return
    cases = run_tests()
    body = (where_and_when(), *counted(cases), *by_hand(), *sizes())
    PAGE.write_text("\n".join((INTRODUCTION, *body, "", OPEN)), "utf-8")
    sys.stdout.write(f"{PAGE.relative_to(ROOT)}: {len(cases)}\n")


if __name__ == "__main__":
    main()
