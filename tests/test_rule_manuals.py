"""Every manual is complete and true: what it shows as wrong is caught on its line, what is right passes."""

import re
from pathlib import Path

import pytest

from examples import examples, hits, run_example, sections
from kesu_cli import rules
from kesu_cli.rule import Rule
from kesu_cli.rules.book import BY_CODE, RULES

HEADINGS = {"为什么", "错误示例", "正确示例", "怎么改"}
WITHOUT_EXAMPLE = {"KS001"}
FOLDER = Path(rules.__file__).parent

KEY = re.compile(
    r"\b(evidence|kind|sha256|entries|nothing_to_report|counted_by|jointly_with|status|submitted|value|items|"
    r"task|date|name|unit|note|draft|complete|ongoing)\b"
)

WRONG = [
    pytest.param(rule, number, id=f"{rule.code}-{number}")
    for rule in RULES
    for number in range(len(examples(sections(rule.manual).get("错误示例", ""))))
]
RIGHT = [
    pytest.param(rule, number, id=f"{rule.code}-{number}")
    for rule in RULES
    for number in range(len(examples(sections(rule.manual).get("正确示例", ""))))
]


@pytest.mark.parametrize(("rule", "number"), WRONG)
def test_the_wrong_example_is_caught_on_the_marked_lines(rule: Rule, number: int, tmp_path: Path) -> None:
    example = examples(sections(rule.manual)["错误示例"])[number]
    expected = {hit for hit in example.expected if hit[2] == rule.code}
    assert expected, "the example marks no line with this rule's code"
    assert expected == hits(run_example(example, tmp_path), rule.code)


@pytest.mark.parametrize(("rule", "number"), RIGHT)
def test_the_right_example_passes(rule: Rule, number: int, tmp_path: Path) -> None:
    example = examples(sections(rule.manual)["正确示例"])[number]
    assert set() == hits(run_example(example, tmp_path), rule.code)


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if "KS3" <= rule.code < "KS6"], ids=lambda rule: rule.code
)
def test_what_is_said_of_the_work_itself_names_no_key_of_a_file(rule: Rule, tmp_path: Path) -> None:
    for number, example in enumerate(examples(sections(rule.manual)["错误示例"])):
        report = run_example(example, tmp_path / str(number))
        said = {finding.message + finding.hint for finding in report.findings if finding.code == rule.code}
        assert said
        assert {text for text in said if KEY.search(text)} == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_manual_has_its_headings_and_examples(rule: Rule) -> None:
    found = sections(rule.manual)
    expected = HEADINGS - {"错误示例", "正确示例"} if rule.code in WITHOUT_EXAMPLE else HEADINGS
    assert expected == set(found)
    assert rule.summary.endswith("。")
    if rule.code not in WITHOUT_EXAMPLE:
        assert examples(found["错误示例"])
        assert examples(found["正确示例"])


def test_the_rule_that_help_names_is_in_the_book() -> None:
    assert rules.EXAMPLE in BY_CODE


def test_codes_and_names_are_unique_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert sorted(set(codes)) == codes
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_every_file_of_the_rule_book_is_a_rule_named_like_its_file() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__", "book"}
    assert files == {rule.name.replace("-", "_") for rule in RULES}
    assert all(re.fullmatch(r"KS\d{3}", rule.code) for rule in RULES)
