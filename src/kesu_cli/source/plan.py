"""Reads the plan folder: measures, units, policy and waivers, assembled into the terms of judging."""

import errno
import hashlib
from collections.abc import Callable
from pathlib import Path

from kesu_cli.diagnostic import Fault, FaultKind, Place
from kesu_cli.loaded import Loaded
from kesu_cli.model.plan import assemble
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.policy import Policy
from kesu_cli.model.scalar import EMPTY
from kesu_cli.model.unit import Units, UnitsFile
from kesu_cli.model.waiver import Waiver, WaiversFile
from kesu_cli.source.decode import decode, too_large
from kesu_cli.source.file_opening import TooLarge, read_file
from kesu_cli.source.validate import Model, fit
from kesu_cli.source.workspace import Workspace
from kesu_cli.yamltext.diagnose import diagnosed
from kesu_cli.yamltext.read import read_mapping

_UNKNOWN = ("文件打不开", "请检查磁盘，或是否被别的程序占用")
_RETYPE = "请用文本编辑器打开，看看内容是否正常，重新填写后再试"
_REASONS = {
    errno.EACCES: ("没有读取它的权限", "请检查文件和文件夹的权限"),
    errno.ENAMETOOLONG: ("名字太长", "请改短"),
    errno.ENOENT: ("这个链接所指的文件不存在", "请换成文件本身，或删除这个链接"),
    errno.ELOOP: ("这个链接指向它自己", "请换成文件本身，或删除这个链接"),
    errno.EISDIR: ("这是一个文件夹，不是文件", "请改名或移走这个文件夹"),
    errno.EXDEV: ("这个链接指到了工作区外面，不读", "请换成文件本身，或删除这个链接"),
    errno.ENXIO: ("这不是普通文件，是管道或设备", "请换成文本格式的 .yaml 文件，或删除它"),
}


Read = Callable[[str], bytes | None]


class _Reader:
    """Shapes the files of one folder, wherever it lies, and keeps what went wrong and what was read."""

    def __init__(self, read: Read, label: str) -> None:
        self._read = read
        self._label = label
        self.faults: list[Fault] = []
        self.digests: dict[str, str] = {}

    def place(self, name: str) -> Place:
        return Place(f"{self._label}/{name}")

    def shaped(self, name: str, model: type[Model], absent: Model | None = None) -> Model | None:
        """Read one file; where there is none it is as ``absent`` says, or missing."""
        try:
            return self._shaped(self.place(name), name, model, absent)
        except Exception as error:  # noqa: BLE001 - whatever a file does to a library is said of that file
            self.faults.append(unreadable(self.place(name), error))
            self.digests.setdefault(self.place(name).file, "")
            return None

    def _shaped(self, place: Place, name: str, model: type[Model], absent: Model | None) -> Model | None:
        content = self._read(name)
        if content is None:
            if absent is None:
                self.faults.append(
                    Fault(FaultKind.UNREADABLE, place, "缺少这个文件", "请从已有工作区复制一份再修改")
                )
            return absent
        self.digests[place.file] = hashlib.sha256(content).hexdigest()
        shaped, faults = fitted(content, model, place)
        self.faults.extend(faults)
        return shaped


def fitted(content: bytes, model: type[Model], place: Place) -> tuple[Model | None, tuple[Fault, ...]]:
    """Shape the bytes of a file; None where they can't be read, and what is wrong with them."""
    text, faults = decode(content, place)
    if text is None:
        return None, faults
    data, wrong = read_mapping(text, place)
    if wrong:
        return None, (*faults, *wrong)
    shaped, wrong = fit(model, data, place)
    return shaped, (*faults, *diagnosed(wrong, text, EMPTY))


def unreadable(place: Place, error: Exception) -> Fault:
    """Say why a file could not be read, whatever it was that went wrong within it."""
    if isinstance(error, TooLarge):
        return too_large(place, error.size)
    if isinstance(error, OSError):
        message, hint = _REASONS.get(error.errno or 0, _UNKNOWN)
    else:
        message, hint = f"读到一半出了错（{type(error).__name__}）", _RETYPE
    return Fault(FaultKind.UNREADABLE, place, message, hint)


def terms_at(folder: Path, label: str) -> Loaded:
    """Read a plan folder; what can't be read stands among the faults."""
    return terms_from(lambda name: _found(lambda: read_file(folder / name, folder)), label)


def terms_in(workspace: Workspace) -> Loaded:
    """Read the terms of a workspace, wherever their folder lies."""
    label = workspace.plan_label
    return terms_from(lambda name: _found(lambda: workspace.read(f"{label}/{name}")), label)


def _found(read: Callable[[], bytes]) -> bytes | None:
    try:
        return read()
    except FileNotFoundError:
        return None


def terms_from(read: Read, label: str) -> Loaded:
    """Make terms of the files that ``read`` returns by name (None where there is none)."""
    reader = _Reader(read, label)
    measures = reader.shaped("measures.yaml", PlanFile)
    units_file = reader.shaped("units.yaml", UnitsFile)
    policy = reader.shaped("policy.yaml", Policy)
    waivers_file = reader.shaped("waivers.yaml", WaiversFile, WaiversFile())
    terms = None
    if measures and units_file and policy:
        units = Units(units_file.units, units_file.groups, reader.place("units.yaml").file)
        plan = assemble(measures, reader.place("measures.yaml"), units, policy)
        terms = Terms(plan, units, policy, _waivers(waivers_file, reader.place("waivers.yaml")))
    return Loaded(terms, faults=tuple(reader.faults), digests=reader.digests)


def _waivers(file: WaiversFile | None, place: Place) -> tuple[Waiver, ...] | None:
    if file is None:
        return None
    return tuple(Waiver(row, place / "waivers" / index) for index, row in enumerate(file.waivers))
