"""Two versions of a plan: every kind of change, and what was loosened after it was missed."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.cells import cell_len

from kesu_cli.diagnostic import Place
from kesu_cli.drafting.plan_diff import compare
from kesu_cli.engine.plan_diff import PlanDiffRequest, plan_diff
from kesu_cli.loaded import PlanUnreadable
from kesu_cli.model.plan import Plan, assemble
from kesu_cli.model.plan_diff import PlanChange, PlanChangeKind, PlanDiff
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.unit import Units
from kesu_cli.model.waiver import Waiver, WaiverRow
from kesu_cli.model.window import Basis
from kesu_cli.render.json import plan_diff_v1
from kesu_cli.render.json.json_base import written
from kesu_cli.render.terminal import plan_diff_page
from kesu_cli.render.terminal.layout_to_text import to_bytes
from kesu_cli.render.terminal.plan_diff_page import KIND_WORDS
from kesu_cli.source.git import GitError
from kesu_cli.source.workspace import LayoutError
from sample_task import AT_LEAST_30, UNITS, plan_of, policy_of, row_of, units_of
from test_formats import golden
from test_git import commit, git

HERE = Path(__file__).parent
KESU = Path(sys.executable).with_name("kesu")
TODAY = date(2026, 11, 24)
ROWS: Any = UNITS["units"]


def edition(plan: Plan, units: Units | None = None, **policy: object) -> Terms:
    return Terms(plan, units or units_of(), policy_of(**policy))


def between(old: Mapping[str, object], new: Mapping[str, object], *missed: str) -> list[PlanChange]:
    """Return the changes from one row of a task to another."""
    before, after = (edition(plan_of([row_of(**row)])) for row in (old, new))
    return list(compare(before, after, {"M06-1": missed} if missed else {}))


def kinds(changes: list[PlanChange]) -> list[str]:
    return [change.kind.value for change in changes]


# --- one task ----------------------------------------------------------------


def target(**keys: object) -> dict[str, object]:
    return {"target": {"unit": "名"} | keys}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (target(at_least="30"), target(at_least="50"), "target_raised"),
        (target(at_least="30"), target(at_least="20"), "target_lowered"),
        (target(at_least="30"), target(more_than="30"), "target_raised"),
        (target(at_least="30"), target(about="30"), "target_lowered"),
        (target(at_most="30"), target(at_most="20"), "target_raised"),
        (target(at_most="30"), target(at_most="50"), "target_lowered"),
        (target(at_most="30"), target(less_than="30"), "target_raised"),
        (target(equal="30"), target(equal="40"), "target_raised"),
        (target(equal="30"), target(equal="20"), "target_lowered"),
        (target(equal="30"), target(at_least="30"), "target_changed"),
        (target(between=["10", "30"]), target(between=["10", "20"]), "target_changed"),
        (target(at_least="30"), target(at_most="30"), "target_changed"),
        (target(at_least="30"), {"target": {"at_least": "50", "unit": "人次"}}, "target_changed"),
        ({}, target(at_least="30"), "target_raised"),
        (target(at_least="30"), {}, "target_lowered"),
        ({"items": ["甲", "乙"]}, {"items": ["甲", "乙", "丙"]}, "target_raised"),
        ({"items": ["甲", "乙"]}, {"items": ["甲"]}, "target_lowered"),
        ({"items": ["甲", "乙"]}, {"items": ["甲", "丙"]}, "target_changed"),
        ({"items": ["甲"]}, target(at_least="30"), "target_changed"),
        (target(at_least="30"), {"items": ["甲"]}, "target_changed"),
        ({"items": ["甲", "乙"]}, {"items": ["乙", "甲"]}, ""),
        ({"by": "2024-12-31"}, {"by": "2025-12-31"}, "deadline_later"),
        ({"by": "2024-12-31"}, {"by": "2023-12-31"}, "deadline_earlier"),
        ({"during": "2024"}, {"during": "2025"}, "deadline_later"),
        ({"during": "2024"}, {"by": "2024-12-31"}, "time_changed"),
        ({"by": "2024-12-31"}, {"throughout": "true"}, "deadline_later"),
        ({"by": "2024-12-31"}, {"every": "year"}, "time_changed"),
        ({"throughout": "true"}, {"by": "2024-12-31"}, "time_changed"),
        ({"throughout": "true"}, {"on_event": "true"}, "time_changed"),
        ({"every": "semester"}, {"every": "year"}, "rhythm_looser"),
        ({"every": "semester"}, {"every": "month"}, "rhythm_tighter"),
        ({"every": "year"}, {"by": "2025-12-31"}, "rhythm_looser"),
        ({"every": "year"}, {"throughout": "true"}, "rhythm_looser"),
        ({"strength": "hard"}, {"strength": "soft"}, "strength_lowered"),
        ({"strength": "soft"}, {"strength": "firm"}, "strength_raised"),
        ({"spread": "total"}, {"spread": "each"}, "spread"),
        ({"kind": "quantity"}, {"kind": "event"}, "task_kind"),
        ({"quote": "甲"}, {"quote": "乙"}, "quote"),
        ({"name": "甲"}, {"name": "乙"}, "name"),
        ({"reading": "甲"}, {}, "reading"),
        ({}, {"open_ended": "true"}, "open_ended"),
        ({}, {"accountable": "市科协"}, "accountable"),
        ({"name": "甲"}, {"name": "甲"}, ""),
    ],
)
def test_one_change_of_a_task_is_one_change(
    old: Mapping[str, object], new: Mapping[str, object], expected: str
) -> None:
    changes = between(old, new)
    assert [expected] * bool(expected) == kinds(changes)
    assert all((change.task, change.name) == ("M06-1", new.get("name", "任务")) for change in changes)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"tally": "sum"}, {"tally": "max"}, ("tally", "sum", "max")),
        ({}, {"baseline": "10"}, ("baseline", "", "10")),
        ({}, {"interim": {"2023-12-31": "20"}}, ("interim", "", "day 2023-12-31，amount 20")),
    ],
)
def test_what_a_target_is_worked_out_by_is_compared(
    old: Mapping[str, object], new: Mapping[str, object], expected: tuple[str, str, str]
) -> None:
    (change,) = between({**old, "target": AT_LEAST_30}, {**new, "target": AT_LEAST_30})
    assert expected == (change.kind.value, "".join(change.before), "".join(change.after))


def test_a_stretch_target_is_a_change_of_its_own() -> None:
    (change,) = between(target(at_least="30"), target(at_least="30", stretch="50"))
    assert (change.kind, change.before, change.after) == (PlanChangeKind.STRETCH, (), ("50",))


def test_owners_are_told_by_their_coming_and_going() -> None:
    old = {"lead": ["市教体局", "团市委"], "responsible": ["市科协"]}
    lead, responsible = between(old, {"lead": ["市教体局"], "responsible": ["市科协", "各街道"]})
    assert (lead.kind, lead.before, lead.after) == (PlanChangeKind.LEAD, ("团市委",), ())
    assert (responsible.kind, responsible.before, responsible.after) == (
        PlanChangeKind.RESPONSIBLE,
        (),
        ("各街道",),
    )


def test_a_first_lead_that_goes_leaves_another_to_answer() -> None:
    changes = between({"lead": ["市教体局", "团市委"]}, {"lead": ["团市委"]})
    assert kinds(changes) == ["lead", "accountable"]
    assert (changes[1].before, changes[1].after) == (("市教体局",), ("团市委",))


# --- which task is which -----------------------------------------------------


def tasks(*rows: tuple[str, str, str]) -> Plan:
    return plan_of([row_of(id=number, name=name, quote=quote) for number, name, quote in rows])


def test_a_task_is_new_or_gone_with_its_words() -> None:
    old, new = tasks(("M06-1", "甲", "甲事")), tasks(("M06-2", "乙", "乙事"))
    come, gone = compare(edition(old), edition(new), {"M06-1": ("2024年",)})
    assert (come.kind, come.task, come.after) == (PlanChangeKind.TASK_NEW, "M06-2", ("乙事",))
    assert (gone.kind, gone.task, gone.before) == (PlanChangeKind.TASK_GONE, "M06-1", ("甲事",))
    assert (come.missed, gone.missed) == ((), ("2024年",))


@pytest.mark.parametrize("new", [("M06-2", "甲", "另一句"), ("M06-2", "另一名", "甲 事")])
def test_a_task_with_the_same_words_or_name_is_renumbered(new: tuple[str, str, str]) -> None:
    changes = compare(edition(tasks(("M06-1", "甲", "甲事"))), edition(tasks(new)), {})
    assert kinds(list(changes))[0] == "task_renumbered"
    assert {"task_new", "task_gone"}.isdisjoint(kinds(list(changes)))


def test_a_task_put_in_front_moves_the_numbers_and_changes_nothing_else() -> None:
    old = tasks(("M06-1", "甲", "甲事"), ("M06-2", "乙", "乙事"))
    new = tasks(("M06-1", "丙", "丙事"), ("M06-2", "甲", "甲事"), ("M06-3", "乙", "乙事"))
    changes = compare(edition(old), edition(new), {})
    expected = [("task_new", "M06-1"), ("task_renumbered", "M06-2"), ("task_renumbered", "M06-3")]
    assert expected == [(change.kind.value, change.task) for change in changes]


def test_words_that_two_tasks_share_say_nothing_about_which_is_which() -> None:
    old = tasks(("M06-1", "甲", "同"), ("M06-2", "乙", "同"))
    new = tasks(("M06-3", "丙", "同"), ("M06-4", "丁", "同"))
    assert kinds(list(compare(edition(old), edition(new), {}))) == ["task_new"] * 2 + ["task_gone"] * 2


def test_tasks_without_words_or_with_one_number_are_still_told_apart() -> None:
    plan = plan_of([row_of(id="M06-1", name="甲"), row_of(id="M06-2", name="乙")])
    assert compare(edition(plan), edition(plan), {}) == ()
    rewritten = tasks(("M06-1", "丙", "丙事"), ("M06-2", "乙", "乙事"))
    assert kinds(list(compare(edition(plan), edition(rewritten), {}))) == ["name", "quote", "quote"]


def test_a_task_that_keeps_its_number_in_another_measure_has_moved() -> None:
    def plan(number: str) -> Plan:
        measure = {"number": number, "title": "措施", "tasks": [row_of()]}
        return plan_of(actions=[{"id": "A1", "name": "行动", "lead": ["市科协"], "measures": [measure]}])

    changes = compare(edition(plan("6")), edition(plan("7")), {})
    assert [change.kind.value for change in changes] == ["task_moved", "document", "document"]
    assert (changes[0].before, changes[0].after) == (("A1 措施 6",), ("A1 措施 7",))


# --- loosened after it was missed ---------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (target(at_least="30"), target(at_least="20"), "未达标后下调"),
        ({"by": "2023-12-31"}, {"by": "2025-12-31"}, "逾期后推迟"),
        ({"every": "semester"}, {"every": "year"}, "未达标后降低"),
        ({"strength": "hard"}, {"strength": "soft"}, "未达标后减弱"),
        (target(at_least="30"), target(at_least="50"), ""),
        ({"by": "2025-12-31"}, {"by": "2024-12-31"}, ""),
        ({"quote": "甲"}, {"quote": "乙"}, ""),
    ],
)
def test_only_what_asks_for_less_is_marked(
    old: Mapping[str, object], new: Mapping[str, object], expected: str
) -> None:
    (change,) = between(old, new, "2023年")
    assert expected == plan_diff_page.mark_words(change)
    (change,) = between(old, new)
    assert plan_diff_page.mark_words(change) == ""


# --- units, document, policy, waivers ----------------------------------------


def units_changes(old: Mapping[str, object], new: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """Return the changes of units from one units.yaml to another, for a plan that all of them owe."""

    def of(data: Mapping[str, object]) -> Terms:
        units, plan = units_of(data), plan_of([row_of(lead=["市教体局"], responsible=["林业局", "各街道"])])
        return edition(assemble(plan.file, plan.place, units, policy_of()), units)

    return [
        (change.kind.value, change.subject, "、".join((*change.before, "→", *change.after)))
        for change in compare(of(old), of(new), {})
    ]


def with_unit(
    *names: str, members: tuple[str, ...] = ("洎阳街道", "塔山街道"), **keys: object
) -> dict[str, object]:
    units = [*ROWS, *({"name": name, "kind": "政府部门", **keys} for name in names)]
    return {"units": units, "groups": [{"name": "各街道", "members": list(members)}]}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (with_unit(), with_unit("民政局"), [("unit_new", "民政局", "→")]),
        (with_unit("民政局"), with_unit(), [("unit_gone", "民政局", "→")]),
        (
            with_unit("林业局"),
            with_unit("林草局", aliases=["林业局"]),
            [("unit_renamed", "林草局", "林业局、→、林草局")],
        ),
        (
            with_unit("民政局", aliases=["甲"]),
            with_unit("民政局", aliases=[{"name": "乙", "from": "2024-01-01", "until": "2024-12-31"}]),
            [
                ("alias_gone", "民政局", "甲、→"),
                ("alias_new", "民政局", "→、乙（2024-01-01 起，2024-12-31 止）"),
            ],
        ),
        (with_unit("民政局"), with_unit("民政局", roles=["办公室"]), [("alias_new", "民政局", "→、办公室")]),
        (
            with_unit("民政局"),
            with_unit("民政局", reports="false"),
            [("unit_changed", "民政局", "政府部门，单独报送、→、政府部门，不单独报送")],
        ),
        (
            with_unit(),
            with_unit(members=("洎阳街道",)),
            [("responsible", "", "塔山街道、→"), ("members", "各街道", "塔山街道、→")],
        ),
    ],
)
def test_units_come_go_and_change_their_names(
    old: Mapping[str, object], new: Mapping[str, object], expected: list[tuple[str, str, str]]
) -> None:
    assert expected == units_changes(old, new)


def test_a_group_that_comes_as_a_whole_goes_by_its_name() -> None:
    bare = {"units": [*ROWS, {"name": "林业局", "kind": "政府部门"}]}
    expected = [
        ("responsible", "", "→、各街道"),
        ("members", "各街道", "→、洎阳街道、塔山街道"),
        ("alias_new", "各街道", "→、街道"),
    ]
    whole = with_unit("林业局")
    whole["groups"] = [{"name": "各街道", "aliases": ["街道"], "members": ["洎阳街道", "塔山街道"]}]
    assert expected == units_changes(bare, whole)


def test_a_unit_that_answers_under_a_new_name_is_the_same() -> None:
    rows = [row for row in ROWS if row["name"] != "市教体局"]
    renamed = {"units": [{"name": "市教育局", "kind": "政府部门", "aliases": ["市教体局"]}, *rows]}
    old, new = units_of({"units": ROWS}), units_of(renamed)
    file = plan_of([row_of()]).file
    plans = (assemble(file, Place("plan/measures.yaml"), units, policy_of()) for units in (old, new))
    before, after = (edition(plan, units) for plan, units in zip(plans, (old, new), strict=True))
    assert kinds(list(compare(before, after, {}))) == ["unit_renamed", "alias_gone"]


def test_the_rest_of_the_document_is_compared_part_by_part() -> None:
    days = {"from": "2021-01-01", "to": "2021-12-31"}
    old = plan_of(
        cites=[{"title": "甲条例", "number": "1号"}, {"title": "乙条例"}],
        phases=[{"id": "P1", "name": "制定", "period": days, "tasks": []}],
        safeguards=[{"id": "S1", "title": "组织", "tasks": []}],
        source={"file": "甲.txt", "sha256": "00"},
        not_targets=[{"text": "1", "quote": "1+X", "reason": "名称"}],
    )
    new = plan_of(title="新方案", cites=[{"title": "甲条例", "number": "2号"}])
    told = {
        change.subject: (change.before, change.after) for change in compare(edition(old), edition(new), {})
    }
    assert told == {
        "方案名称": (("方案",), ("新方案",)),
        "引用《甲条例》": (("1号",), ("2号",)),
        "引用《乙条例》": (("已引用",), ()),
        "阶段 P1": (("制定，2021-01-01 至 2021-12-31",), ()),
        "保障 S1": (("组织",), ()),
        "原文": (("甲.txt 00",), ()),
        "不作指标的“1”（1+X）": (("名称",), ()),
    }


def test_what_the_office_decided_is_compared_rule_by_rule() -> None:
    new: dict[str, Any] = {
        "lights": {"yellow_within": "20"},
        "report_due": {"years_after": "1", "day": "02-28"},
        "reports_through": {"市人民政府": "市科协"},
        "semesters": [],
    }
    plan = plan_of()
    told = {
        change.subject: (change.before, change.after)
        for change in compare(edition(plan), edition(plan, **new), {})
    }
    assert told == {
        "年度报告期限": (("years_after 1，day 01-31",), ("years_after 1，day 02-28",)),
        "亮灯": (("yellow_within 30",), ("yellow_within 20",)),
        "代为报送": ((), ("市人民政府：市科协",)),
        "学期": (
            ("name 春季学期，from 02-01，to 07-31；name 秋季学期，from 08-01，to 01-31",),
            (),
        ),
    }


def test_waivers_come_and_go() -> None:
    row = WaiverRow.model_validate(
        {
            "rule": "KS301",
            "unit": "市教体局",
            "reason": "防汛",
            "document": "办〔2024〕1号",
            "approved_by": "领导小组",
        }
    )
    plan = plan_of()
    waived = Terms(plan, units_of(), policy_of(), (Waiver(row, Place("plan/waivers.yaml")),))
    (change,) = compare(edition(plan), waived, {})
    assert (change.kind, change.subject) == (PlanChangeKind.WAIVER, "市教体局 KS301  办〔2024〕1号")
    assert change.after == ("领导小组批准，办〔2024〕1号（防汛）",)


def test_every_kind_of_change_has_its_word_and_its_section() -> None:
    assert set(PlanChangeKind) == set(KIND_WORDS)
    assert len(set(KIND_WORDS.values())) == len(PlanChangeKind)
    parts = [kind for kinds_of_part in plan_diff_page.PARTS.values() for kind in kinds_of_part]
    assert sorted(parts) == sorted(PlanChangeKind)


# --- whole versions: folders, git, progress ----------------------------------


EDITS = {
    "measures.yaml": (
        ("quote: 每年培训30名科技辅导员", "quote: 每年培训20名科技辅导员"),
        ("target: {at_least: 30, unit: 名}", "target: {at_least: 20, unit: 名}"),
        ("at_least: 20000, unit: 人次", "at_least: 30000, unit: 人次"),
        ("by: 2021-12-31", "by: 2022-06-30"),
        ("every: semester", "every: year"),
        ("responsible: [各街道]", "responsible: [各街道, 市委宣传部]"),
        ("- id: M08-7", "- id: M08-4"),
        ("- id: M06-2", "- id: M06-3"),
        ("name: 加强新科技知识培训", "name: 编印读本"),
        ("quote: 加强新科技知识和技能培训", "quote: 编印教师读本"),
    ),
    "units.yaml": (("aliases: [市教育体育局]", "aliases: [市教育体育局, 市教育局]"),),
    "policy.yaml": (("yellow_within: 30", "yellow_within: 40"),),
}


def edit(folder: Path) -> None:
    for name, changes in EDITS.items():
        text = (folder / name).read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        (folder / name).write_text(text, "utf-8")


@pytest.fixture
def city(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out the small plan, its reports of 2024, and an edited copy in 新方案."""
    shutil.copytree(HERE / "world" / "plan", tmp_path / "plan")
    shutil.copytree(HERE / "sample" / "progress", tmp_path / "progress")
    shutil.copytree(tmp_path / "plan", tmp_path / "新方案")
    edit(tmp_path / "新方案")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.fixture
def history(city: Path) -> Path:
    """Make of the edit a second commit, in March 2025."""
    git(city, "init", "-q", "-b", "main")
    shutil.move(city / "新方案", city.parent / "新方案")
    commit(city, "one")
    git(city, "tag", "v1")
    shutil.rmtree(city / "plan")
    shutil.move(city.parent / "新方案", city / "plan")
    commit(city, "two", when="2025-03-01T09:00:00+08:00")
    return city


def diff(old: str, new: str, as_of: date | None = None) -> PlanDiff:
    return plan_diff(PlanDiffRequest(old, new, TODAY, as_of), "test")


def marks(found: PlanDiff) -> list[tuple[str, str, str]]:
    return [(change.task, plan_diff_page.mark_words(change), change.missed[0]) for change in found.excused]


@pytest.mark.usefixtures("city")
def test_two_folders_are_compared_and_laid_out_at_80_columns() -> None:
    content = to_bytes(plan_diff_page.layout(diff("plan", "新方案", date(2025, 1, 31))), 80)
    assert golden("plan-diff-80.txt", content) == content
    assert max(cell_len(line) for line in content.decode().splitlines()) <= 80
    assert "演示数据" in content.decode()


@pytest.mark.usefixtures("city")
def test_a_loosened_task_is_marked_where_it_stood_missed_on_the_date() -> None:
    lowered = ("M06-1", "未达标后下调", "2024年")
    assert lowered not in marks(diff("plan", "新方案", date(2024, 12, 30)))
    assert lowered in marks(diff("plan", "新方案", date(2024, 12, 31)))
    assert lowered in marks(diff("plan", "新方案"))


@pytest.mark.usefixtures("city")
def test_what_was_due_before_the_first_report_is_not_called_missed() -> None:
    later = [
        change for change in diff("plan", "新方案").changes if change.kind is PlanChangeKind.DEADLINE_LATER
    ]
    assert [(change.task, change.missed) for change in later] == [("P1-1", ())]


@pytest.mark.usefixtures("history")
def test_of_a_commit_the_day_is_that_on_which_it_was_made() -> None:
    found = diff("v1", "HEAD")
    assert (found.as_of.day, found.as_of.over, found.as_of.basis) == (date(2025, 3, 1), False, Basis.COMMIT)
    assert [version.day for version in (found.old, found.new)] == [date(2024, 3, 2), date(2025, 3, 1)]
    assert ("M06-1", "未达标后下调", "2024年") in marks(found)
    assert ("M06-1", "未达标后下调", "2024年") not in marks(diff("v1", "HEAD", date(2024, 6, 30)))


def test_git_and_folders_say_the_same(history: Path) -> None:
    shutil.copytree(history / "plan", history / "也是新方案")
    day = date(2025, 1, 31)
    expected = diff("v1", "HEAD", day).changes
    assert expected
    for new in ("plan", "plan/", ".", "也是新方案", "HEAD:plan", "main:plan/"):
        assert expected == diff("HEAD~1", new, day).changes


def test_a_plan_that_stood_elsewhere_is_named_by_version_and_folder(history: Path) -> None:
    git(history, "mv", "plan", "方案 二")
    commit(history, "three")
    assert diff("HEAD~1", "HEAD:方案 二").changes == ()
    with pytest.raises(LayoutError, match="版本:文件夹"):
        diff("HEAD~1", "HEAD")


def test_a_workspace_below_the_top_of_its_repository_is_found(
    city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = city / "内层"
    inner.mkdir()
    shutil.move(city / "plan", inner / "plan")
    git(city, "init", "-q", "-b", "main")
    commit(city, "one")
    monkeypatch.chdir(inner)
    assert diff("HEAD", "plan").changes == ()
    assert diff("HEAD:内层/plan", "../新方案").changes


@pytest.mark.parametrize(
    ("new", "error", "said"),
    [
        ("v9", GitError, "“v9”不是方案文件夹，也不是可用的 git 版本.*没有版本"),
        ("progress", GitError, "里没有 measures.yaml"),
        ("v1:progress", LayoutError, "progress 里没有 measures.yaml"),
        ("坏方案", PlanUnreadable, "读不出来：坏方案/measures.yaml"),
    ],
)
def test_a_version_that_is_not_to_be_had_is_named(
    history: Path, new: str, error: type[Exception], said: str
) -> None:
    shutil.copytree(history / "plan", history / "坏方案")
    (history / "坏方案" / "measures.yaml").write_text("title: x\n", "utf-8")
    with pytest.raises(error, match=said):
        diff("plan", new)


def test_a_folder_in_the_place_of_a_file_is_named(city: Path) -> None:
    (city / "新方案" / "units.yaml").unlink()
    (city / "新方案" / "units.yaml").mkdir()
    with pytest.raises(PlanUnreadable, match=r"新方案/units.yaml：这是一个文件夹"):
        diff("plan", "新方案")


@pytest.mark.usefixtures("city")
def test_outside_a_repository_folders_can_still_be_compared() -> None:
    assert diff("plan", "新方案").changes
    with pytest.raises(GitError, match="不在 git 仓库里"):
        diff("HEAD", "plan")


def test_without_reports_nothing_is_marked_and_it_is_said(city: Path) -> None:
    shutil.rmtree(city / "progress")
    found = diff("plan", "新方案", date(2025, 1, 31))
    assert (found.reports, found.excused, found.demo) == (0, (), False)
    assert "没有进展文件" in to_bytes(plan_diff_page.layout(found)).decode()


@pytest.mark.usefixtures("city")
def test_where_nothing_asks_for_less_no_report_is_read() -> None:
    found = diff("新方案", "新方案")
    assert (found.changes, found.reports) == ((), None)
    assert "没有差别" in to_bytes(plan_diff_page.layout(found)).decode()


@pytest.mark.usefixtures("history")
def test_the_json_holds_to_its_published_schema() -> None:
    schema = json.loads((HERE.parent / "docs" / "plan-diff-v1.schema.json").read_text("utf-8"))
    for found in (diff("v1", "HEAD"), diff("plan", "plan")):
        document = json.loads(written(plan_diff_v1.public(found)))
        jsonschema.Draft202012Validator(schema).validate(document)
        assert len(document["changes"]) == sum(document["counts"].values())
        assert document["excused"] == sum(bool(change["mark"]) for change in document["changes"])


@pytest.mark.usefixtures("history")
def test_the_same_versions_give_the_same_bytes() -> None:
    one, other = (written(plan_diff_v1.public(diff("v1", "HEAD"))) for _ in range(2))
    assert one == other


def run(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"LANG": "C.UTF-8"}
    return subprocess.run(
        [KESU, "plan", "diff", *arguments], cwd=folder, env=environment, capture_output=True, check=False
    )


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("plan", "plan"), 0, "没有差别"),
        (("v1", "HEAD"), 1, "未达标后下调"),
        (("v1", "plan", "--format", "json"), 1, '"format": "kesu-plan-diff"'),
        (("v1", "plan", "--format", "xml"), 2, "--format 可写：table、json"),
        (("v1", "v9"), 2, "没有版本“v9”"),
        (("v1",), 2, "缺少 新版"),
        (("v1", "plan", "--as-of", "2024-13-01"), 2, "--as-of"),
    ],
)
def test_the_exit_code_says_same_different_or_not_compared(
    history: Path, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*arguments, folder=history)
    assert code == done.returncode
    assert said in (done.stdout + done.stderr).decode()
    assert b"Traceback" not in done.stderr
