"""Draws an outline as text, one line for each part, for the tests to compare."""

from collections.abc import Iterable, Iterator

from kesu_cli.drafting.owners import Owners
from kesu_cli.drafting.structure import Measure, Outline, OutlinePassage, Section


def picture(outline: Outline) -> str:
    """Draw all of an outline."""
    return "\n".join(_lines(outline)) + "\n"


def _lines(outline: Outline) -> Iterator[str]:
    yield f"标题 {outline.title}"
    yield f"印发 {outline.issuer} {outline.issued}"
    yield f"期间 {outline.period}"
    yield from (f"引用 {cited.title} {cited.number}".rstrip() for cited in outline.cites)
    yield from (f"目标 {line}" for line in _texts(outline.goals))
    for action in outline.actions:
        yield f"行动{action.number} {action.name}{_owners(action.owners)} @{action.line}"
        yield from (f"  引言 {line}" for line in _texts(action.preamble))
        for measure in action.measures:
            yield from _measure(measure)
    yield from _sections("保障", outline.safeguards)
    for phase in outline.phases:
        yield f"阶段 {phase.name}：{phase.period} @{phase.line}"
        yield from (f"  {line}" for line in _texts(phase.passages))
    yield from _sections("其他", outline.others)


def _measure(measure: Measure) -> Iterator[str]:
    deadline = f" 时限：{measure.deadline}" if measure.deadline else ""
    head = f"措施{measure.number} {measure.label} {measure.title}{_owners(measure.owners)}"
    yield f"  {head}{deadline} @{measure.line}"
    yield from (f"    {line}" for line in _texts(measure.passages))


def _sections(name: str, sections: Iterable[Section]) -> Iterator[str]:
    for section in sections:
        yield f"{name} {section.label} {section.title}{_owners(section.owners)} @{section.line}"
        yield from (f"  {line}" for line in _texts(section.passages))


def _texts(passages: Iterable[OutlinePassage]) -> Iterator[str]:
    for passage in passages:
        yield f"{passage.text}{_owners(passage.owners)} @{passage.line}"


def _owners(owners: Owners | None) -> str:
    if owners is None:
        return ""
    open_end = " 等" if owners.open_ended else ""
    expanded = f" 补全：{'、'.join(owners.expanded)}" if owners.expanded else ""
    return f" ｛{'、'.join(owners.lead)}｜{'、'.join(owners.responsible)}{open_end}{expanded}｝"
