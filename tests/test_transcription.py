"""Holds the transcription in `plan/` against the official document, read here without any code of kesu."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from official_document import official_document

PLAN = Path(__file__).parent.parent / "plan"
TASK_KEYS = [
    *("id", "name", "quote", "kind", "strength", "target"),
    *("by", "during", "every", "throughout", "on_event"),
    *("tally", "spread", "items", "baseline", "interim"),
    *("lead", "responsible", "accountable", "open_ended", "reading"),
]
WHEN_KEYS = {"by", "during", "every", "throughout", "on_event"}
KINDS = {
    *("rate", "quantity", "recurrence", "deliverable", "mechanism", "integration", "event"),
    *("programme", "coverage", "direction", "funding", "policy", "deadline", "qualitative"),
}
STRENGTHS = {"hard", "firm", "soft"}
HEADING = re.compile(r"^（[一二三四五六七八九十]）(?:实施)?([^。]+)。?$")
MEASURE = re.compile(r"^(\d+)．([^。]+)。(.+)$")
OWNERS = re.compile(r"^（牵头单位：(.+?)。责任单位：(.+?)(等单位参加)?）$")
NUMBER = re.compile(r"(\d+(?:\.\d+)?)(万?)")

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """A stretch of the document with the tasks that quote it and the years its phase spans."""

    name: str
    text: str
    tasks: list[Row]
    years: frozenset[str] = frozenset()


@dataclass(frozen=True)
class PrintedAction:
    """An action as the document prints it."""

    name: str
    preamble: str
    measures: dict[str, tuple[str, str]]  # number: (title, text)
    lead: list[str]
    responsible: list[str]
    open_ended: bool


# --- the transcription -------------------------------------------------------


@cache
def plan() -> Row:
    loaded: Row = yaml.load((PLAN / "measures.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return loaded


@cache
def units() -> Row:
    loaded: Row = yaml.load((PLAN / "units.yaml").read_text("utf-8"), Loader=yaml.BaseLoader)
    return loaded


def measures() -> list[Row]:
    return [measure for action in plan()["actions"] for measure in action["measures"]]


def task_lists() -> Iterator[tuple[str, list[Row]]]:
    """Yield every list of tasks with the id prefix that its tasks must carry."""
    yield "G", plan()["goals"]["tasks"]
    for action in plan()["actions"]:
        yield action["id"], action.get("tasks", [])
        for measure in action["measures"]:
            yield f"M{int(measure['number']):02d}", measure["tasks"]
    for chapter in (*plan()["safeguards"], *plan()["phases"]):
        yield chapter["id"], chapter["tasks"]


def tasks() -> list[Row]:
    return [task for _, rows in task_lists() for task in rows]


def repeated(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def ids_with(key: str) -> list[str]:
    return [row["id"] for row in tasks() if key in row]


def task(identifier: str) -> Row:
    return next(row for row in tasks() if row["id"] == identifier)


def facts(identifier: str) -> Row:
    """Return what a task asks for, without its wording."""
    wording = {"id", "name", "quote", "kind", "reading"}
    return {key: value for key, value in task(identifier).items() if key not in wording}


# --- the document ------------------------------------------------------------


def document() -> str:
    return official_document().read_text("utf-8")


def between(start: str, end: str) -> str:
    """Return the text between two headings; each must be printed once, on a line of its own."""
    after = document().split(f"\n{start}\n")
    assert len(after) == 2, start
    before = after[1].split(f"\n{end}")
    assert len(before) == 2, end
    return before[0]


def goals_text() -> str:
    return between("（二）工作目标。", "二、重点任务和措施\n")


def actions_text() -> str:
    return between("二、重点任务和措施", "三、强化领导和保障\n")


def safeguards_text() -> str:
    return between("三、强化领导和保障", "抄送：")


def paragraphs(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def headed(text: str) -> list[tuple[str, list[str]]]:
    """Return the name in each （一）…（十） heading of a chapter with the paragraphs below it."""
    parts: list[tuple[str, list[str]]] = []
    for paragraph in paragraphs(text):
        heading = HEADING.match(paragraph)
        if heading:
            parts.append((heading[1], []))
        elif parts:
            parts[-1][1].append(paragraph)
    return parts


def names(listing: str) -> list[str]:
    """Split a list at its 、 except inside the one name that holds that mark, 各乡（镇）、街道."""
    return re.findall(r"各乡（镇）、街道|(?:（[^）]*）|[^、（])+", listing)


def printed_action(name: str, lines: list[str]) -> PrintedAction:
    preamble, *middle, last = lines
    owners = OWNERS.match(last)
    assert owners, last
    found = [MEASURE.match(line) for line in middle]
    assert all(found), middle
    bodies = {match[1]: (match[2], match[3]) for match in found if match}
    return PrintedAction(name, preamble, bodies, names(owners[1]), names(owners[2]), bool(owners[3]))


def printed_actions() -> list[PrintedAction]:
    return [printed_action(name, lines) for name, lines in headed(actions_text())]


def action_sections() -> Iterator[Section]:
    for action, printed in zip(plan()["actions"], printed_actions(), strict=True):
        yield Section(action["id"], printed.preamble, action.get("tasks", []))
        for measure in action["measures"]:
            text = printed.measures[measure["number"]][1]
            yield Section(f"measure {measure['number']}", text, measure["tasks"])


def years(period: Row) -> frozenset[str]:
    first, last = int(period["from"][:4]), int(period["to"][:4])
    return frozenset(str(year) for year in range(first, last + 1))


def closing_sections() -> Iterator[Section]:
    """Yield the safeguards and the phases of chapter three."""
    *safeguards, (_, stages) = headed(safeguards_text())
    for safeguard, (_, lines) in zip(plan()["safeguards"], safeguards, strict=True):
        yield Section(safeguard["id"], "\n".join(lines), safeguard["tasks"])
    for phase, line in zip(plan()["phases"], stages, strict=True):
        yield Section(phase["id"], line, phase["tasks"], years(phase["period"]))


def sections() -> list[Section]:
    goals = Section("goals", goals_text(), plan()["goals"]["tasks"])
    return [goals, *action_sections(), *closing_sections()]


# --- numbers -----------------------------------------------------------------


def amount(match: re.Match[str]) -> Decimal:
    return Decimal(match[1]) * (10_000 if match[2] else 1)


def covers(quote: str, text: str, match: re.Match[str]) -> bool:
    """Tell whether `quote` stands in `text` around the number."""
    starts = (found.start() for found in re.finditer(re.escape(quote), text))
    return any(start <= match.start() and match.end() <= start + len(quote) for start in starts)


def target_amounts(row: Row) -> set[Decimal]:
    return {Decimal(value) for key, value in row.get("target", {}).items() if key != "unit"}


def due_years(row: Row) -> set[str]:
    return {row[key][:4] for key in ("by", "during") if key in row}


def is_year(match: re.Match[str]) -> bool:
    return match.string[match.end() : match.end() + 1] == "年"


def not_targets(number: str) -> list[Row]:
    return [row for row in plan()["not_targets"] if row["text"] == number]


def explained(section: Section, match: re.Match[str]) -> bool:
    quoting = [row for row in section.tasks if covers(row["quote"], section.text, match)]
    dated = section.years.union(*(due_years(row) for row in quoting))
    return (
        any(amount(match) in target_amounts(row) for row in quoting)
        or (is_year(match) and match[1] in dated)
        or any(covers(row["quote"], section.text, match) for row in not_targets(match[1]))
    )


# --- the file as such --------------------------------------------------------


@pytest.mark.parametrize(("prefix", "rows"), list(task_lists()))
def test_task_ids_run_from_one_without_a_gap(prefix: str, rows: list[Row]) -> None:
    expected = [f"{prefix}-{number}" for number in range(1, len(rows) + 1)]
    assert expected == [row["id"] for row in rows]


def test_no_task_id_is_used_twice() -> None:
    assert not repeated(row["id"] for row in tasks())


def test_no_task_name_is_used_twice() -> None:
    assert not repeated(row["name"] for row in tasks())


def test_no_task_name_is_longer_than_sixteen_characters() -> None:
    assert not [row["name"] for row in tasks() if len(row["name"]) > 16]


def test_no_quote_is_used_twice() -> None:
    assert not repeated(row["quote"] for row in tasks())


@pytest.mark.parametrize("row", tasks(), ids=lambda row: row["id"])
def test_a_task_has_known_keys_in_order_and_exactly_one_of_the_when_keys(row: Row) -> None:
    assert [key for key in TASK_KEYS if key in row] == list(row)
    assert len(WHEN_KEYS & row.keys()) == 1
    assert row["kind"] in KINDS
    assert row["strength"] in STRENGTHS


def test_actions_are_numbered_one_to_ten() -> None:
    assert [f"A{number}" for number in range(1, 11)] == [action["id"] for action in plan()["actions"]]


def test_measures_are_numbered_one_to_thirty_five() -> None:
    assert [str(number) for number in range(1, 36)] == [measure["number"] for measure in measures()]


def test_every_measure_has_a_task() -> None:
    assert not [measure["number"] for measure in measures() if not measure["tasks"]]


# --- the file against the document -------------------------------------------


def test_the_transcription_names_the_digest_of_the_document() -> None:
    assert hashlib.sha256(official_document().read_bytes()).hexdigest() == plan()["source"]["sha256"]


def test_every_quote_stands_word_for_word_in_its_own_part_of_the_document() -> None:
    held = [(section.text, row) for section in sections() for row in section.tasks]
    assert not [row["id"] for text, row in held if row["quote"] not in text]


def test_the_sections_hold_every_task() -> None:
    assert [row["id"] for row in tasks()] == [row["id"] for section in sections() for row in section.tasks]


def test_every_measure_has_the_title_that_the_document_prints() -> None:
    pairs = [pair for action in printed_actions() for pair in action.measures.items()]
    printed = [(number, title) for number, (title, _) in pairs]
    assert printed == [(measure["number"], measure["title"]) for measure in measures()]
    assert len(printed) == 35


def test_every_measure_stands_under_its_action() -> None:
    printed = [list(action.measures) for action in printed_actions()]
    assert printed == [[measure["number"] for measure in action["measures"]] for action in plan()["actions"]]


def test_every_action_has_the_name_that_the_document_prints() -> None:
    assert [action.name for action in printed_actions()] == [action["name"] for action in plan()["actions"]]


def test_every_action_has_the_lead_units_that_the_document_prints() -> None:
    assert [action.lead for action in printed_actions()] == [action["lead"] for action in plan()["actions"]]


def test_every_action_has_the_responsible_units_that_the_document_prints() -> None:
    expected = [action.responsible for action in printed_actions()]
    assert expected == [action["responsible"] for action in plan()["actions"]]


def test_every_list_of_units_is_open_where_the_document_adds_others() -> None:
    expected = ["true" if action.open_ended else None for action in printed_actions()]
    assert expected == [action.get("open_ended") for action in plan()["actions"]]


def test_only_the_units_of_the_fourth_action_are_left_open() -> None:
    assert [action["id"] for action in plan()["actions"] if "open_ended" in action] == ["A4"]
    assert not ids_with("open_ended")


def test_the_safeguards_have_the_titles_that_the_document_prints() -> None:
    *printed, _ = headed(safeguards_text())
    assert [title for title, _ in printed] == [row["title"] for row in plan()["safeguards"]]


def test_every_phase_stands_at_the_head_of_its_paragraph() -> None:
    _, stages = headed(safeguards_text())[-1]
    found = [re.match(r"第.阶段：([^。]+)。", line) for line in stages]
    printed = [(match[0], match[1]) for match in found if match]
    assert printed == [(phase["quote"], phase["name"]) for phase in plan()["phases"]]


def test_every_cited_document_is_cited() -> None:
    text = document()
    assert not [row for row in plan()["cites"] if not all(value in text for value in row.values())]


def test_every_number_is_a_target_or_a_date_or_listed_as_neither() -> None:
    unexplained = [
        (section.name, match[0], section.text[max(0, match.start() - 10) : match.end() + 10])
        for section in sections()
        for match in NUMBER.finditer(section.text)
        if not explained(section, match)
    ]
    assert not unexplained


def test_no_number_stands_outside_the_sections_but_the_thirty_five_measure_numbers() -> None:
    chapters = goals_text() + actions_text() + safeguards_text()
    outside = Counter(match[0] for match in NUMBER.finditer(chapters))
    outside.subtract(match[0] for section in sections() for match in NUMBER.finditer(section.text))
    assert Counter(str(number) for number in range(1, 36)) == +outside
    assert all(count >= 0 for count in outside.values())


@pytest.mark.parametrize("row", plan()["not_targets"], ids=lambda row: row["text"])
def test_a_number_listed_as_no_target_stands_in_the_document(row: Row) -> None:
    assert row["text"] in [match[1] for match in NUMBER.finditer(row["quote"])]
    assert any(row["quote"] in section.text for section in sections())


# --- the numbers and rhythms, one by one -------------------------------------


def test_the_literacy_rate_is_at_least_15_percent_by_2025_and_owned_by_nobody() -> None:
    expected = {
        "strength": "hard",
        "target": {"at_least": "15", "unit": "%"},
        "by": "2025-12-31",
        "tally": "latest",
        "spread": "any",
        "lead": [],
    }
    assert expected == facts("G-1")
    assert task("G-1")["quote"] == "到2025年，我市公民具备科学素质比例达到（超过）15%"


def test_no_goal_has_an_owner() -> None:
    assert not [row["id"] for row in plan()["goals"]["tasks"] if row["lead"] or "responsible" in row]


def test_thirty_science_tutors_are_trained_every_year() -> None:
    expected = {
        "strength": "hard",
        "target": {"at_least": "30", "unit": "名"},
        "every": "year",
        "tally": "sum",
    }
    assert expected == facts("M06-1")
    assert task("M06-1")["quote"] == "每年培训30名科技辅导员"


@pytest.mark.parametrize(
    ("quote", "least", "unit"),
    [
        ("开展农民教育培训2万人次以上", "20000", "人次"),
        ("培育农村创业创新带头人2500名以上", "2500", "名"),
        ("推动创建“科普小镇”2个以上", "2", "个"),
    ],
)
def test_an_amount_without_a_period_adds_up_to_the_end_of_2025(quote: str, least: str, unit: str) -> None:
    identifier = next(row["id"] for row in tasks() if row["quote"] == quote)
    expected = {
        "strength": "hard",
        "target": {"at_least": least, "unit": unit},
        "by": "2025-12-31",
        "tally": "sum",
    }
    assert expected == facts(identifier)


def test_only_the_five_numbers_and_three_rhythms_have_targets() -> None:
    expected = ["G-1", "M04-2", "M06-1", "M08-4", "M08-5", "M20-2", "M29-2", "S2-7"]
    assert expected == ids_with("target")


def test_schools_visit_science_venues_every_semester() -> None:
    expected = {
        "strength": "hard",
        "target": {"at_least": "1", "unit": "次"},
        "every": "semester",
        "tally": "count",
    }
    assert expected == facts("M04-2")
    assert "每学期" in task("M04-2")["quote"]


def test_the_recruitment_plan_is_made_every_year() -> None:
    expected = {
        "strength": "hard",
        "target": {"at_least": "1", "unit": "次"},
        "every": "year",
        "tally": "count",
    }
    assert expected == facts("M20-2")
    assert task("M20-2")["quote"] == "每年科学设置公务员招录计划"


def test_the_three_named_campaigns_are_held_every_year() -> None:
    expected = {"strength": "hard", "every": "year", "items": ["安全生产月", "防灾减灾日", "健康科普行动"]}
    assert expected == facts("M30-5")


@pytest.mark.parametrize(
    ("identifier", "strength", "items"),
    [
        ("M16-1", "soft", ["进社区", "进乡村", "进机构", "进家庭"]),
        ("M30-6", "firm", ["进企业", "进农村", "进社区", "进学校", "进家庭"]),
    ],
)
def test_a_coverage_list_is_covered_place_by_place(identifier: str, strength: str, items: list[str]) -> None:
    expected = {"strength": strength, "throughout": "true", "items": items}
    assert expected == facts(identifier)


def test_only_five_duties_are_asked_of_every_unit_by_itself() -> None:
    each = [row["id"] for row in tasks() if row.get("spread") == "each"]
    assert each == ["S1-3", "S1-5", "S1-6", "S1-7", "S1-9"]


def test_a_duty_due_at_the_end_without_a_date_in_its_words_says_so() -> None:
    undated = [row for row in tasks() if "by" in row and row["strength"] != "hard" and row["id"][0] != "G"]
    assert {row["by"] for row in undated} == {"2025-12-31"}
    assert not [row["id"] for row in undated if "原文无期限，按方案期末一次性完成理解" not in row["reading"]]


def test_every_unit_puts_the_work_into_its_own_plan_every_year() -> None:
    owners = ["市科协", "市直各成员单位", "各乡（镇）、街道", "乐平工业园区"]
    expected = {"strength": "hard", "every": "year", "spread": "each", "lead": owners}
    assert expected == facts("S1-6")
    assert task("S1-6")["quote"] == "列入年度工作计划"


def test_the_city_commends_in_2025() -> None:
    expected = {"strength": "hard", "during": "2025", "lead": ["市人民政府"]}
    assert expected == facts("S2-6")


def test_the_office_commends_every_year() -> None:
    expected = {
        "strength": "hard",
        "target": {"at_least": "1", "unit": "次"},
        "every": "year",
        "tally": "count",
        "lead": ["市全民科学素质工作领导小组办公室"],
    }
    assert expected == facts("S2-7")


def test_the_plan_was_due_in_2021_and_the_review_is_due_in_2025() -> None:
    assert [row["by"] for row in plan()["phases"][0]["tasks"]] == ["2021-12-31"] * 2
    assert [row["during"] for row in plan()["phases"][2]["tasks"]] == ["2025"] * 3


def test_the_tasks_of_the_second_phase_run_throughout() -> None:
    assert {row["throughout"] for row in plan()["phases"][1]["tasks"]} == {"true"}


def test_emergencies_are_the_only_events_that_call_for_a_task() -> None:
    assert ids_with("on_event") == ["M30-7"]


# --- the units ---------------------------------------------------------------


def all_unit_names() -> list[str]:
    return [
        alias["name"] if isinstance(alias, dict) else alias
        for row in (*units()["units"], *units()["groups"])
        for alias in (row["name"], *row.get("aliases", []), *row.get("roles", []))
    ]


def members(name: str) -> list[str]:
    """Return the units of a group, groups inside it expanded."""
    groups = {group["name"]: group["members"] for group in units()["groups"]}
    return [unit for member in groups[name] for unit in members(member)] if name in groups else [name]


def owner_names(row: Row) -> list[str]:
    return [*row.get("lead", []), *row.get("responsible", [])]


def canonical_names() -> dict[str, str]:
    """Map every name and alias of a unit to the name it stands under."""
    rows = units()["units"]
    return {name: row["name"] for row in rows for name in (row["name"], *row.get("aliases", []))}


def reporting_units() -> list[str]:
    return [unit["name"] for unit in units()["units"] if unit.get("reports") != "false"]


def test_no_unit_name_or_alias_is_used_twice() -> None:
    assert not repeated(all_unit_names())


def test_every_owner_is_a_known_unit_or_group() -> None:
    owners = {name for row in (*plan()["actions"], *tasks()) for name in owner_names(row)}
    assert not owners - set(all_unit_names())


def test_eighteen_townships_and_thirty_two_member_units_report() -> None:
    townships, member_units = members("各乡（镇）、街道"), members("各成员单位")
    assert len(townships) == 18
    assert len(member_units) == 32
    assert sorted(reporting_units()) == sorted(townships + member_units)


def test_the_member_units_are_those_that_chapter_two_names() -> None:
    named = {name for action in printed_actions() for name in action.lead + action.responsible}
    named -= {"各乡（镇）、街道"}
    assert len(named) == 34
    assert {canonical_names()[name] for name in named} == set(members("各成员单位"))
