"""What the operating system refuses is said in Chinese, whatever the machine speaks."""

import errno
import re
from pathlib import Path

import pytest

from kesu_cli.source.os_error_wording import why
from test_cli import kesu

SOURCE = Path(__file__).parent.parent / "src" / "kesu_cli"


def test_nothing_is_said_in_the_words_of_the_system() -> None:
    assert [path.name for path in SOURCE.rglob("*.py") if "strerror" in path.read_text("utf-8")] == []


@pytest.mark.parametrize("code", [errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC])
def test_the_usual_refusals_have_words(code: int) -> None:
    assert not why(OSError(code, "English")).startswith("系统错误")


def test_a_refusal_without_words_is_named_by_its_code() -> None:
    assert why(OSError(errno.EDEADLK, "English")) == f"系统错误 {errno.errorcode[errno.EDEADLK]}"


@pytest.mark.parametrize(
    "command",
    [
        "form import 没有.xlsx",
        "form import .",
        "plan draft 没有.docx -o 草稿",
        "init 文件/下",
        "schema plan -o 没有/a.json",
        "record --evidence 没有.pdf --unit 市科协 --task M06-1 --date 2024-01-01 --name 班",
    ],
)
def test_a_command_that_is_refused_speaks_chinese(command: str, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    done = kesu(*command.split(), folder=tmp_path)
    said = done.stderr.decode()
    assert done.returncode == 2
    assert said.startswith("错误：")
    assert re.findall(r"[A-Z][a-z]+ [a-z]+", said) == []
