"""Turns problems into findings: lines, severities, fingerprints, waivers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kesu_cli.diagnostic import START_OF_FILE, Finding, Located, Place, Problem, Span, fingerprint
from kesu_cli.model.plan_folder import Terms
from kesu_cli.model.unit import Units
from kesu_cli.model.waiver import Waiver
from kesu_cli.model.window import AsOf
from kesu_cli.rule import Rule
from kesu_cli.rules.book import BY_CODE
from kesu_cli.source.decode import decode
from kesu_cli.standing import Standing
from kesu_cli.verdict import Verdict
from kesu_cli.yamltext.locate import locate
from kesu_cli.yamltext.tree import TreeNode, tree_of

Read = Callable[[str], bytes]


def spans_of(places: Iterable[Place], read: Read) -> dict[Place, Span]:
    """Find the lines of places; each file is read again only once, and only when something points at it."""
    wanted: dict[str, set[Place]] = {}
    for place in places:
        wanted.setdefault(place.file, set()).add(place)
    found: dict[Place, Span] = {}
    for file, inside in wanted.items():
        # the file as a whole is not read: it may be the one that can't be
        tree = _tree(file, read) if any(place.path for place in inside) else None
        found.update((place, locate(tree, place.path) if place.path else START_OF_FILE) for place in inside)
    return found


def _tree(file: str, read: Read) -> TreeNode | None:
    try:
        text = decode(read(file), Place(file)).text
    except OSError:
        return None
    return tree_of(text) if text else None


def conclude(said: Sequence[tuple[str, Problem]], read: Read) -> tuple[Finding, ...]:
    """Give each problem its code, lines and fingerprint, in one order whatever order they came in."""
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    found = spans_of((place for _, problem in said for place in _pointed_at(problem)), read)
    located = ((BY_CODE[code], problem, problem.span or found[problem.place]) for code, problem in said)
    for rule, problem, span in sorted(located, key=_order):
        mark = fingerprint(rule.code, problem)
        seen[mark] = seen.get(mark, -1) + 1
        findings.append(_finding(rule, problem, span, fingerprint(rule.code, problem, seen[mark]), found))
    return tuple(findings)


def _pointed_at(problem: Problem) -> Iterator[Place]:
    if problem.span is None:
        yield problem.place
    yield from (other.place for other in problem.related)


def _order(item: tuple[Rule, Problem, Span]) -> tuple[str, Span, str, str, str, str]:
    rule, problem, span = item
    return problem.place.file, span, rule.code, problem.unit, problem.window, problem.message


def _finding(rule: Rule, problem: Problem, span: Span, mark: str, found: Mapping[Place, Span]) -> Finding:
    return Finding(
        code=rule.code,
        name=rule.name,
        severity=problem.severity or rule.severity,
        message=problem.message,
        hint=problem.hint,
        write=problem.write,
        file=problem.place.file,
        span=span,
        owners=problem.owners,
        unit=problem.unit,
        task=problem.task,
        window=problem.window,
        related=tuple(
            Located(other.place.file, found[other.place], other.message) for other in problem.related
        ),
        fingerprint=mark,
        path=problem.place.path,
    )


def waive(
    findings: Sequence[Finding], terms: Terms, as_of: AsOf
) -> tuple[tuple[Finding, ...], frozenset[Place]]:
    """Mark the findings that a waiver covers, and say which waivers were used."""
    units, approvers = terms.units, terms.policy.approvers
    effective = [waiver for waiver in terms.waivers or () if waiver.is_effective(as_of, units, approvers)]
    used: set[Place] = set()
    marked: list[Finding] = []
    for finding in findings:
        waiver = next((waiver for waiver in effective if _covers(waiver, finding, units)), None)
        if waiver:
            used.add(waiver.place)
        marked.append(replace(finding, waiver=waiver.label) if waiver else finding)
    return tuple(marked), frozenset(used)


def _covers(waiver: Waiver, finding: Finding, units: Units) -> bool:
    row = waiver.row
    rule = BY_CODE[finding.code]
    if rule.disputes or not rule.waivable:
        return False
    whom = (finding.unit,) if finding.unit else finding.owners
    return (
        (row.rule is None or row.rule == finding.code)
        and (row.task is None or row.task == finding.task)
        and waiver.unit(units) in whom
    )


def mark_waived(standings: Iterable[Standing], findings: Iterable[Finding]) -> tuple[Standing, ...]:
    """Carry the waiver of a finding about a standing over to the standing itself."""
    waived = {
        (finding.task, finding.window, finding.unit): finding.waiver
        for finding in findings
        if finding.waiver and BY_CODE[finding.code].about_a_verdict
    }
    return tuple(_marked(standing, waived) for standing in standings)


def _marked(standing: Standing, waived: dict[tuple[str, str, str], str]) -> Standing:
    key = (standing.task.id, standing.window.label, standing.unit)
    label = waived.get(key, "")
    if not label:
        return standing
    return replace(standing, waiver=label, unwaived=standing.verdict, verdict=Verdict.WAIVED)
