"""Finds the office's own documents to fill, in the folder 模板 beside the plan."""

import hashlib
import os
from typing import NamedTuple

from kesu_cli.source.file_opening import OFFICE_LIMIT
from kesu_cli.source.os_error_wording import why
from kesu_cli.source.workspace import LayoutError, Workspace

FOLDER = "模板"
NAMES = ("通报.docx", "督办单.docx")


class Template(NamedTuple):
    """A document to fill: its name, the file as outputs name it, what it holds."""

    name: str
    file: str
    content: bytes

    @property
    def digest(self) -> str:
        """The sha256 digest of the file."""
        return hashlib.sha256(self.content).hexdigest()


def read_templates(workspace: Workspace) -> tuple[Template, ...]:
    """Read the templates that are there; raises LayoutError for one that can't be read."""
    folder = workspace.plan_dir / FOLDER
    return tuple(_read(workspace, name) for name in NAMES if os.path.lexists(folder / name))


def _read(workspace: Workspace, name: str) -> Template:
    file = f"{workspace.plan_label}/{FOLDER}/{name}"
    try:
        return Template(name, file, workspace.read_on_disk(file, OFFICE_LIMIT))
    except OSError as error:
        raise LayoutError(f"读不了模板 {file}（{why(error)}）；请检查这个文件，或把它移走") from None
