"""The map in CONTRIBUTING.md is the house that import-linter holds: every room, floor by floor."""

import re
import tomllib
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "src" / "kesu_cli"
WITHOUT_CODE = {"workspace"}

Floors = list[set[str]]

_ROOM = re.compile(r"^\| `([\w/.]+)` \| [^|\n]+ \| [^|\n]*\|$", re.MULTILINE)
_FLOOR = re.compile(r"^\| `([\w/]+)/` \| ((?:`\w+` ?)+) \| [^|\n]+ \|$", re.MULTILINE)


def _section(title: str) -> str:
    page = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    return page.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def _rooms_on_the_map() -> list[str]:
    return [room.removesuffix("/").removesuffix(".py") for room in _ROOM.findall(_section("楼层"))]


def _contracts() -> Iterator[tuple[str, Floors]]:
    """Yield each package that has floors, as a path, and what stands on each, from the top."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for contract in settings["tool"]["importlinter"]["contracts"]:
        for container in contract.get("containers", ()):
            floors = [set(re.findall(r"\w+", floor)) for floor in contract["layers"]]
            yield "/".join(container.split(".")[1:]), floors


def _inner_floors_on_the_map() -> dict[str, Floors]:
    rows = _FLOOR.findall(_section("大房间里的楼层"))
    return {
        room: [set(re.findall(r"\w+", names)) for _, names in found]
        for room, found in groupby(rows, key=lambda row: row[0])
    }


def test_the_map_names_the_rooms_in_the_order_of_the_floors() -> None:
    rooms = iter(_rooms_on_the_map())
    floors = dict(_contracts())[""]
    assert floors == [{next(rooms, "") for _ in floor} for floor in floors]
    assert list(rooms) == []


def test_the_map_writes_folders_and_modules_as_they_are_on_disk() -> None:
    on_disk = {f"{path.name}/" for path in HOUSE.iterdir() if path.is_dir()} | {
        path.name for path in HOUSE.glob("*.py")
    }
    hidden = {"__init__.py", "__main__.py", "__pycache__/", *(f"{name}/" for name in WITHOUT_CODE)}
    assert on_disk - hidden == set(_ROOM.findall(_section("楼层")))


def test_the_map_of_the_large_rooms_is_that_of_their_contracts() -> None:
    contracts = {room: floors for room, floors in _contracts() if room}
    assert contracts == _inner_floors_on_the_map()


def test_every_contract_of_floors_leaves_no_room_out() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    layered = [it for it in settings["tool"]["importlinter"]["contracts"] if it["type"] == "layers"]
    assert [it["name"] for it in layered if not it.get("exhaustive")] == []
