"""The official document, which is not committed: where it lies, and why a test that needs it is skipped."""

import os
from pathlib import Path

import pytest

NAME = "乐平市实施方案2021-2025.txt"


def official_document() -> Path:
    """Return the document in the folder KESU_SOURCE; without it the test is skipped, in CI it fails."""
    file = Path(os.environ.get("KESU_SOURCE", "")) / NAME
    if "KESU_SOURCE" in os.environ and file.is_file():
        return file
    reason = f"KESU_SOURCE must name the folder that holds the official document {NAME}"
    if os.environ.get("KESU_REQUIRE_CLIENTS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)
