"""A closed year: whatever changes later is found, and the commit named."""

import hashlib
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from client import program
from form_city import FILE, UNIT, form_bytes, lay_out
from kesu_cli.cli.clock import today
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.close import NotClosed, close
from kesu_cli.engine.open_workspace import open_workspace
from kesu_cli.engine.since import check_since
from kesu_cli.source.closing import closing_text, read_closing
from kesu_cli.source.workspace import find_workspace
from test_cli import kesu
from test_form_command import ONE_MORE, fill
from test_record import GIVEN, TODAY

CLOSED = "progress/2024/.closed.yaml"


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=办公室", "-c", "user.email=a@demo.invalid", "-c", "init.defaultBranch=main")
    done = subprocess.run([program("git"), *who, *arguments], cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


def commit(city: Path) -> str:
    git(city, "add", "-A")
    git(city, "commit", "-qm", "x")
    return git(city, "rev-parse", "--short=12", "HEAD")


def found(city: Path) -> list[str]:
    report = check(Request((city / "progress" / "2024",), TODAY), "test")
    codes = ("KS606", "KS607", "KS104", "KS105")
    return [f"{it.code} {it.file} {it.message}" for it in report.findings if it.code in codes]


def changed(city: Path, old: str = "value: 18", new: str = "value: 19") -> None:
    text = (city / FILE).read_text("utf-8")
    assert old in text
    (city / FILE).write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def city(tmp_path: Path) -> Path:
    city = lay_out(tmp_path / "city")
    git(city, "init", "-q")
    commit(city)
    done = kesu("close", "2024", "--by", "李某", folder=city)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "6 个单位没有报送：市教体局、" in done.stdout.decode()
    commit(city)
    assert found(city) == []
    return city


def test_one_digit_is_found_and_its_commit_named_through_merges_and_renames(city: Path) -> None:
    git(city, "checkout", "-qb", "side")
    changed(city)
    guilty = commit(city)
    git(city, "checkout", "-q", "main")
    (city / "a.txt").write_text("a")
    commit(city)
    git(city, "merge", "-q", "--no-ff", "-m", "m", "side")
    assert guilty in found(city)[0]
    (city / "deep").mkdir()
    for name in ("plan", "progress"):
        shutil.move(city / name, city / "deep" / name)
    commit(city)
    assert len(found(city / "deep")) == 1
    assert guilty in found(city / "deep")[0]


def test_a_rewritten_file_that_comes_back_is_no_change(city: Path) -> None:
    content = (city / FILE).read_bytes()
    (city / FILE).write_bytes(b"unit: x\n")
    commit(city)
    (city / FILE).write_bytes(content)
    commit(city)
    assert found(city) == []
    changed(city, "value: 18", "value: 81")
    assert commit(city) in found(city)[0]


def test_what_is_not_committed_deleted_added_or_moved_is_told(city: Path) -> None:
    changed(city)
    assert "改动还没有提交" in found(city)[0]
    git(city, "checkout", "-q", ".")
    shutil.copy(city / FILE, city / "progress/2024/塔山街道.yaml")
    (city / FILE).rename(city / "progress/2024/市委宣传部.yaml")
    name = commit(city)
    told = [line for line in found(city) if line.startswith("KS606")]
    assert [name in line for line in told] == [True, True, True]
    assert [CLOSED in line for line in told].count(True) == 1


def test_a_shallow_clone_says_that_it_can_not_tell(city: Path, tmp_path: Path) -> None:
    changed(city)
    commit(city)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{city}", "clone")
    assert "这是浅克隆" in found(tmp_path / "clone")[0]


def test_a_reopened_unit_may_change_until_it_is_closed_again(city: Path) -> None:
    done = kesu("reopen", "2024", "--unit", UNIT, "--reason", "抄错", "--by", "李某", folder=city)
    assert (done.returncode, done.stderr) == (0, b"")
    changed(city)
    assert [line[:5] for line in found(city)] == ["KS607"]
    assert "抄错" in found(city)[0]
    assert kesu("close", "2024", "--by", "李某", folder=city).returncode == 0
    assert found(city) == []
    assert "reason: 抄错" in (city / CLOSED).read_text("utf-8")
    changed(city, "value: 19", "value: 20")
    assert [line[:5] for line in found(city)] == ["KS606"]


def test_a_closing_edited_by_hand_is_found(city: Path) -> None:
    text = (city / CLOSED).read_text("utf-8")
    (city / CLOSED).write_text(text.replace("李某", "王某"), "utf-8")
    name = commit(city)
    assert "封存记录被手工改过" in found(city)[0]
    assert name in found(city)[0]


def test_a_closing_that_can_not_be_read_is_an_error_on_its_line(city: Path) -> None:
    text = (city / CLOSED).read_text("utf-8")
    (city / CLOSED).write_text(text.replace("closed_on", "closed_no"), "utf-8")
    told = found(city)
    assert f"KS104 {CLOSED}" in told[0]


def test_a_year_that_can_not_be_read_is_not_closed(tmp_path: Path) -> None:
    city = lay_out(tmp_path, "unit：a\n")
    done = kesu("close", "2024", "--by", "李某", folder=city)
    assert (done.returncode, FILE in done.stderr.decode()) == (2, True)
    assert not (city / CLOSED).exists()


def test_a_folder_in_place_of_a_file_is_a_change_and_no_crash(city: Path) -> None:
    (city / FILE).unlink()
    (city / FILE).mkdir()
    assert f"KS606 {FILE}" in " ".join(found(city))


def reopened(city: Path, unit: str = UNIT) -> None:
    done = kesu("reopen", "2024", "--unit", unit, "--reason", "抄错", "--by", "李某", folder=city)
    assert (done.returncode, done.stderr) == (0, b"")


def closed_again(city: Path) -> subprocess.CompletedProcess[bytes]:
    return kesu("close", "2024", "--by", "李某", folder=city)


def forged(city: Path) -> None:
    """Close again by hand what was changed: right digests, right seal, no reopening."""
    file, _ = read_closing(find_workspace((city,)), 2024)
    assert file is not None
    digest = hashlib.sha256((city / FILE).read_bytes()).hexdigest()
    rows = tuple(row.model_copy(update={"sha256": digest}) for row in file.files)
    text = closing_text(file.model_copy(update={"files": rows}))
    (city / CLOSED).write_text(text, "utf-8")


def test_a_merge_that_changes_the_file_itself_is_named(city: Path) -> None:
    git(city, "checkout", "-qb", "side")
    (city / "b.txt").write_text("b")
    commit(city)
    git(city, "checkout", "-q", "main")
    (city / "a.txt").write_text("a")
    commit(city)
    git(city, "merge", "-q", "--no-ff", "--no-commit", "side")
    changed(city)
    assert commit(city) in found(city)[0]


def test_a_file_moved_and_changed_in_one_commit_is_found_with_its_commit(city: Path) -> None:
    (city / "deep").mkdir()
    for name in ("plan", "progress"):
        shutil.move(city / name, city / "deep" / name)
    changed(city / "deep")
    name = commit(city)
    (city / "deep/x.txt").write_text("x")
    commit(city)
    assert name in found(city / "deep")[0]


def test_of_two_changes_the_later_is_named_and_undoing_both_is_no_change(city: Path) -> None:
    changed(city)
    changed(city, "暑期班", "暑期训练班")
    commit(city)
    changed(city, "value: 19", "value: 18")
    assert commit(city) in found(city)[0]
    changed(city, "暑期训练班", "暑期班")
    commit(city)
    assert found(city) == []


def test_a_file_replaced_as_a_whole_is_found_with_its_commit(city: Path) -> None:
    text = f"unit: {UNIT}\nyear: 2024\nstatus: complete\nsubmitted: 2025-01-08\n"
    (city / FILE).write_text(text, "utf-8")
    name = commit(city)
    (city / "a.txt").write_text("a")
    commit(city)
    assert name in found(city)[0]


def test_a_closing_that_was_deleted_is_found_with_the_commit_and_gone_once_it_is_back(city: Path) -> None:
    (city / CLOSED).unlink()
    assert ["封存记录被删除：改动还没有提交" in line for line in found(city)] == [True]
    name = commit(city)
    changed(city)
    commit(city)
    told = found(city)
    assert [f"KS606 {CLOSED}" in told[0], f"封存记录被删除：提交 {name}" in told[0]] == [True, True]
    assert f"KS606 {FILE}" in told[1]
    git(city, "checkout", "-q", f"{name}~1", "--", "progress")
    commit(city)
    assert found(city) == []


@pytest.mark.parametrize("is_merge", [False, True])
def test_a_deletion_is_named_through_a_merge_and_of_a_merge_itself(is_merge: bool, city: Path) -> None:
    first = git(city, "rev-parse", "HEAD~1")
    git(city, "checkout", "-qb", "side", first if is_merge else "HEAD")
    if not is_merge:
        (city / CLOSED).unlink()
    (city / "b.txt").write_text("b")
    name = commit(city)
    git(city, "checkout", "-q", "main")
    (city / "a.txt").write_text("a")
    commit(city)
    git(city, "merge", "-q", "--no-ff", "--no-commit", "side")
    if is_merge:
        (city / CLOSED).unlink()
    merge = commit(city)
    assert f"封存记录被删除：提交 {merge if is_merge else name}" in found(city)[0]


def test_a_closing_left_behind_when_its_folder_moved_is_found(city: Path) -> None:
    (city / "deep").mkdir()
    for name in ("plan", "progress"):
        shutil.move(city / name, city / "deep" / name)
    (city / "deep" / CLOSED).unlink()
    name = commit(city)
    assert f"封存记录被删除：提交 {name}" in found(city / "deep")[0]


def test_a_closed_year_deleted_as_a_whole_is_found_where_all_years_are_checked(city: Path) -> None:
    other = city / "progress/2025"
    shutil.copytree(city / "progress/2024", other)
    (other / ".closed.yaml").unlink()
    (other / f"{UNIT}.yaml").write_text(f"unit: {UNIT}\nyear: 2025\nstatus: draft\n", "utf-8")
    shutil.rmtree(city / "progress/2024")
    name = commit(city)
    report = check(Request((city,), TODAY), "test")
    told = [line.message for line in report.findings if line.code == "KS606"]
    assert f"封存记录被删除：提交 {name}" in told[0]


def test_a_closing_made_again_by_hand_with_the_right_seal_is_found_with_its_commit(city: Path) -> None:
    before = (city / CLOSED).read_bytes()
    changed(city)
    forged(city)
    assert ["接不上以前的一版" in line for line in found(city)] == [True]
    name = commit(city)
    assert f"却没有重新开放：提交 {name}" in found(city)[0]
    changed(city, "value: 19", "value: 18")
    (city / CLOSED).write_bytes(before)
    commit(city)
    assert found(city) == []


def test_a_closing_set_back_to_an_earlier_version_is_found(city: Path) -> None:
    before = (city / CLOSED).read_bytes()
    reopened(city)
    commit(city)
    (city / CLOSED).write_bytes(before)
    name = commit(city)
    assert f"少了 {today()} 对{UNIT}的重新开放：提交 {name}" in found(city)[0]


def test_what_was_changed_without_leave_is_not_closed_again(city: Path) -> None:
    reopened(city, "塔山街道")
    changed(city)
    assert [line[:5] for line in found(city)] == ["KS607", "KS606"]
    before = (city / CLOSED).read_bytes()
    done = closed_again(city)
    assert (done.returncode, f"kesu reopen 2024 --unit {UNIT}" in done.stderr.decode()) == (2, True)
    assert before == (city / CLOSED).read_bytes()


def test_a_unit_let_in_twice_is_followed_through_every_version(city: Path) -> None:
    for old, new in (("value: 18", "value: 19"), ("value: 19", "value: 20")):
        reopened(city)
        commit(city)
        changed(city, old, new)
        commit(city)
        assert closed_again(city).returncode == 0
        commit(city)
        assert found(city) == []
    assert (city / CLOSED).read_text("utf-8").count("closed_again") == len(("once", "twice"))


def test_closing_again_where_nothing_changed_writes_nothing_and_says_so(city: Path) -> None:
    before = (city / CLOSED).read_bytes()
    done = kesu("close", "2024", "--by", "王某", folder=city)
    assert (0, before) == (done.returncode, (city / CLOSED).read_bytes())
    assert f"2024 年已由李某于 {today()} 封存，此后没有变化，没有写入" in done.stdout.decode()


@pytest.mark.parametrize(
    ("year", "message"),
    [(str(today().year + 1), "方案期是|还没有过完"), ("2019", "方案期是")],
)
def test_a_year_that_can_not_be_closed_is_refused(year: str, message: str, city: Path) -> None:
    done = kesu("close", year, "--by", "李某", folder=city)
    assert done.returncode == len(("usage", "refused"))
    assert any(words in done.stderr.decode() for words in message.split("|"))


def test_a_year_that_is_not_over_is_not_closed(city: Path) -> None:
    with pytest.raises(NotClosed, match="2024 年还没有过完"):
        close(open_workspace((city,)), 2024, "李某", date(2024, 12, 31))


def test_line_ends_are_no_change_in_a_closed_year(city: Path) -> None:
    for name in (FILE, CLOSED):
        (city / name).write_bytes((city / name).read_bytes().replace(b"\n", b"\r\n"))
    assert found(city) == []


def test_a_checkout_with_windows_line_ends_is_no_change(city: Path, tmp_path: Path) -> None:
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "-q", str(city), "windows")
    assert b"\r\n" in (tmp_path / "windows" / FILE).read_bytes()
    assert found(tmp_path / "windows") == []


def test_a_comparison_across_a_closing_shows_what_came_after_it_as_new(city: Path) -> None:
    changed(city)
    commit(city)
    (city / CLOSED).unlink()
    commit(city)
    for revision, new in (("HEAD~2", 2), ("HEAD~1", 1), ("HEAD", 0), ("HEAD~3", 2)):
        report = check_since(Request((city / "progress/2024",), TODAY), revision, "test", lambda *_: None)
        assert new == sum(finding.code == "KS606" for finding in report.new)


def test_without_a_repository_changes_are_found_and_no_commit_is_named(city: Path) -> None:
    shutil.rmtree(city / ".git")
    assert found(city) == []
    changed(city)
    assert "不在 git 仓库里，查不出是哪次改的" in found(city)[0]
    (city / CLOSED).unlink()
    assert found(city) == []


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda text: text.replace("files:", "files：", 1).encode(), f"KS101 {CLOSED}"),
        (lambda text: b"<<<<<<< HEAD\n" + text.encode(), CLOSED),
        (lambda text: text.encode("gb18030"), f"KS102 {CLOSED}"),
        (lambda text: text.encode() + b"\xff\xfe", CLOSED),
        (lambda _: b"", f"KS110 {CLOSED}"),
    ],
)
def test_a_closing_that_is_broken_is_an_error_in_its_file(
    spoil: Callable[[str], bytes], message: str, city: Path
) -> None:
    (city / CLOSED).write_bytes(spoil((city / CLOSED).read_text("utf-8")))
    done = kesu("check", "progress/2024", folder=city)
    assert all(words in done.stdout.decode() for words in message.split())
    assert b"Traceback" not in done.stderr
    again = closed_again(city)
    assert b"Traceback" not in again.stderr


@pytest.mark.parametrize("command", [("check",), ("fix",), ("form", "import")])
def test_the_closing_itself_is_no_file_for_other_commands(command: tuple[str, ...], city: Path) -> None:
    before = (city / CLOSED).read_bytes()
    done = kesu(*command, CLOSED, folder=city)
    assert (True, before) == (done.returncode > 0, (city / CLOSED).read_bytes())
    assert "内部出错" not in done.stderr.decode()


@pytest.mark.parametrize(
    "file",
    [
        FILE,
        CLOSED,
        "plan/measures.yaml",
        "plan/policy.yaml",
        "plan/waivers.yaml",
        "佐证/调查.csv",
        "佐证/通知.pdf",
    ],
)
def test_nothing_that_a_check_read_is_written_over(file: str, city: Path) -> None:
    for name in ("佐证/调查.csv", "佐证/通知.pdf"):
        (city / name).parent.mkdir(exist_ok=True)
        (city / name).write_text("1", "utf-8")
    (city / "plan/waivers.yaml").write_text("waivers: []\n", "utf-8")
    before = (city / file).read_bytes()
    done = kesu("check", "progress/2024", "-o", f"json={file}", folder=city)
    assert "不能覆盖" in done.stderr.decode()
    assert (2, before) == (done.returncode, (city / file).read_bytes())


def test_the_closing_is_among_the_inputs_with_its_digest(city: Path) -> None:
    inputs = check(Request((city / "progress/2024",), TODAY), "test").inputs
    assert hashlib.sha256((city / CLOSED).read_bytes()).hexdigest() == inputs[CLOSED]


CHANGING = {
    "record": ("record", *GIVEN),
    "fix": ("fix",),
    "form import": ("form", "import", "表.xlsx", "--yes"),
}


@pytest.mark.parametrize("name", CHANGING)
def test_a_closed_year_is_changed_by_no_command_until_its_unit_is_let_in_again(name: str, city: Path) -> None:
    wide = (city / FILE).read_bytes().replace(b"value: 18", "value: １８".encode())
    (city / FILE).write_bytes(wide)
    (city / "表.xlsx").write_bytes(form_bytes(city))
    fill(city / "表.xlsx", **ONE_MORE)
    refused = kesu(*CHANGING[name], folder=city)
    said = refused.stderr.decode()
    assert (refused.returncode, (city / FILE).read_bytes()) == (2, wide)
    assert "2024 年已由李某于 " in said
    assert f"kesu reopen 2024 --unit {UNIT} --reason 理由" in said
    reopened = ("reopen", "2024", "--unit", UNIT, "--reason", "抄错", "--by", "李某")
    assert kesu(*reopened, folder=city).returncode == 0
    assert kesu(*CHANGING[name], folder=city).returncode == 0
    assert wide != (city / FILE).read_bytes()


def test_a_repair_of_a_closed_year_is_shown_and_what_needs_none_is_no_matter(city: Path) -> None:
    assert kesu("fix", folder=city).returncode == 0
    changed(city, new="value: １８")
    shown = kesu("fix", "--diff", folder=city)
    assert (shown.returncode, "+    value: 18" in shown.stdout.decode()) == (0, True)


def test_a_closing_that_was_changed_by_hand_opens_nothing(city: Path) -> None:
    closing = (city / CLOSED).read_text("utf-8")
    for wrong in (closing.replace("李某", "王某"), "closed_by: ["):
        (city / CLOSED).write_text(wrong, "utf-8")
        refused = kesu("record", *GIVEN, folder=city)
        assert (refused.returncode, "请先恢复它" in refused.stderr.decode()) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("reopen", "2024"), "请写明 --unit 单位、--reason 理由"),
        (("reopen", "2024", "--unit", UNIT), "请写明 --reason 理由"),
        (("reopen", "2024", "--unit", UNIT, "--reason", "抄\n错"), "--reason 只写一行文字"),
        (("close", "2024", "--by", "李\a某"), "--by 只写姓名"),
    ],
)
def test_what_is_missing_or_odd_is_named_by_its_option(
    arguments: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    city = lay_out(tmp_path)
    done = kesu(*arguments, folder=city)
    assert done.returncode == 2
    assert said in done.stderr.decode()
    assert not (city / CLOSED).exists()
