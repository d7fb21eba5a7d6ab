"""Reads progress files: what can be read is kept, what can't is named."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from kesu_cli.diagnostic import Fault, FaultKind, Place, Step
from kesu_cli.invisible import UNSEEN
from kesu_cli.loaded import Loaded, own_file
from kesu_cli.model.progress import Filing, Unread, filing_of
from kesu_cli.model.progress_file import KEYS, EntryRow, ProgressFile
from kesu_cli.model.scalar import EMPTY
from kesu_cli.model.unit import Units
from kesu_cli.model.window import Days, year_of
from kesu_cli.source.decode import decode
from kesu_cli.source.plan import unreadable
from kesu_cli.source.validate import fit
from kesu_cli.source.workspace import ProgressPath
from kesu_cli.yamltext.diagnose import diagnosed, on_each_line
from kesu_cli.yamltext.read import read_mapping

Read = Callable[[ProgressPath], bytes]


def load_progress(paths: Sequence[ProgressPath], units: Units, read: Read) -> Loaded:
    """Read progress files in the order given, all that lie in their folders, and tell reports from copies."""
    return without_copies(read_progress(paths, units, read))


def without_copies(read: Loaded) -> Loaded:
    """Leave one report to a unit and year: the file called as the unit is, else its only alias.

    Which file comes first decides nothing: of two under aliases neither counts.
    """
    copied = {
        file
        for (unit, _), files in read.claims.items()
        for file in files
        if file != (own := own_file(file, unit)) and (len(files) > 1 or own in read.files)
    }
    named = {key for key, files in read.claims.items() if files - copied}
    beside = copied | {filing.file for filing in read.misplaced}
    return replace(
        read,
        filings=tuple(filing for filing in read.filings if filing.file not in copied),
        copies=tuple(filing for filing in read.filings if filing.file in copied),
        unread=tuple(it for it in read.unread if it.file not in beside or (it.unit, it.year) not in named),
    )


def read_progress(paths: Sequence[ProgressPath], units: Units, read: Read) -> Loaded:
    """Read some progress files, each by itself."""
    filings: list[Filing] = []
    misplaced: list[Filing] = []
    unread: list[Unread] = []
    faults: list[Fault] = []
    digests: dict[str, str] = {}
    for path in paths:
        filing, lost, wrong, digest = _load(path, units, read)
        unit = (filing.unit if filing else "") or next((report.unit for report in lost), "")
        if filing and contradicts(filing, path, units):
            misplaced.append(filing)
        elif filing:
            filings.append(filing)
        unread.extend(_unread(filing, path, units) or lost)
        faults.extend(replace(fault, owners=(unit,)) if unit else fault for fault in wrong)
        digests.update(digest)
    return Loaded(
        filings=tuple(filings),
        misplaced=tuple(misplaced),
        unread=tuple(unread),
        faults=tuple(faults),
        digests=digests,
    )


_Loaded = tuple[Filing | None, list[Unread], list[Fault], dict[str, str]]


def _load(path: ProgressPath, units: Units, read: Read) -> _Loaded:
    place = Place(path.file)
    try:
        if path.unseen:
            return None, [_lost(path, units)], [badly_named(path)], {path.file: ""}
        return _read(path, place, read(path), units)
    except Exception as error:  # noqa: BLE001 - whatever a file does to a library is said of that file
        return None, [_lost(path, units)], [unreadable(place, error)], {path.file: ""}


def _read(path: ProgressPath, place: Place, content: bytes, units: Units) -> _Loaded:
    digest = {path.file: hashlib.sha256(content).hexdigest()}
    text, faults = decode(content, place)
    if text is None:
        return None, [_lost(path, units)], list(faults), digest
    data, wrong = read_mapping(text, place)
    if wrong:
        return None, [_lost(path, units)], [*faults, *on_each_line(wrong, text, KEYS)], digest
    filing, lost, wrong = _shaped(path, data, place, units)
    if filing is None:
        lost = [report._replace(written_unit=_unit_of(data)) for report in lost]
    return filing, lost, [*faults, *diagnosed(wrong, text, EMPTY)], digest


def _shaped(
    path: ProgressPath, data: Any, place: Place, units: Units
) -> tuple[Filing | None, list[Unread], tuple[Fault, ...]]:
    written, faults = fit(ProgressFile, data, place)
    if written is not None:
        return filing_of(path.file, written, units, tuple(range(len(written.entries)))), [], ()
    if any(not _is_entry(fault.place) for fault in faults):
        return None, [_lost(path, units)], faults
    proofs, worse = _unproven(data["entries"], faults, place)
    faults = (*faults, *worse)
    bad = {int(fault.place.path[1]) for fault in faults if fault.place.path[1] not in proofs}
    kept = tuple(index for index in range(len(data["entries"])) if index not in bad)
    rest = {**data, "entries": [_without(proofs.get(it), data["entries"][it]) for it in kept]}
    written, more = fit(ProgressFile, rest, place)
    if written is None:
        return None, [_lost(path, units)], (*faults, *more)
    filing = filing_of(path.file, written, units, kept, proofs)
    if not bad:
        return filing, [], faults
    tasks = frozenset(_task_of(data["entries"][int(index)]) for index in bad)
    lost = _lost(path, units)._replace(unit=filing.unit, year=filing.year)
    return filing, [lost._replace(tasks=frozenset() if "" in tasks else tasks)], faults


_Proofs = dict[int, frozenset[int]]
_ALL, _ELSEWHERE = -1, -2


def _unproven(
    entries: list[Any], faults: tuple[Fault, ...], place: Place
) -> tuple[_Proofs, tuple[Fault, ...]]:
    """Find the entries of which nothing but evidence is wrong, with the pieces that are none.

    An entry of which more turns out to be wrong without them is not among them; what it is, is said.
    """
    spoilt: dict[int, set[int]] = {}
    for _, entry, *rest in (fault.place.path for fault in faults):
        spoilt.setdefault(int(entry), set()).add(_piece_of(rest))
    proofs = {entry: frozenset(pieces) for entry, pieces in spoilt.items() if _ELSEWHERE not in pieces}
    more: dict[int, tuple[Fault, ...]] = {
        entry: fit(EntryRow, _without(pieces, entries[entry]), place / "entries" / entry)[1]
        for entry, pieces in proofs.items()
    }
    sound = {entry: pieces for entry, pieces in proofs.items() if not more[entry]}
    return sound, tuple(fault for found in more.values() for fault in found)


def _piece_of(path: Sequence[Step]) -> int:
    """Return the piece of evidence that a fault of an entry lies in: all, where they are no list."""
    match path:
        case ["evidence", int(piece), *_]:
            return piece
        case ["evidence"]:
            return _ALL
    return _ELSEWHERE


def _without(pieces: frozenset[int] | None, entry: Any) -> Any:
    """Return an entry without some of its evidence."""
    if not pieces:
        return entry
    written = () if _ALL in pieces else entry["evidence"]
    return {**entry, "evidence": [piece for place, piece in enumerate(written) if place not in pieces]}


def _is_entry(place: Place) -> bool:
    return len(place.path) > 1 and place.path[0] == "entries"


def _unit_of(data: dict[str, Any]) -> str:
    unit = data.get("unit")
    return unit.strip() if isinstance(unit, str) else ""


def _task_of(entry: Any) -> str:
    task = entry.get("task") if isinstance(entry, dict) else None
    return task if isinstance(task, str) else ""


def _lost(path: ProgressPath, units: Units) -> Unread:
    year = path.year or 0
    days: Days | None = year_of(year) if year else None
    name = UNSEEN.sub("", path.path.stem)  # what it looks like is whose it is
    return Unread(path.file, units.find_one(name, days) or "", year, frozenset())


def contradicts(filing: Filing, path: ProgressPath, units: Units) -> bool:
    """Whether a report names another year than its folder, or another unit than its file is called after.

    In a year's folder a file that is called after no unit (市教体局(1).yaml) is nobody's report.
    """
    if path.year is not None and path.year != filing.year:
        return True
    named = units.find_one(path.path.stem, year_of(filing.year))
    return bool(filing.unit and named != filing.unit and (named or path.year is not None))


def _unread(filing: Filing | None, path: ProgressPath, units: Units) -> list[Unread]:
    """Name the report that is lost because the file does not say, or says wrongly, whose it is."""
    lost = _lost(path, units)
    if filing and contradicts(filing, path, units):
        return [lost._replace(unit=lost.unit or filing.unit)]
    return [lost] if filing and not filing.unit and lost.unit else []


def strays(found: Sequence[ProgressPath]) -> tuple[Fault, ...]:
    """Name the files that lie among the progress files and are not read."""
    return tuple(_stray(stray) for stray in found)


def badly_named(path: ProgressPath) -> Fault:
    """Say that no output could show the name of a file."""
    message = f"文件或文件夹的名称里有看不见的字符 {path.unseen}，或不是 UTF-8"
    return Fault(
        FaultKind.UNREADABLE, Place(path.file), message, "请改名后再检查；反斜杠后面是这个字符的编码"
    )


def _stray(stray: ProgressPath) -> Fault:
    place = Place(stray.file)
    if stray.unseen:
        return badly_named(stray)
    if stray.barred:
        return unreadable(place, OSError(stray.barred, "not listed"))
    if stray.path.suffix == ".yaml":
        message = f"“{stray.path.parent.name}”不是年度文件夹，里面的文件不会被读取"
        hint = "请移到年度文件夹里；年度文件夹的名称只写四位年份，例如 progress/2024"
        return Fault(FaultKind.STRAY, place, message, hint)
    message = f"进展目录里有一个不会被读取的文件（{stray.path.suffix or '无扩展名'}）"
    hint = "进展文件请改名为“单位名.yaml”；佐证材料和说明请移到别的文件夹"
    return Fault(FaultKind.STRAY, place, message, hint)
