"""Takes a filled-in form: held against plan and repository, it becomes the new progress file, or faults."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from kesu_cli.diagnostic import Place
from kesu_cli.engine.open_workspace import OpenWorkspace
from kesu_cli.forms.change_wording import differences
from kesu_cli.forms.exported_state import undone
from kesu_cli.forms.form_context import FormContext
from kesu_cli.forms.form_fault import FormFault, NotAForm
from kesu_cli.forms.form_reading import take
from kesu_cli.forms.layout import DEMO, INDEX
from kesu_cli.forms.reading_faults import Taken
from kesu_cli.loaded import Loaded
from kesu_cli.model.amount import normal
from kesu_cli.model.evidence import proves_nothing
from kesu_cli.model.field import fields_by_key
from kesu_cli.model.progress import filing_of
from kesu_cli.model.progress_file import EntryRow, FilingStatus, NothingRow, ProgressFile
from kesu_cli.model.window import read_day
from kesu_cli.source.progress_as_typed import ProgressText, read_progress_text
from kesu_cli.source.progress_edit import CannotRewrite, rewritten
from kesu_cli.source.validate import fit

_MEANINGS: dict[str, Callable[[str], object]] = {"status": normal, "submitted": read_day, "note": str.strip}
_UNSHOWN = tuple(key for key in fields_by_key(EntryRow) if key not in (*INDEX, "evidence"))
_LIKENESSES: tuple[Callable[[EntryRow], object], ...] = (
    lambda entry: entry,
    lambda entry: (entry.task, entry.date, entry.name),
    lambda entry: (entry.task, entry.date),
    lambda entry: (entry.task, entry.name),
)
Row = EntryRow | NothingRow
RowModel = type[EntryRow] | type[NothingRow]
_ROWS: dict[str, RowModel] = {
    "entries": EntryRow,
    "nothing_to_report": NothingRow,
}


@dataclass(frozen=True)
class FormImport:
    """What came of a form: faults, or the file it belongs into with its old and new bytes.

    ``changes`` is empty where the form says what the repository already holds; ``undone`` is what the
    file has come to say since the form was exported and would not say any more.
    """

    file: str = ""
    faults: tuple[FormFault, ...] = ()
    before: bytes | None = None
    after: bytes = b""
    changes: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    plan_has_changed: bool = False
    demo: bool = False


@dataclass(frozen=True)
class Importer:
    """Takes the forms of one command, one after the other."""

    office: OpenWorkspace
    year: int = 0
    _loaded: dict[int, Loaded] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def take_in(self, content: bytes) -> FormImport:
        """Read a form; nothing is written. Raises ReportInDoubt where copies of the report lie about."""
        try:
            taken = take(content, FormContext(self.office.terms, self.year))
        except NotAForm as refused:
            return FormImport(faults=(refused.fault,))
        if taken.found.faults:
            return FormImport(faults=_in_order(taken))
        file = self._file(taken)
        if file in self._seen:
            message = "本次导入里已经有同一单位、同一年度的一张表"
            return FormImport(file, (FormFault("", "", message, "请核对哪一张是对的，只导入那一张"),))
        self._seen.add(file)
        return self._compared(taken, read_progress_text(self.office.workspace, file))

    def _file(self, taken: Taken) -> str:
        if taken.year not in self._loaded:
            self._loaded[taken.year] = self.office.reports(taken.year)
        unit = self.office.terms.units.find_one(taken.unit) or taken.unit
        return self.office.file_to_write(unit, taken.year, self._loaded[taken.year])

    def _compared(self, taken: Taken, before: ProgressText) -> FormImport:
        if before.faults:
            message = f"{before.file} 现在的内容有读不出来的地方，不能在它上面修改"
            hint = f"请先用 kesu check {before.file} 查出并改正"
            return FormImport(before.file, (FormFault("", "", message, hint),))
        if mixed := _mixed(before, demo="demo" in taken.data):
            return FormImport(before.file, (mixed,))
        wanted = _wanted(before, taken.data)
        written, wrong = fit(ProgressFile, wanted, Place(before.file))
        if written is None:
            faults = (FormFault(*taken.found.cell_of(f.place.path), f.message, f.hint) for f in wrong)
            return FormImport(before.file, tuple(faults))
        if idle := tuple(self._proving_nothing(taken, before.file, written)):
            return FormImport(before.file, idle)
        is_same = written == before.written or (before.content is None and _says_nothing(written))
        try:
            after = rewritten(before, wanted, anew=True)
        except CannotRewrite:
            message = f"{before.file} 的写法特殊，改不进去"
            return FormImport(before.file, (FormFault("", "", message, "请用编辑器手工修改这个文件"),))
        return FormImport(
            file=before.file,
            before=before.content,
            after=after,
            changes=() if is_same else tuple(differences(before.data, wanted)),
            undone=tuple(undone(taken.base, before.data, wanted)),
            plan_has_changed=taken.digest != self.office.digest,
            demo=written.demo,
        )

    def _proving_nothing(self, taken: Taken, file: str, written: ProgressFile) -> Iterator[FormFault]:
        """Name the files that are there and prove nothing; those that are not there may follow."""
        filing = filing_of(file, written, self.office.terms.units, tuple(range(len(written.entries))))
        found = self.office.workspace.evidence_of([filing], hashed=False)
        for entry in filing.entries:
            for piece in entry.evidence:
                if why := proves_nothing(found.get(piece.path)):
                    cell = taken.found.cell_of((*entry.place.path, "evidence", piece.position, "path"))
                    message = f"“{entry.name}”的佐证材料 {piece.path} {why}"
                    yield FormFault(*cell, message, "请换上这件事自己的材料；只有纸质材料的写存档号")


def _mixed(before: ProgressText, *, demo: bool) -> FormFault | None:
    """Refuse to put invented figures among real ones, or real ones among invented."""
    if before.written is None or before.written.demo == demo:
        return None
    held, come = ("不是", "是") if demo else ("是", "不是")
    message = f"{before.file} {held}{DEMO}，这张表{come}从{DEMO}导出的，混在一起就分不清真假"
    return FormFault("", "", message, "请用 kesu form export 重新导出，把内容照着填进新表")


def _in_order(taken: Taken) -> tuple[FormFault, ...]:
    """Sort the faults by sheet, row and column, each once."""
    return tuple(sorted(dict.fromkeys(taken.found.faults), key=_order))


def _order(fault: FormFault) -> tuple[str, int, int, str]:
    digits = fault.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    letters = fault.cell.removesuffix(digits)
    return fault.sheet, int(digits or 0), len(letters), letters


def _says_nothing(written: ProgressFile) -> bool:
    """Whether a form came back as empty as it went out."""
    filled = (written.entries, written.nothing_to_report, written.note, written.submitted)
    return written.status is FilingStatus.DRAFT and not any(filled)


def _wanted(before: ProgressText, taken: Mapping[str, Any]) -> dict[str, Any]:
    """Put together what the file shall say: what means the same stays as the file has it."""
    known = before.data
    merged: dict[str, Any] = dict(taken)
    if "entries" in merged:
        merged["entries"] = with_unshown(merged["entries"], known.get("entries") or [])
        merged["entries"] = _without_stale_digests(merged["entries"], known.get("entries") or [])
    merged.update((key, known[key]) for key in ("unit", "year", "demo") if key in known)
    for key, meaning in _MEANINGS.items():
        if key in merged and known.get(key) and meaning(merged[key]) == meaning(known[key]):
            merged[key] = known[key]
    for key, model in _ROWS.items():
        if key in merged:
            merged[key] = _as_known(merged[key], known.get(key) or [], model)
        elif key in known and not known[key]:
            merged[key] = known[key]
    return {key: merged[key] for key in ProgressFile.model_fields if key in merged}


def with_unshown(rows: list[Any], known: list[Any]) -> list[Any]:
    """Give each row what its entry says that the form has no column for.

    Its entry is the one that says the same otherwise, or of its task the one of the same days and name, of
    the same days, of the same name.
    """
    if not any(key in entry for entry in known for key in _UNSHOWN):
        return rows
    left, kept = [(_meaning(entry), entry) for entry in known], list(rows)
    try:
        meant = [_meaning(row) for row in rows]
    except ValueError:
        return rows  # that it can't be read is said of the whole file
    for alike in _LIKENESSES:
        for at, row in enumerate(rows):
            pair = next(
                (pair for pair in left if kept[at] is row and alike(pair[0]) == alike(meant[at])), None
            )
            if pair is not None:
                left.remove(pair)
                kept[at] = {**row, **{key: pair[1][key] for key in _UNSHOWN if key in pair[1]}}
    return kept


def _meaning(row: Mapping[str, Any]) -> EntryRow:
    return EntryRow.model_validate({key: value for key, value in row.items() if key not in _UNSHOWN})


def _without_stale_digests(rows: list[Any], known: list[Any]) -> list[Any]:
    """Drop the digest of each piece of evidence whose file is another now; nobody sees it in the form."""
    paths: dict[str, set[str]] = {}
    for piece in (piece for row in known for piece in row.get("evidence") or ()):
        paths.setdefault(piece.get("sha256", ""), set()).add(piece.get("path", ""))

    def is_stale(key: str, piece: Mapping[str, str]) -> bool:
        return key == "sha256" and piece.get("path") not in paths.get(piece[key], {piece.get("path")})

    return [
        row
        if "evidence" not in row
        else {
            **row,
            "evidence": [
                {key: text for key, text in piece.items() if not is_stale(key, piece)}
                for piece in row["evidence"]
            ],
        }
        for row in rows
    ]


def _as_known(rows: list[Any], known: list[Any], model: RowModel) -> list[Any]:
    """Keep the way the file writes what the rows say: of the same rows all, of changed ones each value."""
    left = [(model.model_validate(row), row) for row in known]
    kept: list[Any] = list(rows)
    for is_alike in (partial(_is_same, model), _is_about_the_same):
        for at, row in enumerate(rows):
            pair = next((pair for pair in left if is_alike(pair[0], row)), None)
            if pair and kept[at] is row:
                left.remove(pair)
                kept[at] = _as_typed(row, *pair, model)
    return kept


def _as_typed(
    row: Mapping[str, Any], known: Row, typed: Mapping[str, Any], model: RowModel
) -> dict[str, Any]:
    """Return a row with each value that means the same as the file's in the way the file writes it."""
    try:
        meant = model.model_validate(row)
    except ValueError:
        return dict(row)
    names = {key: model.attribute(key) for key in typed}
    stays = {key: typed[key] for key, name in names.items() if getattr(known, name) == getattr(meant, name)}
    return {**stays, **row, **{key: value for key, value in stays.items() if key in row}}


def _is_same(model: RowModel, known: Row, row: Mapping[str, Any]) -> bool:
    if not _is_about_the_same(known, row):
        return False
    try:
        return known == model.model_validate(row)
    except ValueError:
        return False


def _is_about_the_same(known: Row, row: Mapping[str, Any]) -> bool:
    return bool(known.task == row["task"])
