"""The reference of file formats, from the same models that read the files."""

from collections.abc import Iterator
from typing import Any

import yaml

from kesu_cli.model.scalar import SCALARS
from kesu_cli.render.schema.editor_settings import FILES
from kesu_cli.render.schema.file_kind import FileKind
from kesu_cli.render.schema.file_schema import schema_of

INTRODUCTION = """# 文件格式

本页由 `python tools/make_docs.py` 从读文件用的模型生成，请勿手改。编辑器用的同一份格式由 `kesu schema` 输出
（见 [editor.md](editor.md)）。

所有文件都是 UTF-8 的 YAML。没有列出的键一律不接受。“必填”的键不能省；其余的不需要就整行不写。
"""

EXAMPLES = {
    FileKind.PROGRESS: """\
unit: 市教体局
year: 2024
status: complete
submitted: 2025-01-08
entries:
  - task: M06-1
    date: 2024-07-16
    name: 暑期科技辅导员培训班
    value: 18
    jointly_with: [市科协]
    evidence:
      - {kind: 签到表, path: 佐证/2024/签到表.pdf}
      - {kind: 报道, url: "https://www.example.com/1"}
      - {kind: 名册, archive: 2024-市教体局-017}
nothing_to_report:
  - {task: M05-5, reason: 本年度上级未安排}
""",
    FileKind.PLAN: """\
title: 某市全民科学素质行动规划纲要实施方案（2021—2025年）
issuer: 某市人民政府
issued: 2022-03-29
period: {from: 2021-01-01, to: 2025-12-31}
actions:
  - id: A1
    name: 青少年科学素质提升行动
    lead: [市教体局, 市科协]
    measures:
      - number: 6
        title: 实施教师科学素质提升工程
        tasks:
          - id: M06-1
            name: 培训科技辅导员
            quote: 每年培训30名科技辅导员
            kind: quantity
            strength: hard
            target: {at_least: 30, unit: 名}
            every: year
            tally: sum
""",
    FileKind.UNITS: """\
units:
  - name: 市科协
    kind: 群团组织
    aliases: [市科学技术协会]
  - name: 市教体局
    kind: 政府部门
    aliases:
      - {name: 市教育局, until: 2019-03-31}
groups:
  - name: 成员单位
    members: [市科协, 市教体局]
""",
    FileKind.POLICY: """\
report_due: {years_after: 1, day: 01-31}
lights: {yellow_within: 30}
evidence: {hard: 1, firm: 0, soft: 0}
semesters:
  - {name: 春季学期, from: 02-01, to: 07-31}
  - {name: 秋季学期, from: 08-01, to: 01-31}
""",
    FileKind.WAIVERS: """\
waivers:
  - task: M08-7
    unit: 市农业农村局
    reason: 选址调整，市政府同意延期
    document: 示例府办〔2024〕8号
    approved_by: 示例市人民政府
    until: 2025-06-30
""",
}

Schema = dict[str, Any]


def _said(form: Schema) -> str:
    """Return the words that tell forms apart; of one that may stay empty, those of what is written."""
    return str(form.get("errorMessage") or form.get("else", {}).get("errorMessage", ""))


_FORMS = {_said(scalar.schema): scalar.word for scalar in SCALARS}


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRODUCTION, *(line for name in FILES for line in _file(name))])


def _file(name: FileKind) -> Iterator[str]:
    schema = schema_of(name)
    yield f"## {FILES[name].replace('*/*', '年度/单位')}\n"
    yield f"{name.word}。\n\n```yaml\n{EXAMPLES[name]}```\n"
    yield from _row(schema["title"], schema, schema)
    for row in schema["$defs"].values():
        if "properties" in row:
            yield from _row(row["title"], row, schema)


def _row(title: str, row: Schema, whole: Schema) -> Iterator[str]:
    yield f"### {title}\n"
    yield "| 键 | 意思 | 写法 | 必填 | 例 |"
    yield "|---|---|---|---|---|"
    for key, within in row["properties"].items():
        required = "是" if key in _required(row) else ""
        example = f"`{_flow(within['examples'][0])}`" if "examples" in within else ""
        word = f"{within['title']}：" if "title" in within else ""
        cells = (f"`{key}`", word + within["description"], _form(within, whole), required, example)
        yield f"| {' | '.join(cells)} |"
    yield ""


def _required(row: Schema) -> list[str]:
    return [key for condition in row.get("allOf", ()) for key in condition.get("required", ())]


def _flow(example: object) -> str:
    """Write an example as one line of YAML."""
    text = yaml.safe_dump(example, allow_unicode=True, default_flow_style=True, sort_keys=False, width=1_000)
    return text.removesuffix("...\n").strip().replace("'", "")


def _form(within: Schema, whole: Schema) -> str:
    """Say how a value is written."""
    known = _FORMS.get(_said(within))
    if known:
        return known
    if "$ref" in within:
        return _form(whole["$defs"][within["$ref"].removeprefix("#/$defs/")], whole)
    if "anyOf" in within and "properties" not in within:
        return _form(within["anyOf"][0], whole)
    return _words(within) if "enum" in within else _collection(within, whole)


def _collection(within: Schema, whole: Schema) -> str:
    if "prefixItems" in within:
        return f"两个{_form(within['prefixItems'][0], whole)}的列表"
    if "items" in within:
        return f"列表，每一项是{_form(within['items'], whole)}"
    return f"一组“键: 值”，见“{within['title']}”" if "properties" in within else "一组“键: 值”"


def _words(within: Schema) -> str:
    said = within.get("enumDescriptions") or [""] * len(within["enum"])
    pairs = zip(within["enum"], said, strict=True)
    return "、".join(f"`{code}`（{word}）" if word else f"`{code}`" for code, word in pairs)
