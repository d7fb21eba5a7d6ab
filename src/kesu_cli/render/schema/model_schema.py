"""JSON Schema of a model as a file is written: Chinese words, closed objects, no values of Python."""

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

_LIST = "应是列表，每一项以“- ”开头，或写在方括号里"
_PAIR = "应是方括号里的两个数，例如 [30, 40]"
EMPTY: JsonSchemaValue = {
    "title": "不填",
    "not": {"type": ["string", "number", "boolean", "object", "array"]},
}


class FileJsonSchema(GenerateJsonSchema):
    """Pydantic's generator without what speaks to programmers: made-up titles, docstrings, defaults."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - Pydantic's signature
        """Keep only the titles that are written."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Say nothing of defaults; a list may be left empty, as the reader takes it."""
        within = self.generate_inner(schema["schema"])
        return _or_empty(within) if schema.get("default") == () else within

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Take a key that is left empty, without a word that completion would offer for it."""
        return _or_empty(self.generate_inner(schema["schema"]))

    def tuple_schema(self, schema: core_schema.TupleSchema) -> JsonSchemaValue:
        """Say how a list is written."""
        found = super().tuple_schema(schema)
        return found | {"errorMessage": _PAIR if "prefixItems" in found else _LIST}

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """Say how a mapping with keys of its own is written."""
        found = super().dict_schema(schema)
        return found | {"errorMessage": "应是一组“键: 值”，每一对单独一行"}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """List the codes, each with the Chinese word it stands for."""
        codes = [str(member.value) for member in schema["members"]]
        words = [getattr(member, "word", "") for member in schema["members"]]
        said = "、".join(
            f"{code}（{word}）" if word else code for code, word in zip(codes, words, strict=True)
        )
        found: JsonSchemaValue = {"type": "string", "enum": codes, "errorMessage": f"这里可以写：{said}"}
        return found | ({"enumDescriptions": words} if all(words) else {})

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Leave out the docstring, which is English; the title is the row's Chinese one."""
        found = super().model_schema(schema)
        return {key: value for key, value in found.items() if key != "description"}


def _or_empty(within: JsonSchemaValue) -> JsonSchemaValue:
    if within.get("if") == {"type": ["boolean"]}:
        return within | {"if": {"type": ["boolean", "null"]}}
    if "$ref" in within or "anyOf" in within or "enum" in within:
        return {"anyOf": [within, EMPTY]}
    if within.get("type") == "array":
        return within | {"type": ["array", "null"]}
    return {"if": {"type": "null"}, "else": within}
