"""JSON Schema of a model as a file is written: Chinese words, closed objects, no values of Python."""

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema


class Plain(GenerateJsonSchema):
    """Pydantic's generator without what speaks to programmers: made-up titles, docstrings, defaults."""

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - Pydantic's signature
        """Keep only the titles that are written."""
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Say nothing of defaults; a list may be left empty, as the reader takes it."""
        within = self.generate_inner(schema["schema"])
        return _or_null(within) if schema.get("default") == () else within

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Take a key that is left empty, without a branch that completion would offer twice."""
        return _or_null(self.generate_inner(schema["schema"]))

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


def _or_null(within: JsonSchemaValue) -> JsonSchemaValue:
    kinds = within.get("type")
    if kinds is None or "enum" in within:
        return {"anyOf": [within, {"type": "null"}]}
    return {**within, "type": [*([kinds] if isinstance(kinds, str) else kinds), "null"]}
