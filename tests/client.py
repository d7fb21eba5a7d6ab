"""Finds the programs that read what kesu writes; `tests/clients/install` installs them.

Where one is missing its tests are skipped with the reason; with KESU_REQUIRE_CLIENTS=1 they fail.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

FOLDER = Path(
    os.environ.get("KESU_CLIENTS") or Path(os.environ.get("XDG_CACHE_HOME") or "/tmp", "kesu-clients")
)


def absent(what: str) -> NoReturn:
    reason = f"{what} is not installed: run tests/clients/install"
    if os.environ.get("KESU_REQUIRE_CLIENTS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def installed(file: str) -> Path:
    """Return a file that tests/clients/install puts into its folder."""
    path = FOLDER / file
    return path if path.exists() else absent(file)


def program(name: str) -> str:
    """Return the path of a program of the machine."""
    return shutil.which(name) or absent(name)
