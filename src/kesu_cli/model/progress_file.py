"""The shape of progress/<year>/<unit>.yaml: what a unit may write there."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from kesu_cli.model.amount import combine
from kesu_cli.model.field import Day, Flag, Row, Text, WrittenAmount, WrittenDays, Year

_CHINESE_QUOTES = "“”‘’「」『』＂＇"


class FilingStatus(StrEnum):
    """Whether the unit has finished its report."""

    DRAFT = "draft"
    COMPLETE = "complete"


class Progress(StrEnum):
    """Whether the matter of an entry is finished."""

    DONE = "done"
    ONGOING = "ongoing"


class EvidenceRow(Row):
    """One piece of evidence: a file of the repository, an address on the web, or a description."""

    kind: Text
    path: Text | None = None
    url: Text | None = None
    sha256: Text | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _is_not_in_chinese_quotes(self) -> Self:
        for key, value in (("path", self.path), ("url", self.url)):
            if value and (value[0] in _CHINESE_QUOTES or value[-1] in _CHINESE_QUOTES):
                bare = value.strip(_CHINESE_QUOTES)
                raise ValueError(f'{key} 两边是中文引号；请改成英文引号：{key}: "{bare}"')
        return self

    @model_validator(mode="after")
    def _points_somewhere(self) -> Self:
        if self.path is None and self.url is None:
            raise ValueError("佐证材料要写 path（仓库内的文件）或 url（网址），至少一项")
        if self.sha256 is not None and self.path is None:
            raise ValueError("sha256 只用于 path 所指的文件；网址不用写")
        return self


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Names = Annotated[tuple[Text, ...], BeforeValidator(_listed)]


class EntryRow(Row):
    """One dated fact as written."""

    task: Text
    date: WrittenDays
    name: Text
    value: WrittenAmount | None = None
    numerator: WrittenAmount | None = None
    denominator: WrittenAmount | None = None
    unit: Text | None = None
    items: Names = ()
    status: Progress = Progress.DONE
    jointly_with: Names = ()
    counted_by: Text | None = None
    cited_from: Text | None = None
    evidence: tuple[EvidenceRow, ...] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if (self.numerator is None) != (self.denominator is None):
            raise ValueError("numerator（分子）和 denominator（分母）要一起写")
        if self.denominator is not None and self.denominator.number == 0:
            raise ValueError("denominator（分母）不能是 0")
        if self.value is not None and self.numerator is not None:
            raise ValueError("value 与 numerator/denominator 只写一种")
        if self.value is not None:
            combine(self.value, self.unit or "")
        return self


class NothingRow(Row):
    """A unit's statement that it has nothing to report for a task this year, and why."""

    task: Text
    reason: Text


class ProgressFile(Row):
    """The whole of a progress file."""

    unit: Text
    year: Year
    status: FilingStatus
    submitted: Day | None = None
    demo: Flag = False
    note: Text | None = None
    entries: tuple[EntryRow, ...] = ()
    nothing_to_report: tuple[NothingRow, ...] = ()

    @model_validator(mode="after")
    def _submitted_when_complete(self) -> Self:
        if self.status is FilingStatus.COMPLETE and self.submitted is None:
            raise ValueError(
                "状态是 complete（报送完毕）时要写 submitted（报送日期），例如 submitted: 2025-01-08"
            )
        return self
