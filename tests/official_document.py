"""The official document, which is not committed: where it lies, and why a test that needs it is skipped."""

import os
from pathlib import Path

import pytest

NAME = "乐平市实施方案2021-2025.txt"


def official_document() -> Path:
    """Return the document that KESU_SOURCE points at; without it the test is skipped, in CI it fails."""
    folder = os.environ.get("KESU_SOURCE")
    if folder:
        return Path(folder) / NAME
    if os.environ.get("KESU_REQUIRE_CLIENTS") == "1":
        pytest.fail("KESU_SOURCE must point at the folder of the official document")
    pytest.skip("the official document is not here: set KESU_SOURCE to its folder")
