"""Whatever the reader takes, the schema takes; what only the reader refuses is listed, with the reason."""

from fnmatch import fnmatch

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import test_broken_files
from examples import examples, sections
from form_city import REPORT
from kesu_cli.diagnostic import Place
from kesu_cli.model.scalar import AMOUNT, DAY, DAYS, FLAG, MONTH_DAY, WHOLE, YEAR, Scalar
from kesu_cli.render.schema.editor_settings import FILES
from kesu_cli.render.schema.file_kind import FileKind
from kesu_cli.render.schema.file_schema import MODELS
from kesu_cli.rules.book import RULES
from kesu_cli.source.validate import fit
from kesu_cli.yamltext.read import read_mapping
from schema_reader import both, typed, validator

PLACE = Place("x.yaml")
HEAD, ENTRY = test_broken_files.HEAD, test_broken_files.ENTRY
BROKEN = {
    name: text
    for name, text in vars(test_broken_files).items()
    if name in ("GOOD", "BLANK") or name.startswith("HEAD")
}

READER_ONLY = {
    "the day is not in the calendar": ENTRY.replace("07-16", "02-30"),
    "the days are in the wrong order": ENTRY.replace("2024-07-16", "{from: 2024-07-05, to: 2024-07-01}"),
    "two units of measure that differ": f"{ENTRY}    unit: 场\n".replace("value: 18", "value: 18名"),
    "a denominator of zero": ENTRY.replace("value: 18", "numerator: 1\n    denominator: 0"),
    "quotation marks of Chinese": f"{ENTRY}    evidence: [{{kind: 照片, path: “a.jpg”}}]\n",
    "a number of another notation, which an editor has made a number": ENTRY.replace("18", "0x12"),
    "a number too long to be meant": ENTRY.replace("18", "1" * 41),
}


def our_examples() -> dict[str, tuple[FileKind, str]]:
    """Read every file of the manuals that is YAML of ours, by the rule and place it stands in."""
    return {
        f"{rule.code} {section} {number} {file}": (name, text)
        for rule in RULES
        for section in ("错误示例", "正确示例")
        for number, example in enumerate(examples(sections(rule.manual).get(section, "")))
        for file, text in example.files.items()
        for name, pattern in FILES.items()
        if fnmatch(file, pattern) and not read_mapping(text, PLACE)[1]
    }


def test_of_every_file_of_the_manuals_reader_and_schema_say_the_same() -> None:
    said = {where: both(name, text) for where, (name, text) in our_examples().items()}
    assert len(said) > 150
    assert {where: one for where, one in said.items() if one[0] != one[1]} == {}
    assert [where for where, one in said.items() if one == (False, False)]


@pytest.mark.parametrize("name", BROKEN)
def test_of_the_files_that_are_broken_by_hand_too(name: str) -> None:
    taken, valid = both(FileKind.PROGRESS, BROKEN[name])
    assert taken == valid


@pytest.mark.parametrize("why", READER_ONLY)
def test_what_a_schema_cannot_say_is_refused_by_the_reader_alone(why: str) -> None:
    assert both(FileKind.PROGRESS, HEAD + READER_ONLY[why]) == (False, True)


WRITTEN = [
    *("", "~", "null", "true", "false", "是", "否", "ＴＲＵＥ", "18", "１８", "12,000", "2万", "1.2 万人次"),
    *(
        "15.4%",
        "'18'",
        '"2024"',
        "2024",
        "２０２４",
        "24",
        "02024",
        "0x10",
        "1e5",
        "1_000",
        "-3",
        "②",
        "三十",
    ),
    *("2024-07-16", "2024-7-6", "2024-07", "2024.7", "2024年7月", "2024/7/16", "７月", "45489", "12:30"),
    *("{from: 2024-07-01, to: 2024-07-05}", "{from: 2024-07-01}", "{a: 1}", "[市科协]", "[市科协, 3]", "[]"),
    *("draft", "complete", "done", "ongoing", "已办结", "M06-1", "6-1", "市教体局", "[{kind: 照片}]"),
]
FOLDED = "②"  # the reader folds it into 2 where a whole number stands
DECIDED = [WHOLE, YEAR, DAY, DAYS, AMOUNT, FLAG, MONTH_DAY]


@pytest.mark.parametrize("scalar", DECIDED, ids=[scalar.word for scalar in DECIDED])
@given(text=st.sampled_from(WRITTEN) | st.text("0123456789万亿.,%/-年月日人是 １２３", max_size=10))
def test_whatever_the_reader_takes_as_a_scalar_its_schema_takes(scalar: Scalar, text: str) -> None:
    data, faults = read_mapping(f"a: {text}", PLACE)
    taken = not faults and FOLDED not in text and _takes(scalar, data["a"])
    assert not taken or Draft202012Validator(scalar.schema).is_valid(typed(f"a: {text}")["a"])


def _takes(scalar: Scalar, value: object) -> bool:
    assert scalar.read is not None
    try:
        scalar.read(value)
    except ValueError:
        return False
    return True


LINES = REPORT.splitlines()
SPOILT = st.tuples(
    st.integers(0, len(LINES) - 1),
    st.sampled_from(["value", "drop", "key", "twice"]),
    st.sampled_from(WRITTEN) | st.text("0123456789万亿.,%-年月日人 １２３", max_size=8),
)


def _spoil(lines: list[str], change: tuple[int, str, str]) -> list[str]:
    number, how, written = change
    number %= len(lines)
    key, colon, _ = lines[number].partition(":")
    if how == "drop":
        return lines[:number] + lines[number + 1 :]
    if how == "twice":
        indent = key[: len(key) - len(key.lstrip(" -"))].replace("-", " ")
        return [*lines[: number + 1], f"{indent}unit: {written}", *lines[number + 1 :]]
    changed = f"{key}: {written}" if how == "value" or not colon else lines[number].replace(":", "x:", 1)
    return [*lines[:number], changed, *lines[number + 1 :]]


@settings(max_examples=400, deadline=None)
@given(changes=st.lists(SPOILT, min_size=1, max_size=2))
def test_whatever_the_reader_takes_the_schema_takes(changes: list[tuple[int, str, str]]) -> None:
    lines = LINES
    for change in changes:
        lines = _spoil(lines, change) or LINES
    text = "\n".join(lines) + "\n"
    data, faults = read_mapping(text, PLACE)
    assume(not faults)
    read, _ = fit(MODELS[FileKind.PROGRESS], data, PLACE)
    wrong = [error.message[:200] for error in validator(FileKind.PROGRESS).iter_errors(typed(text))]
    assert read is None or wrong == []
