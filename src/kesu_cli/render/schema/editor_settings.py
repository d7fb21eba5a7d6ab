"""How an editor is told which schema a file of a workspace follows: a first line, or its settings."""

import json
from collections.abc import Mapping

from kesu_cli.render.schema.file_kind import FileKind

FOLDER = ".kesu"

FILES: Mapping[FileKind, str] = {
    FileKind.PLAN: "plan/measures.yaml",
    FileKind.UNITS: "plan/units.yaml",
    FileKind.POLICY: "plan/policy.yaml",
    FileKind.WAIVERS: "plan/waivers.yaml",
    FileKind.PROGRESS: "progress/*/*.yaml",
}


def schema_path(name: FileKind) -> str:
    """Say where in a workspace the schema of a kind of file is kept."""
    return f"{FOLDER}/{name}.schema.json"


def modeline(schema: str) -> str:
    """Return the first line of a file that names its schema, by its path from that file."""
    return f"# yaml-language-server: $schema={schema}\n"


def settings() -> str:
    """Return .vscode/settings.json of a workspace that keeps its schemas at ``schema_path``."""
    known = {f"./{schema_path(name)}": pattern for name, pattern in FILES.items()}
    content = {"yaml.schemas": known, "yaml.schemaStore.enable": False, "files.encoding": "utf8"}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
