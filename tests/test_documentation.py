"""Every page of docs/ is in its index, and every relative link leads to a file and a heading that exist."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
AT_THE_TOP = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
PAGES = sorted((*DOCS.rglob("*.md"), *(ROOT / name for name in AT_THE_TOP)))

_FENCE = re.compile(r"^(```+|~~~+).*?^\1\s*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?)\s*$", re.MULTILINE)
_LEFT_OUT_OF_ANCHORS = re.compile(r"[^\w\- ]")


def _prose(page: Path) -> str:
    return _FENCE.sub("", page.read_text("utf-8"))


def _links(page: Path) -> Iterator[str]:
    found = (unquote(link) for link in _LINK.findall(_CODE.sub("", _linked(_prose(page)))))
    return (link for link in found if not re.match(r"[a-z]+:", link))


def _linked(text: str) -> str:
    """Take the code marks off the words of links, which are links all the same."""
    return re.sub(r"\[`([^`\n]*)`\]", r"[\1]", text)


def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, made the way GitHub makes them."""
    return {
        _LEFT_OUT_OF_ANCHORS.sub("", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(_prose(page))
    }


def _broken(page: Path) -> Iterator[str]:
    for link in _links(page):
        name, _, anchor = link.partition("#")
        target = page.parent / name if name else page
        if not target.exists():
            yield f"{link}: no such file"
        elif anchor and anchor not in _anchors(target):
            yield f"{link}: no such heading"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    assert list(_broken(page)) == []


def test_every_page_is_in_the_index() -> None:
    listed = {link.partition("#")[0] for link in _links(DOCS / "README.md")}
    pages = {page.name for page in DOCS.glob("*.md")} - {"README.md"}
    assert set() == pages - listed


def _shown(page: Path) -> list[str]:
    found = re.findall(r"```text\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    return found[0].splitlines() if found else []


def test_the_readme_shows_lines_of_the_whole_sample_in_their_order() -> None:
    whole = iter(_shown(DOCS / "sample.md"))
    shown = [line for line in _shown(ROOT / "README.md") if line != "……"]
    assert shown == [line for line in shown if line in whole]


def test_the_readme_is_short_and_holds_the_two_commands_once() -> None:
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert len(lines) <= 150
    for command in ("pip install . && kesu check progress/2024/", "pip install '.[test]' && pytest"):
        what_ci_looks_for = command[command.index("&&") :]
        assert [line for line in lines if what_ci_looks_for in line] == [command]


def test_a_link_to_nothing_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# 一、题\n[有](#一题) [无](#二) [无](b.md) `[不是](c.md)`\n", "utf-8")
    assert list(_broken(page)) == ["#二: no such heading", "b.md: no such file"]
