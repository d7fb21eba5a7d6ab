"""What all tests share: one browser, and no test that is timed (speed is measured in bench/)."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from client import program
from page_client import FLAGS

settings.register_profile("kesu", deadline=None)
settings.load_profile("kesu")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium once; without it the tests that look at pages are skipped."""
    path = program("chromium")
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
