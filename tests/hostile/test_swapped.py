"""A folder that becomes a link while it is read: what lies elsewhere is never taken for the workspace's."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from kesu_cli.source.file_opening import digest_of, read_file

SECONDS = 1.5
OWN, SECRET = b"own", b"secret"


@contextmanager
def swapping(what: Path, other: Path) -> Iterator[None]:
    """Put one thing in the place of another, and back, as fast as can be, all the while."""
    over = threading.Event()

    def swap() -> None:
        aside = what.with_name("aside")
        while not over.is_set():
            what.rename(aside)
            other.rename(what)
            what.rename(other)
            aside.rename(what)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _year(root: Path) -> tuple[Path, Path]:
    (root / "link").symlink_to(root.parent / "outside" / "2024")
    return root / "progress" / "2024", root / "link"


def _progress(root: Path) -> tuple[Path, Path]:
    (root / "link").symlink_to(root.parent / "outside")
    return root / "progress", root / "link"


def _file(root: Path) -> tuple[Path, Path]:
    (root / "link").symlink_to(root.parent / "outside" / "2024" / "a.yaml")
    return root / "progress" / "2024" / "a.yaml", root / "link"


@pytest.mark.parametrize("lay", [_year, _progress, _file])
def test_what_is_swapped_for_a_link_meanwhile_leads_nowhere(
    lay: Callable[[Path], tuple[Path, Path]], tmp_path: Path
) -> None:
    root, file = tmp_path / "city", tmp_path / "city" / "progress" / "2024" / "a.yaml"
    for folder, content in ((file.parent, OWN), (tmp_path / "outside" / "2024", SECRET)):
        folder.mkdir(parents=True)
        (folder / "a.yaml").write_bytes(content)
    known = {digest_of(file, root)}
    seen, digests = set[bytes](), set[str]()
    with swapping(*lay(root)):
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            with suppress(OSError):
                seen.add(read_file(file, root))
            with suppress(OSError):
                digests.add(digest_of(file, root))
    assert seen <= {OWN}
    assert digests <= known
    assert read_file(file, root) == OWN


def test_folders_that_stay_are_opened_however_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.yaml").write_bytes(OWN)
    (tmp_path / "d").symlink_to("a/b")
    (tmp_path / "a" / "b" / "只能穿过").mkdir(0o311)
    (tmp_path / "a" / "b" / "只能穿过" / "c.yaml").write_bytes(OWN)
    for written in ("a/b/c.yaml", "d/c.yaml", "a/b/../../d/c.yaml", "a/b/只能穿过/c.yaml"):
        assert read_file(tmp_path / written, tmp_path) == OWN
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path, tmp_path)
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path / "a", tmp_path)
