"""kesu init: a whole workspace in any folder, and never a byte of what is there already."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from client import program
from form_city import HERE
from kesu_cli.engine.init import new_files
from test_cli import kesu

PLAN = HERE.parent / "plan"
OTHER = HERE / "world" / "plan"
FOUND = ("init", "--plan", str(PLAN))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [program("git"), "-c", "core.quotePath=false", *arguments],
        cwd=folder,
        capture_output=True,
        check=False,
    )
    return done.stdout.decode()


def test_an_empty_folder_becomes_a_workspace_with_the_plan_that_is_named(tmp_path: Path) -> None:
    done = kesu(*FOUND, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    made = contents(tmp_path)
    assert new_files(tmp_path, PLAN).keys() <= made.keys()
    for name in ("measures.yaml", "units.yaml", "policy.yaml"):
        assert (PLAN / name).read_bytes() == made[f"plan/{name}"].partition(b"\n")[2]
    assert [f"progress/{year}/.gitkeep" for year in range(2021, 2026)] == sorted(
        name for name in made if name.startswith("progress/")
    )


def test_the_new_workspace_can_be_used_at_once(tmp_path: Path) -> None:
    kesu(*FOUND, folder=tmp_path)
    check = kesu("check", folder=tmp_path)
    assert (check.returncode, check.stderr) == (1, b"")
    assert "没有报送 2024 年度报告" in check.stdout.decode()
    assert kesu("check", "progress/2025", "--as-of", "2025-06-30", folder=tmp_path).returncode == 0
    plan = kesu("plan", "check", folder=tmp_path)
    assert (plan.returncode, "错误 0" in plan.stdout.decode()) == (0, True)
    form = kesu("form", "export", "--year", "2025", "--unit", "市科协", "-o", "填报表", folder=tmp_path)
    assert (form.returncode, (tmp_path / "填报表/2025-市科协.xlsx").is_file()) == (0, True)


def test_the_first_entry_recorded_in_a_new_workspace_is_judged(tmp_path: Path) -> None:
    kesu(*FOUND, folder=tmp_path)
    entry = ("--task", "M06-2", "--date", "2024-07-16", "--name", "教师培训")
    assert kesu("record", "--unit", "市教体局", *entry, folder=tmp_path).returncode == 0
    assert kesu("check", "progress/2024", folder=tmp_path).returncode == 1


def test_a_second_run_writes_nothing_and_says_what_is_there(tmp_path: Path) -> None:
    kesu(*FOUND, folder=tmp_path)
    before = contents(tmp_path)
    done = kesu("init", folder=tmp_path)
    assert (done.returncode, before) == (0, contents(tmp_path))
    assert f"已有，没有动（{len(before)}）" in done.stdout.decode()
    assert "该有的都有了，没有写入" in done.stdout.decode()


def test_what_is_there_already_stays_as_it_is_and_the_rest_is_added(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("我们自己的\n", "utf-8")
    (tmp_path / "CODEOWNERS").symlink_to("没有这个文件")
    done = kesu(*FOUND, folder=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "README.md").read_text("utf-8") == "我们自己的\n"
    assert (tmp_path / "CODEOWNERS").readlink() == Path("没有这个文件")
    assert "已有，没有动（2）：\n  README.md\n  CODEOWNERS\n" in done.stdout.decode()
    assert (tmp_path / "plan/measures.yaml").is_file()


def test_another_city_brings_its_plan_but_not_its_waivers(tmp_path: Path) -> None:
    other = shutil.copytree(OTHER, tmp_path / "我市方案")
    (other / "waivers.yaml").write_text("waivers: []  # 别处的\n", "utf-8")
    city = tmp_path / "数据"
    done = kesu("init", "数据", "--plan", "我市方案", folder=tmp_path)
    assert done.returncode == 0
    assert (OTHER / "units.yaml").read_bytes() == (city / "plan/units.yaml").read_bytes().partition(b"\n")[2]
    assert "别处的" not in (city / "plan/waivers.yaml").read_text("utf-8")
    assert kesu("plan", "check", folder=city).returncode in (0, 1)
    assert kesu("plan", "units", folder=city).returncode == 0


def test_a_plan_that_is_there_already_stays_the_plan(tmp_path: Path) -> None:
    shutil.copytree(OTHER, tmp_path / "plan")
    before = contents(tmp_path)
    done = kesu("init", "--plan", str(PLAN), folder=tmp_path)
    assert done.returncode == 0
    assert "没有用 --plan 指的那一份" in done.stderr.decode()
    after = contents(tmp_path)
    assert before == {name: after[name] for name in before}
    title = after["README.md"].decode().splitlines()[0]
    assert "乐平" not in title


def test_two_plans_are_never_mixed(tmp_path: Path) -> None:
    (tmp_path / "plan").mkdir()
    shutil.copy(OTHER / "units.yaml", tmp_path / "plan")
    before = contents(tmp_path)
    done = kesu(*FOUND, folder=tmp_path)
    assert (done.returncode, before) == (2, contents(tmp_path))
    assert "有 units.yaml，却没有 measures.yaml" in done.stderr.decode()


@pytest.mark.parametrize(
    ("plan", "message"), [("没有", "找不到 没有"), (".", "里没有 measures.yaml"), ("坏的", "方案读不出来")]
)
def test_a_plan_that_is_none_is_refused_and_nothing_is_written(
    plan: str, message: str, tmp_path: Path
) -> None:
    (tmp_path / "坏的").mkdir()
    (tmp_path / "坏的" / "measures.yaml").write_text("title: [\n", "utf-8")
    before = contents(tmp_path)
    done = kesu("init", "新", "--plan", plan, folder=tmp_path)
    assert (done.returncode, before) == (2, contents(tmp_path))
    assert message in done.stderr.decode()


@pytest.mark.parametrize("folder", ["/proc/kesu", "文件", "文件/里面"])
def test_a_folder_that_can_not_be_made_is_refused_in_a_sentence(folder: str, tmp_path: Path) -> None:
    (tmp_path / "文件").write_text("", "utf-8")
    done = kesu(*FOUND, folder, folder=tmp_path)
    assert done.returncode == 2
    assert "建不了文件夹" in done.stderr.decode()
    assert "内部出错" not in done.stderr.decode()
    assert contents(tmp_path) == {"文件": b""}


def test_a_path_with_blanks_and_chinese_is_like_any_other(tmp_path: Path) -> None:
    done = kesu(*FOUND, "新 区/科 素", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "新 区/科 素/plan/measures.yaml").is_file()


def test_git_keeps_line_ends_and_evidence_as_they_are_and_passes_over_forms(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", ".")
    kesu(*FOUND, folder=tmp_path)
    report = "progress/2024/市科协.yaml"
    attributes = git(tmp_path, "check-attr", "text", "eol", "--", report, "佐证/表.csv")
    assert f"{report}: text: set\n{report}: eol: lf\n" in attributes
    assert "佐证/表.csv: text: unset\n" in attributes
    asked = (report, "填报表/2024-市科协.xlsx", "~$2024-市科协.xlsx", "佐证/表.xlsx", "plan/waivers.yaml")
    ignored = git(tmp_path, "check-ignore", *asked)
    assert ignored.splitlines() == ["填报表/2024-市科协.xlsx", "~$2024-市科协.xlsx"]
    git(tmp_path, "add", "-A")
    assert sorted(contents(tmp_path)) == sorted(git(tmp_path, "ls-files").splitlines())


def test_a_checkout_with_windows_line_ends_still_has_lf(tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    git(made, "init", "-q", ".")
    kesu(*FOUND, folder=made)
    git(made, "add", "-A")
    git(made, "-c", "user.name=x", "-c", "user.email=x@example.invalid", "commit", "-qm", "x")
    git(tmp_path, "-c", "core.autocrlf=true", "clone", "-q", "made", "windows")
    assert contents(made) == contents(tmp_path / "windows")


def test_every_reporting_unit_has_a_line_of_owners_and_none_is_in_force() -> None:
    from kesu_cli.engine.open_workspace import open_workspace

    lines = new_files(HERE.parent, None)["CODEOWNERS"].decode().splitlines()
    assert all(line.startswith("#") for line in lines)
    for unit in open_workspace((HERE.parent,)).terms.units.reporting:
        assert f"# /progress/*/{unit}.yaml @{unit}账号" in lines


def test_no_report_of_the_example_data_comes_along(tmp_path: Path) -> None:
    assert not [name for name in new_files(tmp_path, PLAN) if name.endswith(".yaml") and "progress/" in name]


def test_an_editor_finds_every_schema_that_its_settings_name(tmp_path: Path) -> None:
    made = new_files(tmp_path, OTHER)
    schemas = json.loads(made[".vscode/settings.json"])["yaml.schemas"]
    assert {name.removeprefix("./") for name in schemas} == {name for name in made if "schema.json" in name}
    first = made["plan/waivers.yaml"].decode().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../.kesu/waivers.schema.json"
    assert "M06-1" in made[".kesu/progress.schema.json"].decode()


def test_a_file_that_appears_at_the_last_moment_is_kept(tmp_path: Path) -> None:
    """Two at once: every file is whole, and each was made by one of them."""
    kesu_init = [str(Path(sys.executable).parent / "kesu"), *FOUND]
    both = [subprocess.Popen(kesu_init, cwd=tmp_path, stdout=subprocess.PIPE) for _ in range(2)]
    said = [run.communicate()[0].decode() for run in both]
    assert [run.returncode for run in both] == [0, 0]
    made = new_files(tmp_path, PLAN)
    assert made == contents(tmp_path)
    for name in made:
        assert sum(f"\n  {name}\n" in text.partition("新建")[2] for text in said) == 1


def test_one_that_was_killed_is_completed_by_the_next_run(tmp_path: Path) -> None:
    for round_, moments in enumerate((2, 3, 4, 5, 6)):
        city = tmp_path / str(round_)
        city.mkdir()
        run = subprocess.Popen([Path(sys.executable).parent / "kesu", *FOUND], cwd=city)
        while sum(path.is_file() for path in city.rglob("*")) < moments and run.poll() is None:
            continue
        run.kill()
        run.wait()
        kesu(*FOUND, folder=city)
        made = new_files(city, PLAN)
        assert made == {name: content for name, content in contents(city).items() if name in made}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_refused_in_a_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o555)
    done = kesu(*FOUND, folder=tmp_path)
    tmp_path.chmod(0o755)
    assert (done.returncode, "权限" in done.stderr.decode()) == (2, True)


@pytest.mark.parametrize("folder", ["plan", "progress/2024", "progress/2024/新"])
def test_no_workspace_is_made_inside_the_files_of_another(folder: str, tmp_path: Path) -> None:
    kesu(*FOUND, folder=tmp_path)
    before = contents(tmp_path)
    done = kesu("init", folder, folder=tmp_path)
    assert (done.returncode, before) == (2, contents(tmp_path))
    assert "不能再建一个" in done.stderr.decode()


def test_what_is_said_reads_as_a_sentence_wherever_it_is(tmp_path: Path) -> None:
    assert "工作区建在当前文件夹；" in kesu(*FOUND, folder=tmp_path).stdout.decode()
    assert "工作区建在 新；接下来请看 新/README.md" in kesu(*FOUND, "新", folder=tmp_path).stdout.decode()
    assert "新 里该有的都有了，没有写入" in kesu("init", "新", folder=tmp_path).stdout.decode()


def test_a_draft_without_the_decisions_is_refused_with_what_is_missing(tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    draft.mkdir()
    for name in ("measures.yaml", "units.yaml"):
        shutil.copy(OTHER / name, draft)
    done = kesu("init", "新", "--plan", "draft", folder=tmp_path)
    assert (done.returncode, (tmp_path / "新").exists()) == (2, False)
    assert "policy.yaml" in done.stderr.decode()


def test_every_file_of_the_plan_names_its_schema_in_the_first_line(tmp_path: Path) -> None:
    assert kesu(*FOUND, folder=tmp_path).returncode == 0
    for file in sorted((tmp_path / "plan").glob("*.yaml")):
        first, *rest = file.read_text("utf-8").splitlines()
        schema = first.removeprefix("# yaml-language-server: $schema=")
        assert json.loads((file.parent / schema).read_text("utf-8"))["$schema"]
        assert not any("yaml-language-server" in line for line in rest)


def test_what_a_draft_leaves_open_is_counted(tmp_path: Path) -> None:
    (tmp_path / "草稿").mkdir()
    for file in sorted((HERE / "world" / "plan").glob("*.yaml")):
        text = file.read_text("utf-8")
        (tmp_path / "草稿" / file.name).write_text(f"# review: 请核对\n{text}", encoding="utf-8")
    done = kesu("init", "新", "--plan", "草稿", folder=tmp_path)
    assert done.returncode == 0
    assert "方案里还有 3 处标着 review" in done.stderr.decode()
    settled = kesu(*FOUND, "旧", folder=tmp_path)
    assert settled.stderr == b""


@pytest.mark.parametrize(
    "command",
    [
        "record --unit 市科协 --task M06-1 --date 2024-01-02 --name 班 --value 1",
        "form import 表.xlsx --yes",
        "close 2024 --by 李某",
        "reopen 2024 --unit 市教体局 --reason 抄错 --by 李某",
    ],
)
def test_outside_of_a_workspace_nothing_is_written(command: str, tmp_path: Path) -> None:
    (tmp_path / "2024").mkdir()
    shutil.copy(HERE.parent / "progress" / "2024" / "市科协.yaml", tmp_path / "2024")
    (tmp_path / "表.xlsx").touch()
    before = sorted(tmp_path.rglob("*"))
    done = kesu(*command.split(), folder=tmp_path)
    assert done.returncode == 2
    assert "kesu init" in done.stderr.decode()
    assert sorted(tmp_path.rglob("*")) == before
