"""One progress file as it is typed: bytes, text, plain data, and what it means where it can be read."""

import hashlib
from dataclasses import dataclass
from typing import Any

from kesu_cli.diagnostic import Fault, Place
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.source.decode import decode
from kesu_cli.source.plan import unreadable
from kesu_cli.source.validate import fit
from kesu_cli.source.workspace import Workspace
from kesu_cli.yamltext.read import read_mapping

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class ProgressText:
    """A progress file; ``content`` is None where there is no such file, ``written`` where it has faults."""

    file: str
    content: bytes | None
    text: str
    data: dict[str, Any]
    written: ProgressFile | None
    faults: tuple[Fault, ...]

    @property
    def digest(self) -> str:
        """The SHA-256 of the file, empty where there is none."""
        return hashlib.sha256(self.content).hexdigest() if self.content is not None else ""

    def encoded(self, text: str) -> bytes:
        """Return another text as the bytes of this file: with the byte order mark where it has one."""
        has_mark = self.content is not None and self.content.startswith(_BOM)
        return (_BOM if has_mark else b"") + text.encode()


def read_progress_text(workspace: Workspace, file: str) -> ProgressText:
    """Read one progress file with everything that is needed to change it."""
    try:
        content = workspace.read(file)
    except FileNotFoundError:
        return ProgressText(file, None, "", {}, None, ())
    except OSError as error:
        return ProgressText(file, b"", "", {}, None, (unreadable(Place(file), error),))
    return progress_text(content, file)


def progress_text(content: bytes, file: str) -> ProgressText:
    """Read the bytes of a progress file."""
    place = Place(file)
    try:
        return _read(content, place)
    except Exception as error:  # noqa: BLE001 - whatever a file does to a library is said of that file
        return ProgressText(file, content, "", {}, None, (unreadable(place, error),))


def _read(content: bytes, place: Place) -> ProgressText:
    file = place.file
    text, faults = decode(content, place)
    if text is None:
        return ProgressText(file, content, "", {}, None, faults)
    data, wrong = read_mapping(text, place)
    if wrong:
        return ProgressText(file, content, text, {}, None, (*faults, *wrong))
    written, wrong = fit(ProgressFile, data, place)
    return ProgressText(file, content, text, data, written, (*faults, *wrong))
