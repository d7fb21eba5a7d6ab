"""Whole documents and single sentences are drafted into the tasks that a person reads in them."""

from datetime import date
from pathlib import Path

import pytest

from kesu_cli.diagnostic import Place
from kesu_cli.drafting.draft import draft
from kesu_cli.drafting.front_draft import span_of
from kesu_cli.drafting.outline import outline
from kesu_cli.drafting.structure import OutlinePassage
from kesu_cli.drafting.subject import subject_names
from kesu_cli.drafting.task_draft import Setting, tasks_of
from kesu_cli.drafting.time_draft import column_time
from kesu_cli.model.document import Document, Paragraph
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.window import Days, year_of
from kesu_cli.source.documents.document_reader import read_document
from kesu_cli.yamltext.read import read
from task_lines import task_lines

FIXTURES = Path(__file__).parent / "fixtures" / "documents"
EXPECTED = sorted(FIXTURES.glob("*.tasks"))
PLAN = Days(date(2024, 1, 1), date(2026, 12, 31))


def document(*lines: str) -> Document:
    return Document("文件.txt", "0" * 64, tuple(Paragraph(text, n) for n, text in enumerate(lines, 1)))


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.stem)
def test_a_document_is_drafted_into_the_tasks_that_a_person_reads_in_it(expected: Path) -> None:
    (path,) = (one for one in FIXTURES.glob(f"{expected.stem}.*") if one.suffix not in {".tasks", ".outline"})
    data, _ = read(draft(read_document(path)).measures, Place("measures.yaml"))
    assert expected.read_text("utf-8") == task_lines(PlanFile.model_validate(data))


def names(text: str) -> list[str]:
    return [task.name for task in tasks_of(OutlinePassage(text, 1), Setting(PLAN))]


def times(text: str) -> list[str]:
    return [" ".join(task.when) for task in tasks_of(OutlinePassage(text, 1), Setting(PLAN))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("每年培训教师100名、校长20名。", ["培训教师", "培训校长"]),
        ("普及率、数控化率分别超过90%、75%。", ["普及率", "数控化率"]),
        ("新建驿站8个，每个县至少1个。", ["新建驿站", "每个县驿站"]),
        ("新建公办园36所，其中2024年新建12所。", ["新建公办园", "新建公办园"]),
        ("开展救援技能培训12期、培训600人次。", ["开展救援技能培训", "开展救援技能培训（人次）"]),
        ("建成60人的综合救援队。", ["建成综合救援队"]),
        ("力争三年累计更新家电20万台。", ["更新家电"]),
        ("改造老旧小区120个、惠及居民3.5万户。", ["改造老旧小区", "惠及居民"]),
        ("对园长开展全员培训，人均不少于120学时。", ["对园长开展全员培训", "人均学时"]),
        ("全面消除劣Ⅴ类断面。", ["消除劣Ⅴ类断面"]),
    ],
)
def test_a_figure_is_named_by_what_it_counts(text: str, expected: list[str]) -> None:
    assert expected == names(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("遴选60所学校，每学期开展活动2次。", ["by 2026-12-31", "every semester"]),
        ("三年新建36所，其中2024年新建12所。", ["by 2026-12-31", "during 2024"]),
        ("储备帐篷200顶、棉被90床，2024年10月底前入库。", ["by 2024-10-31"] * 3),
        ("到2024年、2025年，治理率分别达到30%、40%。", ["by 2024-12-31", "by 2025-12-31"]),
        ("每学期自评1次，覆盖率达到90%。", ["every semester", "by 2026-12-31"]),
        ("清扫率达到95%，每月通报排名。", ["by 2026-12-31", "every month"]),
        ("到2025年，公用经费不低于每生每年800元。", ["by 2025-12-31"]),
        ("对入选的连续3年每月给予3000元补贴。", ["throughout true"]),
        ("各县区政府要在2024年6月底前出台细则。", ["by 2024-06-30"]),
    ],
)
def test_a_figure_has_the_time_that_governs_it(text: str, expected: list[str]) -> None:
    assert expected == times(text)


def test_a_figure_alone_quotes_the_whole_list_that_it_stands_in() -> None:
    (_, second) = tasks_of(OutlinePassage("普及率、数控化率分别超过90%、75%。", 1), Setting(PLAN))
    assert second.quote == "普及率、数控化率分别超过90%、75%"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025年9月底", ("by", "2025-09-30")),
        ("2026年12月", ("by", "2026-12-31")),
        ("每年12月底前", ("every", "year")),
        ("长期坚持", ("throughout", "true")),
        ("2024年9月底前启动，持续推进", None),
        ("按计划", None),
    ],
)
def test_the_column_of_deadlines_is_read_where_it_says_one_thing(
    text: str, expected: tuple[str, str] | None
) -> None:
    found = column_time(text, PLAN)
    assert expected == (found and (found.key, found.value))


def test_a_month_in_the_column_is_of_the_year_of_a_plan_of_one_year() -> None:
    found = column_time("9月底", year_of(2025))
    assert found is not None
    assert (found.value, found.is_said) == ("2025-09-30", True)


def test_the_column_holds_where_the_words_say_nothing() -> None:
    setting = Setting(PLAN, column=column_time("2025年9月底", PLAN))
    found = tasks_of(OutlinePassage("建立台账，2024年底前完成整改12处。", 1), setting)
    assert [" ".join(task.when) for task in found] == ["by 2025-09-30", "by 2024-12-31"]


def test_each_clause_has_the_units_it_begins_with() -> None:
    text = "市林业局组织自查，市人民政府组织全面验收，形成报告。"
    assert subject_names(text, text.index("组织自查")) == ("市林业局",)
    assert subject_names(text, text.index("形成")) == ("市人民政府",)


def test_the_period_is_not_begun_by_a_year_that_is_only_compared_with() -> None:
    text = document(
        "示例市更新方案", "一、任务", "（一）更新。到2027年，回收量较2019年增长45%，建设10个站点。"
    )
    assert span_of(outline(text), text).days.start.year == 2027


BOXED = (
    "示例市更新行动计划（2025—2027年）",
    "一、总体要求",
    "到2027年，占比达到98%以上。",
    "二、重点任务",
    "（一）更新设备。开展改造。（市工信局牵头）",
    "专栏1 重点工程",
    "1.电梯更新。更新电梯100台。",
    "2.公交更新。更新公交车50辆。",
    "三、政策保障",
    "（二）加大投入。安排资金。",
)


def test_a_box_is_a_measure_of_its_own_beside_the_headings_it_stands_among() -> None:
    (action,) = outline(document(*BOXED)).actions
    assert [(m.number, m.title) for m in action.measures] == [(1, "更新设备"), (2, "重点工程")]
    assert [passage.text for passage in action.measures[1].passages] == [*BOXED[6:8]]
    assert action.measures[1].owners is None


def test_goals_of_a_general_chapter_without_headings_are_goals() -> None:
    assert [passage.text for passage in outline(document(*BOXED)).goals] == [BOXED[2]]


def test_what_stands_today_is_no_goal() -> None:
    lines = (
        "示例市方案（2024—2026年）",
        "一、发展基础",
        "截至2023年底，共有园所412所。",
        "二、任务",
        "建立机制。",
    )
    assert outline(document(*lines)).goals == ()


def test_goals_have_the_units_that_stand_under_them() -> None:
    lines = (
        "示例区2025年重点工作任务分解方案",
        "一、主要目标",
        "1.生产总值增长5.5%。",
        "牵头单位：区发改局",
        "二、重点任务",
        "2.新建学校4所。",
        "牵头单位：区教育局",
    )
    data, _ = read(draft(document(*lines)).measures, Place("measures.yaml"))
    goals = PlanFile.model_validate(data).goals
    assert goals is not None
    assert goals.tasks[0].lead == ("区发改局",)


def test_the_last_article_that_only_puts_the_paper_in_force_is_no_measure() -> None:
    lines = (
        "示例市若干措施",
        "第一条 培育人才。每年培训100名，开展评选，建立名册。（责任单位：市人社局）",
        "第二条 保障安居。筹集公寓300套，加强管理，完善服务。",
        "第三条 本措施自2023年1月1日起施行，有效期5年。",
    )
    taken = outline(document(*lines))
    assert [measure.title for action in taken.actions for measure in action.measures] == [
        "培育人才",
        "保障安居",
    ]


def test_phases_have_dates_in_chinese_digits() -> None:
    lines = (
        "示例县方案（2023—2025年）",
        "一、任务",
        "建立机制，开展活动。",
        "二、方法步骤",
        "（一）宣传发动阶段（二〇二三年一月至二月）。召开动员大会。",
    )
    (phase,) = outline(document(*lines)).phases
    assert (phase.name, phase.period) == ("宣传发动阶段", Days(date(2023, 1, 1), date(2023, 2, 28)))
