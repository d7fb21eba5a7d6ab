"""Looks at the evidence that entries point to: is it there, is it inside, has it changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath

from kesu_cli.model.progress import Filing
from kesu_cli.rule import EvidenceFile


def look_at(filings: Iterable[Filing], root: Path) -> dict[str, EvidenceFile]:
    """Find every piece of evidence of the filings by its path as written."""
    wanted: dict[str, bool] = {}
    for filing in filings:
        for entry in filing.entries:
            for piece in entry.evidence:
                if piece.path:
                    wanted[piece.path] = wanted.get(piece.path, False) or bool(piece.sha256)
    return {path: _look(path, root, hashed) for path, hashed in sorted(wanted.items())}


def _look(written: str, root: Path, hashed: bool) -> EvidenceFile:
    path = written.replace("\\", "/")
    absolute = PurePosixPath(path).is_absolute() or bool(PureWindowsPath(path).drive)
    target = (root / path).resolve()
    if absolute or not target.is_relative_to(root.resolve()):
        return EvidenceFile(exists=False, inside=False)
    try:
        if not target.is_file():
            return EvidenceFile(exists=False, inside=True)
        digest = hashlib.sha256(target.read_bytes()).hexdigest() if hashed else ""
        return EvidenceFile(exists=True, inside=True, sha256=digest)
    except OSError:
        return EvidenceFile(exists=False, inside=True)
