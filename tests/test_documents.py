"""Whole documents in differing layouts, each held against what a person reads in it."""

import sys
from pathlib import Path

import pytest

from kesu_cli.drafting.outline import outline
from kesu_cli.source.documents.document_reader import read_document
from outline_picture import picture

FOLDER = Path(__file__).parent / "fixtures" / "documents"
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix not in {".outline", ".tasks"})


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_has_the_structure_that_a_person_reads_in_it(path: Path) -> None:
    expected = path.with_suffix(".outline").read_text("utf-8")
    assert expected == picture(outline(read_document(path)))


def test_the_word_document_is_what_its_script_writes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent / "tools"))
    import make_documents

    assert make_documents.contents() == make_documents.TARGET.read_bytes()
    sys.modules.pop("make_documents")


def test_the_water_plan_counts_measures_whose_numbers_begin_anew_in_each_chapter() -> None:
    read = outline(read_document(FOLDER / "示例市节水行动计划.txt"))
    found = [(measure.number, measure.label) for action in read.actions for measure in action.measures]
    labels = ["1．", "2．", "3．", "1．", "2．", "1．", "2．", "3．"]
    assert list(enumerate(labels, start=1)) == found


def test_units_named_inside_a_measure_belong_to_their_passage() -> None:
    read = outline(read_document(FOLDER / "示例市节水行动计划.txt"))
    measure = read.actions[2].measures[1]
    found = [passage.owners and passage.owners.names for passage in measure.passages]
    assert found == [("市机关事务管理局",), ("市教育局", "市住房城乡建设局")]
    assert measure.owners is None


def test_a_cell_merged_over_rows_holds_for_each_of_them() -> None:
    read = outline(read_document(FOLDER / "示例市养老服务实施方案.docx"))
    first, second = read.actions[0].measures
    assert first.owners is not None
    assert second.owners is not None
    assert first.owners.lead == second.owners.lead == ("市民政局", "市住房城乡建设局")


def test_struck_words_are_not_read_and_inserted_words_are() -> None:
    read = outline(read_document(FOLDER / "示例市养老服务实施方案.docx"))
    text = read.safeguards[0].passages[0].text
    assert text == "建立市养老服务联席会议制度，每季度召开1次会议。会议纪要报市政府备案。"


def test_a_table_of_contents_is_not_read_as_the_text(tmp_path: Path) -> None:
    path = tmp_path / "要点.txt"
    path.write_text(
        "示例县2024年防火工作要点\n目　录\n一、重点任务……………1\n（一）强化巡护……………2\n"
        "一、重点任务\n- 1 -\n（一）强化巡护。每日巡护不少于2次。责任单位：县林业局\n",
        "utf-8",
    )
    (action,) = outline(read_document(path)).actions
    assert [(measure.title, measure.line) for measure in action.measures] == [("强化巡护", 7)]


def test_a_plan_that_is_only_a_table_has_its_rows_as_measures(tmp_path: Path) -> None:
    path = tmp_path / "清单.md"
    path.write_text(
        "# 示例市2025年重点任务清单\n\n"
        "| 序号 | 工作任务 | 主要措施 | 牵头单位 | 配合单位 | 完成时间 |\n"
        "|---|---|---|---|---|---|\n" + "| 一、产业升级 " * 6 + "|\n"
        "| 1 | 壮大产业 | 新增规上企业30家。 | 市工信局 | 市发改委、商务局 | 12月底 |\n"
        "| 2 | 扩大投资 | 技改投资增长10%以上。 | 同上 | 同上 | 全年 |\n",
        "utf-8",
    )
    (action,) = outline(read_document(path)).actions
    found = [
        (row.number, row.title, row.owners and row.owners.names, row.deadline) for row in action.measures
    ]
    names = ("市工信局", "市发改委", "市商务局")
    assert [(1, "壮大产业", names, "12月底"), (2, "扩大投资", names, "全年")] == found
    assert action.name == "产业升级"


def test_a_row_whose_units_differ_from_the_text_is_left_for_review(tmp_path: Path) -> None:
    path = tmp_path / "方案.md"
    path.write_text(
        "# 示例市科普方案（2025年）\n\n"
        "一、重点任务\n\n1．建设科技馆。年底前建成。（责任单位：市科协）\n\n附件\n\n"
        "| 任务 | 责任单位 | 完成时限 |\n|---|---|---|\n| 建设科技馆 | 市发改委 | 2025年底 |\n",
        "utf-8",
    )
    read = outline(read_document(path))
    measure = read.actions[0].measures[0]
    assert measure.owners is not None
    assert (measure.owners.responsible, measure.deadline) == (("市科协",), "2025年底")
    assert measure.otherwise is not None
    assert measure.otherwise.names == ("市发改委",)
