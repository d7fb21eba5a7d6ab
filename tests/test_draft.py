"""A document becomes a draft plan that loads, checks and holds against its own document."""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from draft import score

from kesu_cli.diagnostic import Place
from kesu_cli.drafting.draft import Draft, draft
from kesu_cli.drafting.policy_draft import policy_text
from kesu_cli.drafting.structure import OutlinePassage
from kesu_cli.drafting.task_draft import Setting, tasks_of
from kesu_cli.drafting.verification import verify
from kesu_cli.model.document import Document, Paragraph
from kesu_cli.model.plan_file import PlanFile
from kesu_cli.model.policy import Policy
from kesu_cli.model.unit import Units, UnitsFile
from kesu_cli.model.window import year_of
from kesu_cli.source.documents.document_reader import read_document
from kesu_cli.verification import Aspect, Cover
from kesu_cli.yamltext.read import read
from official_document import official_document

HERE = Path(__file__).parent
ROOT = HERE.parent
FIXTURES = HERE / "fixtures" / "documents"
DOCUMENTS = sorted(path for path in FIXTURES.iterdir() if path.suffix not in {".outline", ".tasks"})
PLACE = Place("measures.yaml")
PERIOD = year_of(2025)
KESU: list[str | Path] = [sys.executable, "-c", "from kesu_cli.cli import main; main()"]


@cache
def drafted(path: Path) -> tuple[Document, Draft]:
    document = read_document(path)
    return document, draft(document)


def loaded(text: str) -> Any:  # noqa: ANN401 - what comes out of YAML has no type
    data, faults = read(text, PLACE)
    assert list(faults) == []
    return data


def plan_of(made: Draft) -> PlanFile:
    return PlanFile.model_validate(loaded(made.measures))


def units_of(made: Draft) -> Units:
    file = UnitsFile.model_validate(loaded(made.units))
    return Units(file.units, file.groups, "units.yaml")


def official() -> tuple[Document, Draft]:
    return drafted(official_document())


def hand_made() -> PlanFile:
    return PlanFile.model_validate(loaded((ROOT / "plan" / "measures.yaml").read_text("utf-8")))


def test_the_draft_of_the_official_document_has_its_actions_measures_and_unit_lists() -> None:
    made, hand = plan_of(official()[1]), hand_made()
    for row, other in zip(made.actions, hand.actions, strict=True):
        assert (other.id, other.name, other.lead, other.responsible) == (
            row.id,
            row.name,
            row.lead,
            row.responsible,
        )
        measures = [(m.number, m.title) for m in row.measures]
        assert [(m.number, m.title) for m in other.measures] == measures


def all_tasks(plan: PlanFile) -> Iterator[Any]:
    goals = plan.goals.tasks if plan.goals else ()
    yield from goals
    for action in plan.actions:
        yield from action.tasks
        yield from (task for measure in action.measures for task in measure.tasks)
    yield from (task for section in plan.safeguards for task in section.tasks)
    yield from (task for phase in plan.phases for task in phase.tasks)


def amounts(plan: PlanFile) -> set[tuple[str, str, str]]:
    targets = [
        (task.target, task) for task in all_tasks(plan) if task.target and re.search(r"\d", task.quote)
    ]
    return {(t.comparator.value, str(t.amount), t.unit) for t, task in targets if str(t.amount) != "1"}


def test_the_draft_of_the_official_document_has_its_five_numbers() -> None:
    wanted = {
        ("at_least", "15", "%"),
        ("at_least", "30", "名"),
        ("at_least", "20000", "人次"),
        ("at_least", "2500", "名"),
        ("at_least", "2", "个"),
    }
    assert wanted == amounts(plan_of(official()[1]))


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("每学期", ("every", "semester")),
        ("每年培训30名", ("every", "year")),
        ("每年科学设置公务员招录计划", ("every", "year")),
        ("每年组织开展表彰", ("every", "year")),
        ("列入年度工作计划", ("every", "year")),
        ("定期开展“安全生产月”", ("every", "year")),
        ("2021年，制定", ("by", "2021-12-31")),
        ("2025年，组织开展科学素质纲要", ("during", "2025")),
        ("2025年，市政府对", ("during", "2025")),
        ("突发事件状态下", ("on_event", "True")),
    ],
)
def test_the_draft_of_the_official_document_has_its_dates_and_rhythms(
    words: str, time: tuple[str, str]
) -> None:
    (task, *_) = (task for task in all_tasks(plan_of(official()[1])) if words in task.quote)
    assert time[1] == str(getattr(task, time[0]))


def test_a_hard_task_of_the_transcription_is_a_hard_task_of_the_draft() -> None:
    quotes = {task.quote: task for task in all_tasks(plan_of(official()[1]))}
    hard = [task for task in all_tasks(hand_made()) if task.strength == "hard"]
    found = [
        t
        for t in hard
        if any(t.quote in quote or quote in t.quote for quote, d in quotes.items() if d.strength == "hard")
    ]
    assert hard == found


def test_the_draft_of_the_official_document_holds_against_it() -> None:
    document, made = official()
    found = verify(plan_of(made), PLACE, units_of(made), document)
    assert {Aspect.UNITS} >= {
        one.doubt for one in found.discrepancies
    }  # groups without members, duties without owner


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_of_any_layout_becomes_a_plan_that_holds_against_it(path: Path) -> None:
    document, made = drafted(path)
    found = verify(plan_of(made), PLACE, units_of(made), document)
    assert [
        one.message for one in found.discrepancies if one.doubt not in (Aspect.UNITS, Aspect.HEADING)
    ] == []
    covers = {s.cover for part in found.parts for passage in part.passages for s in passage.stretches}
    assert Cover.TASK in covers
    assert Cover.BARE not in covers


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_drafted_plan_is_checked_without_a_hand_edit(path: Path, tmp_path: Path) -> None:
    made = subprocess.run(
        [*KESU, "plan", "draft", path, "-o", tmp_path / "draft"], capture_output=True, text=True, check=False
    )
    assert (made.returncode, made.stderr) == (0, "")
    checked = subprocess.run(
        [*KESU, "plan", "check", "--plan", tmp_path / "draft"], capture_output=True, text=True, check=False
    )
    assert checked.returncode in (0, 1)
    assert not re.search(r"KS1(?:0[1-5]|09)", checked.stdout)
    year = min(plan_of(drafted(path)[1]).period.days.end.year, 2025)
    progress = [*KESU, "check", ROOT / "progress" / str(year), "--plan", tmp_path / "draft"]
    judged = subprocess.run(progress, capture_output=True, text=True, check=False)
    assert judged.returncode == 1


def test_a_draft_never_takes_the_place_of_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "units.yaml").write_text("units: []\n")
    command = [*KESU, "plan", "draft", DOCUMENTS[0], "-o", tmp_path]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 2
    assert "已经存在" in made.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["units.yaml"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("他走进院子，月光正好。\n\n“你来了。”她说。\n".encode() * 30, "看不出这是一份"),
        (b"", "空"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + bytes(range(256)) * 4, "PDF"),
    ],
    ids=["a novel", "an empty file", "a PDF"],
)
def test_what_is_no_plan_is_refused_in_words(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "文件.txt").write_bytes(content)
    command = [*KESU, "plan", "draft", tmp_path / "文件.txt", "-o", tmp_path / "draft"]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 2
    assert said in made.stderr
    assert "Traceback" not in made.stderr
    assert not (tmp_path / "draft").exists()


def rows(text: str) -> list[tuple[str, str, dict[str, Any]]]:
    found = tasks_of(OutlinePassage(text, 1), Setting(PERIOD))
    return [(task.quote, " ".join(task.when), dict(task.target)) for task in found]


def test_a_clause_with_several_figures_becomes_a_task_for_each() -> None:
    text = "每年选拔100名正职后备人才、200名副职后备人才，培养50名优秀企业家。"
    assert rows(text) == [
        ("每年选拔100名正职后备人才", "every year", {"at_least": "100", "unit": "名"}),
        ("200名副职后备人才", "every year", {"at_least": "200", "unit": "名"}),
        ("培养50名优秀企业家", "every year", {"at_least": "50", "unit": "名"}),
    ]


def test_a_range_a_rate_and_a_stretch_are_written_as_targets() -> None:
    assert rows("建设3至5个示范基地。")[0][2] == {"between": ["3", "5"], "unit": "个"}
    assert rows("到2025年，覆盖率达到90%以上，力争达到95%。")[0][2] == {
        "at_least": "90",
        "unit": "%",
        "stretch": "95",
    }


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2025年6月底前，制定实施细则。", "by 2025-06-30"),
        ("建立联席会议制度。", "by 2025-12-31"),
        ("持续推进制度建设。", "throughout true"),
        ("每季度召开一次联席会议。", "every quarter"),
        ("每半年开展一次评估。", "every half"),
        ("定期召开会议。", "every year"),
        ("建立定期更新机制。", "by 2025-12-31"),
        ("一旦发生疫情，及时开展科普。", "on_event true"),
        ("2025年，组织评估，并总结经验。", "during 2025"),
    ],
)
def test_a_duty_is_due_when_its_words_say(text: str, time: str) -> None:
    assert [time] == sorted({when for _, when, _ in rows(text)})


def test_what_the_words_leave_open_is_asked() -> None:
    (task,) = tasks_of(OutlinePassage("培育带头人2500名以上。", 7), Setting(PERIOD))
    assert task.reviews == ("原文没有写时限，请核对是累计还是每年",)
    assert task.line == 7


def test_the_policy_of_a_draft_names_no_unit() -> None:
    shipped = (ROOT / "plan" / "policy.yaml").read_text("utf-8")
    policy = policy_text(shipped)
    assert "市" not in re.sub("#.*", "", policy)
    assert Policy.model_validate(loaded(policy)).report_due.years_after == 1


def test_the_same_document_gives_the_same_draft() -> None:
    texts = [
        Paragraph(text, n)
        for n, text in enumerate(
            ("示例市科普工作方案（2025年）", "一、开展科普宣传。组织开展宣讲，每年举办培训班3期。"), 1
        )
    ]
    document = Document("方案.txt", "0" * 64, tuple(texts))
    assert draft(document) == draft(document)


def test_the_documentation_says_how_near_the_draft_comes() -> None:
    page = (ROOT / "docs" / "drafting.md").read_text("utf-8")
    assert score(official_document(), ROOT / "plan").table() in page
