"""Looks at the evidence that entries point to: is it there, is it inside, has it changed."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kesu_cli.diagnostic import EvidenceFile, Refusal
from kesu_cli.model.evidence import ON_PAPER, OTHER, TINIEST, kind_named, plain_path, relative, told_apart
from kesu_cli.model.progress import Filing
from kesu_cli.source.file_opening import digest_of, leads_out, real_path_of, size_of
from kesu_cli.source.os_error_wording import why


def wanted_by(filings: Iterable[Filing]) -> dict[str, bool]:
    """Name the pieces of evidence by their paths as written, and whether their content must be hashed."""
    wanted: dict[str, bool] = {}
    for filing in filings:
        for entry in filing.entries:
            for piece in entry.evidence:
                if piece.path:
                    wanted[piece.path] = wanted.get(piece.path, False) or bool(piece.sha256)
    return dict(sorted(wanted.items()))


def equal_in_size(found: Mapping[str, EvidenceFile]) -> list[str]:
    """Name the files that may hold the same as another one, and have not been hashed."""
    by_size: dict[int, dict[str, str]] = {}
    for written, file in found.items():
        if file.size > 0:
            by_size.setdefault(file.size, {}).setdefault(plain_path(written), written)
    alike = (written for files in by_size.values() if len(files) > 1 for written in files.values())
    return sorted(written for written in alike if not found[written].sha256)


def look(written: str, root: Path, own: Sequence[Path] = (), *, hashed: bool) -> EvidenceFile:
    """Find one piece of evidence by its path as written, below a folder of the disk.

    ``own`` are the folders of what kesu itself reads; no link leads to them or to the root. What is tiny
    is hashed too: it may be blank.
    """
    path = relative(written)
    file = root if path is None else real_path_of(root / path)
    if path is None or not file.is_relative_to(root):
        return EvidenceFile(exists=False, inside=False)
    try:
        size = size_of(file)
        digest = digest_of(file) if hashed or size <= TINIEST else ""
    except OSError:
        return EvidenceFile(exists=False, inside=True)
    return EvidenceFile(exists=True, inside=True, sha256=digest, size=size, is_own=is_kept_in(file, own))


def is_kept_in(path: Path, own: Iterable[Path]) -> bool:
    """Whether a file is of those that kesu itself reads."""
    return path.suffix in (".yaml", ".yml") and any(map(path.is_relative_to, own))


class NoEvidence(Refusal):
    """A file given as evidence can't be taken; the message is for the user."""


def evidence_at(path: Path, root: Path) -> dict[str, str]:
    """Return the path below the root and the SHA-256 of a file; raises NoEvidence where it can't be taken."""
    if leads_out(path, root):
        raise NoEvidence(f"佐证材料 {path} 不在资料库里；请先把它放进 {root} 下的文件夹")
    try:
        digest = digest_of(path, root)
    except OSError as error:
        remedy = f"请核对路径；网址从 https:// 写起，纸质的写“{ON_PAPER}编号”"
        raise NoEvidence(f"读不了佐证材料 {path}（{why(error)}）；{remedy}") from error
    return {"path": path.resolve().relative_to(root.resolve()).as_posix(), "sha256": digest}


def piece_of(written: str, root: Path) -> dict[str, str]:
    """Read ``file``, ``address`` or ``kind=file`` as a piece of evidence; raises NoEvidence."""
    kind, where = _parted(written)
    key, said = told_apart(where)
    if key != "path":
        return {"kind": kind or OTHER, key: said}
    return {"kind": kind or kind_named(Path(where).stem), **evidence_at(Path(where), root)}


def _parted(written: str) -> tuple[str, str]:
    """Part the kind from what follows; a = may also belong to an address or to the name of a file."""
    kind, _, where = (part.strip() for part in written.partition("="))
    is_whole = not where or told_apart(kind)[0] != "path" or _is_there(Path(written))
    return ("", written.strip()) if is_whole else (kind, where)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
