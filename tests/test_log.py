"""kesu log, on repositories with merges, renames, rewritten files and plans, and on a shallow clone."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from rich.cells import cell_len

from kesu_cli.engine.check import Request, check
from kesu_cli.engine.explain import UnknownSubject
from kesu_cli.engine.judged_years import NothingToCheck
from kesu_cli.engine.log import LogRequest, log
from kesu_cli.log import Log, LogLine
from kesu_cli.model.unit import UnknownUnit
from kesu_cli.render.json import log_v2
from kesu_cli.render.json.json_base import written
from kesu_cli.render.terminal import log_page as page
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.source.git import GitError
from past_city import committed, founded, report
from test_formats import golden
from test_git import git

ROOT = Path(__file__).parent.parent
KESU = Path(sys.executable).with_name("kesu")
TODAY = date(2026, 11, 24)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Two lines of work that are merged, a file renamed and rewritten, the workspace moved, a new target."""
    folder = founded(tmp_path / "仓库")
    report(folder, "市教体局", 10)
    committed(folder, "印发方案，一月数据", "2024-02-01")
    git(folder, "checkout", "-q", "-b", "团市委")
    report(folder, "团市委", 5)
    committed(folder, "团市委数据", "2024-03-01")
    git(folder, "checkout", "-q", "main")
    report(folder, "市教体局", 10, 8)
    committed(folder, "二月数据", "2024-03-15")
    git(folder, "merge", "-q", "--no-ff", "-m", "合并团市委", "团市委", when="2024-04-05T12:00:00+08:00")
    (folder / "说明.txt").write_text("不是数据", encoding="utf-8")
    committed(folder, "与数据无关", "2024-04-20")
    git(folder, "mv", "progress/2024/市教体局.yaml", "progress/2024/市教育体育局.yaml")
    committed(folder, "文件改名", "2024-05-01")
    report(folder, "市教体局", 1, 2, 3, 20, file="市教育体育局")
    committed(folder, "整份重报", "2024-06-01")
    (folder / "数据" / "科素").mkdir(parents=True)
    git(folder, "mv", "plan", "progress", "数据/科素")
    committed(folder, "移到子文件夹", "2024-07-01")
    home = folder / "数据" / "科素"
    measures = home / "plan" / "measures.yaml"
    measures.write_text(measures.read_text("utf-8").replace("at_least: 30", "at_least: 40"), encoding="utf-8")
    committed(folder, "目标提高到 40", "2024-08-01")
    return home


def followed(folder: Path, task: str = "M06-1", unit: str = "", year: int | None = None) -> Log:
    return log(Request((folder,), TODAY), LogRequest(task, unit, year), "test")


def course(found: Log) -> list[tuple[str, str, str, str]]:
    (line,) = found.lines
    return [
        (moment.day.isoformat(), str(s.actual), str(s.target), s.word) if s else (str(moment.day), "", "", "")
        for moment, s in zip(found.commits, line.standings, strict=True)
    ]


def test_each_commit_is_judged_by_its_own_tree_and_plan_on_its_own_day(city: Path) -> None:
    expected = [
        ("2024-02-01", "10", "30", "达进度"),
        ("2024-03-15", "18", "30", "达进度"),
        ("2024-04-05", "23", "30", "达进度"),
        ("2024-05-01", "23", "30", "达进度"),
        ("2024-06-01", "31", "30", "达标"),
        ("2024-07-01", "31", "30", "达标"),
        ("2024-08-01", "31", "40", "达进度"),
    ]
    assert expected == course(followed(city))


def test_a_commit_stands_as_check_said_on_that_day(city: Path, tmp_path: Path) -> None:
    found = followed(city)
    for moment, then in zip(found.commits, found.lines[0].standings, strict=True):
        tree = tmp_path / moment.commit
        git(city, "worktree", "add", "-q", "--detach", str(tree), moment.commit)
        home = tree / "数据" / "科素" if (tree / "数据").exists() else tree
        judged = check(Request((home,), moment.day), "test").standings
        now = [s for s in judged if s.task.id == "M06-1" and s.window.label == "2024年"]
        assert [(s.actual, s.completion, s.pace, s.word) for s in now] == [
            (s.actual, s.completion, s.pace, s.word) for s in (then,) if s
        ]


def test_where_the_plan_changed_is_said(city: Path) -> None:
    changed = {m.subject: m.plan_changed for m in followed(city).commits if m.plan_changed}
    assert changed == {"目标提高到 40": ("measures.yaml",)}


def test_by_month_the_last_commit_of_a_month_speaks(city: Path) -> None:
    found = log(Request((city,), TODAY), LogRequest("M06-1", monthly=True), "test")
    days = [moment.day for moment in found.commits]
    assert days == [
        date(2024, month, day) for month, day in ((2, 1), (3, 15), (4, 5), (5, 1), (6, 1), (7, 1), (8, 1))
    ]
    report(city, "团市委", 5, 5)
    committed(city, "月底又报", "2024-08-31")
    found = log(Request((city,), TODAY), LogRequest("M06-1", monthly=True), "test")
    assert [moment.day for moment in found.commits] == [*days[:-1], date(2024, 8, 31)]


def test_a_day_is_that_of_china(city: Path) -> None:
    report(city, "团市委", 9)
    git(city, "add", "-A")
    git(city, "commit", "-q", "-m", "深夜", when="2024-08-31T16:30:00+00:00")
    assert followed(city).commits[-1].day == date(2024, 9, 1)


def test_a_shallow_clone_says_where_its_history_ends(city: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    top = git(city, "rev-parse", "--show-toplevel")
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{top}", str(clone))
    found = followed(clone / "数据" / "科素")
    assert not found.complete
    assert [moment.subject for moment in found.commits] == ["移到子文件夹", "目标提高到 40"]
    said = "".join(to_bytes(page.layout(found)).decode().split())
    assert "这是浅克隆" in said
    assert "（2024-07-01）以前的历史不在本机" in said
    assert "gitfetch--unshallow" in said
    assert followed(city).complete


def test_a_commit_that_can_not_be_judged_is_named_with_the_reason(city: Path) -> None:
    units = city / "plan" / "units.yaml"
    good = units.read_text("utf-8")
    units.write_text("units: [", encoding="utf-8")
    committed(city, "改坏了", "2024-09-01")
    units.write_text(good, encoding="utf-8")
    committed(city, "改好了", "2024-09-02")
    found = followed(city)
    assert [m.unjudged for m in found.commits[-3:]] == ["", "方案读不出来", ""]
    assert [s is None for s in found.lines[0].standings[-3:]] == [False, True, False]
    assert "方案读不出来" in to_bytes(page.layout(found)).decode()


def test_a_waived_standing_is_waived_at_the_commits_that_knew_the_waiver(city: Path) -> None:
    report(city, "市教体局", 1, file="市教育体育局")
    committed(city, "年底", "2025-01-05")
    waiver = "{task: M06-1, unit: 市教体局, reason: 停课, document: 示例府办〔2025〕1号,"
    (city / "plan" / "waivers.yaml").write_text(
        f"waivers:\n  - {waiver} approved_by: 示例市人民政府, until: 2025-12-31}}\n", encoding="utf-8"
    )
    committed(city, "豁免", "2025-01-06")
    words = [s.word for s in followed(city, year=2024).lines[0].standings if s]
    assert words[-2:] == ["未达标", "已豁免"]
    assert followed(city, year=2024).commits[-1].plan_changed == ("waivers.yaml",)


def test_a_unit_is_followed_under_any_of_its_names(city: Path) -> None:
    found = followed(city, "", "市教育体育局")
    assert found.subject == "市教体局"
    assert {"市教体局"} == {
        unit for line in found.lines for s in line.standings if s for unit in s.task.answering(s.unit)
    }


@pytest.mark.parametrize(
    ("quest", "refusal"),
    [
        (LogRequest("M99-9"), UnknownSubject),
        (LogRequest(unit="市交通局"), UnknownUnit),
        (LogRequest("M06-1", year=1999), NothingToCheck),
    ],
)
def test_what_no_commit_knew_is_refused(city: Path, quest: LogRequest, refusal: type[Exception]) -> None:
    with pytest.raises(refusal, match="没有"):
        log(Request((city,), TODAY), quest, "test")


def test_outside_a_repository_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    founded(tmp_path / "x")
    git(tmp_path, "-C", "x", "rev-parse", "--git-dir")
    (tmp_path / "x" / ".git").rename(tmp_path / "gone")
    report(tmp_path / "x", "市教体局", 1)
    with pytest.raises(GitError, match="不在 git 仓库里"):
        followed(tmp_path / "x")
    done = subprocess.run([KESU, "log"], cwd=tmp_path / "x", capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "不在 git 仓库里" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_in_a_repository_without_commits_there_is_nothing_to_follow(tmp_path: Path) -> None:
    folder = founded(tmp_path / "x")
    with pytest.raises(GitError, match="没有版本"):
        followed(folder)


def without_hashes(text: str, found: Log) -> bytes:
    for number, moment in enumerate(found.commits):
        text = text.replace(moment.commit, f"{number:040}").replace(moment.commit[:7], f"{number:07}")
    return text.encode()


def test_the_pages_write_their_golden_bytes_at_80_columns(city: Path) -> None:
    for name, found, layout in (
        ("log-task-80.txt", followed(city), page.layout),
        ("log-all-80.txt", followed(city, ""), page.layout),
        ("log-sparkline-80.txt", followed(city, "", "市教体局"), page.sparklines),
    ):
        content = without_hashes(to_bytes(layout(found), 80).decode(), found)
        assert golden(name, content) == content
        assert max(cell_len(line) for line in content.decode().splitlines()) <= 80


def test_the_json_holds_to_its_published_schema(city: Path) -> None:
    found = followed(city)
    content = written(log_v2.public(found))
    schema = json.loads((ROOT / "docs" / "log-v2.schema.json").read_text("utf-8"))
    document = json.loads(content)
    jsonschema.Draft202012Validator(schema).validate(document)
    assert written(log_v2.public(followed(city))) == content
    plain = without_hashes(content.decode(), found)
    assert golden("log.json", plain) == plain


def test_the_command_writes_what_the_engine_found(city: Path) -> None:
    done = subprocess.run(
        [KESU, "log", "--task", "m06-1", "--format", "json"],
        cwd=city,
        capture_output=True,
        timeout=60,
        check=True,
    )
    document = json.loads(done.stdout)
    assert [point["actual"] for point in document["lines"][0]["points"]] == [
        s for _, s, _, _ in course(followed(city))
    ]
    assert document["complete"] is True


def test_of_the_whole_city_the_figures_stand_alone_and_the_rest_in_sum(city: Path) -> None:
    found = followed(city, task="")
    text = to_bytes(page.layout(found)).decode()
    figures, actions = text.split("有数量和频次要求的任务 ")[1].split("各项行动 ")
    assert "M06-1 培训科技辅导员" in figures
    assert "M06-2" not in text
    counted = [row.split()[-1].split("/") for row in actions.splitlines() if "/" in row]
    met = sum(line.latest.word == "达标" for line in found.lines)
    assert (met, len(found.lines)) == tuple(sum(map(int, numbers)) for numbers in zip(*counted, strict=True))
    assert text.split("有数量和频次要求的任务 ")[1] in to_bytes(page.sparklines(found)).decode()


def test_a_task_that_the_plan_has_no_more_is_counted_and_not_listed(city: Path) -> None:
    measures = city / "plan" / "measures.yaml"
    before = followed(city, task="", unit="市教体局")
    text = measures.read_text("utf-8").replace("id: M06-1", "id: M06-8").replace("id: M06-2", "id: M06-9")
    measures.write_text(text, encoding="utf-8")
    committed(city, "改了编号", "2024-09-01")
    found = followed(city, task="", unit="市教体局")
    assert len(found.lines) == len(before.lines) + 2 > 6
    text = to_bytes(page.layout(found)).decode()
    assert "另有 2 项次，现在的方案里已经没有，不列" in text
    assert "M06-1" not in text
    assert "M06-2" not in text


def test_where_nothing_changed_a_sentence_stands_for_the_table(city: Path) -> None:
    found = log(Request((city,), TODAY), LogRequest(unit="市教体局"), "test")
    lines = tuple(LogLine(one.standings[:1]) for one in found.lines) * 2
    text = to_bytes(page.layout(replace(found, commits=found.commits[:1], lines=lines))).decode()
    assert f"没有：{len(lines)} 项次的完成数和判定都没有变化" in text
    assert "最近" not in text


def test_the_subject_of_a_commit_is_not_squeezed_on_a_narrow_page(city: Path) -> None:
    subject = "数据改动较多，说明写得很长，八十列也要看得清楚"
    report(city, "团市委", 20)
    committed(city, subject, "2024-09-01")
    for task in ("", "M06-1"):
        lines = to_bytes(page.layout(followed(city, task=task)), 80).decode().splitlines()
        assert [line for line in lines if subject in line]
