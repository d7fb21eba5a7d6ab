"""No plan is ever taken silently: a workspace is declared by its plan folder, or founded on request."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kesu_cli.engine.init import new_files
from test_cli import kesu

HERE = Path(__file__).parents[1]
ROOT = HERE.parent
OTHER = HERE / "world" / "plan"
COMMANDS = (
    "check",
    "check progress/2024",
    "report",
    "report --unit 市科协",
    "explain M06-1",
    "calendar",
    "log",
    "fix",
    "close 2024 --by 李某",
    "reopen 2024 --unit 市教体局 --reason 抄错 --by 李某",
    "record --unit 市科协 --task M06-1 --date 2024-01-02 --name 班 --value 1",
    "form export --year 2024 -o 表",
    "plan check",
    "plan show",
    "plan units",
    "init",
)


@pytest.fixture
def city(tmp_path: Path) -> Path:
    made = tmp_path / "市"
    shutil.copytree(OTHER, made / "plan")
    shutil.copytree(HERE / "sample" / "progress", made / "progress")
    git(made, "init", "-q", "-b", "main")
    committed(made, "建")
    return made


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=x", "-c", "user.email=x@example.invalid")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def committed(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)


def measures(city: Path) -> Path:
    return city / "plan" / "measures.yaml"


def renamed(city: Path) -> None:
    measures(city).rename(city / "plan" / "measures.yml")


def a_folder(city: Path) -> None:
    measures(city).unlink()
    measures(city).mkdir()


def a_fifo(city: Path) -> None:
    measures(city).unlink()
    os.mkfifo(measures(city))


def a_dangling_link(city: Path) -> None:
    measures(city).unlink()
    measures(city).symlink_to("没有.yaml")


def a_device(city: Path) -> None:
    measures(city).unlink()
    measures(city).symlink_to("/dev/zero")


def a_folder_that_leads_nowhere(city: Path) -> None:
    shutil.rmtree(city / "plan")
    (city / "plan").symlink_to("没有")


def moved_away(city: Path) -> None:
    (city / "plan").rename(city / "方案")


LOST = (renamed, a_folder, a_fifo, a_dangling_link, a_device, a_folder_that_leads_nowhere, moved_away)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_without_a_plan_says_the_ways_out(command: str, city: Path) -> None:
    moved_away(city)
    done = kesu(*command.split(), folder=city)
    assert (done.returncode, done.stdout) == (2, b"")
    for way in ("kesu init --plan 文件夹", "kesu init --example", "--plan 文件夹"):
        assert way in done.stderr.decode()
    assert len(done.stderr.decode().splitlines()) == 1


@pytest.mark.parametrize("lose", LOST)
def test_a_plan_that_is_lost_is_never_replaced_by_another(lose: Callable[[Path], None], city: Path) -> None:
    lose(city)
    for command in ("check", "report", "record --unit 市科协 --task M06-1 --date 2024-01-02 --name 班"):
        done = kesu(*command.split(), folder=city)
        assert (done.returncode, done.stdout) == (2, b"")
        assert "乐平" not in done.stderr.decode().replace("乐平的示例", "")
        assert "kesu init" in done.stderr.decode()


@pytest.mark.parametrize("lose", LOST)
def test_a_plan_that_is_gone_since_the_revision_is_no_improvement(
    lose: Callable[[Path], None], city: Path
) -> None:
    lose(city)
    done = kesu("check", "--since", "main", folder=city)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "方案" in done.stderr.decode()


@pytest.mark.parametrize("name", ["plan", "plan/measures.yaml", "plan/measures.yml"])
def test_a_plan_that_the_revision_had_not_leaves_nothing_to_compare_with(name: str, city: Path) -> None:
    whole = city.parent / "整"
    shutil.copytree(city / "plan", whole)
    if name == "plan":
        shutil.rmtree(city / "plan")
    else:
        measures(city).rename(city / "plan" / "measures.yml")
    committed(city, "没有方案")
    shutil.rmtree(city / "plan", ignore_errors=True)
    shutil.copytree(whole, city / "plan")
    done = kesu("check", "--since", "main", folder=city)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "那时没有方案" in done.stderr.decode()


@pytest.mark.parametrize("below", ["progress/2024", "progress", "佐证/深/处"])
def test_the_nearest_folder_above_that_holds_a_plan_is_the_workspace(below: str, city: Path) -> None:
    shutil.copytree(ROOT / "plan", city.parent / "plan")
    (city / below).mkdir(parents=True, exist_ok=True)
    assert "示例市" in kesu("plan", "show", folder=city / below).stdout.decode()
    renamed(city)
    assert kesu("plan", "show", folder=city / below).returncode == 2


def test_one_call_may_name_its_plan(city: Path) -> None:
    before = kesu("check", "progress/2024", folder=city)
    moved_away(city)
    after = kesu("check", "progress/2024", "--plan", "方案", folder=city)
    named = before.stdout.replace(b"plan/", "方案/".encode())
    assert sorted(named.splitlines()) == sorted(after.stdout.splitlines())
    assert (before.returncode, b"") == (after.returncode, after.stderr)


def test_the_example_is_founded_with_its_data_and_judged_as_here(tmp_path: Path) -> None:
    founded = kesu("init", "--example", "例", folder=tmp_path)
    assert (founded.returncode, founded.stderr) == (0, b"")
    here, there = (kesu("check", "progress/2024/", folder=folder) for folder in (ROOT, tmp_path / "例"))
    assert (here.returncode, here.stdout) == (there.returncode, there.stdout)
    again = kesu("init", "--example", "例", folder=tmp_path)
    assert "没有写入" in again.stdout.decode()


def test_every_report_of_the_example_says_that_it_is_one(tmp_path: Path) -> None:
    files = new_files(tmp_path, None, example=True)
    reports = {
        name: text for name, text in files.items() if name.endswith(".yaml") and name[0:9] == "progress/"
    }
    assert len(reports) > 200
    assert [name for name, text in reports.items() if b"demo: true" not in text] == []


@pytest.mark.parametrize("own", ["plan/measures.yaml", "progress/2024/市科协.yaml", "progress/2030/新.yaml"])
def test_the_example_is_not_mixed_with_data_of_ones_own(own: str, tmp_path: Path) -> None:
    (tmp_path / own).parent.mkdir(parents=True)
    shutil.copy(OTHER / "measures.yaml", tmp_path / own)
    done = kesu("init", "--example", folder=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert [tmp_path / own] == [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_example_and_a_plan_are_not_asked_for_at_once(tmp_path: Path) -> None:
    done = kesu("init", "--example", "--plan", str(OTHER), folder=tmp_path)
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
