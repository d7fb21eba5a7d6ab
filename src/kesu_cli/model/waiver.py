"""Waivers (豁免): written, dated, approved exceptions that mark a finding and never hide it."""

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ConfigDict, Field, model_validator

from kesu_cli.diagnostic import Place
from kesu_cli.model.field import Day, FileRow, Text
from kesu_cli.model.key_dependency import some
from kesu_cli.model.unit import Units
from kesu_cli.model.window import AsOf

_SUBJECT = "豁免要写明 rule（规则代码，如 KS301）或 task（任务编号，如 M06-1），至少一项"


class WaiverRow(FileRow):
    """One waiver as written; it names a rule, a task, or both."""

    model_config = ConfigDict(title="豁免", json_schema_extra={"allOf": [some(("rule", "task"), _SUBJECT)]})

    rule: Text | None = Field(
        None, title="规则", examples=["KS301"], description="豁免哪条规则，如 KS301；与 task 至少写一项"
    )
    task: Text | None = Field(
        None, title="任务编号", examples=["M06-1"], description="豁免哪项任务，如 M06-1"
    )
    unit: Text = Field(title="单位", examples=["市农业农村局"], description="被豁免的单位")
    reason: Text = Field(title="原因", examples=["选址调整，市政府同意延期"], description="为什么豁免")
    document: Text = Field(title="批准文件", examples=["市府办〔2024〕8号"], description="批准的文件")
    approved_by: Text = Field(
        title="批准机关", examples=["市人民政府"], description="谁批准的，不能是被豁免的单位自己"
    )
    until: Day | None = Field(
        None, title="有效期至", examples=["2025-06-30"], description="有效到哪一天（含当日）；不写的不生效"
    )

    @model_validator(mode="after")
    def _names_something(self) -> "WaiverRow":
        if self.rule is None and self.task is None:
            raise ValueError(_SUBJECT)
        return self


class WaiversFile(FileRow):
    """The shape of plan/waivers.yaml."""

    model_config = ConfigDict(title="豁免")

    waivers: tuple[WaiverRow, ...] = Field(
        (),
        title="豁免",
        examples=["另起一行写“- task: M06-1”，下面各行与 task 对齐"],
        description="书面批准的各项例外",
    )


@dataclass(frozen=True, slots=True)
class Waiver:
    """A waiver with the place it is written in."""

    row: WaiverRow
    place: Place

    @property
    def label(self) -> str:
        """How outputs refer to it: approver, document, last day."""
        until = f"，至 {self.row.until}" if self.row.until else ""
        return f"{self.row.approved_by}批准，{self.row.document}{until}"

    @property
    def subject(self) -> str:
        """What tells it apart from other waivers of the unit, wherever it stands in the file."""
        return f"{self.row.rule or ''} {self.row.task or ''} {self.row.document}"

    def unit(self, units: Units) -> str:
        """Return the canonical name of the unit that is excused; as written where it is unknown."""
        return units.find_one(self.row.unit) or self.row.unit

    def is_self_granted(self, units: Units) -> bool:
        """Whether the unit that is excused approved it itself, under whatever name, or a part of it did."""
        unit, approver = self.unit(units), units.find_one(self.row.approved_by)
        if approver:
            return approver == unit
        return any(name in self.row.approved_by for name in units.names_of(unit))

    def has_known_approver(self, units: Units, approvers: Sequence[str]) -> bool:
        """Whether a declared unit approved it, or a body that the office lists as one that may."""
        approver = self.row.approved_by
        return approver in approvers or units.find_one(approver) is not None

    def has_expired(self, as_of: AsOf) -> bool:
        """Whether its last day is past; on that day itself it still holds."""
        return self.row.until is not None and self.row.until < as_of.day

    def is_effective(self, as_of: AsOf, units: Units, approvers: Sequence[str]) -> bool:
        """Whether it holds: dated, not expired, granted by a known approver and not by the unit itself."""
        is_granted = self.has_known_approver(units, approvers) and not self.is_self_granted(units)
        return self.row.until is not None and not self.has_expired(as_of) and is_granted
