"""From an official document to a draft plan: the text of measures.yaml and units.yaml, and a summary."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kesu_cli.drafting.front_draft import front_data, span_of
from kesu_cli.drafting.left_out import left_out
from kesu_cli.drafting.outline import outline
from kesu_cli.drafting.owners import Owners
from kesu_cli.drafting.plan_writer import PlanWriter
from kesu_cli.drafting.question import open_questions
from kesu_cli.drafting.structure import Outline, OutlinePassage
from kesu_cli.drafting.unit_draft import units_data
from kesu_cli.model.document import Document
from kesu_cli.yamltext.write import COMMENT, Node, yaml_text

_HEAD = (
    "《{title}》的转录草稿，由 kesu plan draft 起草\n"
    "标有 review 的各处要由人核对决定，定了以后删去那一行；reading 是起草时的理解，可以改"
)


@dataclass(frozen=True)
class Draft:
    """A draft plan: the texts of two files, and what to tell the person who asked for it.

    ``counts`` name what was found, ``not_understood`` the lines of the document that found no place.
    """

    measures: str
    units: str
    counts: tuple[tuple[str, int], ...]
    not_understood: tuple[tuple[int, str], ...]


def draft(document: Document) -> Draft:
    """Draft a plan from a document. Raises NoPlan where there is nothing to check in it."""
    taken = outline(document)
    period = span_of(taken, document)
    writer = PlanWriter(taken, period.days)
    data: dict[str, Node] = {
        **front_data(taken, document, period),
        **writer.chapters(),
    }
    rest = left_out(data, taken, document)
    head = "\n".join((_HEAD.format(title=taken.title), *_not_understood(rest.not_understood)))
    data = {COMMENT: head, **data, **rest.rows}
    names = tuple(_names(taken, writer))
    measures, units = yaml_text(data), yaml_text(units_data(names, _expanded(taken)))
    return Draft(
        measures=measures,
        units=units,
        counts=(
            *_counts(taken, writer, names),
            ("要由人核对的地方", open_questions(measures) + open_questions(units)),
        ),
        not_understood=tuple((passage.line, passage.text) for passage in rest.not_understood),
    )


def _not_understood(passages: Sequence[OutlinePassage]) -> Iterator[str]:
    """Say in the file what found no place in it: kesu plan verify fails until each is settled."""
    if passages:
        count = len(passages)
        yield f"review: 原文有 {count} 处没有读进本文件，请逐处补成任务，或列入 not_duties、not_targets："
    for passage in passages:
        where = f"第 {passage.line} 行" if passage.line else "脚注、页眉或图形里"
        yield f"review: 原文{where}：{passage.text}"


def _owners(taken: Outline) -> Iterator[Owners]:
    for action in taken.actions:
        parts = (action.owners, *(measure.owners for measure in action.measures))
        passages = (passage.owners for measure in action.measures for passage in measure.passages)
        others = (measure.otherwise for measure in action.measures)
        yield from (owners for owners in (*parts, *passages, *others) if owners)
    yield from (section.owners for section in taken.safeguards if section.owners)


def _names(taken: Outline, writer: PlanWriter) -> Iterator[str]:
    for owners in _owners(taken):
        yield from (*owners.lead, *owners.responsible)
    for task in writer.tasks:
        yield from (*(task.lead or ()), *(task.responsible or ()))


def _expanded(taken: Outline) -> Iterator[str]:
    for owners in _owners(taken):
        yield from owners.expanded


def _counts(taken: Outline, writer: PlanWriter, names: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    tasks = writer.tasks
    return (
        ("行动", len(taken.actions)),
        ("措施", sum(len(action.measures) for action in taken.actions)),
        ("阶段", len(taken.phases)),
        ("任务", len(tasks)),
        ("有数量的任务", sum(bool(task.target) for task in tasks)),
        ("有时限或频次的任务", sum(task.when[0] in ("by", "during", "every") for task in tasks)),
        ("单位和统称", len(dict.fromkeys(names))),
    )
