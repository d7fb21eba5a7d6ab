"""What all tests share: one browser, the mark of the fast ones, no test that is timed (bench/ measures)."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from client import program
from page_client import FLAGS

settings.register_profile("kesu", deadline=None)
settings.load_profile("kesu")

_PROGRAMS = "subprocess|ci_runner|client|killed|language_server|page_client|test_cli|test_git"
_STARTS_PROGRAMS = re.compile(rf"^(?:import|from) (?:{_PROGRAMS})\b", re.MULTILINE)
_LONG = ("test_form_roundtrip.py", "test_numbers_agree.py", "test_schema.py", "test_verification.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of every file that starts no program and does not take long."""
    for item in items:
        if _is_fast(item.path):
            item.add_marker(pytest.mark.fast)


@cache
def _is_fast(file: Path) -> bool:
    return file.name not in _LONG and not _STARTS_PROGRAMS.search(file.read_text("utf-8"))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once; without it the tests that look at pages are skipped."""
    path = program("chromium")
    expect.set_options(timeout=30_000)  # what a page is to come to, a busy machine may take long for
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Browser]:
    """Lend the browser to a test and close the pages it opened: each is a process of its own."""
    yield chromium
    for context in chromium.contexts:
        context.close()
