"""Holds titles, dates, numbers and unit lists of a plan's headings against those of its document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kesu_cli.diagnostic import Place
from kesu_cli.drafting.grouping import owners_of
from kesu_cli.drafting.structure import Action, Outline
from kesu_cli.model.plan_file import ActionRow, PlanFile
from kesu_cli.model.unit import Units
from kesu_cli.verification import Aspect, Discrepancy, Share


@dataclass
class HeadingTally:
    """Counts what was compared while the headings are gone through, and keeps what differs."""

    discrepancies: list[Discrepancy] = field(default_factory=list)
    matched: dict[Aspect, list[bool]] = field(default_factory=lambda: {Aspect.HEADING: [], Aspect.UNITS: []})

    def compare(self, written: object, printed: object, what: str, place: Place, line: int = 0) -> None:
        """Compare one heading as written in the plan with the one that the document prints."""
        same = written == printed
        self.matched[Aspect.HEADING].append(same)
        if not same:
            said = f"{what}：方案写“{written}”，原文是“{printed or '没有'}”"
            self.discrepancies.append(Discrepancy(Aspect.HEADING, said, line, place))

    def compare_units(
        self, written: Sequence[str], printed: Sequence[str], what: str, place: Place, line: int
    ) -> None:
        """Compare a unit list name by name."""
        for name in dict.fromkeys((*written, *printed)):
            same = name in written and name in printed
            self.matched[Aspect.UNITS].append(same)
            if not same:
                said = (
                    f"{what}：原文有“{name}”，方案没有"
                    if name in printed
                    else f"{what}：方案有“{name}”，原文没有"
                )
                self.discrepancies.append(Discrepancy(Aspect.UNITS, said, line, place, words=name))

    def share(self, doubt: Aspect) -> Share:
        """How many of those compared agree."""
        return Share(sum(self.matched[doubt]), len(self.matched[doubt]))


@dataclass(frozen=True)
class Headings:
    """What came of comparing the headings."""

    headings: Share
    units: Share
    discrepancies: tuple[Discrepancy, ...]


def check_headings(file: PlanFile, place: Place, units: Units, outline: Outline) -> Headings:
    """Compare every heading, date, citation and unit list."""
    tally = HeadingTally()
    _front(tally, file, place, outline)
    _actions(tally, file, place, outline)
    _others(tally, file, place, outline)
    undeclared = tuple(_undeclared(file, place, units))
    return Headings(
        tally.share(Aspect.HEADING), tally.share(Aspect.UNITS), (*tally.discrepancies, *undeclared)
    )


def _front(tally: HeadingTally, file: PlanFile, place: Place, outline: Outline) -> None:
    tally.compare(file.title, outline.title, "方案名称", place / "title")
    if outline.issuer:
        tally.compare(file.issuer, outline.issuer, "印发机关", place / "issuer")
    if outline.issued:
        tally.compare(file.issued, outline.issued, "印发日期", place / "issued")
    if outline.period:
        tally.compare(str(file.period.days), str(outline.period), "方案期限", place / "period")
    printed = {cited.title: cited.number for cited in outline.cites}
    written = {cited.title: cited.number or "" for cited in file.cites}
    for index, cited in enumerate(file.cites):
        where = place / "cites" / index
        tally.compare(
            cited.title, cited.title if cited.title in printed else "", "引用的文件", where / "title"
        )
        tally.compare(cited.number or "", printed.get(cited.title, ""), f"《{cited.title}》的文号", where)
    for title in printed:
        if title not in written:
            tally.compare("", title, "引用的文件", place / "cites")


def _actions(tally: HeadingTally, file: PlanFile, place: Place, outline: Outline) -> None:
    tally.compare(len(file.actions), len(outline.actions), "行动的数目", place / "actions")
    for index, (row, action) in enumerate(zip(file.actions, outline.actions, strict=False)):
        here = place / "actions" / index
        tally.compare(row.name, action.name, f"行动 {row.id} 的名称", here / "name", action.line)
        _unit_lists(tally, row, action, here)
        _measures(tally, row, action, here)


def _unit_lists(tally: HeadingTally, row: ActionRow, action: Action, place: Place) -> None:
    owners = owners_of(action)
    lead, responsible = (owners.lead, owners.responsible) if owners else ((), ())
    line = owners.line if owners else action.line
    tally.compare_units(row.lead, lead, f"行动 {row.id} 的牵头单位", place / "lead", line)
    tally.compare_units(
        row.responsible, responsible, f"行动 {row.id} 的责任单位", place / "responsible", line
    )


def _measures(tally: HeadingTally, row: ActionRow, action: Action, place: Place) -> None:
    written = {measure.number: measure.title for measure in row.measures}
    printed = {measure.number: (measure.title, measure.line) for measure in action.measures}
    positions = {measure.number: index for index, measure in enumerate(row.measures)}
    for number in sorted({*written, *printed}):
        title, line = printed.get(number, ("", 0))
        where = place / "measures" / positions.get(number, 0)
        tally.compare(written.get(number, ""), title, f"措施 {number} 的标题", where / "title", line)


def _others(tally: HeadingTally, file: PlanFile, place: Place, outline: Outline) -> None:
    written, printed = [s.title for s in file.safeguards], [s.title for s in outline.safeguards]
    tally.compare("、".join(written), "、".join(printed), "保障措施的标题", place / "safeguards")
    tally.compare(len(file.phases), len(outline.phases), "阶段的数目", place / "phases")
    for index, (row, phase) in enumerate(zip(file.phases, outline.phases, strict=False)):
        here = place / "phases" / index
        tally.compare(row.name, phase.name, f"阶段 {row.id} 的名称", here / "name", phase.line)
        if phase.period:
            said = str(row.period.days)
            tally.compare(said, str(phase.period), f"阶段 {row.id} 的起止日期", here / "period", phase.line)


def _undeclared(file: PlanFile, place: Place, units: Units) -> Iterator[Discrepancy]:
    """Name the units of the lists that units.yaml does not know."""
    for index, action in enumerate(file.actions):
        for key in ("lead", "responsible"):
            for name in getattr(action, key):
                if name not in units.spellings:
                    message = f"行动 {action.id} 的“{name}”在 units.yaml 里没有"
                    yield Discrepancy(Aspect.UNITS, message, 0, place / "actions" / index / key, words=name)
