"""Log, calendar, forms, record and plan diff say of one state what check says of it."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from kesu_cli.calendar import DueTask
from kesu_cli.engine.calendar import calendar
from kesu_cli.engine.check import Request, check
from kesu_cli.engine.form_export import form_year
from kesu_cli.engine.log import LogRequest, log
from kesu_cli.engine.open_workspace import open_workspace
from kesu_cli.engine.plan_diff import PlanDiffRequest, plan_diff
from kesu_cli.engine.record import NotRecorded, record
from kesu_cli.report import Report
from kesu_cli.standing import Standing
from past_city import committed, founded, report

DAY = date(2024, 11, 20)
LATER = date(2025, 2, 10)
GONE = "    evidence:\n      - {kind: 签到表, path: 佐证/没有.pdf}\n"
DISPUTED = f"  - task: M06-1\n    date: 2024-09-05\n    name: 秋季班\n    value: 7\n{GONE}"
PROVEN = '    evidence:\n      - {{kind: 台账, url: "https://demo.invalid/{name}"}}\n'
SHARED = "  - task: M08-3\n    date: 2023-06-01\n    name: 水稻栽培培训班\n    value: 160\n"

Told = dict[tuple[str, str, str], tuple[object, ...]]


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """Found a city with a missing piece of evidence, a double count, a copy, a draft and a broken file."""
    folder = founded(tmp_path / "城市")
    report(folder, "市教体局", 10, 8, extra=DISPUTED)
    report(folder, "市教体局", 90, file="市教体局(1)")
    for unit in ("市农业农村局", "洎阳街道"):
        rows = f"entries:\n{SHARED}{PROVEN.format(name=unit)}"
        path = report(folder, unit, year=2023)
        path.write_text(path.read_text("utf-8").replace("entries: []\n", rows), encoding="utf-8")
    report(folder, "市科协").write_text("unit: [", encoding="utf-8")
    committed(folder, "数据", DAY.isoformat())
    return folder


def told(standings: Iterable[Standing]) -> Told:
    return {
        (s.task.id, s.window.label, s.unit): (s.actual, s.interval, s.word, s.weight, s.light, s.doubts)
        for s in standings
    }


def checked(folder: Path, day: date) -> Report:
    return check(Request((folder / "progress" / "2024",), day), "test")


def test_the_state_holds_what_the_commands_could_overlook(city: Path) -> None:
    report = checked(city, DAY)
    (training,) = (s for s in report.standings if s.task.id == "M06-1")
    assert (training.actual, training.in_doubt) == (Fraction(18), Fraction(7))
    (farmers,) = (s for s in report.standings if s.task.id == "M08-3")
    assert (farmers.actual, farmers.in_doubt) == (Fraction(160), Fraction(160))
    assert {"progress/2024/市科协.yaml"} <= {file for s in report.standings for file in s.unread}


def test_log_says_what_check_says(city: Path) -> None:
    found = log(Request((city,), DAY), LogRequest(year=2024), "test")
    latest = [line.standings[-1] for line in found.lines]
    assert told(checked(city, DAY).standings) == told(s for s in latest if s)


def test_the_forms_say_what_check_says(city: Path) -> None:
    made = form_year(open_workspace((city,)), 2024, DAY)
    assert told(checked(city, DAY).standings) == told(made.standings)


def test_the_calendar_says_what_check_says(city: Path) -> None:
    found = calendar(Request((city,), DAY), 400, "test")
    due = told(s for item in found.items if isinstance(item, DueTask) for s in item.standings)
    known = told(check(Request((city / "progress",), DAY), "test").standings)
    assert due
    assert due.items() <= known.items()


def test_record_holds_against_an_entry_what_check_would(city: Path) -> None:
    entry = {"task": "M08-3", "date": "2023-06-01", "name": "水稻栽培培训班", "value": "160"}
    with pytest.raises(NotRecorded, match="KS5"):
        record(open_workspace((city,)), "塔山街道", 2023, entry, DAY)


def test_plan_diff_calls_missed_what_weighs_as_missed(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    measures = city / "plan" / "measures.yaml"
    text = measures.read_text("utf-8")
    measures.write_text(text.replace("at_least: 30,", "at_least: 20,"), encoding="utf-8")
    monkeypatch.chdir(city)
    found = plan_diff(PlanDiffRequest("HEAD", "plan", LATER), "test")
    (change,) = (change for change in found.changes if change.missed)
    (awaited,) = (
        change for change in plan_diff(PlanDiffRequest("HEAD", "plan", DAY), "test").changes if change.missed
    )
    measures.write_text(text, encoding="utf-8")
    (training,) = (s for s in checked(city, LATER).standings if s.task.id == "M06-1")
    assert training.actual == Fraction(18)
    assert training.overdue
    assert change.missed == ("2023年", "2024年")
    assert awaited.missed == ("2023年",)
