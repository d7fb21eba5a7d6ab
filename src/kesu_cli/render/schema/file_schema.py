"""The JSON Schema of a kind of file, as bytes; bound to a plan where one is given."""

import json
from typing import Any

from pydantic import BaseModel

from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.policy import Policy
from kesu_cli.model.progress_file import ProgressFile
from kesu_cli.model.unit import UnitsFile
from kesu_cli.model.waiver import WaiversFile
from kesu_cli.render.schema.file_kind import FileKind
from kesu_cli.render.schema.key_hints import row
from kesu_cli.render.schema.model_schema import FileJsonSchema
from kesu_cli.render.schema.plan_binding import bind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MODELS: dict[FileKind, type[BaseModel]] = {
    FileKind.PLAN: PlanFile,
    FileKind.UNITS: UnitsFile,
    FileKind.POLICY: Policy,
    FileKind.PROGRESS: ProgressFile,
    FileKind.WAIVERS: WaiversFile,
}


def schema_of(name: FileKind, bound: Terms | None = None) -> dict[str, Any]:
    """Return the schema; ``bound`` gives a progress schema the tasks and units that there are."""
    made = MODELS[name].model_json_schema(schema_generator=FileJsonSchema)
    kinds = made.pop("$defs", {})
    rows = {key: row(kind, kinds) if "properties" in kind else _codes(kind) for key, kind in kinds.items()}
    found = row(made, kinds) | {"$defs": rows}
    if bound is not None:
        bind(found, bound.plan, bound.units)
    head = {"$schema": DIALECT, "title": found["title"], "description": name.word}
    return head | found


def _codes(kind: dict[str, Any]) -> dict[str, Any]:
    """Leave out what Pydantic says of a list of codes: its name and docstring, in English."""
    return {key: value for key, value in kind.items() if key not in ("title", "description")}


def render(name: FileKind, bound: Terms | None = None) -> bytes:
    """Return the schema as a file holds it."""
    return (json.dumps(schema_of(name, bound), ensure_ascii=False, indent=2) + "\n").encode()
