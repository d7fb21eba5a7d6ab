"""ajv, which many editors and websites check with, compiles the schemas and says what the reader says."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from client import installed, program
from kesu_cli.diagnostic import Place
from kesu_cli.render.schema.file_kind import FileKind
from kesu_cli.render.schema.file_schema import schema_of
from kesu_cli.yamltext.read import read_mapping
from schema_reader import GOOD, ROOT, both, typed, validator
from test_schema_agreement import BROKEN, our_examples
from test_schema_words import bound

SCRIPT = Path(__file__).parent / "clients" / "check_schemas.mjs"

Files = dict[str, str]


def _ajv(schemas: list[tuple[object, Files]], folder: Path) -> list[dict[str, bool]]:
    packages = installed("node_modules/ajv/dist/2020.js").parent.parent.parent
    (folder / "node_modules").symlink_to(packages, target_is_directory=True)
    shutil.copy(SCRIPT, folder)
    given = [
        {"schema": schema, "files": {name: typed(text) for name, text in files.items()}}
        for schema, files in schemas
    ]
    done = subprocess.run(
        [program("node"), SCRIPT.name],
        cwd=folder,
        input=json.dumps(given).encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return list(json.loads(done.stdout))


def _texts(name: FileKind) -> Files:
    """Return every file of a kind: those of the repository, the examples of the manuals, broken ones."""
    found = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in GOOD[name]}
    found |= {where: text for where, (kind, text) in our_examples().items() if kind is name}
    broken = BROKEN if name is FileKind.PROGRESS else {}
    return found | {key: text for key, text in broken.items() if not read_mapping(text, Place("x"))[1]}


@pytest.mark.parametrize("name", list(FileKind))
def test_ajv_says_of_every_file_what_the_reader_says(name: FileKind, tmp_path: Path) -> None:
    files = _texts(name)
    (said,) = _ajv([(schema_of(name), files)], tmp_path)
    assert said == {file: both(name, text)[0] for file, text in files.items()}


def test_ajv_takes_the_schema_that_is_bound_to_a_plan(tmp_path: Path) -> None:
    schema = schema_of(FileKind.PROGRESS, bound())
    head = "unit: {}\nyear: 2024\nstatus: draft\nentries:\n  - {{task: {}, date: 2024-07, name: 培训班}}\n"
    files = {
        "right": head.format("市教体局", "M06-1"),
        "task": head.format("市教体局", "M99-1"),
        "unit": head.format("市教体剧", "M06-1"),
    }
    (said,) = _ajv([(schema, files)], tmp_path)
    assert said == {"right": True, "task": False, "unit": False}
    assert validator(FileKind.PROGRESS).is_valid(typed(files["unit"]))
