"""Reads the plan folder: measures, units, policy and waivers, assembled into a plan."""

import errno
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from kesu_cli.finding import Place
from kesu_cli.model.plan import Plan, assemble
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.policy import Policy
from kesu_cli.model.unit import Units, UnitsFile
from kesu_cli.model.waiver import Waiver, WaiversFile
from kesu_cli.rule import Fault, FaultKind
from kesu_cli.source.second_look import look_again
from kesu_cli.source.shape import Model, fit
from kesu_cli.source.text import decode
from kesu_cli.source.tree import read_mapping

_UNKNOWN = ("文件打不开", "请检查磁盘，或是否被别的程序占用")
_REASONS = {
    errno.EACCES: ("没有读取这个文件的权限", "请检查文件权限"),
    errno.ENOENT: ("这个链接所指的文件不存在", "请换成文件本身，或删除这个链接"),
    errno.ELOOP: ("这个链接指向它自己", "请换成文件本身，或删除这个链接"),
    errno.EISDIR: ("这是一个文件夹，不是文件", "请改名或移走这个文件夹"),
}


@dataclass(frozen=True)
class PlanFolder:
    """What the plan folder holds.

    ``plan`` is None where one of its files could not be read, ``waivers`` where the waivers could not.
    """

    plan: Plan | None
    units: Units | None
    policy: Policy | None
    waivers: tuple[Waiver, ...] | None
    faults: tuple[Fault, ...]
    digests: dict[str, str] = field(default_factory=dict)


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
        place = self.place(name)
        try:
            content = self._read(name)
        except OSError as error:
            self.faults.append(unreadable(place, error))
            return None
        if content is None:
            if absent is None:
                self.faults.append(
                    Fault(FaultKind.UNREADABLE, place, "缺少这个文件", "请从已有工作区复制一份再修改")
                )
            return absent
        return self._fitted(content, model, place)

    def _fitted(self, content: bytes, model: type[Model], place: Place) -> Model | None:
        self.digests[place.file] = hashlib.sha256(content).hexdigest()
        text, faults = decode(content, place)
        self.faults.extend(faults)
        if text is None:
            return None
        data, faults = read_mapping(text, place)
        self.faults.extend(faults)
        if faults:
            return None
        shaped, faults = fit(model, data, place)
        self.faults.extend(look_again(faults, text))
        return shaped


def unreadable(place: Place, error: OSError) -> Fault:
    """Say that the system did not let us read a file."""
    message, hint = _REASONS.get(error.errno or 0, _UNKNOWN)
    return Fault(FaultKind.UNREADABLE, place, message, hint)


def load_plan(folder: Path, label: str) -> PlanFolder:
    """Read a plan folder; what can't be read is None and stands among the faults."""
    return plan_from(lambda name: _content(folder / name), label)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def plan_from(read: Read, label: str) -> PlanFolder:
    """Make a plan of the files that ``read`` returns by name (None where there is none)."""
    reader = _Reader(read, label)
    measures = reader.shaped("measures.yaml", PlanFile)
    units_file = reader.shaped("units.yaml", UnitsFile)
    policy = reader.shaped("policy.yaml", Policy)
    waivers_file = reader.shaped("waivers.yaml", WaiversFile, WaiversFile())
    units = None
    if units_file:
        units = Units(units_file.units, units_file.groups, reader.place("units.yaml").file)
    plan = None
    if measures and units and policy:
        plan = assemble(measures, reader.place("measures.yaml"), units, policy)
    waivers = None
    if waivers_file:
        place = reader.place("waivers.yaml") / "waivers"
        waivers = tuple(Waiver(row, place / index) for index, row in enumerate(waivers_file.waivers))
    return PlanFolder(plan, units, policy, waivers, tuple(reader.faults), reader.digests)
