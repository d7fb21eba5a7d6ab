"""Units (单位), their aliases and groups: which name means whom."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from pydantic import ConfigDict, Field, model_validator

from kesu_cli.diagnostic import Place, Refusal
from kesu_cli.model.field import Day, FileRow, Flag, Line
from kesu_cli.model.name_similarity import suggest
from kesu_cli.model.window import Days


class AliasRow(FileRow):
    """Another name of a unit, with the days in which it was in use where that is known."""

    model_config = ConfigDict(
        title="别称", json_schema_extra={"type": ["object", "string", "number", "boolean"], "pattern": r"\S"}
    )

    name: Line = Field(title="名称", examples=["市教育局"], description="另一个名称")
    since: Day | None = Field(
        None, alias="from", title="启用日期", examples=["2019-04-01"], description="从哪一天起用这个名称"
    )
    until: Day | None = Field(None, title="停用日期", examples=["2019-03-31"], description="用到哪一天")

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value

    def in_use(self, days: Days | None) -> bool:
        """Whether the name was in use on one of the days (ever, where none are given)."""
        if days is None:
            return True
        begun = self.since is None or self.since <= days.end
        return begun and (self.until is None or days.start <= self.until)


class UnitRow(FileRow):
    """One unit under its canonical name."""

    model_config = ConfigDict(title="单位")

    name: Line = Field(title="名称", examples=["市教体局"], description="单位的正式名称，照原文写法")
    kind: Line = Field(title="性质", examples=["政府部门"], description="单位性质，如 政府部门、乡镇")
    aliases: tuple[AliasRow, ...] = Field(
        (), title="别称", examples=["[市教育体育局]"], description="别称、简称、曾用名"
    )
    roles: tuple[Line, ...] = Field(
        (), title="身份", examples=["[领导小组办公室]"], description="以什么身份出现，如 领导小组办公室"
    )
    reports: Flag = Field(
        default=True, title="要报送", examples=["false"], description="是否要报送；不写按要报送"
    )


class GroupRow(FileRow):
    """A name that stands for several units."""

    model_config = ConfigDict(title="单位组")

    name: Line = Field(
        title="组名", examples=["各乡（镇）、街道"], description="这一组的名称，如 各乡（镇）、街道"
    )
    aliases: tuple[AliasRow, ...] = Field(
        (), title="其他写法", examples=["[各乡镇街道]"], description="这一组的其他写法"
    )
    members: tuple[Line, ...] = Field(
        title="组内单位", examples=["[镇桥镇, 乐港镇]"], description="组里的单位"
    )


class UnitsFile(FileRow):
    """The shape of plan/units.yaml."""

    model_config = ConfigDict(title="单位名录")

    units: tuple[UnitRow, ...] = Field(
        title="单位", examples=["另起一行写“- name: 市科协”，下面各行与 name 对齐"], description="各单位"
    )
    groups: tuple[GroupRow, ...] = Field(
        (),
        title="单位组",
        examples=["[{name: 成员单位, members: [市科协, 市教体局]}]"],
        description="一个名称代表几个单位的",
    )


class Via(StrEnum):
    """Through which kind of name a unit was found."""

    NAME = "name"
    ALIAS = "alias"
    ROLE = "role"
    GROUP = "group"


class Match(NamedTuple):
    """What a name means: one unit, or the members of a group."""

    via: Via
    units: tuple[str, ...]

    @property
    def unit(self) -> str:
        """The one unit; of a group, the first."""
        return self.units[0]


class UnknownUnit(Refusal):
    """The unit asked for is not declared, or owes no report where one is asked for."""


@dataclass(frozen=True)
class Units:
    """All units of a workspace, found by any of their declared names: never by similarity."""

    rows: tuple[UnitRow, ...]
    groups: tuple[GroupRow, ...]
    file: str

    @cached_property
    def _by_name(self) -> dict[str, UnitRow]:
        return {row.name: row for row in self.rows}

    @cached_property
    def _aliases(self) -> dict[str, list[tuple[AliasRow, str]]]:
        found: dict[str, list[tuple[AliasRow, str]]] = {}
        for row in self.rows:
            for alias in row.aliases:
                found.setdefault(alias.name, []).append((alias, row.name))
        return found

    @cached_property
    def _roles(self) -> dict[str, str]:
        return {role: row.name for row in self.rows for role in row.roles}

    @cached_property
    def _groups(self) -> dict[str, GroupRow]:
        named = {group.name: group for group in self.groups}
        return {alias.name: group for group in self.groups for alias in group.aliases} | named

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        return {name: self._expand(group, frozenset()) for name, group in self._groups.items()}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Canonical names in file order."""
        return tuple(self._by_name)

    @cached_property
    def reporting(self) -> tuple[str, ...]:
        """The units that owe a yearly report."""
        return tuple(row.name for row in self.rows if row.reports)

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """Every declared name, for suggestions."""
        return (*self._by_name, *self._aliases, *self._roles, *self._groups)

    def names_of(self, name: str) -> tuple[str, ...]:
        """Every name of the unit of that canonical name; the name itself where it is not declared."""
        row = self._by_name.get(name)
        return (name, *(alias.name for alias in row.aliases), *row.roles) if row else (name,)

    def place(self, name: str) -> Place:
        """Where the unit of that canonical name stands in units.yaml."""
        index = self.names.index(name) if name in self._by_name else 0
        return Place(self.file, ("units", index))

    def find(self, name: str, days: Days | None = None) -> Match | None:
        """Say what a name means in a stretch of days, or None where it is not declared."""
        if name in self._by_name:
            return Match(Via.NAME, (name,))
        for alias, unit in self._aliases.get(name, ()):
            if alias.in_use(days):
                return Match(Via.ALIAS, (unit,))
        if name in self._roles:
            return Match(Via.ROLE, (self._roles[name],))
        if name in self._groups:
            members = self._members[name]
            return Match(Via.GROUP, members) if members else None
        return None

    def find_one(self, name: str, days: Days | None = None) -> str | None:
        """Return the canonical name of the single unit meant, or None."""
        match = self.find(name, days)
        return match.unit if match and match.via is not Via.GROUP else None

    def expand(self, names: Iterable[str]) -> tuple[str, ...]:
        """Turn names as written into units, groups into their members; unknown names are left out."""
        found: dict[str, None] = {}
        for name in names:
            match = self.find(name)
            if match:
                found.update(dict.fromkeys(match.units))
        return tuple(found)

    def named(self, name: str) -> str:
        """Return the canonical name of a unit as people write it; raises UnknownUnit."""
        unit = self.find_one(name)
        if unit is None:
            near = self.did_you_mean(name)
            raise UnknownUnit(f"没有单位“{name}”；{near}用 kesu plan units 可列出全部单位")
        return unit

    def named_to_report(self, name: str) -> str:
        """Return the canonical name of a unit that owes reports; raises UnknownUnit."""
        unit = self.named(name)
        if unit not in self.reporting:
            raise UnknownUnit(f"{unit}不用报送；用 kesu plan units 可列出各单位")
        return unit

    def did_you_mean(self, name: str) -> str:
        """Offer a unit, by its canonical name: the only one whose name ends so, or that of a similar name."""
        ending = [known for known in self.names if known.endswith(name)]
        near = ending[0] if len(ending) == 1 else suggest(name, self.spellings)
        near = self.find_one(near) or near
        return f"是否应为“{near}”？" if near else ""

    def _expand(self, group: GroupRow, seen: frozenset[str]) -> tuple[str, ...]:
        if group.name in seen:
            return ()
        found: dict[str, None] = {}
        for name in group.members:
            if name in self._groups and name not in self._by_name:
                found.update(dict.fromkeys(self._expand(self._groups[name], seen | {group.name})))
            else:
                unit = self.find_one(name)
                found.update({unit: None} if unit else {})
        return tuple(found)
