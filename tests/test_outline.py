"""The official document taken apart, held against the transcription that people made of it."""

import io
import re
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import yaml

from kesu_cli.drafting.outline import outline
from kesu_cli.drafting.structure import Outline
from kesu_cli.source.documents.document_reader import read_document
from official_document import official_document

PLAN = Path(__file__).parent.parent / "plan" / "measures.yaml"
OWNERS = re.compile(r"（牵头单位：(.*?)。责任单位：(.*?)(?:等单位参加)?）(?=\s*\n)")

Row: TypeAlias = dict[str, Any]


@cache
def plan() -> Row:
    loaded: Row = yaml.load(PLAN.read_text("utf-8"), Loader=yaml.BaseLoader)
    return loaded


@cache
def read() -> Outline:
    return outline(read_document(official_document()))


def test_title_issuer_date_and_period_are_those_of_the_transcription() -> None:
    found = read()
    assert found.period is not None
    period = {"from": str(found.period.start), "to": str(found.period.end)}
    expected = (plan()["title"], plan()["issuer"], plan()["issued"], plan()["period"])
    assert expected == (found.title, found.issuer, str(found.issued), period)


def test_the_cited_documents_are_those_of_the_transcription() -> None:
    expected = [(row["title"], row.get("number", "")) for row in plan()["cites"]]
    assert expected == [(cited.title, cited.number) for cited in read().cites]


def test_the_actions_have_the_names_and_units_of_the_transcription() -> None:
    expected = [(row["name"], row["lead"], row["responsible"]) for row in plan()["actions"]]
    found = [(row.name, row.owners) for row in read().actions]
    assert expected == [(name, list(row.lead), list(row.responsible)) for name, row in found if row]


def test_only_the_list_that_says_so_is_open_ended() -> None:
    assert [row.number for row in read().actions if row.owners and row.owners.open_ended] == [4]


def test_the_measures_have_the_numbers_and_titles_of_the_transcription() -> None:
    expected = [[(row["number"], row["title"]) for row in action["measures"]] for action in plan()["actions"]]
    assert expected == [
        [(str(row.number), row.title) for row in action.measures] for action in read().actions
    ]


def test_every_quote_of_the_transcription_stands_in_its_own_part() -> None:
    lost = [row["id"] for text, rows in parts() for row in rows if row["quote"] not in text]
    assert not lost


def parts() -> list[tuple[str, list[Row]]]:
    found = [("".join(passage.text for passage in read().goals), plan()["goals"]["tasks"])]
    for action, row in zip(read().actions, plan()["actions"], strict=True):
        found.append(("".join(passage.text for passage in action.preamble), row.get("tasks", [])))
        for measure, inner in zip(action.measures, row["measures"], strict=True):
            found.append(("".join(passage.text for passage in measure.passages), inner["tasks"]))
    for section, row in zip(read().safeguards, plan()["safeguards"], strict=True):
        found.append(("".join(passage.text for passage in section.passages), row["tasks"]))
    for phase, row in zip(read().phases, plan()["phases"], strict=True):
        found.append(("".join(passage.text for passage in phase.passages), row["tasks"]))
    return found


def test_the_safeguards_and_phases_are_those_of_the_transcription() -> None:
    assert [row["title"] for row in plan()["safeguards"]] == [row.title for row in read().safeguards]
    expected = [(row["name"], row["period"]) for row in plan()["phases"]]
    found = [(row.name, row.period) for row in read().phases]
    assert expected == [
        (name, {"from": str(days.start), "to": str(days.end)}) for name, days in found if days
    ]


def test_nothing_is_left_over() -> None:
    assert [row.title for row in read().others] == ["文首", "前言", "文末", "指导思想", "重点任务和措施"]


# --- the same plan in another dress ------------------------------------------


def half_width(text: str) -> str:
    return text.translate(str.maketrans("（）：．", "():."))


def numbered_anew(text: str) -> str:
    number, lines = 0, []
    for line in text.split("\n"):
        number = 0 if re.match("（[一二三四五六七八九十]+）", line) else number
        measure = re.match(r"\d+．", line)
        number += measure is not None
        lines.append(f"{number}．{line[measure.end() :]}" if measure else line)
    return "\n".join(lines)


def broken_at_38(text: str) -> str:
    lines: list[str] = []
    for paragraph in re.sub(" {3,}", "  ", text).split("\n"):
        rest = f"　　{paragraph.strip()}" if len(paragraph) > 20 else paragraph.strip()
        while len(rest) > 38:
            cut = next(at for at in range(38, 0, -1) if rest[at] not in "，。、；：）”》")
            lines.append(rest[:cut])
            rest = rest[cut:]
        lines.append(rest)
    return "\n".join(lines)


def with_units_in_every_measure(text: str) -> str:
    sections = re.split(r"(?m)(?=^（[一二三四五六七八九十]+）)", text)
    for index, section in enumerate(sections):
        owners = OWNERS.search(section)
        if owners:
            bare = section.replace(owners[0], "")
            sections[index] = re.sub(r"(?m)^(\d+．.*?)[^\S\n]*$", rf"\1{owners[0]}", bare)
    return "".join(sections)


def as_markdown(text: str) -> str:
    marked = re.sub(r"(?m)^([一二三]、)", r"## \1", text)
    marked = re.sub(r"(?m)^(（[一二三四五六七八九十]+）)", r"### \1", marked)
    return re.sub(r"(?m)^(\d+)．([^。]+。)", r"**\1．\2**", marked)


def as_page(text: str) -> str:
    lines = "".join(
        f"<p>&nbsp;&nbsp;{line.strip()}&#8203;</p>\n" for line in text.split("\n") if line.strip()
    )
    menu = "<div class='nav'>首页 一、机构职能</div>"
    return f"<html><body>{menu}<div>{lines}</div><div class='footer'>版权所有</div></body></html>"


DRESSES: dict[str, tuple[Callable[[str], str], str]] = {
    "half-width signs": (half_width, ".txt"),
    "1、": (lambda text: re.sub(r"(?m)^(\d+)．", r"\1、", text), ".txt"),
    "full-width digits": (
        lambda text: re.sub(r"(?m)^\d+(?=．)", lambda m: "".join(chr(ord(d) + 0xFEE0) for d in m[0]), text),
        ".txt",
    ),
    "numbers that begin anew": (numbered_anew, ".txt"),
    "units on lines of their own": (lambda text: OWNERS.sub(r"牵头单位：\1\n责任单位：\2", text), ".txt"),
    "units in a bracket over two lines": (
        lambda text: OWNERS.sub(r"（牵头单位：\1；\n责任单位：\2）", text),
        ".txt",
    ),
    "a comma between the roles": (lambda text: OWNERS.sub(r"（牵头单位：\1，责任单位：\2）", text), ".txt"),
    "由…牵头，…配合": (lambda text: OWNERS.sub(r"由\1牵头，\2配合。", text), ".txt"),
    "按职责分工负责": (lambda text: OWNERS.sub(r"（\1牵头，\2按职责分工负责）", text), ".txt"),
    "lines broken at a width": (broken_at_38, ".txt"),
    "titles on lines of their own": (
        lambda text: re.sub(r"(?m)^(\d+．[^。]+)。(.+)$", r"\1\n\2", text),
        ".txt",
    ),
    "no empty lines": (lambda text: re.sub(r"\n+", "\n", text), ".txt"),
    "Markdown": (as_markdown, ".md"),
    "a web page": (as_page, ".html"),
}


@pytest.mark.parametrize("dress", DRESSES)
def test_the_plan_reads_the_same_in_another_dress(dress: str, tmp_path: Path) -> None:
    change, suffix = DRESSES[dress]
    path = tmp_path / f"plan{suffix}"
    path.write_text(change(official_document().read_text("utf-8")), "utf-8")
    assert essence(read()) == essence(outline(read_document(path)))


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_the_plan_reads_the_same_in_another_encoding(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_bytes(official_document().read_text("utf-8").encode(encoding))
    assert essence(read()) == essence(outline(read_document(path)))


def test_the_plan_reads_the_same_as_a_word_document(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for line in filter(str.strip, official_document().read_text("utf-8").split("\n")):
        document.add_paragraph(line)
    held = io.BytesIO()
    document.save(held)
    path = tmp_path / "plan.docx"
    path.write_bytes(held.getvalue())
    assert essence(read()) == essence(outline(read_document(path)))


def test_units_named_behind_every_measure_are_its_own(tmp_path: Path) -> None:
    path = tmp_path / "plan.txt"
    path.write_text(with_units_in_every_measure(official_document().read_text("utf-8")), "utf-8")
    found = [
        [row.owners and row.owners.lead for row in action.measures]
        for action in outline(read_document(path)).actions
    ]
    expected = [[row.owners and row.owners.lead] * len(row.measures) for row in read().actions]
    assert expected == found


def essence(found: Outline) -> dict[str, object]:
    """Keep what does not depend on the dress: words without punctuation, units, days."""
    return {
        "head": (words(found.title), found.issuer, found.issued, found.period),
        "cites": [(words(cited.title), words(cited.number)) for cited in found.cites],
        "goals": [words(passage.text) for passage in found.goals],
        "actions": [
            (row.name, row.owners and (row.owners.lead, plain(row.owners.responsible)))
            for row in found.actions
        ],
        "measures": [
            (row.number, words(row.title), words("".join(passage.text for passage in row.passages)))
            for action in found.actions
            for row in action.measures
        ],
        "safeguards": [(row.title, words("".join(p.text for p in row.passages))) for row in found.safeguards],
        "phases": [
            (row.name, row.period, words("".join(p.text for p in row.passages))) for row in found.phases
        ],
    }


def words(text: str) -> str:
    return re.sub(r"\W", "", unicodedata.normalize("NFKC", text))


def plain(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(words, names))
