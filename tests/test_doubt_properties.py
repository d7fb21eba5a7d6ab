"""Nothing done to the files, short of reporting an undisputed fact, makes a standing weigh less."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from kesu_cli.diagnostic import Severity
from kesu_cli.engine.check import Request, check
from kesu_cli.report import Report

WORKSPACES = int(os.environ.get("KESU_WORKSPACES", "0"))
YEARS = (2023, 2024)
UNITS = {"市教体局": "市教育体育局", "团市委": "共青团市委", "市科协": "市科学技术协会"}
PROOF = [{"kind": "签到表", "url": "https://example.invalid/1"}]
UNITS_FILE = {
    "units": [
        {"name": name, "kind": "政府部门", "aliases": [alias, f"{name}机关"]} for name, alias in UNITS.items()
    ]
}
POLICY_FILE = {
    "report_due": {"years_after": "1", "day": "01-31"},
    "semesters": [
        {"name": "春季学期", "from": "02-01", "to": "07-31"},
        {"name": "秋季学期", "from": "08-01", "to": "01-31"},
    ],
    "evidence": {"hard": "1", "firm": "1", "soft": "1"},
    "same_measure": [["名", "人"]],
}

Entry = dict[str, Any]
Filing = dict[str, Any]
City = dict[tuple[int, str], Filing]
Trick = Callable[[st.DataObject, City, Path, date], str]


# --- a random workspace


_AMOUNTS = st.sampled_from([1, 2, 5, 10, 15, 20, 30])
_TARGETS = st.one_of(
    st.tuples(
        st.sampled_from(["at_least", "more_than", "about", "at_most", "less_than", "equal"]),
        _AMOUNTS.map(str),
    ),
    st.just(("between", ["10", "20"])),
)
_WHEN = st.sampled_from(
    [
        {"every": "year"},
        {"every": "semester"},
        {"by": "2025-12-31"},
        {"by": "2024-12-31"},
        {"by": "2024-06-15"},
    ]
)


@st.composite
def _tasks(draw: st.DrawFn) -> dict[str, Any]:
    lead = draw(st.sampled_from([["市教体局"], ["市教体局", "团市委"]]))
    row: dict[str, Any] = {
        "name": "任务",
        "quote": "原文",
        "strength": draw(st.sampled_from(["hard", "firm"])),
    }
    row |= {"lead": lead, "responsible": draw(st.sampled_from([[], ["市科协"]]))} | draw(_WHEN)
    shape = draw(st.integers(0, 9))
    if shape == 0:
        return row | {"kind": "event"}
    if shape == 1:
        return row | {"kind": "event", "items": ["甲", "乙"]}
    comparator, amount = draw(_TARGETS)
    tally = draw(st.sampled_from(["sum", "count", "latest", "max"]))
    spread = draw(
        st.sampled_from(["total", "each", "any"] if tally in ("latest", "max") else ["total", "each"])
    )
    row |= {
        "kind": "quantity",
        "target": {comparator: amount, "unit": "名"},
        "tally": tally,
        "spread": spread,
    }
    extra = draw(st.integers(0, 3))
    if extra == 0 and tally == "latest":
        falls = comparator in ("at_most", "less_than")
        row["baseline"] = "40" if falls else "0.5"
    elif extra == 1:
        row["interim"] = {"2023-12-31": "4", "2024-06-30": "9"}
    return row


@st.composite
def _entries(draw: st.DrawFn, task_ids: list[str], year: int) -> Entry:
    month, day = draw(st.sampled_from([(1, 10), (3, 5), (6, 10), (6, 20), (9, 1), (12, 20)]))
    entry: Entry = {
        "task": draw(st.sampled_from(task_ids)),
        "date": f"{year}-{month:02}-{day:02}",
        "name": draw(st.sampled_from(["培训班", "宣讲会", "科普日", "技能大赛"])),
        "items": draw(st.sampled_from([["甲"], ["乙"], ["甲", "乙"]])),
    }
    if draw(st.integers(0, 9)):
        entry["value"] = str(draw(_AMOUNTS))
    if draw(st.integers(0, 3)):
        entry["evidence"] = PROOF
    if not draw(st.integers(0, 5)):
        entry["date"] = f"{year}-{month:02}"
    if not draw(st.integers(0, 9)):
        entry["status"] = "ongoing"
    return entry


@st.composite
def _filings(draw: st.DrawFn, task_ids: list[str], unit: str, year: int) -> Filing:
    filing: Filing = {"unit": unit, "year": str(year), "status": "draft"}
    if draw(st.booleans()):
        filing |= {"status": "complete", "submitted": f"{year + 1}-01-10"}
    filing["entries"] = draw(st.lists(_entries(task_ids, year), max_size=4))
    told = {entry["task"] for entry in filing["entries"]}
    if not draw(st.integers(0, 3)):
        untold = sorted(set(task_ids) - told)
        filing["nothing_to_report"] = [{"task": task, "reason": "没有"} for task in untold[:1]]
    return filing


@st.composite
def _plans(draw: st.DrawFn) -> dict[str, Any]:
    tasks = draw(st.lists(_tasks(), min_size=1, max_size=3))
    return {
        "title": "方案",
        "issuer": "市人民政府",
        "issued": draw(st.sampled_from(["2021-03-29", "2021-03-29", "2024-04-01"])),
        "period": {"from": "2021-01-01", "to": "2025-12-31"},
        "actions": [],
        "goals": {"tasks": [row | {"id": f"G-{n}"} for n, row in enumerate(tasks, 1)]},
    }


@st.composite
def _cities(draw: st.DrawFn, plan: dict[str, Any]) -> City:
    ids = [row["id"] for row in plan["goals"]["tasks"]]
    places = [(year, unit) for year in YEARS for unit in UNITS]
    return {(year, unit): draw(_filings(ids, unit, year)) for year, unit in places if draw(st.integers(0, 4))}


_DATES = st.sampled_from(
    [
        "2024-01-20",
        "2024-03-15",
        "2024-06-30",
        "2024-12-31",
        "2025-01-31",
        "2025-02-15",
        "2025-03-03",
        "2025-06-30",
    ]
).map(date.fromisoformat)


def _write(folder: Path, city: Mapping[tuple[int, str], Filing]) -> None:
    progress = folder / "progress"
    shutil.rmtree(progress, ignore_errors=True)
    for (year, unit), filing in city.items():
        (progress / str(year)).mkdir(parents=True, exist_ok=True)
        (progress / str(year) / f"{unit}.yaml").write_text(json.dumps(filing, ensure_ascii=False), "utf-8")


def _found(folder: Path, plan: dict[str, Any]) -> None:
    (folder / "plan").mkdir(exist_ok=True)
    for name, content in (("measures", plan), ("units", UNITS_FILE), ("policy", POLICY_FILE)):
        text = json.dumps(content, ensure_ascii=False)
        (folder / "plan" / f"{name}.yaml").write_text(text, "utf-8")


# --- what it weighs


def _judged(folder: Path, on: date) -> Report:
    return check(Request((folder / "progress",), on, on), "test")


_Key = tuple[str, str, str]


def _weights(report: Report) -> dict[_Key, int]:
    return {
        (s.task.id, s.window.label, s.unit): 0 if s.weight is None else Severity.NOTE.rank - s.weight.rank + 1
        for s in report.standings
    }


def _exit_code(report: Report) -> int:
    return int(any(f.severity is Severity.ERROR and f.counts for f in report.all_findings))


def _lighter(before: Report, after: Report) -> list[tuple[_Key, str, str]]:
    was, now = _weights(before), _weights(after)
    words = [
        {
            (s.task.id, s.window.label, s.unit): f"{s.word} {s.weight} {s.worst} {s.interval}"
            for s in report.standings
        }
        for report in (before, after)
    ]
    return [(key, words[0][key], words[1][key]) for key in was if key in now and now[key] < was[key]]


# --- the tricks


def _with_file(data: st.DataObject, city: City, *, full: bool = False) -> tuple[int, str] | None:
    places = [place for place, filing in city.items() if filing["entries"] or not full]
    return data.draw(st.sampled_from(places)) if places else None


def _respelt(data: st.DataObject, entry: Entry) -> Entry:
    """Write the same number, date and unit of measure in another way."""
    said = dict(entry)
    if "value" in said:
        number = said["value"]
        forms = [number, f"{number}.0", f" {number} ", f"{number}名", f"{number}人", f"0.{int(number):04}万"]
        said["value"] = data.draw(
            st.sampled_from([*forms, number.translate({n: n + 0xFEE0 for n in range(48, 58)})])
        )
        if said["value"] == number and data.draw(st.booleans()):
            said |= {"unit": data.draw(st.sampled_from(["名", "人"]))}
    if len(said["date"]) == len("2024-06-10"):
        year, month, day = said["date"].split("-")
        forms_of_day: list[Any] = [
            said["date"],
            f"{year}/{int(month)}/{int(day)}",
            f"{year}年{int(month)}月{int(day)}日",
            f"{year}.{month}.{day}",
            {"from": said["date"], "to": said["date"]},
        ]
        said["date"] = data.draw(st.sampled_from(forms_of_day))
    else:
        year, month = said["date"].split("-")
        said["date"] = data.draw(st.sampled_from([said["date"], f"{year}年{int(month)}月"]))
    return said


def _add_without_evidence(data: st.DataObject, city: City, _folder: Path, _on: date) -> str:
    place = _with_file(data, city)
    if place is None:
        return ""
    ids = ["G-1", "G-2", "G-3"]
    entry = data.draw(_entries(ids, data.draw(st.sampled_from([place[0], *YEARS]))))
    entry.pop("evidence", None)
    city[place] = city[place] | {"entries": [*city[place]["entries"], entry]}
    return f"added to {place}: {entry}"


def _double(data: st.DataObject, city: City, _folder: Path, _on: date) -> str:
    place = _with_file(data, city, full=True)
    if place is None:
        return ""
    entry = _respelt(data, data.draw(st.sampled_from(city[place]["entries"])))
    entry["name"] = data.draw(st.sampled_from([entry["name"], f" {entry['name']}", f"“{entry['name']}”"]))
    # what a unit that owes nothing tells counts for nobody: told by one that does, it is told once
    others = [other for other in city if other[0] == place[0] and place[1] == "市教体局"]
    target = data.draw(st.sampled_from([place, *others]))
    where = data.draw(st.booleans())
    entries = city[target]["entries"]
    city[target] = city[target] | {"entries": [entry, *entries] if where else [*entries, entry]}
    return f"doubled from {place} in {target}: {entry}"


def _break(data: st.DataObject, city: City, folder: Path, _on: date) -> str:
    place = _with_file(data, city)
    if place is None:
        return ""
    path = folder / "progress" / str(place[0]) / f"{place[1]}.yaml"
    whole = path.read_text("utf-8")
    broken: list[bytes] = [
        b"\xff\xfe\x00",
        b"unit: [",
        whole[: len(whole) // 2].encode(),
        whole.replace("status", "stat", 1).encode(),
        whole.replace('"value": "', '"value": "x', 1).encode(),
        whole.replace('"date": "20', '"date": "2x', 1).encode(),
        whole.replace('"year": "202', '"year": "203', 1).encode(),
        whole.replace(place[1], "市税务局", 1).encode(),
        b"",
    ]
    path.write_bytes(data.draw(st.sampled_from(broken)))
    return f"broke {place}: {path.read_bytes()!r}"


def _second(data: st.DataObject, city: City, folder: Path, _on: date) -> str:
    place = _with_file(data, city)
    if place is None:
        return ""
    year, unit = place
    name = data.draw(st.sampled_from([f"{unit}(1)", UNITS[unit], f"{unit}机关", f"{unit} - 副本"]))
    entries = data.draw(st.lists(_entries(["G-1", "G-2", "G-3"], year), max_size=2))
    filing = data.draw(st.sampled_from([city[place], city[place] | {"entries": entries}]))
    text = json.dumps(filing, ensure_ascii=False)
    (folder / "progress" / str(year) / f"{name}.yaml").write_text(text, "utf-8")
    return f"second file {name} of {place}: {text}"


def _delete(data: st.DataObject, city: City, folder: Path, on: date) -> str:
    clean = _undisputed(_judged(folder, on), city)
    # a year of which nothing is left at the head of the folder is not asked about
    beside = {year for year in YEARS if sum(place[0] == year for place in city) > 1}
    due = [place for place in clean if on > date(place[0] + 1, 1, 31) and place[0] in beside]
    if not due:
        return ""
    year, unit = data.draw(st.sampled_from(due))
    (folder / "progress" / str(year) / f"{unit}.yaml").unlink()
    return f"deleted {year} {unit}"


def _undisputed(report: Report, city: City) -> list[tuple[int, str]]:
    disputed = {doubt.place.file for s in report.standings for doubt in s.doubts}
    disputed |= {c.entry.from_file for s in report.standings for c in s.contributions if c.doubts}
    return [(year, unit) for year, unit in city if f"progress/{year}/{unit}.yaml" not in disputed]


REWRITING: dict[str, Trick] = {
    "an entry is added without evidence": _add_without_evidence,
    "an entry is doubled": _double,
}
HANDLING: dict[str, Trick] = {
    "a file is broken": _break,
    "a second file of a unit is laid beside": _second,
    "a file is deleted after its due day": _delete,
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    shelf = Path("/dev/shm")
    made = shelf / f"kesu-doubt-{os.getpid()}" if shelf.is_dir() else tmp_path_factory.mktemp("city")
    made.mkdir(exist_ok=True)
    yield made
    shutil.rmtree(made)


_often = settings(
    max_examples=(WORKSPACES or 300) // (len(REWRITING) + len(HANDLING) + 1),
    derandomize=not WORKSPACES,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


def _laid_out(data: st.DataObject, folder: Path) -> tuple[City, date]:
    plan = data.draw(_plans())
    city, on = data.draw(_cities(plan)), data.draw(_DATES)
    _found(folder, plan)
    _write(folder, city)
    note(f"{on} {json.dumps(plan['goals'], ensure_ascii=False)}")
    note("\n".join(f"{place}: {json.dumps(filing, ensure_ascii=False)}" for place, filing in city.items()))
    return city, on


@pytest.mark.parametrize("trick", [*REWRITING, *HANDLING])
@_often
@given(data=st.data())
def test_no_trick_makes_a_standing_weigh_less(trick: str, data: st.DataObject, folder: Path) -> None:
    city, on = _laid_out(data, folder)
    if not city:
        return
    before = _judged(folder, on)
    done = (REWRITING | HANDLING)[trick](data, city, folder, on)
    if trick in REWRITING:
        _write(folder, city)
    if not done or not any((folder / "progress").rglob("*.yaml")):
        return
    note(done)
    after = _judged(folder, on)
    assert _lighter(before, after) == []
    assert _exit_code(before) <= _exit_code(after)


@_often
@given(data=st.data())
def test_another_spelling_changes_no_weight(data: st.DataObject, folder: Path) -> None:
    city, on = _laid_out(data, folder)
    if not city:
        return
    before = _judged(folder, on)
    for place, filing in city.items():
        entries = [_respelt(data, entry) for entry in filing["entries"]]
        unit = data.draw(st.sampled_from([filing["unit"], UNITS[filing["unit"]]]))
        city[place] = filing | {"entries": entries, "unit": unit}
    _write(folder, city)
    note("\n".join(f"{place}: {json.dumps(filing, ensure_ascii=False)}" for place, filing in city.items()))
    after = _judged(folder, on)
    assert _weights(before) == _weights(after)
    assert _exit_code(before) == _exit_code(after)
