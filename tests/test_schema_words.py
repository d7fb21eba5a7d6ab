"""What the schemas say to people: each key explained in Chinese, and the same bytes as before.

After a change that is meant, KESU_WRITE_GOLDEN=1 pytest tests/test_schema_words.py writes the golden files.
"""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from examples import WORLD
from kesu_cli.model.plan_folder import Terms
from kesu_cli.render.schema.file_kind import FileKind
from kesu_cli.render.schema.file_schema import render, schema_of
from kesu_cli.source.plan import terms_at
from test_formats import golden

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Z]?[a-z][a-z0-9_]+")
MARKS = {
    "sha256",
    "KS",
    "pdf",
    "docx",
    "https",
    "www",
    "example",
    "com",
    "plan",
    "units",
    "yaml",
    "from",
    "to",
}
SAID = ("title", "description", "markdownDescription", "errorMessage", "enumDescriptions", "label")

Schema = dict[str, Any]


def bound() -> Terms:
    return terms_at(WORLD / "plan", "plan").readable_terms()


def _rows(name: FileKind) -> list[Schema]:
    schema = schema_of(name)
    return [row for row in (schema, *schema["$defs"].values()) if "properties" in row]


def _keys(name: FileKind) -> dict[str, Schema]:
    return {
        f"{row['title']}.{key}": within for row in _rows(name) for key, within in row["properties"].items()
    }


def _texts(value: object, key: str = "") -> Iterator[str]:
    """Yield all that an editor may show of a schema."""
    if isinstance(value, dict):
        for name, within in value.items():
            yield from _texts(within, name)
    elif isinstance(value, list):
        for within in value:
            yield from _texts(within, key)
    elif key in SAID:
        yield str(value)


@pytest.mark.parametrize("name", list(FileKind))
def test_a_schema_writes_its_golden_bytes(name: FileKind) -> None:
    content = render(name)
    assert golden(f"schema-{name}.json", content) == content


def test_a_schema_bound_to_a_plan_writes_its_golden_bytes() -> None:
    content = render(FileKind.PROGRESS, bound())
    assert golden("schema-progress-bound.json", content) == content


@pytest.mark.parametrize("name", list(FileKind))
def test_every_key_has_a_title_and_a_description_in_chinese(name: FileKind) -> None:
    keys = _keys(name)
    assert keys
    silent = [
        key
        for key, within in keys.items()
        if not (CHINESE.search(within.get("title", "")) and CHINESE.search(within.get("description", "")))
    ]
    assert silent == []


@pytest.mark.parametrize("name", list(FileKind))
def test_every_key_that_holds_a_value_has_an_example(name: FileKind) -> None:
    bare = [key for key, within in _keys(name).items() if "examples" not in within]
    lists = [key for key in bare if _keys(name)[key].get("type") in (["array", "null"], "array")]
    assert [key for key in bare if key not in lists and key != "方案.goals"] == []


@pytest.mark.parametrize("name", list(FileKind))
def test_the_titles_of_a_row_tell_its_keys_apart(name: FileKind) -> None:
    titles = [[within["title"] for within in row["properties"].values()] for row in _rows(name)]
    assert [sorted(set(row)) for row in titles] == [sorted(row) for row in titles]


@pytest.mark.parametrize("name", list(FileKind))
def test_what_is_shown_is_chinese_but_for_keys_and_codes(name: FileKind) -> None:
    """English stands there only as a key or a code that one writes, or in an example of one."""
    schema = schema_of(name)
    known = (
        {key for row in _rows(name) for key in row["properties"]} | MARKS | {str(kind) for kind in FileKind}
    )
    known |= {code for kind in schema["$defs"].values() for code in kind.get("enum", ())}
    known |= {"true", "false", "measures", "policy", "progress", "waivers"}
    words = {word for text in _texts(schema) for word in ENGLISH.findall(text)}
    assert words - known == set()


@pytest.mark.parametrize("name", list(FileKind))
def test_every_code_has_its_chinese_word(name: FileKind) -> None:
    kinds = [kind for kind in schema_of(name)["$defs"].values() if "enum" in kind]
    assert [
        kind["enum"] for kind in kinds if len(kind.get("enumDescriptions", ())) != len(kind["enum"])
    ] == []
