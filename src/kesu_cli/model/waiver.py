"""Waivers (豁免): written, dated, approved exceptions that mark a finding and never hide it."""

from dataclasses import dataclass

from pydantic import model_validator

from kesu_cli.finding import Place
from kesu_cli.model.field import Day, Row, Text


class WaiverRow(Row):
    """One waiver as written; it names a rule, a task, or both."""

    rule: Text | None = None
    task: Text | None = None
    unit: Text
    reason: Text
    document: Text
    approved_by: Text
    until: Day | None = None

    @model_validator(mode="after")
    def _names_something(self) -> "WaiverRow":
        if self.rule is None and self.task is None:
            raise ValueError("豁免要写明 rule（规则代码，如 KS301）或 task（任务编号，如 M06-1），至少一项")
        return self


class WaiversFile(Row):
    """The shape of plan/waivers.yaml."""

    waivers: tuple[WaiverRow, ...] = ()


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
