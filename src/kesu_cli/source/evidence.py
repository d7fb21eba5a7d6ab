"""Looks at the evidence that entries point to: is it there, is it inside, has it changed."""

from collections.abc import Iterable
from pathlib import Path

from kesu_cli.diagnostic import EvidenceFile, Refusal
from kesu_cli.model.evidence import OTHER, kind_named, relative
from kesu_cli.model.progress import Filing
from kesu_cli.source.file_opening import digest_of, is_file, leads_out
from kesu_cli.source.os_error_wording import why

_WEB = ("http://", "https://")


def wanted_by(filings: Iterable[Filing]) -> dict[str, bool]:
    """Name the pieces of evidence by their paths as written, and whether their content must be hashed."""
    wanted: dict[str, bool] = {}
    for filing in filings:
        for entry in filing.entries:
            for piece in entry.evidence:
                if piece.path:
                    wanted[piece.path] = wanted.get(piece.path, False) or bool(piece.sha256)
    return dict(sorted(wanted.items()))


def look_at(filings: Iterable[Filing], root: Path) -> dict[str, EvidenceFile]:
    """Find every piece of evidence of the filings, by its path as written, below a folder of the disk."""
    return {path: look(path, root, hashed=hashed) for path, hashed in wanted_by(filings).items()}


def look(written: str, root: Path, *, hashed: bool) -> EvidenceFile:
    """Find one piece of evidence by its path as written, below a folder of the disk."""
    path = relative(written)
    if path is None or leads_out(root / path, root):
        return EvidenceFile(exists=False, inside=False)
    try:
        exists = is_file(root / path, root)
        return EvidenceFile(
            exists, inside=True, sha256=digest_of(root / path, root) if hashed and exists else ""
        )
    except OSError:
        return EvidenceFile(exists=False, inside=True)


class NoEvidence(Refusal):
    """A file given as evidence can't be taken; the message is for the user."""


def evidence_at(path: Path, root: Path) -> dict[str, str]:
    """Return the path below the root and the SHA-256 of a file; raises NoEvidence where it can't be taken."""
    if leads_out(path, root):
        raise NoEvidence(f"佐证材料 {path} 不在资料库里；请先把它放进 {root} 下的文件夹")
    try:
        digest = digest_of(path, root)
    except OSError as error:
        raise NoEvidence(f"读不了佐证材料 {path}（{why(error)}）；请核对路径") from error
    return {"path": path.resolve().relative_to(root.resolve()).as_posix(), "sha256": digest}


def piece_of(written: str, root: Path) -> dict[str, str]:
    """Read ``file``, ``address`` or ``kind=file`` as a piece of evidence; raises NoEvidence."""
    kind, where = _parted(written)
    if where.startswith(_WEB):
        return {"kind": kind or OTHER, "url": where}
    return {"kind": kind or kind_named(Path(where).stem), **evidence_at(Path(where), root)}


def _parted(written: str) -> tuple[str, str]:
    """Part the kind from what follows; a = may also belong to an address or to the name of a file."""
    kind, _, where = (part.strip() for part in written.partition("="))
    is_whole = not where or kind.startswith(_WEB) or _is_there(Path(written))
    return ("", written.strip()) if is_whole else (kind, where)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
