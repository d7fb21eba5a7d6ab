"""The base install does what the card says; what it lacks is a sentence that names the extra."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from bare_install import Ended, run_all
from form_city import form_bytes, lay_out
from kesu_cli.cli.refusal import EXTRAS
from kesu_cli.render import FORMAT_NAMES
from test_git import commit, git

HERE = Path(__file__).parent
ROOT = HERE.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
FOR_THE_OFFICE = ("html", "xlsx", "docx")
ENTRY = (
    "--date",
    "2024-03-05",
    "--name",
    "春季辅导员培训班",
    "--value",
    "3",
    "--evidence",
    "签到表=签到.pdf",
)

BASE = [
    "--version",
    "check --help",
    "check progress/2024/" + "".join(f" -o {one}={one}" for one in FORMAT_NAMES if one not in FOR_THE_OFFICE),
    "check --unit 市教体局 --since HEAD",
    "report",
    "report --unit 市教体局",
    "report --format csv -o a.csv",
    "explain M06-1",
    "explain M06-1 --format json",
    "log",
    "log --task M06-1 --format json",
    "calendar",
    "calendar --format json",
    "calendar --format table -o 到期.txt",
    "rule",
    "rule KS301",
    "schema",
    "schema plan",
    "schema progress --plan plan -o a.schema.json",
    "plan show",
    "plan show 6",
    "plan units",
    "plan check",
    "plan diff HEAD plan",
    "plan draft 措施.md -o draft",
    "plan verify --source 措施.md --plan draft",
    "record --unit 市教体局 --task M06-1 " + " ".join(ENTRY),
    "fix --diff",
    "fix",
    "close 2024 --by 张三",
    "reopen 2024 --unit 市教体局 --reason 补报 --by 张三",
    "init --example 新区",
]
NEEDS = {
    "check progress/2024/ -o json=未存.json -o html=未存.html": ("写网页（html）", "office"),
    "check progress/2024/ -o json=未存.json -o xlsx=未存.xlsx": ("写表格（xlsx）", "office"),
    "check progress/2024/ -o json=未存.json -o docx=未存.docx": ("写文书（docx）", "office"),
    "check progress/2024/ --format html": ("写网页（html）", "office"),
    "report --format xlsx -o 未存.xlsx": ("写表格（xlsx）", "office"),
    "report --unit 市教体局 --notice -o 未存.docx": ("写文书（docx）", "office"),
    "calendar --format ics -o 未存.ics": ("写日历（ics）", "office"),
    "form export --year 2024 -o 未存": ("写表格（xlsx）", "office"),
    "form import 填报.xlsx": ("读填报表（xlsx）", "office"),
    "plan verify --source 措施.md --plan draft --format html -o 未存.html": ("写网页（html）", "office"),
    "plan draft 方案.docx -o 未存": ("读 Word 文件（docx）", "draft"),
    "plan draft 方案.html -o 未存": ("读网页（html）", "draft"),
    "plan verify --source 方案.docx": ("读 Word 文件（docx）", "draft"),
}


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ended]:
    """Run every command in one workspace, without the libraries of the extras."""
    city = tmp_path_factory.mktemp("base") / "市"
    lay_out(city)
    (city / "填报.xlsx").write_bytes(form_bytes(city))
    (city / "签到.pdf").write_bytes(b"%PDF")
    for kind, name in ((".md", "措施"), (".docx", "方案"), (".html", "方案")):
        shutil.copy(next((HERE / "fixtures" / "documents").glob(f"*{kind}")), city / f"{name}{kind}")
    git(city, "init", "-q", "-b", "main")
    commit(city, "one")
    commands = [*BASE, *NEEDS]
    return dict(zip(commands, run_all(city, (command.split() for command in commands)), strict=True))


@pytest.mark.parametrize("command", BASE)
def test_the_base_install_runs_it(command: str, ended: dict[str, Ended]) -> None:
    code, _, said = ended[command]
    assert code in (0, 1), said
    assert "错误：" not in said


@pytest.mark.parametrize(("command", "need"), NEEDS.items())
def test_what_needs_an_extra_says_so_before_anything_is_written(
    command: str, need: tuple[str, str], ended: dict[str, Ended]
) -> None:
    task, extra = need
    sentence = f'错误：{task}要先安装 {extra} 组件：pip install "kesu-cli[{extra}]"\n'
    assert Ended(2, "", sentence) == ended[command]


def test_each_library_of_an_extra_is_named_and_no_other() -> None:
    listed = PROJECT["optional-dependencies"]
    brought = {name: set(map(_distribution, listed[name])) for name in ("office", "draft")}
    named = {
        name: {
            _normal(packages_distributions()[library][0])
            for library, (_, extra) in EXTRAS.items()
            if extra == name
        }
        for name in brought
    }
    assert brought == named


def test_a_module_imports_nothing_but_the_base_and_what_an_extra_brings() -> None:
    base = set(map(_distribution, PROJECT["dependencies"]))
    known = {library for library, owners in packages_distributions().items() if _normal(owners[0]) in base}
    imported = {library for file in (ROOT / "src").rglob("*.py") for library in _imports(file)}
    of_others = imported - set(sys.stdlib_module_names) - known - {"kesu_cli", "pydantic_core"}
    assert set(EXTRAS) == of_others  # pydantic_core is pydantic's own other half


def _imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0]


def _distribution(requirement: str) -> str:
    return _normal(re.split(r"[<>=\[; ]", requirement)[0])


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")


def test_it_runs_as_a_module_under_its_own_name() -> None:
    done = subprocess.run([sys.executable, "-m", "kesu_cli", "nonsense"], capture_output=True, check=False)
    said = "错误：没有命令 nonsense\n用法说明请看：kesu --help\n"
    assert (2, said) == (done.returncode, done.stderr.decode())
