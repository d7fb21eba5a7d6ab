"""A closed year: whatever changes later is found, and the commit named."""

import shutil
import subprocess
from pathlib import Path

import pytest

from form_city import FILE, UNIT, form_bytes, lay_out
from kesu_cli.engine.check import Request, check
from test_cli import kesu
from test_record import GIVEN, TODAY

CLOSED = "progress/2024/.closed.yaml"


def git(folder: Path, *arguments: str) -> str:
    who = ("-c", "user.name=办公室", "-c", "user.email=a@demo.invalid", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)
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
    assert "市教体局还没有报送" in done.stdout.decode()
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


CHANGING = {
    "record": ("record", *GIVEN),
    "fix": ("fix",),
    "form import": ("form", "import", "表.xlsx", "--yes"),
}


@pytest.mark.parametrize("name", CHANGING)
def test_a_closed_year_is_changed_by_no_command_until_its_unit_is_let_in_again(name: str, city: Path) -> None:
    text = (city / FILE).read_bytes()
    (city / FILE).write_bytes(text.replace(b"value: 18", b"value: 19"))
    (city / "表.xlsx").write_bytes(form_bytes(city))
    wide = text.replace(b"value: 18", "value: １８".encode())
    (city / FILE).write_bytes(wide)
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
