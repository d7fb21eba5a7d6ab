"""Git history, read from repositories that the tests make."""

import os
import subprocess
from datetime import date
from pathlib import Path

import pytest

from client import program
from kesu_cli.source.git import Commit, GitError, commit_of, files_at, top_of

# late in the evening in UTC: in China it is already the next day
LATE = "2024-03-01T20:30:00+00:00"


def git(folder: Path, *arguments: str, when: str = LATE) -> str:
    who = {f"GIT_{role}_{what}": "kesu" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
    plain = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        [program("git"), *arguments],
        cwd=folder,
        env=os.environ | who | dates | plain,
        capture_output=True,
        check=True,
    )
    return done.stdout.decode().strip()


def commit(folder: Path, message: str, when: str = LATE) -> str:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", message, when=when)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    top = tmp_path / "仓库"
    (top / "plan").mkdir(parents=True)
    git(top, "init", "-q", "-b", "main")
    return top


def write(top: Path, name: str, content: str | bytes) -> None:
    path = top / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def test_a_commit_is_named_by_branch_tag_hash_and_distance_with_its_day_in_china(repository: Path) -> None:
    first = commit(repository, "one")
    git(repository, "tag", "-a", "v1", "-m", "tag")
    commit(repository, "two")
    expected = Commit(first, date(2024, 3, 2))
    for revision in ("v1", first, first[:8], "HEAD~1", "main~1", "HEAD^"):
        assert expected == commit_of(repository, revision)


def test_the_files_of_a_folder_come_with_their_bytes_whatever_their_names(repository: Path) -> None:
    write(repository, "plan/measures.yaml", "旧\r\n")
    write(repository, "plan/下级/市 教体局.yaml", b"\x00\xff\n\n")
    write(repository, "plan/空.yaml", "")
    write(repository, "plan-b/x.yaml", "x")
    (repository / "plan" / "link.yaml").symlink_to("measures.yaml")
    first = commit(repository, "one")
    write(repository, "plan/measures.yaml", "新")
    commit(repository, "two")
    expected = {"measures.yaml": "旧\r\n".encode(), "下级/市 教体局.yaml": b"\x00\xff\n\n", "空.yaml": b""}
    assert expected == files_at(repository, first, "plan")
    assert expected == files_at(repository, "HEAD~1", "/plan/")
    assert files_at(repository, "HEAD", "plan")["measures.yaml"] == "新".encode()
    assert set(files_at(repository, "HEAD")) == {f"plan/{name}" for name in expected} | {"plan-b/x.yaml"}


def test_a_repository_is_read_from_any_folder_inside_it(repository: Path) -> None:
    write(repository, "plan/measures.yaml", "x")
    commit(repository, "one")
    assert top_of(repository / "plan") == repository.resolve()
    assert files_at(repository / "plan", "HEAD", "plan") == {"measures.yaml": b"x"}


def test_a_folder_that_was_not_there_yet_is_empty(repository: Path) -> None:
    commit(repository, "one")
    assert files_at(repository, "HEAD", "progress/2024") == {}


def test_many_files_are_read_by_one_process(repository: Path) -> None:
    names = [f"{number}.yaml" for number in range(500)]
    for name in names:
        write(repository, f"progress/{name}", name * 50)
    commit(repository, "one")
    assert files_at(repository, "HEAD", "progress") == {name: (name * 50).encode() for name in names}


@pytest.mark.parametrize("revision", ["v9", "HEAD~3", "0000000", "HEAD:plan", ""])
def test_a_revision_that_is_not_there_is_said_to_be_unknown(repository: Path, revision: str) -> None:
    commit(repository, "one")
    with pytest.raises(GitError, match="没有版本"):
        commit_of(repository, revision)


@pytest.mark.parametrize("revision", ["--all", "-h", "a\nb"])
def test_what_git_would_take_for_an_option_never_reaches_it(repository: Path, revision: str) -> None:
    commit(repository, "one")
    with pytest.raises(GitError, match="不是版本的写法"):
        commit_of(repository, revision)


def test_in_an_empty_repository_there_is_no_head(repository: Path) -> None:
    with pytest.raises(GitError, match="没有版本“HEAD”"):
        commit_of(repository, "HEAD")


def test_outside_a_repository_it_is_said_what_to_do_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program("git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(GitError, match=r"不在 git 仓库里.*文件夹"):
        commit_of(tmp_path, "HEAD")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a repository away")
def test_a_repository_of_another_user_is_not_said_to_be_missing(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(repository, "one")
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for path in (repository, repository / ".git"):
        os.chown(path, 12345, 12345)
    with pytest.raises(GitError, match=r"safe\.directory"):
        commit_of(repository, "HEAD")


def test_a_repository_that_a_hook_was_called_for_is_not_mistaken_for_this_one(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = commit(repository, "one")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    assert commit_of(repository, "HEAD").hash == name


def test_in_a_shallow_clone_it_is_said_how_to_fetch_the_rest(repository: Path, tmp_path: Path) -> None:
    for message in ("one", "two", "three"):
        commit(repository, message)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(clone))
    assert commit_of(clone, "HEAD").hash == git(repository, "rev-parse", "HEAD")
    with pytest.raises(GitError, match=r"浅克隆.*--unshallow"):
        commit_of(clone, "HEAD~2")


def test_without_git_it_is_said_that_it_is_missing(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    with pytest.raises(GitError, match="没有找到 git"):
        top_of(repository)


@pytest.mark.parametrize("path", ["plan", "plan/measures.yaml"])
def test_what_the_repository_has_lost_is_an_error_and_no_empty_folder(repository: Path, path: str) -> None:
    write(repository, "plan/measures.yaml", "x")
    commit(repository, "one")
    lost = git(repository, "rev-parse", f"HEAD:{path}")
    (repository / ".git" / "objects" / lost[:2] / lost[2:]).unlink()
    with pytest.raises(GitError, match=r"没有成功.*git fsck"):
        files_at(repository, "HEAD", "plan")
