"""Whole documents in differing layouts, each held against what a person reads in it."""

import sys
from pathlib import Path

import pytest

from kesu_cli.drafting.outline import outline
from kesu_cli.source.document import read_document
from outline_picture import picture

FOLDER = Path(__file__).parent / "fixtures" / "documents"
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".outline")


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
