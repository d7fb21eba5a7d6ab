"""Looks at the evidence that entries point to: is it there, is it inside, has it changed."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath

from kesu_cli.model.progress import Filing
from kesu_cli.rule import EvidenceFile


def wanted_by(filings: Iterable[Filing]) -> dict[str, bool]:
    """Name the pieces of evidence by their paths as written, and whether their content must be hashed."""
    wanted: dict[str, bool] = {}
    for filing in filings:
        for entry in filing.entries:
            for piece in entry.evidence:
                if piece.path:
                    wanted[piece.path] = wanted.get(piece.path, False) or bool(piece.sha256)
    return dict(sorted(wanted.items()))


def look_at(wanted: Mapping[str, bool], root: Path) -> dict[str, EvidenceFile]:
    """Find pieces of evidence below a folder of the disk."""
    return {path: _look(path, root, hashed) for path, hashed in wanted.items()}


def _look(written: str, root: Path, hashed: bool) -> EvidenceFile:
    path = relative(written)
    target = (root / (path or "")).resolve()
    if path is None or not target.is_relative_to(root.resolve()):
        return EvidenceFile(exists=False, inside=False)
    try:
        if not target.is_file():
            return EvidenceFile(exists=False, inside=True)
        digest = hashlib.sha256(target.read_bytes()).hexdigest() if hashed else ""
        return EvidenceFile(exists=True, inside=True, sha256=digest)
    except OSError:
        return EvidenceFile(exists=False, inside=True)


def relative(written: str) -> str | None:
    """Return a path with forward slashes; None where it begins at the top of a disk."""
    path = written.replace("\\", "/")
    absolute = PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).drive)
    return None if absolute else path
