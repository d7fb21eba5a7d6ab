"""Reads who is to do it: the unit lists (牵头单位、责任单位) of a plan, in whichever layout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kesu_cli.drafting.unit_name import Names, names_in, split

_LEAD = (
    r"(?:总)?牵头(?:责任)?(?:单位|部门|科室)|主办(?:单位|部门)|主要责任(?:单位|部门)|第一责任单位|主责(?:单位|部门)"
    r"|牵头"
)
_RESPONSIBLE = (
    r"(?:主要)?责任(?:单位|部门|主体)|(?:任务)?落实(?:单位|部门)|承办(?:单位|部门)|实施(?:单位|主体|部门)"
    r"|(?:具体)?负责(?:单位|部门)|分工(?:单位|部门)|责任分工|任务分工"
)
_SUPPORTING = r"(?:主要)?(?:配合|协办|协同|协助|参与|参加|会办|支持)(?:责任)?(?:单位|部门)|配合"
_TIME = r"完成(?:时限|时间|期限|日期)|时间节点|时限要求|办理时限|进度要求|时限"
_PERSON = r"(?:分管|责任|牵头|包保|挂帅)(?:市|县|区)?领导|(?:牵头|责任|联系)人|联系电话"
_COLON = r"(?:\s*[】\]]?\s*[：:]|\s*】)\s*"
_KEY = re.compile(
    rf"【?(?:(?P<lead>{_LEAD}){_COLON}|(?P<responsible>{_RESPONSIBLE}){_COLON}|(?P<supporting>{_SUPPORTING}){_COLON}"
    rf"|(?P<time>{_TIME}){_COLON}|(?P<person>{_PERSON}){_COLON})"
)
_OPEN, _CLOSE = "（(〔[【", "）)〕]】"
_LONGEST = 1200
_DUTY = re.compile(
    r"(?P<names>.+?)[（(]?(?:共同|联合|分别|负责|具体|组织|统筹|总)*(?P<role>牵头|配合|参与|参加|协助|协同|负责|落实|承办)[）)]?"
    r"(?:负责|落实|实施|组织实施|推进|办理|抓落实|配合|协调|共同)*(?:等)?"
)
_SHARED = re.compile(
    r"(?:[，,]?\s*(?:依|按照|按|根据)(?:各自)?(?:职责|职能|任务)?(?:分工|职责|职能)(?:分别|共同|协同)?(?:负责|落实|抓好落实|配合|实施)?)+$"
)
_NOTED_LEAD = re.compile(r"([^、，,；;。（）()\s]+)[（(]\s*(?:牵头|牵头单位|主办|主责)\s*[）)]")
_SENTENCE = re.compile(
    r"(?:^|(?<=[。；;\n]))\s*(?:[^，。；由]{0,10}由)?"
    r"(?P<body>[^。；;]{2,300}?(?:牵头|配合|负责|参与|参加|落实)[^。；;]{0,300})[。；;]?\s*$"
)
_WHEN = re.compile(
    r"(?:\d{4}年.{0,12}|.{0,8}(?:底|月|日)?前|持续|长期|全年|年内|常年|每年.{0,8}?)(?:完成|推进|实施|坚持|落实|开展|见效|到位)?"
)
_TOGETHER = re.compile(r"会同|联合(?=[市县区省各])")
_ROLE_WORDS = re.compile(r"牵头|配合|负责|参与|参加|协助|协同|落实|按.{0,4}职责")


@dataclass(frozen=True, slots=True)
class Owners:
    """The units named at one place.

    ``start`` and ``end`` are the offsets in the paragraph of the words that name them, brackets
    included, so that these can be cut out. ``open_ended`` is 等单位. ``expanded`` are the names that
    the text shortens (市委组织部、宣传部). Supporting units (配合) stand among the responsible.
    """

    lead: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    open_ended: bool = False
    expanded: tuple[str, ...] = ()
    deadline: str = ""
    line: int = 1
    start: int = 0
    end: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """All units, leads first."""
        return self.lead + self.responsible

    def joined(self, other: "Owners") -> "Owners":
        """Two statements that follow each other, taken as one."""
        lead = tuple(dict.fromkeys(self.lead + other.lead))
        rest = (name for name in self.responsible + other.responsible if name not in lead)
        return replace(
            self,
            lead=lead,
            responsible=tuple(dict.fromkeys(rest)),
            open_ended=self.open_ended or other.open_ended,
            expanded=tuple(dict.fromkeys(self.expanded + other.expanded)),
            deadline="；".join(dict.fromkeys(filter(None, (self.deadline, other.deadline)))),
            end=max(self.end, other.end),
        )


def owners(text: str, line: int = 1) -> Owners | None:
    """Return the last statement of owners in a paragraph, or None."""
    found = all_owners(text, line)
    return found[-1] if found else None


@lru_cache(maxsize=10_000)
def all_owners(text: str, line: int = 1) -> tuple[Owners, ...]:
    """Return every statement of owners in a paragraph, in order."""
    found = sorted((*_bracketed(text, line), *_bare(text, line)), key=lambda row: row.start)
    kept: list[Owners] = []
    for row in found:
        if not kept or row.start >= kept[-1].end:
            kept.append(row)
    return tuple(kept)


def owners_of_cells(lead: str, responsible: str, supporting: str, line: int) -> Owners | None:
    """Read the unit cells of a row of a table."""
    read = _Reading()
    for role, cell in (("lead", lead), ("responsible", responsible), ("supporting", supporting)):
        if cell.strip(" -—/无"):
            read.take(role, cell)
    return read.owners(line, 0, 0) if read.has_names else None


def without_owners(text: str, found: Sequence[Owners]) -> str:
    """Cut the statements out of their paragraph."""
    for row in reversed(found):
        text = text[: row.start] + text[row.end :]
    return text.strip()


class _Reading:
    """Collects names role by role."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {"lead": [], "responsible": []}
        self._expanded: list[str] = []
        self._open_ended = False
        self._time = ""
        self._before = ""

    @property
    def has_names(self) -> bool:
        return any(self._names.values())

    def take(self, role: str, text: str) -> None:
        """Read a role's value; in it a unit may still be said to lead or to assist."""
        if role == "person":
            return
        if role == "time":
            self._time = text.strip(" 。；;，,")
            return
        parts = list(_by_duty(role, text))
        roles = {part_role for part_role, _ in parts}
        leading = {"lead"} if "lead" in roles or "supporting" not in roles else {"charge"}
        for part_role, part in parts:
            if part_role == "time":
                self._time = part
            else:
                self._add("lead" if part_role in leading else "responsible", names_in(part, self._before))

    def _add(self, role: str, names: Names) -> None:
        self._names[role].extend(names.names)
        self._expanded.extend(names.expanded)
        self._open_ended |= names.open_ended
        self._before = names.names[-1] if names.names else self._before

    def owners(self, line: int, start: int, end: int) -> Owners:
        lead = tuple(dict.fromkeys(self._names["lead"]))
        rest = (name for name in self._names["responsible"] if name not in lead)
        return Owners(
            lead,
            tuple(dict.fromkeys(rest)),
            self._open_ended,
            tuple(dict.fromkeys(self._expanded)),
            self._time,
            line,
            start,
            end,
        )


def _bracketed(text: str, line: int) -> Iterator[Owners]:
    position = 0
    for start, end in sorted(_pairs(text).items()):
        read = _inside(text, start, end) if start >= position and end - start <= _LONGEST else None
        if read:
            tail = re.match(r"[。；;，,]?", text[end:]) if end == len(text.rstrip()) - 1 else None
            yield read.owners(line, start, end + (len(tail[0]) if tail else 0))
            position = end


def _pairs(text: str) -> dict[int, int]:
    """Map where each bracket opens to where it is closed; one left open runs to the end of the text."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for offset, sign in enumerate(text):
        if sign in _OPEN:
            opened.append(offset)
        elif sign in _CLOSE and opened:
            pairs[opened.pop()] = offset + 1
    return pairs | {start: len(text) for start in opened if _KEY.match(text, start + 1)}


def _inside(text: str, start: int, end: int) -> _Reading | None:
    inner = text[start + 1 : end - 1 if text[end - 1] in _CLOSE else end].strip()
    key = _KEY.search(inner)
    if key and key.start() == 0:
        return _keyed(inner)
    is_behind = start == 0 or text[start - 1] in "。；;！ \t\n"
    is_last = end >= len(text.rstrip("。；; "))
    if not (is_behind or is_last):
        return None
    head = inner[: key.start()].rstrip(" ，,；;。") if key else inner
    read = _said(head, is_bare_allowed=is_behind and is_last)
    return _keyed(inner[key.start() :], read) if read and key else read


def _keyed(text: str, begun: _Reading | None = None) -> _Reading | None:
    """Read 牵头单位：A、B。责任单位：C、D."""
    read = begun or _Reading()
    keys = list(_KEY.finditer(text))
    if not keys:
        return None
    for key, following in zip(keys, [*keys[1:], None], strict=True):
        value = text[key.end() : following.start() if following else len(text)]
        read.take(str(key.lastgroup), value.strip(" ，,；;。\t\n"))
    return read


def _said(inner: str, *, is_bare_allowed: bool) -> _Reading | None:
    """Read A牵头，B配合 or A、B按职责分工负责, only if everything in it is units and roles."""
    if not _ROLE_WORDS.search(inner) and not is_bare_allowed:
        return None
    inner = re.sub(r"^由", "", inner.rstrip("。；; "))
    parts = [names_in(part, "") for role, part in _by_duty("responsible", inner) if role != "time"]
    names = [name for part in parts for name in part.names]
    if not names or not all(part.are_units for part in parts):
        return None
    read = _Reading()
    read.take("responsible", inner)
    return read


def _bare(text: str, line: int) -> Iterator[Owners]:
    """Find what stands without brackets, at the head of a line or behind its last full stop."""
    for match in _KEY.finditer(text):
        before = text[: match.start()].rstrip()
        if before and before[-1] not in "。；;！":
            continue
        if _depth(before):
            continue
        read = _keyed(text[match.start() :])
        if read:
            yield read.owners(line, match.start(), len(text))
        return
    said = _SENTENCE.search(text)
    if said:
        read = _said(said["body"], is_bare_allowed=False)
        if read:
            yield read.owners(line, said.start(), len(text))


def _depth(text: str) -> int:
    return sum((sign in _OPEN) - (sign in _CLOSE) for sign in text)


def _by_duty(role: str, text: str) -> Iterator[tuple[str, str]]:
    """Split A牵头，B、C配合 into (lead, A), (supporting, B、C)."""
    for noted in _NOTED_LEAD.finditer(text):
        yield "lead", noted[1]
    text = _NOTED_LEAD.sub("", text)
    held: list[str] = []
    for piece in split(text, "，,；;。"):
        plain = _SHARED.sub("", re.sub(r"^\s*由", "", piece.strip()))
        if _WHEN.fullmatch(plain):
            yield "time", plain
            continue
        match = _DUTY.fullmatch(plain)
        if match is None:
            held.append(plain)
            continue
        first, *others = _TOGETHER.split(match["names"])
        yield "lead" if others else _role_of(match["role"], role), "、".join([*held, first])
        yield from (("supporting", other) for other in others)
        held.clear()
    if held:
        yield role, "、".join(filter(None, held))


def _role_of(word: str, role: str) -> str:
    """Who is in charge (负责) leads where others assist, otherwise is one of the responsible."""
    if word == "牵头":
        return "lead"
    if word in {"配合", "参与", "参加", "协助", "协同"}:
        return "supporting"
    return role if role == "lead" else "charge"
