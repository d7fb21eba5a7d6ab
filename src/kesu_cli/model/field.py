"""Field types of the files: every scalar arrives as text and is typed here, or refused in Chinese."""

from datetime import date
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.fields import FieldInfo

from kesu_cli.model import scalar
from kesu_cli.model.amount import Amount
from kesu_cli.model.window import Days


class FileRow(BaseModel):
    """A mapping of a file: unknown keys are refused, nothing is changed after it is read."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_lists_are_empty(cls, value: object) -> object:
        """Read a list of which only the key is written as one that is left out."""
        if not isinstance(value, dict) or None not in value.values():
            return value
        lists = {key for key, field in fields_by_key(cls).items() if field.default == ()}
        return {key: within for key, within in value.items() if within is not None or key not in lists}

    @classmethod
    def attribute(cls, key: str) -> str:
        """Return the name under which the row holds what stands under a key of the file."""
        return next((name for name, field in cls.model_fields.items() if field.alias == key), key)


def fields_by_key(row: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a row by the keys of the file."""
    return {field.alias or name: field for name, field in row.model_fields.items()}


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), scalar.TEXT]
Line = Annotated[Text, AfterValidator(scalar.on_one_line)]
AnyText = Annotated[str, scalar.ANY_TEXT]
OptionalText = Annotated[Text | None, BeforeValidator(scalar.filled), WithJsonSchema(scalar.TEXT.schema)]
Names = Annotated[tuple[Line, ...], scalar.NAMES]
Whole = Annotated[int, scalar.WHOLE]
Year = Annotated[int, scalar.YEAR]
Day = Annotated[date, scalar.DAY]
WrittenDays = Annotated[Days, scalar.DAYS]
WrittenAmount = Annotated[Amount, scalar.AMOUNT]
OptionalAmount = Annotated[Amount | None, scalar.AMOUNT]
Flag = Annotated[bool, scalar.FLAG]
FilePath = Annotated[str | None, scalar.FILE_PATH]
WebAddress = Annotated[str | None, scalar.ADDRESS]
ArchiveNumber = Annotated[str | None, scalar.ARCHIVE]
MonthDay = Annotated[tuple[int, int], scalar.MONTH_DAY]
TaskId = Annotated[Text, StringConstraints(pattern=f"^{scalar.TASK_ID_FORM}$"), scalar.TASK_ID]
