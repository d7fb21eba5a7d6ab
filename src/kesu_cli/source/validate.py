"""Plain data to typed files: what Pydantic finds wrong, as faults at their places."""

from collections.abc import Container, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from kesu_cli.diagnostic import Fault, FaultKind, Place, Step
from kesu_cli.source.validation_message import code_of, home_of, say

Model = TypeVar("Model", bound=BaseModel)


MOST_FAULTS = 10_000  # nobody reads more of one file


def fit(model: type[Model], data: Any, place: Place) -> tuple[Model | None, tuple[Fault, ...]]:
    """Validate data against a file's shape; every error becomes a located fault."""
    try:
        return model.model_validate(data), ()
    except ValidationError as error:
        if error.error_count() > MOST_FAULTS:
            return None, (_too_many(error.error_count(), place),)
        details = error.errors(include_url=False)
    elsewhere = {str(detail["loc"][-1]) for detail in details if _is_outdented(model, detail)}
    translated = {_translated(model, detail) for detail in details if detail["type"] == "extra_forbidden"}
    told = (detail for detail in details if not _follows(detail, elsewhere, translated))
    return None, tuple(_fault(model, detail, data, place) for detail in told)


def _too_many(count: int, place: Place) -> Fault:
    message = f"有 {count} 处写得不对，太多了，不逐处列出"
    return Fault(FaultKind.SCHEMA, place, message, "请对照别的单位的文件重新填写，不要改动格式")


def _is_outdented(model: type[BaseModel], detail: ErrorDetails) -> bool:
    """Whether a key stands at the top that belongs into an entry: its line has lost its indentation."""
    kind, loc = detail["type"], detail["loc"]
    return kind == "extra_forbidden" and len(loc) == 1 and bool(home_of(model, str(loc[0])))


def _translated(model: type[BaseModel], detail: ErrorDetails) -> tuple[Step, ...]:
    """Return the location that was meant by a key written in Chinese."""
    return (*detail["loc"][:-1], code_of(model, detail["loc"]))


def _follows(detail: ErrorDetails, elsewhere: Container[str], translated: Container[object]) -> bool:
    """Whether an error only says again that a key stands in the wrong place, or in another language."""
    loc = detail["loc"]
    is_elsewhere = len(loc) > 1 and str(loc[-1]) in elsewhere
    return detail["type"] == "missing" and (is_elsewhere or loc in translated)


def _fault(model: type[BaseModel], detail: ErrorDetails, data: Any, place: Place) -> Fault:
    path = real_path(detail["loc"], data)
    message, hint = say(model, detail)
    return Fault(FaultKind.SCHEMA, Place(place.file, place.path + path), message, hint)


def real_path(loc: Sequence[Step], data: Any) -> tuple[Step, ...]:
    """Keep the steps of a Pydantic location that name something in the data."""
    path: list[Step] = []
    for step in loc:
        inside = (isinstance(data, Mapping) and step in data) or (
            isinstance(data, Sequence) and isinstance(step, int) and step < len(data)
        )
        if inside:
            data = data[step]
            path.append(step)
    return tuple(path)
